import type { TopologyGraph } from '@slipway/topology';
import type { ExplorerAddress } from './explorer-address.ts';

type Folds = Pick<ExplorerAddress, 'fold' | 'opened' | 'closed'>;

/** The ids of all pieces that contain others, but for the outermost frames: those stay open. */
export function containersOf(graph: TopologyGraph): ReadonlySet<string> {
  const outermost = new Set(graph.nodes.filter(({ parent }) => parent === undefined).map(({ id }) => id));
  return new Set(
    graph.nodes.flatMap(({ parent }) => (parent === undefined || outermost.has(parent) ? [] : [parent])),
  );
}

/** Which containers are closed: those that are at first, and what was opened and closed since. */
export function closedNow(
  { fold, opened, closed }: Folds,
  containers: ReadonlySet<string>,
  closedAtFirst: ReadonlySet<string>,
): ReadonlySet<string> {
  const base = fold === 'all' ? containers : fold === 'none' ? new Set<string>() : closedAtFirst;
  return new Set([...base, ...closed].filter((id) => !opened.has(id)));
}

/** The folds after a container was opened that was closed, or the other way round. */
export function toggleFold(
  folds: Folds,
  id: string,
  containers: ReadonlySet<string>,
  closedAtFirst: ReadonlySet<string>,
): Folds {
  const isClosed = closedNow(folds, containers, closedAtFirst).has(id);
  const opened = new Set(folds.opened);
  const closed = new Set(folds.closed);
  opened.delete(id);
  closed.delete(id);
  const without = { fold: folds.fold, opened, closed };
  if (closedNow(without, containers, closedAtFirst).has(id) === isClosed)
    (isClosed ? opened : closed).add(id);
  return without;
}

/** The same for a piece that contains nothing, whose lines the tree shows when it is open: at first it is closed. */
export function toggleLeaf({ fold, opened, closed }: Folds, id: string): Folds {
  const next = new Set(opened);
  if (!next.delete(id)) next.add(id);
  return { fold, opened: next, closed };
}
