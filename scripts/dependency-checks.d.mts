/** A package.json, as far as it is looked at. */
export type Manifest = Readonly<Record<string, unknown>>;

export const acceptedLicences: readonly string[];
export function unpinned(manifest: Manifest): string[];
export function lockedPackages(
  lockfile: string,
): { id: string; hasHash: boolean; deprecated: string | undefined; hasAddress: boolean }[];
export function decidedBuilds(workspaceFile: string): string[];
export function runsAtInstall(manifest: Manifest): boolean;
export function licenceOf(manifest: Manifest): unknown;
export function isAcceptedLicence(licence: unknown): boolean;
export function readAudit(
  output: string,
):
  | { kind: 'audited'; found: string[] }
  | { kind: 'unavailable'; why: string }
  | { kind: 'failed'; code: string };
