import type { TopologyGraph } from '@slipway/topology';

/** Short names of a graph's pieces for the address, and the way back. */
export interface ShortIds {
  shortOf: (id: string) => string;
  /** The piece that a short id means; undefined where there is none such. */
  idOf: (short: string) => string | undefined;
}

const groupPattern = /^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+\/providers\//;

/**
 * Ids relative to the resource group that most of the pieces belong to, such as
 * `microsoft.network/loadbalancers/x`; the ids of other groups stay as they are.
 */
export function shortIdsOf(graph: TopologyGraph): ShortIds {
  const counts = new Map<string, number>();
  for (const { id } of graph.nodes) {
    const [group] = groupPattern.exec(id) ?? [];
    if (group !== undefined) counts.set(group, (counts.get(group) ?? 0) + 1);
  }
  const [home] = [...counts].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0] ?? [''];
  const known = new Set(graph.nodes.map(({ id }) => id));
  return {
    shortOf: (id) => (home !== '' && id.startsWith(home) ? id.slice(home.length) : id),
    idOf: (short) => [short, home + short].map((id) => id.toLowerCase()).find((id) => known.has(id)),
  };
}

/** Several short ids as one text; commas inside them are escaped. */
export const joinIds = (ids: Iterable<string>): string =>
  [...ids].map((id) => id.replaceAll('%', '%25').replaceAll(',', '%2C')).join(',');

/** The way back from `joinIds`. */
export const splitIds = (text: string): string[] =>
  text
    .split(',')
    .filter((id) => id !== '')
    .map((id) => id.replaceAll('%2C', ',').replaceAll('%25', '%'));
