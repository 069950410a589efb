import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildTopology, type TopologyGraph, type TopologyResource } from './index.ts';
import { expectForest, expectStated } from './oracle.test-support.ts';
import { anyGroup, group } from './random-group.test-support.ts';

/** Many cases, on a machine that may have much else to do; in milliseconds. */
const patience = 120_000;

const build = (resources: readonly TopologyResource[]): TopologyGraph =>
  buildTopology({ serviceName: 'demo', resources });

describe('the graph of any group', () => {
  test(
    'has every line that the properties state, and no other',
    () => {
      fc.assert(
        fc.property(anyGroup, (resources) => {
          expectStated(build(resources), resources);
        }),
        { numRuns: 40 },
      );
    },
    patience,
  );

  test(
    'does not depend on the order of the resources',
    () => {
      fc.assert(
        fc.property(anyGroup, fc.infiniteStream(fc.nat()), (resources, numbers) => {
          const shuffled = resources
            .map((resource) => ({ resource, place: numbers.next().value ?? 0 }))
            .toSorted((a, b) => a.place - b.place)
            .map(({ resource }) => resource);
          expect(build(shuffled)).toEqual(build(resources));
        }),
        { numRuns: 40 },
      );
    },
    patience,
  );

  test(
    'has the same form whatever the resources are called',
    () => {
      fc.assert(
        fc.property(
          anyGroup,
          fc.uniqueArray(fc.stringMatching(/^[a-z]{3,8}$/), { minLength: 5, maxLength: 5 }),
          (resources, words) => {
            const newNames = new Map(['a', 'b', 'c', 'main', '0'].map((name, at) => [name, `n${words[at]}`]));
            const oldNames = new Map([...newNames].map(([name, made]) => [made, name]));
            const renamed = resources.map((resource) => renameIn(resource, newNames) as TopologyResource);
            expect(formOf(build(renamed), oldNames)).toEqual(formOf(build(resources), new Map()));
          },
        ),
        { numRuns: 40 },
      );
    },
    patience,
  );

  test(
    'is the same for what is planned and what is there',
    () => {
      fc.assert(
        fc.property(anyGroup, (resources) => {
          const planned = buildTopology({ serviceName: 'demo', resources: [], planned: resources });
          const graph = build(resources);
          const unplanned = planned.nodes.map(({ isPlanned, ...node }) => {
            const isPiece =
              node.kind !== 'internet' && node.kind !== 'containerService' && node.kind !== 'outside';
            expect(isPlanned ?? false).toBe(isPiece);
            return node;
          });
          expect({ nodes: unplanned, edges: planned.edges }).toEqual(graph);
          // What exists wins over what is planned of it.
          expect(buildTopology({ serviceName: 'demo', resources, planned: resources })).toEqual(graph);
        }),
        { numRuns: 40 },
      );
    },
    patience,
  );
});

const at = (type: string, name: string): string => `${group}/providers/${type}/${name}`;

describe('hostile properties', () => {
  test(
    'of any form break nothing',
    () => {
      fc.assert(
        fc.property(
          anyGroup,
          fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { maxLength: 14 }),
          (resources, bags) => {
            const wild = resources.map((resource, index) => ({
              ...resource,
              properties: { ...resource.properties, ...bags[index] } as Record<string, unknown>,
            }));
            expectForest(build(wild));
          },
        ),
        { numRuns: 40 },
      );
    },
    patience,
  );

  test('with names that every object has are read like others', () => {
    const id = at('Contoso.Tea/pots', 'a');
    const properties = JSON.parse(
      `{"__proto__":{"id":"${at('Contoso.Tea/pots', 'b')}"},"constructor":"${at('Contoso.Tea/pots', 'c')}","toString":{"hasOwnProperty":1}}`,
    ) as Record<string, unknown>;
    const resources = [
      { id, name: 'a', type: 'Contoso.Tea/pots', properties },
      { id: at('Contoso.Tea/pots', 'b'), name: '__proto__', type: '__proto__' },
      { id: at('Contoso.Tea/pots', 'c'), name: 'constructor', type: 'constructor' },
    ];
    const graph = build(resources);
    expectForest(graph);
    expect(graph.edges.map(({ to }) => to)).toEqual([
      at('Contoso.Tea/pots', 'b').toLowerCase(),
      at('Contoso.Tea/pots', 'c').toLowerCase(),
    ]);
  });

  test('nested deeper than calls can be are read to their end', () => {
    let nested: unknown = at('Contoso.Tea/pots', 'b');
    for (let depth = 0; depth < 100_000; depth += 1) nested = depth % 2 === 0 ? [nested] : { nested };
    const resources = [
      { id: at('Contoso.Tea/pots', 'a'), name: 'a', type: 'Contoso.Tea/pots', properties: { nested } },
      { id: at('Contoso.Tea/pots', 'b'), name: 'b', type: 'Contoso.Tea/pots' },
    ];
    expect(build(resources).edges).toHaveLength(1);
  });

  test('of enormous length are no ids', () => {
    const long = `/subscriptions/${'a/'.repeat(2_000_000)}providers/Contoso.Tea/pots/b`;
    const resources = [
      {
        id: at('Contoso.Tea/pots', 'a'),
        name: 'a',
        type: 'Contoso.Tea/pots',
        properties: { long, [long]: long },
      },
    ];
    expect(build(resources).edges).toEqual([]);
  });

  test('that put pieces into each other leave a forest', () => {
    const subnet = at('Microsoft.Network', 'virtualNetworks/v/subnets/s');
    const set = at('Microsoft.Compute/availabilitySets', 'set');
    const machine = `${set}/machines/m`;
    const resources = [
      // A network in its own subnet, a subnet that stands in itself.
      {
        id: at('Microsoft.Network/virtualNetworks', 'v'),
        name: 'v',
        type: 'Microsoft.Network/networkInterfaces',
        properties: { ipConfigurations: [{ properties: { subnet: { id: subnet } } }] },
      },
      {
        id: subnet,
        name: 's',
        type: 'Microsoft.Network/virtualNetworks/subnets',
        properties: { ipConfigurations: [{ properties: { subnet: { id: subnet } } }] },
      },
      // A machine that is its set's child and its set's member.
      {
        id: set,
        name: 'set',
        type: 'Microsoft.Compute/availabilitySets',
        properties: { virtualMachines: [{ id: machine }] },
      },
      {
        id: machine,
        name: 'm',
        type: 'Microsoft.Compute/virtualMachines',
        properties: { availabilitySet: { id: set } },
      },
    ];
    expectStated(build(resources), resources);
  });
});

/** Gives every name another one: whole names, and the names in ids. */
function renameIn(value: unknown, newNames: ReadonlyMap<string, string>): unknown {
  const rename = (text: string): string => {
    if (text.includes('/') && !text.startsWith('/')) {
      return text.startsWith('Microsoft.') || text.startsWith('Contoso.') || text.startsWith('https:')
        ? text
        : text.split('/').map(rename).join('/');
    }
    if (!text.startsWith('/')) return newNames.get(text) ?? text;
    const [before, ...rest] = text.split(/\/providers\//i);
    if (rest.length === 0) return text;
    const after = rest.map((part) =>
      part
        .split('/')
        .map((segment, index) =>
          index > 0 && index % 2 === 0 ? (newNames.get(segment.toLowerCase()) ?? segment) : segment,
        )
        .join('/'),
    );
    return [before, ...after].join('/providers/');
  };
  if (typeof value === 'string') return rename(value);
  if (Array.isArray(value)) return value.map((item) => renameIn(item, newNames));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [rename(name), renameIn(item, newNames)]),
  );
}

/** What a graph looks like without its words, with the names in its ids traced back. */
function formOf(graph: TopologyGraph, oldNames: ReadonlyMap<string, string>) {
  const original = (id: string): string =>
    id
      .split('/')
      .map((segment) => oldNames.get(segment) ?? segment)
      .join('/');
  const nodes = graph.nodes.map(({ id, kind, parent, rank, role, count, cell, isPart }) => ({
    id: original(id),
    parent: parent === undefined ? undefined : original(parent),
    rest: { kind, rank, role, count, cell, isPart },
  }));
  const edges = graph.edges.map(({ from, to, kind, labels }) => ({
    id: `${original(from)} ${kind} ${original(to)}`,
    labels: labels.toSorted(),
  }));
  return { nodes: nodes.toSorted(byId), edges: edges.toSorted(byId) };
}

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);
