import { type TopologyGraph, type TopologyNode, displayNameOfType } from '@slipway/topology';

/** What a search looks through: made once for a graph, asked at every key. */
export interface PieceIndex {
  /** The pieces that hold every word of the query, the best first; none for an empty query. */
  find: (query: string) => TopologyNode[];
}

interface Entry {
  node: TopologyNode;
  title: string;
  name: string;
  /** Everything that can be searched for, in lower case. */
  all: string;
}

/** Makes titles, names, types, addresses and ids of a graph's pieces searchable; not before somebody searches. */
export function indexPieces(graph: TopologyGraph): PieceIndex {
  let entries: Entry[] | undefined;
  return {
    find: (query) => {
      const words = query.toLowerCase().split(/\s+/).filter(Boolean);
      if (words.length === 0) return [];
      const whole = words.join(' ');
      entries ??= graph.nodes.map(entryOf);
      return entries
        .filter(({ all }) => words.every((word) => all.includes(word)))
        .map((entry) => ({ entry, distance: distanceOf(entry, whole, words) }))
        .toSorted((a, b) => a.distance - b.distance || a.entry.node.rank - b.entry.node.rank)
        .map(({ entry }) => entry.node);
    },
  };
}

function entryOf(node: TopologyNode): Entry {
  const title = node.title.toLowerCase();
  const name = node.name.toLowerCase();
  const facts = node.facts.map(({ value }) => value);
  const type = node.type === undefined ? [] : [node.type, displayNameOfType(node.type)];
  const all = [title, name, ...type, node.detail ?? '', ...facts, node.id].join('\n').toLowerCase();
  return { node, title, name, all };
}

/** How far a piece is from what was probably meant: 0 its very title or name. */
function distanceOf({ title, name }: Entry, whole: string, words: readonly string[]): number {
  if (title === whole || name === whole) return 0;
  if (title.startsWith(whole) || name.startsWith(whole)) return 1;
  if (title.includes(whole) || name.includes(whole)) return 2;
  return words.every((word) => title.includes(word) || name.includes(word)) ? 3 : 4;
}
