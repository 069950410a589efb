// What can be said of the dependencies without a network: read from the manifests, the lockfile and what is installed.
// The functions take texts and plain values, so that tests can show what each of them finds.

/**
 * Packages of another licence that a person has looked at. elkjs (EPL-2.0): the bench measures a peer with it; it is used as
 * it is, and nothing of it is in what users get.
 */
export const lookedAtLicences = ['elkjs'];

/** Licences under which the project may use a package; anything else is looked at by a person first. */
export const acceptedLicences = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MPL-2.0',
  'OFL-1.1',
  'Python-2.0',
  'Unlicense',
];

/** The dependencies in a manifest that are not pinned to one exact version. */
export function unpinned(manifest) {
  const kinds = ['dependencies', 'devDependencies', 'optionalDependencies', 'overrides'];
  return kinds
    .flatMap((kind) => Object.entries(manifest[kind] ?? {}))
    .filter(([, range]) => !/^(?:workspace:\*|\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)$/.test(String(range)))
    .map(([name, range]) => `${name} ${String(range)}`);
}

/**
 * The packages of a pnpm lockfile (version 9): name and version, whether there is a hash of the content, what the
 * author says of its deprecation, and whether it names an address to be fetched from. Throws for another version.
 */
export function lockedPackages(lockfile) {
  const version = /^lockfileVersion: ['"]?(\d+)/m.exec(lockfile)?.[1];
  if (version !== '9')
    throw new Error(`The lockfile has the version ${version ?? '(none)'}; this check reads version 9.`);
  const lines = lockfile.split(/\r?\n/);
  const start = lines.indexOf('packages:');
  const packages = [];
  for (const line of start < 0 ? [] : lines.slice(start + 1)) {
    if (/^\S/.test(line)) break;
    const header = /^ {2}(['"]?)(\S.*)\1:$/.exec(line);
    if (header) packages.push({ id: header[2], hasHash: false, deprecated: undefined, hasAddress: false });
    const current = packages.at(-1);
    if (!current || header) continue;
    if (/^ {4}resolution: \{.*\bintegrity: sha(?:512|384|256)-[A-Za-z0-9+/]+=*[,}]/.test(line))
      current.hasHash = true;
    if (
      /^ {4}resolution:.*\b(?:tarball|repo|directory|type):/.test(line) ||
      /\b(?:https?|git\+\w+|ssh):\/\//.test(line)
    )
      current.hasAddress = true;
    const deprecated = /^ {4}deprecated: (.*)$/.exec(line);
    if (deprecated) current.deprecated = deprecated[1];
  }
  return packages;
}

/**
 * The names of packages of which `allowBuilds` of the workspace file says whether they may run a script at install: what
 * is refused there never runs one.
 */
export function decidedBuilds(workspaceFile) {
  const section = /^allowBuilds:\n((?:[ #].*\n|\n)*)/m.exec(`${workspaceFile}\n`)?.[1] ?? '';
  return [...section.matchAll(/^ {2}['"]?([^'"\s#:]+)['"]?: (?:true|false)$/gm)].map(([, name]) => name);
}

/** Whether npm or pnpm would run something when this package is installed. */
export function runsAtInstall(manifest) {
  return ['preinstall', 'install', 'postinstall'].some((script) => manifest.scripts?.[script] !== undefined);
}

/** The licence that a manifest names, also in the list that packages wrote before npm 3: any of its entries may be chosen. */
export function licenceOf(manifest) {
  if (manifest.license !== undefined || !Array.isArray(manifest.licenses)) return manifest.license;
  return manifest.licenses.map((entry) => entry?.type).join(' OR ');
}

/** Whether a licence (an SPDX expression of alternatives) is accepted: one of the alternatives must be. */
export function isAcceptedLicence(licence) {
  if (typeof licence !== 'string') return false;
  return licence
    .replaceAll(/[()]/g, '')
    .split(/\s+OR\s+/)
    .some((choice) => choice.split(/\s+AND\s+/).every((part) => acceptedLicences.includes(part.trim())));
}

/**
 * What `pnpm audit --json` found. `unavailable` says why there was no audit (the registry has none, or there is no
 * network); `failed` that it ended in some other way. Never repeats what was printed: it may name a registry with its
 * credentials.
 */
export function readAudit(output) {
  const start = output.indexOf('{');
  const result = start < 0 ? undefined : jsonOf(output.slice(start));
  if (typeof result?.advisories === 'object' && result.advisories !== null) {
    const grave = Object.values(result.advisories).filter(
      ({ severity }) => severity === 'high' || severity === 'critical',
    );
    return {
      kind: 'audited',
      found: grave.map(
        (advisory) =>
          `${advisory.module_name}: ${advisory.severity}, ${advisory.title} (${advisory.github_advisory_id ?? advisory.id})`,
      ),
    };
  }
  const status = /responded with (\d{3})/.exec(output)?.[1];
  if (status !== undefined) return { kind: 'unavailable', why: `the registry answered ${status}` };
  if (
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_PNPM_META_FETCH_FAIL|fetch failed/i.test(
      output,
    )
  )
    return { kind: 'unavailable', why: 'the registry cannot be reached' };
  return { kind: 'failed', code: /ERR_[A-Z_]+/.exec(output)?.[0] ?? 'no known error' };
}

function jsonOf(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
