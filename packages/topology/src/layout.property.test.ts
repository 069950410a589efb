import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyGraph, anyGraphPartlyClosed } from './any-graph.test-support.ts';
import { expectOrder, expectTidyLines } from './drawing-checks.test-support.ts';
import {
  LayoutKeeper,
  layoutTopology,
  type Box,
  type Layout,
  type NodeKind,
  type PlacedEdge,
  type PlacedNode,
  type TopologyGraph,
  type TopologyNode,
} from './index.ts';

const looks = [
  { direction: 'right', density: 'roomy' },
  { direction: 'right', density: 'compact' },
  { direction: 'down', density: 'roomy' },
] as const;

describe('whatever the graph', () => {
  test.each(looks)('pieces stay apart and inside their containers ($direction, $density)', (look) => {
    fc.assert(
      fc.property(anyGraphPartlyClosed, ({ graph, closed }) => {
        expectOrder(layoutTopology(graph, { ...look, closed }));
      }),
      { numRuns: 150 },
    );
  });

  test.each(looks)('lines run beside what they do not join ($direction, $density)', (look) => {
    fc.assert(
      fc.property(anyGraphPartlyClosed, ({ graph, closed }) => {
        expectTidyLines(layoutTopology(graph, { ...look, closed }));
      }),
      { numRuns: 150 },
    );
  });

  test.each(looks)('the same graph gives the same layout ($direction, $density)', (look) => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        expect(layoutTopology(structuredClone(graph), look)).toEqual(layoutTopology(graph, look));
      }),
      { numRuns: 50 },
    );
  });

  test('states, facts and purposes of pieces change nothing', () => {
    fc.assert(
      fc.property(
        anyGraph,
        fc.constantFrom('Creating', 'Succeeded', 'Failed'),
        (graph, provisioningState) => {
          const nodes = graph.nodes.map((node) => ({
            ...node,
            provisioningState,
            isPlanned: true,
            purpose: 'Another.',
            facts: [{ label: 'State', value: provisioningState }],
          }));
          expect(layoutTopology({ ...graph, nodes })).toEqual(layoutTopology(graph));
        },
      ),
      { numRuns: 50 },
    );
  });

  test.each(looks)(
    'what nothing hangs on comes and goes without its siblings changing their order ($direction, $density)',
    (look) => {
      fc.assert(
        fc.property(anyGraph, fc.nat(), (graph, pick) => {
          const leaves = graph.nodes.filter((node) => isLoose(node, graph));
          const leaf = leaves[pick % Math.max(1, leaves.length)];
          fc.pre(leaf !== undefined);
          const without = {
            nodes: graph.nodes.filter(({ id }) => id !== leaf.id),
            edges: graph.edges.filter(({ from, to }) => from !== leaf.id && to !== leaf.id),
          };
          const closed = new Set<string>();
          const before = orderOfSiblings(
            graph,
            layoutTopology(graph, { ...look, closed }),
            look.direction,
            leaf.id,
          );
          const after = orderOfSiblings(
            without,
            layoutTopology(without, { ...look, closed }),
            look.direction,
            leaf.id,
          );
          expect(after).toEqual(before);
        }),
        { numRuns: 300 },
      );
    },
  );
});

describe('LayoutKeeper', () => {
  test('gives what a fresh layout gives, graph after graph', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(anyGraphPartlyClosed, fc.constantFrom(...looks)), { minLength: 2, maxLength: 5 }),
        (rounds) => {
          const keeper = new LayoutKeeper();
          for (const [{ graph, closed }, look] of rounds) {
            const options = { ...look, closed };
            expect(keeper.layout(graph, options)).toEqual(layoutTopology(graph, options));
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  test('gives what a fresh layout gives after any one node or edge has gone', () => {
    fc.assert(
      fc.property(anyGraph, fc.nat(), fc.boolean(), (graph, pick, isNode) => {
        const keeper = new LayoutKeeper();
        keeper.layout(graph);
        const changed = isNode
          ? { ...graph, nodes: graph.nodes.toSpliced(pick % graph.nodes.length, 1) }
          : { ...graph, edges: graph.edges.toSpliced(pick % Math.max(1, graph.edges.length), 1) };
        expect(keeper.layout(changed)).toEqual(layoutTopology(changed));
        expect(keeper.layout(graph)).toEqual(layoutTopology(graph));
      }),
      { numRuns: 150 },
    );
  });

  test('gives the very objects again where nothing has moved', () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const keeper = new LayoutKeeper();
        const before = keeper.layout(graph);
        const after = keeper.layout(structuredClone(graph));
        expect(after.nodes.every((node, index) => node === before.nodes[index])).toBe(true);
        expect(after.edges.every((edge, index) => edge === before.edges[index])).toBe(true);
        const elsewhere = keeper.layout({ ...graph, nodes: [...graph.nodes, lone] });
        const again = new Set<object>([...elsewhere.nodes, ...elsewhere.edges]);
        const isKept = (placed: PlacedNode | PlacedEdge, now: PlacedNode | PlacedEdge | undefined): boolean =>
          again.has(placed) || JSON.stringify(placed) !== JSON.stringify(now);
        for (const [index, edge] of before.edges.entries()) {
          expect(isKept(edge, elsewhere.edges[index]), edge.id).toBe(true);
        }
        const placedById = new Map(elsewhere.nodes.map((node) => [node.id, node]));
        for (const node of before.nodes) expect(isKept(node, placedById.get(node.id)), node.id).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});

/** Something that stands alone, after everything else. */
const lone: TopologyNode = {
  id: 'lone',
  kind: 'outside',
  name: 'lone',
  title: 'Lone',
  rank: 6,
  purpose: '',
  facts: [],
};

/** The kinds that traffic reaches containers by: they may decide on the order of these. */
const waysIn: readonly NodeKind[] = [
  'publicIp',
  'loadBalancer',
  'loadBalancerRule',
  'gateway',
  'networkInterface',
  'scaleSet',
];

/** These stand in an order of their own, by cell or as the graph has them, as long as nothing else is among them. */
const ordered: readonly NodeKind[] = ['loadBalancerRule', 'securityRule', 'route', 'extension'];

/** Whether nothing hangs on a piece: it contains nothing, and every line comes to it from further out. */
function isLoose(node: TopologyNode, { nodes, edges }: TopologyGraph): boolean {
  if (waysIn.includes(node.kind) || nodes.some(({ parent }) => parent === node.id)) return false;
  const siblings = nodes.filter(({ parent }) => parent === node.parent);
  if (siblings.length < 2 || siblings.some(({ kind }) => ordered.includes(kind))) return false;
  if (nodes.some(({ id, kind }) => id === node.parent && kind === 'availabilitySet')) return false;
  const rankOf = new Map(nodes.map(({ id, rank, kind }) => [id, kind === 'outside' ? 7 : rank]));
  const own = rankOf.get(node.id) ?? 0;
  return edges.every(({ from, to }) => {
    if (from === to || (from !== node.id && to !== node.id)) return true;
    return to === node.id && (rankOf.get(from) ?? 0) < own;
  });
}

const inRows = (a: Box, b: Box): number => a.y - b.y || a.x - b.x;
const inColumns = (a: Box, b: Box): number => a.x - b.x || a.y - b.y;

/** The siblings of each container as they are read in each rank: down one column after another, or along rows. */
function orderOfSiblings(
  graph: TopologyGraph,
  layout: Layout,
  direction: 'right' | 'down',
  without: string,
): Map<string, string[]> {
  const nodeOf = new Map(graph.nodes.map((node) => [node.id, node]));
  const groups = Map.groupBy(layout.nodes, ({ id, parent = '' }) => {
    const { kind, rank } = nodeOf.get(id)!;
    return `${parent} ${kind === 'outside' ? kind : rank}`;
  });
  const orders = [...groups].map(([key, nodes]): [string, string[]] => {
    const isSet = nodeOf.get(nodes[0]?.parent ?? '')?.kind === 'availabilitySet';
    const sorted = nodes.toSorted(direction === 'down' || isSet ? inRows : inColumns);
    return [key, sorted.map(({ id }) => id).filter((id) => id !== without)];
  });
  return new Map(orders.filter(([, ids]) => ids.length > 1).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
