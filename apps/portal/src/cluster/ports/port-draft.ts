import { type AgentPort, checkAgentPorts } from '@slipway/cluster';

/** A port as the person is about to have it: one that there is, changed or not, or a new one. */
export interface PortRow {
  /** Stays the same while the row is changed. */
  key: number;
  name: string;
  /** As it was typed. */
  port: string;
  /** The port that it is until the changes are applied; absent for a new one. */
  before: AgentPort | undefined;
  isRemoved: boolean;
}

export type PortChange = 'added' | 'changed' | 'removed';

/** What is wrong with a row, by its fields. */
export interface RowProblems {
  name?: string;
  port?: string;
}

/** What becomes of a list of ports when its pending changes are applied. */
export interface PortDraft {
  ports: AgentPort[];
  /** By the row's key. */
  problems: ReadonlyMap<number, RowProblems>;
  /** What is wrong with the list as a whole. */
  problem: string | undefined;
  changes: ReadonlyMap<number, PortChange>;
}

export const rowsOf = (ports: readonly AgentPort[]): PortRow[] =>
  ports.map((before, key) => ({
    key,
    name: before.name,
    port: String(before.port),
    before,
    isRemoved: false,
  }));

/** Adds a row with what is known of it; nothing, if nothing else is said. */
export const withNewRow = (
  rows: readonly PortRow[],
  { name, port }: { name: string; port: string },
): PortRow[] => [
  ...rows,
  { key: Math.max(-1, ...rows.map(({ key }) => key)) + 1, name, port, before: undefined, isRemoved: false },
];

/** Removes a row: a new one goes, one that there is stays to be seen until that is applied. */
export const withoutRow = (rows: readonly PortRow[], key: number): PortRow[] =>
  rows.flatMap((row) => {
    if (row.key !== key) return [row];
    return row.before ? [{ ...row, isRemoved: true }] : [];
  });

/** A row as it is until the changes are applied. */
export const withRowAsBefore = (rows: readonly PortRow[], key: number): PortRow[] =>
  rows.map((row) =>
    row.key === key && row.before
      ? { ...row, name: row.before.name, port: String(row.before.port), isRemoved: false }
      : row,
  );

const readPort = (text: string): number => (/^\d{1,5}$/.test(text.trim()) ? Number(text) : Number.NaN);

export function changeOf({ name, port, before, isRemoved }: PortRow): PortChange | undefined {
  if (!before) return 'added';
  if (isRemoved) return 'removed';
  return name.trim() === before.name && readPort(port) === before.port ? undefined : 'changed';
}

/** Reads what the rows come to. */
export function readDraft(rows: readonly PortRow[]): PortDraft {
  const kept = rows.filter(({ isRemoved }) => !isRemoved);
  const ports = kept.map(({ name, port }) => ({ name: name.trim(), port: readPort(port) }));
  const problems = new Map<number, RowProblems>();
  let problem: string | undefined;
  for (const { index, field, message } of checkAgentPorts(ports)) {
    const row = index === undefined ? undefined : kept[index];
    if (row && field) problems.set(row.key, { ...problems.get(row.key), [field]: message });
    else problem ??= message;
  }
  const changes = new Map(
    rows.flatMap((row): [number, PortChange][] => {
      const change = changeOf(row);
      return change === undefined ? [] : [[row.key, change]];
    }),
  );
  return { ports, problems, problem, changes };
}

/** How many changes wait to be applied: `2 changes: 1 added, 1 removed`. */
export function changesInWords(changes: ReadonlyMap<number, PortChange>): string {
  const counts = (['added', 'changed', 'removed'] as const).flatMap((change) => {
    const count = [...changes.values()].filter((each) => each === change).length;
    return count === 0 ? [] : [`${count} ${change}`];
  });
  return `${changes.size} ${changes.size === 1 ? 'change' : 'changes'}: ${counts.join(', ')}`;
}
