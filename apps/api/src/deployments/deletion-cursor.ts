import { createHash } from 'node:crypto';
import { type DeploymentRow, type RowState, rowStateSchema } from '@slipway/contract';

const letters: Readonly<Record<RowState, string>> = {
  Waiting: 'w',
  Running: 'r',
  Succeeded: 's',
  Failed: 'f',
  Canceled: 'c',
  Deleting: 'd',
  Deleted: 'x',
};
const mark = 'deletion';

/** The states that a reader knows, by lower-case id. */
export type KnownStates = ReadonlyMap<string, RowState>;

/** The states of rows. */
export const statesOf = (rows: readonly DeploymentRow[]): KnownStates =>
  new Map(rows.map((row) => [row.id.toLowerCase(), row.state]));

/**
 * The cursor of a reader who knows these states of a deletion's rows: `deletion~<digest of the ids>~<a letter for each>`.
 * ARM tells no times of a deletion, so the cursor holds what is known itself, and any process understands it.
 */
export function deletionCursor(known: KnownStates): string {
  const ids = [...known.keys()].toSorted();
  return [mark, digest(ids), ids.map((id) => letters[known.get(id) ?? 'Waiting']).join('')].join('~');
}

/** What a reader with this cursor knows of these rows; `undefined` when the cursor is not about them. */
export function statesAt(rows: readonly DeploymentRow[], cursor: string): KnownStates | undefined {
  const [kind, given, told, ...rest] = cursor.split('~');
  if (kind !== mark || told === undefined || rest.length > 0) return undefined;
  const ids = [...statesOf(rows).keys()].toSorted();
  if (given !== digest(ids) || told.length !== ids.length) return undefined;
  const states = new Map<string, RowState>();
  for (const [index, id] of ids.entries()) {
    const state = stateOfLetter(told[index]);
    if (state === undefined) return undefined;
    states.set(id, state);
  }
  return states;
}

/** The rows of which a reader does not know the state, each with the cursor of who has been told it. */
export function deletionRowsAfter(
  rows: readonly DeploymentRow[],
  known: KnownStates,
): { row: DeploymentRow; cursor: string }[] {
  const told = new Map(known);
  return rows
    .filter((row) => known.get(row.id.toLowerCase()) !== row.state)
    .map((row) => {
      told.set(row.id.toLowerCase(), row.state);
      return { row, cursor: deletionCursor(told) };
    });
}

/** Whether both are about the same resources. */
export const sameResources = (one: KnownStates, other: KnownStates): boolean =>
  one.size === other.size && [...one.keys()].every((id) => other.has(id));

const stateOfLetter = (letter: string | undefined): RowState | undefined =>
  rowStateSchema.options.find((state) => letters[state] === letter);

const digest = (ids: readonly string[]): string =>
  createHash('sha256').update(ids.join('\n')).digest('base64url').slice(0, 16);
