import { type PlacedEdge, edgeKindSchema } from '@slipway/topology';

/** How many lines of each kind a drawing has, in words: `traffic 7, guards 2`. The canvas itself tells nobody. */
export function lineCounts(lines: readonly PlacedEdge[]): string {
  const counts = new Map<string, number>();
  for (const { kind } of lines) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return edgeKindSchema.options
    .filter((kind) => counts.has(kind))
    .map((kind) => `${kind} ${counts.get(kind)}`)
    .join(', ');
}
