import { describe, expect, test } from 'vitest';
import { crossingsOf, expectOrder, expectTidyLines, overlap } from './drawing-checks.test-support.ts';
import {
  buildTopology,
  closedAtFirst,
  layoutTopology,
  type Box,
  type Layout,
  type NodeKind,
  type TopologyGraph,
  type TopologyNode,
} from './index.ts';
import { rankOfKind } from './resource-kind.ts';
import { swarmResources } from './swarm-resources.test-support.ts';
import { syntheticGroup } from './synthetic-group.test-support.ts';

/** A cluster whose masters stand in three fault domains and as many update domains as there are masters. */
function cluster(masters: number, agents: number): TopologyGraph {
  const resources = swarmResources({ masters, agents, withInstances: true });
  const graph = buildTopology({ serviceName: 'demo', resources });
  let next = 0;
  const nodes = graph.nodes.map((node) => {
    if (node.kind !== 'virtualMachine') return node;
    const cell = { faultDomain: next % 3, updateDomain: next };
    next += 1;
    return { ...node, cell };
  });
  return { ...graph, nodes };
}

const isWithin = (box: Box, around: Box): boolean =>
  box.x >= around.x &&
  box.y >= around.y &&
  box.x + box.width <= around.x + around.width &&
  box.y + box.height <= around.y + around.height;
const looks = [
  { direction: 'right', density: 'roomy' },
  { direction: 'right', density: 'compact' },
  { direction: 'down', density: 'roomy' },
] as const;

const everyCluster = [1, 3, 5].flatMap((masters) => looks.map((look) => ({ masters, ...look })));

describe('layoutTopology', () => {
  test.each(everyCluster)(
    'draws $masters masters with pieces apart and lines beside what they do not join ($direction, $density)',
    ({ masters, ...look }) => {
      for (const closed of [undefined, new Set<string>()]) {
        const layout = layoutTopology(cluster(masters, 12), { ...look, ...(closed ? { closed } : {}) });
        expectOrder(layout);
        expectTidyLines(layout);
      }
    },
  );

  test.each(everyCluster)(
    'draws $masters masters without lines of traffic crossing each other ($direction, $density)',
    ({ masters, ...look }) => {
      const { edges } = layoutTopology(cluster(masters, 12), look);
      // Narrow, the interfaces stand above the set: lines to machines that share a fault domain cross those between.
      const most = look.direction === 'down' && masters > 3 ? 4 : 0;
      expect(crossingsOf(edges.filter(({ kind }) => kind === 'traffic'))).toBeLessThanOrEqual(most);
    },
  );

  test.each(everyCluster)(
    'each rule of $masters masters has its own row, and its line leaves from there ($direction, $density)',
    ({ masters, ...look }) => {
      const graph = cluster(masters, 3);
      const layout = layoutTopology(graph, look);
      const boxOf = new Map(layout.nodes.map((node) => [node.id, node]));
      const rules = graph.nodes.filter(({ kind }) => kind === 'loadBalancerRule');
      expect(rules.length).toBeGreaterThan(masters);
      for (const { id, parent } of rules) {
        const box = boxOf.get(id)!;
        // A finger needs more than a mouse.
        expect(box.height).toBeLessThanOrEqual(look.direction === 'down' ? 28 : 24);
        const others = layout.nodes.filter((node) => node.parent === parent && node.id !== id);
        for (const other of others) expect(other.x).toBe(box.x);
        for (const { points } of layout.edges.filter(({ from }) => from === id)) {
          expect([box.x, box.x + box.width]).toContain(points[0]!.x);
          expect(points[0]!.y).toBeGreaterThan(box.y);
          expect(points[0]!.y).toBeLessThan(box.y + box.height);
        }
      }
    },
  );

  test.each(looks)(
    'writes beside a closed load balancer what its rules do ($direction, $density)',
    (look) => {
      const graph = cluster(3, 3);
      const balancers = graph.nodes.filter(({ kind }) => kind === 'loadBalancer').map(({ id }) => id);
      const layout = layoutTopology(graph, {
        ...look,
        closed: new Set([...closedAtFirst(graph), ...balancers]),
      });
      expectOrder(layout);
      const labels = layout.edges.flatMap((edge) => edge.label ?? []);
      expect(labels.map(({ lines }) => lines)).toContainEqual(['TCP 2201 → 22']);
      const cards = layout.nodes.filter((node) => !node.isContainer);
      for (const label of labels) {
        for (const card of cards) expect(overlap(label, card)).toBe(false);
        for (const other of labels) if (other !== label) expect(overlap(label, other)).toBe(false);
      }
      for (const id of balancers) {
        const placed = layout.nodes.find((node) => node.id === id)!;
        expect(placed).toMatchObject({ isContainer: false, isClosed: true });
        expect(placed.inside).toBe(graph.nodes.filter(({ parent }) => parent === id).length);
      }
    },
  );

  test.each(looks)('puts each machine into the cell of its domains ($direction, $density)', (look) => {
    const graph = cluster(5, 2);
    const { grids, nodes } = layoutTopology(graph, look);
    const [grid] = grids;
    expect(grids).toHaveLength(1);
    expect(grid!.columns.map(({ label }) => label)).toEqual(
      [0, 1, 2].map((domain) => `Fault domain ${domain}`),
    );
    expect(grid!.rows.map(({ label }) => label)).toEqual(
      [0, 1, 2, 3, 4].map((domain) => `Update domain ${domain}`),
    );
    const set = nodes.find(({ id }) => id === grid!.id)!;
    for (const band of [...grid!.columns, ...grid!.rows]) {
      for (const box of [band, band.header]) expect(isWithin(box, set), band.label).toBe(true);
    }
    const machines = graph.nodes.filter(({ cell }) => cell);
    expect(machines).toHaveLength(5);
    for (const { id, cell } of machines) {
      const box = nodes.find((node) => node.id === id)!;
      for (const [bands, domain] of [
        [grid!.columns, cell!.faultDomain],
        [grid!.rows, cell!.updateDomain],
      ] as const) {
        expect(bands.filter((band) => overlap(band, box)).map((band) => band.domain)).toEqual([domain]);
      }
      const heads = [...grid!.columns, ...grid!.rows].map(({ header }) => header);
      for (const head of heads) expect(overlap(head, box)).toBe(false);
    }
  });

  test.each(looks)(
    'machines that have no cell yet stand below those that have one ($direction, $density)',
    (look) => {
      const graph = cluster(5, 2);
      const waiting = new Set(
        graph.nodes.filter(({ cell }) => (cell?.updateDomain ?? 0) > 2).map(({ id }) => id),
      );
      const nodes = graph.nodes.map((node) => {
        const { cell, ...rest } = node;
        return waiting.has(node.id) || !cell ? rest : node;
      });
      const layout = layoutTopology({ ...graph, nodes }, look);
      expectOrder(layout);
      expectTidyLines(layout);
      const [grid] = layout.grids;
      expect(grid!.rows.map(({ domain }) => domain)).toEqual([0, 1, 2]);
      const end = Math.max(...grid!.rows.map(({ y, height }) => y + height));
      for (const { id, y } of layout.nodes) if (waiting.has(id)) expect(y).toBeGreaterThanOrEqual(end);
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
    const bounds = opened.nodes.find(({ id }) => id === scaleSet)!;
    expect(bounds.width / bounds.height).toBeGreaterThan(1.2);
    expect(bounds.width / bounds.height).toBeLessThan(2.2);
  });

  test.each(everyCluster)(
    'leaves the title of every frame free of lines ($masters masters, $direction, $density)',
    ({ masters, ...look }) => {
      const layout = layoutTopology(cluster(masters, 100), look);
      for (const frame of layout.nodes.filter(({ isContainer }) => isContainer)) {
        expect(frame.titleWidth, frame.id).toBeGreaterThanOrEqual(96);
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

  test.each([
    [1, 'roomy', 10.5],
    [1, 'compact', 11.5],
    [3, 'compact', 10],
    [5, 'compact', 9.5],
  ] as const)(
    '%i masters are seen whole and read in a window of 1440 × 900 (%s)',
    (masters, density, least) => {
      const { width, height } = layoutTopology(cluster(masters, 100), { density });
      const room = { width: 1_160 - 16, height: 640 - 16 };
      expect(12.5 * Math.min(room.width / width, room.height / height)).toBeGreaterThanOrEqual(least);
    },
  );

  test('the narrow drawing of a cluster is read at the full width of a phone', () => {
    for (const masters of [1, 3, 5]) {
      const { width } = layoutTopology(cluster(masters, 100), { direction: 'down' });
      expect((12.5 * (390 - 16)) / width).toBeGreaterThanOrEqual(10.5);
    }
  });

  test.each([100, 1_000])(
    'a group of %i resources has the shape of a window, and few lines cross',
    (count) => {
      const graph = syntheticGroup(count);
      const { width, height, edges } = layoutTopology(graph);
      expect(width / height).toBeGreaterThan(1);
      expect(width / height).toBeLessThan(2);
      // Each of its machines has a line of its own; four crossings to each line are few for what is joined across.
      expect(crossingsOf(edges)).toBeLessThan(4 * edges.length);
    },
  );

  test('thousands of pieces that nothing joins stand in the shape of a window', () => {
    const nodes = Array.from({ length: 3_000 }, (_, index) => loose(`n${index}`, 'other'));
    const layout = layoutTopology({ nodes, edges: [] });
    expect(layout.width / layout.height).toBeGreaterThan(1.2);
    expect(layout.width / layout.height).toBeLessThan(2);
  });

  test('pieces of unknown types stand one behind the other as they refer to each other, rings too', () => {
    const nodes = ['a', 'b', 'c', 'd'].map((id) => loose(id, 'other'));
    const edges = ['ab', 'bc', 'ac', 'ca', 'dc'].map(([from = '', to = '']) => ({
      id: `${from} ${to}`,
      from,
      to,
      kind: 'reference' as const,
      labels: [],
    }));
    const layout = layoutTopology({ nodes, edges });
    const [a, b, c, d] = layout.nodes.map(({ x }) => x);
    expect(a).toBe(d);
    expect(a).toBeLessThan(b!);
    expect(b).toBeLessThan(c!);
    expectTidyLines(layout);
  });

  test('what leads outside stands at the edge', () => {
    const nodes = [loose('o', 'outside'), loose('x', 'other'), loose('vm', 'virtualMachine')];
    const { nodes: placed } = layoutTopology({ nodes, edges: [] });
    expect(placed.toSorted((a, b) => a.x - b.x).map(({ id }) => id)).toEqual(['vm', 'x', 'o']);
  });

  test('containers many levels deep, wide fans and nothing at all', () => {
    const deep = Array.from({ length: 200 }, (_, index) => ({
      ...loose(`n${index}`, 'other'),
      ...(index === 0 ? {} : { parent: `n${index - 1}` }),
    }));
    expectOrder(layoutTopology({ nodes: deep, edges: [] }));
    const fan = Array.from({ length: 300 }, (_, index) => loose(`vm${index}`, 'virtualMachine'));
    const edges = fan.map(({ id }) => ({ id, from: 'lb', to: id, kind: 'traffic' as const, labels: [] }));
    const fanned = layoutTopology({ nodes: [loose('lb', 'loadBalancer'), ...fan], edges });
    expectOrder(fanned);
    expectTidyLines(fanned);
    expect(layoutTopology({ nodes: [], edges: [] })).toMatchObject({ nodes: [], edges: [], grids: [] });
  });

  test('containers that contain each other in a ring are still drawn', () => {
    const nodes = [
      { ...loose('a', 'other'), parent: 'b' },
      { ...loose('b', 'other'), parent: 'a' },
    ];
    const layout = layoutTopology({ nodes, edges: [] });
    expect(layout.nodes).toHaveLength(2);
    expectOrder(layout);
  });
});

const loose = (id: string, kind: NodeKind): TopologyNode => ({
  id,
  kind,
  name: id,
  title: id,
  rank: rankOfKind[kind],
  purpose: '',
  facts: [],
});
