import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildTopology, topologyGraphSchema, type TopologyGraph, type TopologyResource } from './index.ts';
import { swarmResources } from './swarm-resources.test-support.ts';

const build = (resources: TopologyResource[]): TopologyGraph =>
  buildTopology({ serviceName: 'demo', resources });
const byTitle = (graph: TopologyGraph, title: string) => graph.nodes.find((node) => node.title === title)!;
const titleOf = (graph: TopologyGraph, id: string | undefined): string =>
  graph.nodes.find((node) => node.id === id)?.title ?? `nothing (${id})`;
const edgesOf = (graph: TopologyGraph): string[] =>
  graph.edges.map((edge) =>
    [titleOf(graph, edge.from), edge.kind, titleOf(graph, edge.to), edge.labels.join(' and ')]
      .filter(Boolean)
      .join(' | '),
  );

describe('buildTopology', () => {
  const graph = build(swarmResources({ masters: 3, agents: 2 }));

  test('gives what the contract promises', () => {
    expect(topologyGraphSchema.parse(graph)).toEqual(graph);
  });

  test('joins every hop from the internet to the machines', () => {
    expect(edgesOf(graph)).toEqual(
      expect.arrayContaining([
        "Internet | traffic | Masters' public IP address",
        "Internet | traffic | Agents' public IP address",
        "Masters' public IP address | traffic | Masters' load balancer",
        "TCP 22 → master 0:2222 | traffic | Master 0's network interface | TCP 22 → 2222",
        "TCP 2200 → master 0:22 | traffic | Master 0's network interface | TCP 2200 → 22",
        "TCP 2201 → master 1:22 | traffic | Master 1's network interface | TCP 2201 → 22",
        "TCP 2202 → master 2:22 | traffic | Master 2's network interface | TCP 2202 → 22",
        "Master 2's network interface | traffic | Master 2",
        'TCP 80 → agents:80 | traffic | Agents | TCP 80 → 80',
        'TCP 443 → agents:443 | traffic | Agents | TCP 443 → 443',
        'TCP 8080 → agents:8080 | traffic | Agents | TCP 8080 → 8080',
        "Master 1's network interface | outbound | Masters → internet",
        'Agents | outbound | Agents → internet',
        "Masters' security group | guards | Masters' subnet",
        "Agents' security group | guards | Agents' subnet",
        "Master 1 | disk | Master 1's OS disk",
        'Master 1 | diagnostics | Storage account',
        'Agents | diagnostics | Storage account',
      ]),
    );
  });

  test('draws nothing that no id states', () => {
    // 2 + 2 entrances, 4 NAT and 3 balanced links, 3 + 1 ways out, 3 NIC to VM, 2 guards, 3 disks, 4 diagnostics
    expect(graph.edges).toHaveLength(27);
  });

  test('puts everything but the internet into the container service', () => {
    for (const node of graph.nodes) {
      const outermost = (id: string): string => {
        const parent = graph.nodes.find((other) => other.id === id)?.parent;
        return parent === undefined ? id : outermost(parent);
      };
      expect(outermost(node.id)).toBe(node.kind === 'internet' ? 'internet' : 'service');
    }
  });

  test.each([
    ["Masters' subnet", 'Virtual network'],
    ["Master 0's network interface", "Masters' subnet"],
    ["Masters' availability set", "Masters' subnet"],
    ['Master 0', "Masters' availability set"],
    ["Master 0's set-up script", 'Master 0'],
    ['Agents', "Agents' subnet"],
    ["Master 0's OS disk", 'Container service'],
    ['TCP 2201 → master 1:22', "Masters' load balancer"],
    ['TCP 80 → agents:80', "Agents' load balancer"],
    ['Admits TCP 80 from the internet', "Agents' security group"],
  ])('%s lies in %s', (inner, outer) => {
    expect(titleOf(graph, byTitle(graph, inner).parent)).toBe(outer);
  });

  test('ranks the pieces from the internet inwards', () => {
    const titles = [
      'Internet',
      "Masters' public IP address",
      "Masters' load balancer",
      'TCP 2200 → master 0:22',
      "Master 0's network interface",
      'Master 0',
    ];
    expect(titles.map((title) => byTitle(graph, title).rank)).toEqual([0, 1, 2, 2, 3, 4]);
  });

  test('shows properties of the resources as facts', () => {
    expect(byTitle(graph, "Agents' public IP address").facts).toContainEqual({
      label: 'DNS name',
      value: 'demoagents.westeurope.slipway.localhost',
    });
    expect(byTitle(graph, 'Master 2').facts).toContainEqual({
      label: 'Private address',
      value: '172.16.0.7',
    });
    expect(byTitle(graph, "Agents' load balancer").facts).toContainEqual({
      label: 'Probe tcpHTTPProbe',
      value: 'TCP 80 every 5 s; out after 2 failures',
    });
    expect(byTitle(graph, "Masters' security group").facts).toContainEqual({
      label: '100 allow-22',
      value: 'Admits TCP 22 from the internet',
    });
    expect(byTitle(graph, 'Agents').count).toBe(2);
  });

  test('keeps the machines of a scale set, with their interfaces and disks, inside it', () => {
    const opened = build(swarmResources({ masters: 1, agents: 2, withInstances: true }));
    expect(titleOf(opened, byTitle(opened, 'Agent 1').parent)).toBe('Agents');
    expect(titleOf(opened, byTitle(opened, "Agent 1's OS disk").parent)).toBe('Agent 1');
    expect(titleOf(opened, byTitle(opened, "Agent 1's network interface").parent)).toBe('Agent 1');
  });

  test('joins a load balancer to the machines of a scale set whose interfaces are not in the answer', () => {
    const withoutInterfaces = swarmResources({ masters: 1, agents: 2, withInstances: true }).filter(
      ({ type }) => !type.endsWith('/virtualMachines/networkInterfaces'),
    );
    const kinds = new Set(build(withoutInterfaces).edges.map(({ kind }) => kind));
    expect(kinds).toEqual(new Set(['traffic', 'outbound', 'guards', 'disk', 'diagnostics']));
  });

  test('numbers masters by their SSH entrances, whatever the order of the answer', () => {
    const shuffled = build(swarmResources({ masters: 5, agents: 1 }).toReversed());
    const master3 = byTitle(shuffled, 'Master 3');
    expect(master3.facts).toContainEqual({ label: 'Private address', value: '172.16.0.8' });
  });

  test('tells whom a load balancer serves before anything stands behind it', () => {
    const early = swarmResources({ masters: 0, agents: 0 }).filter(({ type }) =>
      ['Microsoft.Network/loadBalancers', 'Microsoft.Network/publicIPAddresses'].includes(type),
    );
    expect(edgesOf(build(early))).toContain("Agents' public IP address | traffic | Agents' load balancer");
  });

  test('does not depend on the order of the resources', () => {
    const resources = swarmResources({ masters: 3, agents: 3, withInstances: true });
    fc.assert(
      fc.property(fc.shuffledSubarray(resources, { minLength: resources.length }), (shuffled) => {
        expect(build(shuffled)).toEqual(build(resources));
      }),
      { numRuns: 20 },
    );
  });
});

const titleOfFrame = (input: Parameters<typeof buildTopology>[0]): string | undefined =>
  buildTopology(input).nodes.find(({ kind }) => kind === 'containerService')?.title;

describe('the outermost frame', () => {
  const disk: TopologyResource = {
    id: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/disks/d',
    name: 'd',
    type: 'Microsoft.Compute/disks',
  };

  test('is a container service’s where it is known or can be told, else a resource group’s', () => {
    expect(titleOfFrame({ serviceName: 'g', resources: [disk] })).toBe('Resource group');
    expect(titleOfFrame({ serviceName: 'c', resources: [], isCluster: true })).toBe('Container service');
    expect(titleOfFrame({ serviceName: 'g', resources: swarmResources({ masters: 1, agents: 1 }) })).toBe(
      'Container service',
    );
  });
});

describe('names', () => {
  test('mean nothing: resources with random names give the same graph', () => {
    fc.assert(
      fc.property(fc.constantFrom(1, 3, 5), fc.integer({ min: 1, max: 1e9 }), (masters, seed) => {
        const resources = swarmResources({ masters, agents: 2, withInstances: true });
        const { renamed, originalOf } = rename(resources, seed);
        expect(shape(build(renamed), originalOf)).toEqual(shape(build(resources), (id) => id));
      }),
      { numRuns: 25 },
    );
  });

  test('nor do tags and dependsOn', () => {
    const resources = swarmResources({ masters: 1, agents: 1 });
    const misled = resources.map((resource) => ({
      ...resource,
      tags: { role: 'agent', partner: resources[0]!.id },
      dependsOn: resources.map(({ id }) => id),
    }));
    expect(build(misled)).toEqual(build(resources));
  });
});

describe('ids', () => {
  const resources = [
    ...swarmResources({ masters: 3, agents: 3, withInstances: true }),
    {
      id: '/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/demo/providers/Contoso.Tea/teapots/pot',
      name: 'pot',
      type: 'Contoso.Tea/teapots',
      properties: {
        kettles: [
          {
            at: '/subscriptions/11111111-1111-4111-8111-111111111111/resourcegroups/DEMO/providers/Microsoft.Network/virtualNetworks/swarm-vnet-12345678',
          },
        ],
        elsewhere:
          '/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/other/providers/Contoso.Tea/cups/cup',
      },
    },
  ];
  const graph = build(resources);

  test('that lead to a piece of the set are all drawn, as an edge or as containment', () => {
    const joined = new Set(graph.edges.flatMap(({ from, to }) => [`${from} ${to}`, `${to} ${from}`]));
    const around = (id: string): string[] => {
      const parent = graph.nodes.find((node) => node.id === id)?.parent;
      return parent === undefined ? [] : [parent, ...around(parent)];
    };
    let seen = 0;
    for (const [from, to] of everyReference(resources, graph)) {
      seen += 1;
      // What stands inline in a resource may be a piece of its own: a subnet in its network, a rule in its load balancer.
      const partsOf = (whole: string): string[] =>
        graph.nodes.map(({ id }) => id).filter((id) => id === whole || id.startsWith(`${whole}/`));
      const drawn = partsOf(from).some(
        (part) =>
          partsOf(to).some((other) => joined.has(`${part} ${other}`)) ||
          around(part).includes(to) ||
          around(to).includes(part),
      );
      expect(drawn, `${from} names ${to}`).toBe(true);
    }
    expect(seen).toBeGreaterThan(60);
  });

  test('of a type that nobody knows are drawn as plain references', () => {
    const pot = graph.nodes.find((node) => node.name === 'pot')!;
    expect(pot).toMatchObject({ kind: 'other', title: 'Teapots', parent: 'service' });
    expect(edgesOf(graph)).toContain('Teapots | reference | Virtual network');
    expect(graph.edges.filter((edge) => edge.from === pot.id)).toHaveLength(2);
  });

  test('that lead out of the set end in a node that says where', () => {
    expect(edgesOf(graph)).toContain('Teapots | reference | Cups cup');
    expect(byTitle(graph, 'Cups cup')).toMatchObject({
      kind: 'outside',
      leadsTo:
        '/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/other/providers/Contoso.Tea/cups/cup',
      detail: 'In resource group other',
    });
    expect(graph.nodes.filter(({ kind }) => kind === 'outside')).toHaveLength(1);
  });

  test('of a half-built cluster give a half-built graph with both ends of every edge', () => {
    fc.assert(
      fc.property(fc.subarray(resources), (some) => {
        const half = build(some);
        const ids = new Set(half.nodes.map((node) => node.id));
        for (const edge of half.edges) expect([ids.has(edge.from), ids.has(edge.to)]).toEqual([true, true]);
        for (const node of half.nodes) if (node.parent) expect(ids.has(node.parent)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  test('survive properties of any shape', () => {
    fc.assert(
      fc.property(fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { maxLength: 5 }), (bags) => {
        const wild = bags.map((properties, index) => ({
          ...resources[index * 3]!,
          properties: properties as Record<string, unknown>,
        }));
        expect(build(wild).nodes.length).toBeGreaterThanOrEqual(2);
      }),
      { numRuns: 100 },
    );
  });
});

/** Every reference that the properties state, found here by another way than the product's: over the JSON text. */
function everyReference(
  resources: readonly TopologyResource[],
  graph: TopologyGraph,
): [from: string, to: string][] {
  const ids = graph.nodes.map(({ id }) => id).toSorted((a, b) => b.length - a.length);
  return resources.flatMap((resource) => {
    const own = resource.id.toLowerCase();
    const text = JSON.stringify({ properties: resource.properties, managedBy: resource['managedBy'] });
    const mentioned = new Set(text.toLowerCase().match(/\/subscriptions\/[^"]+/g));
    return [...mentioned].flatMap((id): [string, string][] => {
      const to = ids.find((known) => id === known || id.startsWith(`${known}/`));
      return to === undefined || to === own || to.startsWith(`${own}/`) ? [] : [[own, to]];
    });
  });
}

/** Gives every resource and part another name, in every id, the same one everywhere. */
function rename(resources: readonly TopologyResource[], seed: number) {
  const names = new Map<string, string>();
  const originals = new Map<string, string>();
  const newName = (name: string): string => {
    const known = names.get(name.toLowerCase());
    if (known !== undefined) return known;
    const made = `n${((names.size + 1) * 7919 * seed) % 1_000_003}x${names.size}`;
    names.set(name.toLowerCase(), made);
    originals.set(made, name.toLowerCase());
    return made;
  };
  const renameId = (id: string): string => {
    const [before, after] = id.split(/\/providers\//i);
    const segments = after!.split('/');
    // namespace/type/name/type/name…
    return `${before}/providers/${segments.map((segment, index) => (index > 0 && index % 2 === 0 ? newName(segment) : segment)).join('/')}`;
  };
  const walk = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') {
      if (value.toLowerCase().startsWith('/subscriptions/')) return renameId(value);
      return key === 'name' ? newName(value) : value;
    }
    if (Array.isArray(value)) return value.map((item) => walk(item, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, walk(item, name)]));
  };
  const renamed = resources.map((resource) => ({
    ...(walk(resource, '') as TopologyResource),
    ...(resource.sku === undefined ? {} : { sku: resource.sku }),
  }));
  const originalOf = (id: string): string =>
    id
      .split('/')
      .map((segment) => originals.get(segment) ?? segment)
      .join('/');
  return { renamed, originalOf };
}

/** What must not depend on names, with ids traced back to the original ones, in a fixed order. */
function shape(graph: TopologyGraph, originalOf: (id: string) => string) {
  const nodes = graph.nodes.map(({ id, kind, title, parent, rank, role, count, purpose }) => ({
    id: originalOf(id),
    parent: parent === undefined ? undefined : originalOf(parent),
    rest: { kind, title, rank, role, count, purpose },
  }));
  const edges = graph.edges.map(({ from, to, kind, labels }) => ({
    id: `${originalOf(from)} ${kind} ${originalOf(to)}`,
    labels,
  }));

  return { nodes: nodes.toSorted(byId), edges: edges.toSorted(byId) };
}

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);
