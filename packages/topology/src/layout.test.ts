import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  buildTopology,
  closedAtFirst,
  layoutTopology,
  nodeKindSchema,
  type Box,
  type Layout,
  type TopologyGraph,
} from './index.ts';
import { swarmResources } from './swarm-resources.test-support.ts';

const cluster = (masters: number, agents: number, withInstances = true): TopologyGraph =>
  buildTopology({ serviceName: 'demo', resources: swarmResources({ masters, agents, withInstances }) });
const looks = [
  { direction: 'right', density: 'roomy' },
  { direction: 'right', density: 'compact' },
  { direction: 'down', density: 'roomy' },
] as const;

/** Any graph that the shapes allow: containers to any depth, edges between any two nodes. */
const anyGraph: fc.Arbitrary<TopologyGraph> = fc
  .array(
    fc.record({
      kind: fc.constantFrom(...nodeKindSchema.options),
      rank: fc.integer({ min: 0, max: 6 }),
      parent: fc.option(fc.nat(), { nil: undefined }),
    }),
    { minLength: 1, maxLength: 24 },
  )
  .chain((drafts) =>
    fc.record({
      nodes: fc.constant(
        drafts.map(({ kind, rank, parent }, index) => ({
          id: `n${index}`,
          kind,
          rank,
          name: `n${index}`,
          title: `Node ${index}`,
          purpose: '',
          facts: [],
          ...(parent === undefined || index === 0 ? {} : { parent: `n${parent % index}` }),
        })),
      ),
      edges: fc.array(
        fc
          .record({
            from: fc.nat({ max: drafts.length - 1 }),
            to: fc.nat({ max: drafts.length - 1 }),
            kind: fc.constantFrom('traffic', 'guards', 'disk', 'diagnostics', 'reference'),
            labels: fc.array(fc.constantFrom('TCP 80 → 80', 'TCP 2200 → 22'), { maxLength: 6 }),
          })
          .map(({ from, to, kind, labels }) => ({
            id: `${from} ${kind} ${to}`,
            from: `n${from}`,
            to: `n${to}`,
            kind: kind as 'traffic',
            labels,
          })),
        { maxLength: 30 },
      ),
    }),
  );

describe('layoutTopology', () => {
  test.each(looks)(
    'keeps pieces apart and inside their containers, whatever the graph ($direction, $density)',
    (look) => {
      fc.assert(
        fc.property(anyGraph, (graph) => {
          expectOrder(layoutTopology(graph, { ...look, closed: new Set() }));
        }),
        { numRuns: 150 },
      );
    },
  );

  test.each(looks)('gives the same layout for the same graph ($direction, $density)', (look) => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        expect(layoutTopology(structuredClone(graph), look)).toEqual(layoutTopology(graph, look));
      }),
      { numRuns: 50 },
    );
  });

  test.each([1, 3, 5].flatMap((masters) => looks.map((look) => ({ masters, ...look }))))(
    'draws $masters masters without a line label on a piece ($direction, $density)',
    ({ masters, ...look }) => {
      const graph = cluster(masters, 3);
      const layout = layoutTopology(graph, look);
      expectOrder(layout);
      const cards = layout.nodes.filter((node) => !node.isContainer);
      const labels = layout.edges.flatMap((edge) => edge.label ?? []);
      expect(labels).toHaveLength(masters + 1);
      for (const label of labels) {
        for (const card of cards) expect(overlap(label, card)).toBe(false);
        for (const other of labels) if (other !== label) expect(overlap(label, other)).toBe(false);
      }
    },
  );

  test('runs from the internet inwards, to the right or down', () => {
    const graph = cluster(3, 2);
    const along = (layout: Layout, axis: 'x' | 'y'): number[] =>
      ["Masters' public IP address", "Masters' load balancer", "Master 0's network interface"].map(
        (title) => {
          const id = graph.nodes.find((node) => node.title === title)!.id;
          return layout.nodes.find((node) => node.id === id)![axis];
        },
      );
    for (const [direction, axis] of [
      ['right', 'x'],
      ['down', 'y'],
    ] as const) {
      const places = along(layoutTopology(graph, { direction }), axis);
      expect(places).toEqual(places.toSorted((a, b) => a - b));
      expect(new Set(places).size).toBe(3);
    }
  });

  test.each(['roomy', 'compact'] as const)(
    'lines of traffic to a machine run level from its interface (%s)',
    (density) => {
      const graph = cluster(5, 2);
      const layout = layoutTopology(graph, { density });
      const box = (title: string): Box =>
        layout.nodes.find(({ id }) => id === graph.nodes.find((node) => node.title === title)!.id)!;
      for (const index of [0, 1, 2, 3, 4]) {
        const nic = box(`Master ${index}'s network interface`);
        const machine = box(`Master ${index}`);
        expect(nic.y + nic.height / 2).toBe(machine.y + machine.height / 2);
      }
    },
  );

  test('every line begins and ends at the border of its pieces and turns only at right angles', () => {
    for (const look of looks) {
      const layout = layoutTopology(cluster(5, 100), look);
      const boxes = new Map(layout.nodes.map((node) => [node.id, node]));
      for (const edge of layout.edges) {
        expect(onBorder(edge.points[0]!, boxes.get(edge.from)!), `start of ${edge.id}`).toBe(true);
        expect(onBorder(edge.points.at(-1)!, boxes.get(edge.to)!), `end of ${edge.id}`).toBe(true);
        for (const [index, point] of edge.points.slice(1).entries()) {
          const before = edge.points[index]!;
          expect(before.x === point.x || before.y === point.y).toBe(true);
        }
      }
    }
  });

  test('shows a scale set as one card, and its machines when it is opened', () => {
    const graph = cluster(1, 100);
    const scaleSet = graph.nodes.find((node) => node.kind === 'scaleSet')!.id;
    const shownIn = (layout: Layout): number =>
      layout.nodes.filter((node) => node.parent === scaleSet).length;
    expect(shownIn(layoutTopology(graph))).toBe(0);
    const opened = layoutTopology(graph, {
      closed: new Set([...closedAtFirst(graph)].filter((id) => id !== scaleSet)),
    });
    expect(shownIn(opened)).toBe(100);
    expectOrder(opened);
    const traffic = opened.edges.filter((edge) => edge.to === scaleSet && edge.kind === 'traffic');
    expect(traffic.map((edge) => edge.label?.lines)).toEqual([
      ['TCP 80 → 80', 'TCP 443 → 443', 'TCP 8080 → 8080'],
    ]);
  });

  test.each([1, 3, 5].flatMap((masters) => looks.map((look) => ({ masters, ...look }))))(
    'leaves the title of every frame free of lines ($masters masters, $direction, $density)',
    ({ masters, ...look }) => {
      const layout = layoutTopology(cluster(masters, 100), look);
      for (const frame of layout.nodes.filter(({ isContainer }) => isContainer)) {
        expect(frame.titleWidth, frame.id).toBeGreaterThan(100);
        const title = { x: frame.x, y: frame.y, width: frame.titleWidth, height: 40 };
        for (const { id, points } of layout.edges) {
          for (const [index, point] of points.slice(1).entries()) {
            if (points[index]!.x !== point.x) continue;
            const [top, bottom] = [points[index]!.y, point.y].toSorted((a, b) => a - b);
            const line = { x: point.x, y: top!, width: 0, height: bottom! - top! };
            expect(overlap(line, title), `${id} through the title of ${frame.id}`).toBe(false);
          }
        }
      }
    },
  );

  test('five masters are seen whole in a window of 1440 × 900, with no text below 11 px', () => {
    const { width, height } = layoutTopology(cluster(5, 100), { density: 'compact' });
    const room = { width: 1_182 - 16, height: 661 - 16 };
    expect(12.5 * Math.min(room.width / width, room.height / height)).toBeGreaterThanOrEqual(11);
  });

  test('fits the narrow drawing of a cluster into the width of a phone', () => {
    for (const masters of [1, 3, 5]) {
      expect(layoutTopology(cluster(masters, 100), { direction: 'down' }).width).toBeLessThanOrEqual(410);
    }
  });
});

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

function onBorder({ x, y }: { x: number; y: number }, box: Box): boolean {
  const inX = x >= box.x && x <= box.x + box.width;
  const inY = y >= box.y && y <= box.y + box.height;
  return (
    (inY && (x === box.x || x === box.x + box.width)) || (inX && (y === box.y || y === box.y + box.height))
  );
}

function expectOrder(layout: Layout): void {
  const boxes = new Map(layout.nodes.map((node) => [node.id, node]));
  for (const node of layout.nodes) {
    for (const value of [node.x, node.y, node.width, node.height]) expect(Number.isFinite(value)).toBe(true);
    expect(node.x).toBeGreaterThanOrEqual(0);
    expect(node.y).toBeGreaterThanOrEqual(0);
    expect(node.x + node.width).toBeLessThanOrEqual(layout.width);
    expect(node.y + node.height).toBeLessThanOrEqual(layout.height);
    const parent = node.parent === undefined ? undefined : boxes.get(node.parent)!;
    if (parent) {
      expect(node.x).toBeGreaterThan(parent.x);
      expect(node.y).toBeGreaterThan(parent.y);
      expect(node.x + node.width).toBeLessThan(parent.x + parent.width);
      expect(node.y + node.height).toBeLessThan(parent.y + parent.height);
    }
  }
  const siblings = Map.groupBy(layout.nodes, (node) => node.parent ?? '');
  for (const group of siblings.values()) {
    for (const [index, a] of group.entries()) {
      for (const b of group.slice(index + 1)) expect(overlap(a, b), `${a.id} on ${b.id}`).toBe(false);
    }
  }
}
