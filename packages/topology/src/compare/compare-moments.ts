import { buildTopology } from '../build-topology.ts';
import type { TopologyEdge, TopologyGraph, TopologyNode } from '../graph.ts';
import { isRecord } from '../arm-resource.ts';
import { collectPieces, resolveId } from '../pieces.ts';
import { plainText } from '../plain-text.ts';
import { comparableOf, type ComparableContext } from './comparable-properties.ts';
import type { Comparison, PieceChange } from './comparison.ts';
import { comparisonSummary } from './comparison-summary.ts';
import { matchById, matchByStructure, type PieceMatch } from './match-pieces.ts';
import type { Moment } from './moment.ts';
import { propertyChanges, type PropertyChange } from './property-changes.ts';

export interface CompareOptions {
  /** `id` (the default) for two moments of one group; `structure` for two clusters, whose names differ. */
  match: 'id' | 'structure';
  /** Whether the words are about what was before and is now (`moments`), or about two that stand side by side. */
  words?: 'moments' | 'places';
}

/**
 * What is different between two moments, or between two clusters. What Azure writes by itself is left out (see
 * `noise.ts`), and states unless one failed. Swapping the two swaps added with removed and before with after.
 */
export function compareMoments(before: Moment, after: Moment, options?: CompareOptions): Comparison {
  const isBetweenClusters = options?.match === 'structure';
  const words = options?.words ?? (isBetweenClusters ? 'places' : 'moments');
  const old = readSide(before);
  const now = readSide(after);
  const match = isBetweenClusters ? matchByStructure(old.graph, now.graph) : matchById(old.graph, now.graph);
  const matched = new Map([...match].map(([from, to]) => [to, from]));
  const removed = placeRemoved(old.graph, now.graph, match);
  const changes = new Map<string, PieceChange>();
  const note = (node: TopologyNode, change: PieceChange['change'], details: PropertyChange[]): void => {
    changes.set(node.id, { id: node.id, title: node.title, kind: node.kind, change, details });
  };

  const contextOf = (side: Side): ComparableContext => ({
    isBetweenClusters,
    idText: (id) =>
      idText(id, side, { isBetweenClusters, idOf: side === old ? removed.idOf : undefined, names: now }),
    text: (text) => (isBetweenClusters && text === side.serviceName ? 'the name of the service' : text),
    isPiece: (value) => isRecord(value) && side.pieces.inline.has(value),
  });
  const oldContext = contextOf(old);
  const newContext = contextOf(now);
  let same = 0;
  for (const node of now.graph.nodes) {
    if (node.kind === 'internet' || node.kind === 'containerService') continue;
    const counterpart = matched.get(node.id);
    if (counterpart === undefined) {
      note(node, 'added', []);
      continue;
    }
    const [was, is] = [old.pieces.all.get(counterpart), now.pieces.all.get(node.id)];
    const details =
      was && is ? propertyChanges(comparableOf(was, oldContext), comparableOf(is, newContext)) : [];
    if (details.length === 0) same += 1;
    else note(node, 'changed', details);
  }
  for (const node of removed.nodes) note(node, 'removed', []);

  const { edges, edgeChanges } = compareEdges(old.graph, now.graph, removed.idOf);
  const order = [...now.graph.nodes, ...removed.nodes].toSorted((a, b) => a.rank - b.rank);
  const pieces = order.flatMap(({ id }) => changes.get(id) ?? []);
  const countOf = (change: PieceChange['change']): number =>
    pieces.filter((piece) => piece.change === change).length;
  const counts = {
    added: countOf('added'),
    removed: countOf('removed'),
    changed: countOf('changed'),
    same,
  };
  return {
    pieces,
    edges: edgeChanges,
    counts,
    graph: { nodes: order, edges },
    changeOf: new Map(pieces.map(({ id, change }) => [id, change])),
    summary: comparisonSummary({ pieces, counts, before, after, words, isBetweenClusters }),
  };
}

interface Side {
  graph: TopologyGraph;
  pieces: ReturnType<typeof collectPieces>;
  nodes: ReadonlyMap<string, TopologyNode>;
  serviceName: string;
}

function readSide({ serviceName, resources }: Moment): Side {
  const graph = buildTopology({ serviceName, resources });
  return {
    graph,
    pieces: collectPieces(resources, []),
    nodes: new Map(graph.nodes.map((node) => [node.id, node])),
    serviceName,
  };
}

interface IdWords {
  isBetweenClusters: boolean;
  /** Where the id is one of the earlier moment: the ids that its pieces have in the comparison. */
  idOf: ReadonlyMap<string, string> | undefined;
  names: Side;
}

/**
 * An id as it is shown: the piece that it leads to, and what of it. Between two clusters a part has no name, only what it
 * is: `…/backendAddressPools/pool-1` is a backend address pool.
 *
 * It is compared by which node of the comparison that is, not by its words: a piece without a counterpart may be called
 * just like one of the other moment that it is not matched with, and only in one direction, as matched pieces have the
 * words of the later moment.
 */
function idText(
  id: string,
  side: Side,
  { isBetweenClusters, idOf, names }: IdWords,
): { text: string; sign: string } {
  const whole = resolveId(id, side.nodes);
  if (whole === undefined) {
    // Not a piece: what it is must do where names mean nothing.
    const text = isBetweenClusters ? id.split('/').slice(-3, -1).join('/').toLowerCase() : id.toLowerCase();
    return { text, sign: text };
  }
  const segments = id.toLowerCase().slice(whole.length).split('/').filter(Boolean);
  const part = isBetweenClusters ? segments.filter((_segment, index) => index % 2 === 0) : segments;
  const own = idOf?.get(whole) ?? whole;
  const node = names.nodes.get(own) ?? side.nodes.get(whole);
  const said = node === undefined ? whole : `${plainText(node.title)} (${plainText(node.name)})`;
  return { text: [said, ...part].join(' › '), sign: [own, ...part].join('/') };
}

/** The nodes that are gone, where they were: in what their surroundings are now. */
function placeRemoved(
  before: TopologyGraph,
  after: TopologyGraph,
  match: PieceMatch,
): { nodes: TopologyNode[]; idOf: ReadonlyMap<string, string> } {
  const taken = new Set(after.nodes.map(({ id }) => id));
  const idOf = new Map<string, string>(match);
  for (const { id } of before.nodes) {
    if (match.has(id)) continue;
    // Another piece may have this id now, where pieces are matched by structure.
    let own = id;
    while (taken.has(own)) own += ' (before)';
    taken.add(own);
    idOf.set(id, own);
  }
  const nodes = before.nodes.flatMap((node): TopologyNode[] => {
    if (match.has(node.id)) return [];
    const { parent, ...rest } = node;
    const place = parent === undefined ? undefined : idOf.get(parent);
    const id = idOf.get(node.id) ?? node.id;
    return [place === undefined ? { ...rest, id } : { ...rest, id, parent: place }];
  });
  return { nodes, idOf };
}

const keyOf = ({ from, kind, to }: TopologyEdge): string => `${from} ${kind} ${to}`;

function compareEdges(
  before: TopologyGraph,
  after: TopologyGraph,
  idOf: ReadonlyMap<string, string>,
): { edges: TopologyEdge[]; edgeChanges: Comparison['edges'] } {
  const old = new Map(
    before.edges.map((edge) => {
      const moved = { ...edge, from: idOf.get(edge.from) ?? edge.from, to: idOf.get(edge.to) ?? edge.to };
      const isMoved = moved.from !== edge.from || moved.to !== edge.to;
      return [keyOf(moved), isMoved ? { ...moved, id: keyOf(moved) } : edge];
    }),
  );
  const now = new Set(after.edges.map(keyOf));
  const gone = [...old].flatMap(([key, edge]) => (now.has(key) ? [] : [edge]));
  const added = after.edges.filter((edge) => !old.has(keyOf(edge)));
  return {
    edges: [...after.edges, ...gone],
    edgeChanges: [
      ...added.map(({ id }) => ({ id, change: 'added' as const })),
      ...gone.map(({ id }) => ({ id, change: 'removed' as const })),
    ],
  };
}
