import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildTopology, TopologyKeeper, type TopologyGraph, type TopologyResource } from './index.ts';
import { anyGroup, anyResource } from './random-group.test-support.ts';
import { swarmResources } from './swarm-resources.test-support.ts';

const serviceName = 'demo';
/** Many cases, on a machine that may have much else to do; in milliseconds. */
const patience = 120_000;

interface Edit {
  place: number;
  how: 'state' | 'view' | 'size' | 'remove' | 'other';
  other: TopologyResource;
}
const anyEdit: fc.Arbitrary<Edit> = fc.record({
  place: fc.nat(),
  how: fc.constantFrom('state', 'view', 'size', 'remove', 'other'),
  other: anyResource,
});

/** The resources after an edit, and the one that was edited. */
function edited(resources: readonly TopologyResource[], { place, how, other }: Edit) {
  const before = resources[place % Math.max(1, resources.length)];
  const target = how === 'other' || before === undefined ? other : before;
  const rest = resources.filter(({ id }) => id.toLowerCase() !== target.id.toLowerCase());
  if (how === 'remove') return { now: rest, removed: [target.id], changed: [] };
  const { properties } = target;
  const after: TopologyResource = {
    ...target,
    ...(how === 'state' ? { properties: { ...properties, provisioningState: `Working ${place % 3}` } } : {}),
    ...(how === 'view'
      ? {
          properties: {
            ...properties,
            instanceView: { platformFaultDomain: place % 3, platformUpdateDomain: 0, statuses: [place] },
          },
        }
      : {}),
    ...(how === 'size' ? { sku: { name: 'S', capacity: place % 5 } } : {}),
  };
  return { now: [...rest, after], removed: [], changed: [after] };
}

function expectSameAsBefore(before: TopologyGraph, after: TopologyGraph, changed: readonly string[]): void {
  const known = new Map(before.nodes.map((node) => [node.id, node]));
  for (const node of after.nodes) {
    if (!changed.includes(node.id)) expect(node).toBe(known.get(node.id));
    else expect(node).not.toEqual(known.get(node.id));
  }
  const lines = new Map(before.edges.map((edge) => [edge.id, edge]));
  for (const edge of after.edges) {
    const line = lines.get(edge.id);
    if (line !== undefined && line !== edge) expect(edge).not.toEqual(line);
  }
}

/** What takes a place in the drawing. */
const outlineOf = (graph: TopologyGraph) =>
  graph.nodes.map(({ id, parent, title, kind, cell, count }) => ({ id, parent, title, kind, cell, count }));

describe('TopologyKeeper', () => {
  test.each([
    ['any group', anyGroup],
    ['a cluster', fc.constant(swarmResources({ masters: 1, agents: 1, withInstances: true }))],
  ])(
    'has after every change the graph that is built anew: %s',
    (_, start) => {
      fc.assert(
        fc.property(start, fc.array(anyEdit, { maxLength: 6 }), fc.boolean(), (resources, edits, whole) => {
          const keeper = new TopologyKeeper({ serviceName, resources });
          let now: readonly TopologyResource[] = resources;
          for (const edit of edits) {
            const before = keeper.graph;
            const next = edited(now, edit);
            now = next.now;
            const update = whole
              ? keeper.replace({ resources: structuredClone(now) as TopologyResource[] })
              : keeper.update(next);
            expect(update.graph).toEqual(buildTopology({ serviceName, resources: now }));
            expect(keeper.graph).toBe(update.graph);
            expectSameAsBefore(before, update.graph, update.changed);
            const ids = new Set(update.graph.nodes.map(({ id }) => id));
            expect(update.removed).toEqual(before.nodes.map(({ id }) => id).filter((id) => !ids.has(id)));
            if (!update.isStructureChanged) {
              expect(update.graph.edges).toBe(before.edges);
              expect(outlineOf(update.graph)).toEqual(outlineOf(before));
            }
          }
        }),
        { numRuns: 25 },
      );
    },
    patience,
  );

  test(
    'turns what was planned into what is there, one resource after another',
    () => {
      const resources = swarmResources({ masters: 3, agents: 2 });
      fc.assert(
        fc.property(fc.shuffledSubarray(resources, { minLength: resources.length }), (order) => {
          const keeper = new TopologyKeeper({
            serviceName,
            resources: [],
            planned: resources,
            isCluster: true,
          });
          for (const [index, resource] of order.entries()) {
            keeper.update({ changed: [resource] });
            const there = order.slice(0, index + 1);
            expect(keeper.graph).toEqual(
              buildTopology({ serviceName, resources: there, planned: resources, isCluster: true }),
            );
          }
          expect(keeper.graph.nodes.filter(({ isPlanned }) => isPlanned)).toEqual([]);
        }),
        { numRuns: 5 },
      );
    },
    patience,
  );

  test('says what a state changes, and leaves all else as it is', () => {
    const resources = swarmResources({ masters: 3, agents: 2 });
    const keeper = new TopologyKeeper({ serviceName, resources });
    const before = keeper.graph;
    const machine = resources.find(({ type }) => type === 'Microsoft.Compute/virtualMachines')!;
    const properties = { ...machine.properties, provisioningState: 'Updating' };
    const update = keeper.update({ changed: [{ ...machine, properties }] });
    expect(update).toMatchObject({
      changed: [machine.id.toLowerCase()],
      removed: [],
      isStructureChanged: false,
    });
    expect(update.graph.edges).toBe(before.edges);
    expect(keeper.update({ changed: [{ ...machine, properties }] })).toMatchObject({
      changed: [],
      graph: update.graph,
    });
  });
});
