import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compareMoments,
  topologyGraphSchema,
  type Comparison,
  type Moment,
  type TopologyResource,
} from '../index.ts';
import { swarmResources, type SwarmShape } from '../swarm-resources.test-support.ts';

const momentOf = (resources: readonly TopologyResource[], title = 'demo'): Moment => ({
  title,
  takenAt: '2026-05-04T12:00:00Z',
  resources,
  serviceName: 'demo',
});
const cluster = (shape: SwarmShape): Moment => momentOf(swarmResources({ withInstances: true, ...shape }));

/** What changed, a line each: `added Agent 2`, `changed Agents: Machines 2 → 3`. */
const linesOf = ({ pieces }: Comparison): string[] =>
  pieces.map(({ change, title, details }) =>
    [
      `${change} ${title}`,
      details.map(({ label, before, after }) => `${label} ${before ?? '–'} → ${after ?? '–'}`).join('; '),
    ]
      .filter(Boolean)
      .join(': '),
  );

/** The resources with another value at a dotted path in the properties of those of a type. */
const changed = (
  resources: readonly TopologyResource[],
  type: string,
  change: (properties: Record<string, unknown>, resource: TopologyResource) => Record<string, unknown>,
): TopologyResource[] =>
  resources.map((resource) =>
    resource.type.toLowerCase() === type.toLowerCase()
      ? { ...resource, properties: change(resource.properties ?? {}, resource) }
      : resource,
  );

/** The same cluster as another one would be: every name that stands in it is another. */
function renamed({ resources, ...moment }: Moment): Moment {
  const text = JSON.stringify(resources)
    .replaceAll('12345678', '87654321')
    .replaceAll(/resourceGroups\/demo/gi, 'resourceGroups/harbour')
    .replaceAll(/demo(mgmt|agents)/g, 'harbour$1')
    .replaceAll('diag4kz7q2example', 'kq7example2diag')
    .replaceAll(/swarm-/gi, 'fleet-')
    .replaceAll('203.0.113.', '198.51.100.')
    .replaceAll('LBRule', 'rule-')
    .replaceAll('"frontend"', '"front"')
    .replaceAll('/frontend"', '/front"');
  return {
    ...moment,
    title: 'harbour',
    resources: JSON.parse(text) as TopologyResource[],
    serviceName: 'harbour',
  };
}

/** A cluster whose machine has this power, with entries that Azure makes with every answer. */
const poweredAt = (power: string, etag: string): Moment =>
  momentOf(
    swarmResources({ masters: 1, agents: 1 }).map((resource) => ({
      ...resource,
      etag,
      systemData: { lastModifiedAt: etag },
      properties: {
        ...resource.properties,
        resourceGuid: etag,
        timeCreated: etag,
        ...(resource.type === 'Microsoft.Compute/virtualMachines'
          ? {
              instanceView: {
                statuses: [{ code: `PowerState/${power}`, time: etag }],
                vmAgent: { etag },
              },
            }
          : {}),
      },
    })),
  );

describe('two moments of one group', () => {
  test('scaling out adds machines and changes one number', () => {
    const comparison = compareMoments(cluster({ masters: 1, agents: 2 }), cluster({ masters: 1, agents: 3 }));
    expect(linesOf(comparison)).toEqual([
      "added Agent 2's network interface",
      'changed Agents: Machines 2 → 3',
      'added Agent 2',
      "added Agent 2's OS disk",
    ]);
    expect(comparison.counts).toMatchObject({ added: 3, removed: 0, changed: 1 });
    expect(comparison.summary).toMatch(
      /^Added: Agent 2's network interface, Agent 2 and Agent 2's OS disk\. Changed: Agents \(Machines 2 → 3\)\. \d+ pieces as before\.$/,
    );
    expect(comparison.edges.every(({ change }) => change === 'added')).toBe(true);
  });

  test('a cluster and the group that it lives in stand side by side, though their pieces are the same', () => {
    const now = cluster({ masters: 1, agents: 2 });
    const disk = { id: '/subscriptions/s/resourceGroups/demo/providers/Microsoft.Compute/disks/spare' };
    const whole = momentOf(
      [...now.resources, { ...disk, name: 'spare', type: 'Microsoft.Compute/disks' }],
      'resource group demo',
    );
    const { summary, counts } = compareMoments(whole, now, { match: 'id', words: 'places' });
    expect(counts).toMatchObject({ added: 0, removed: 1, changed: 0 });
    expect(summary).toMatch(/^Only in “resource group demo”: .+\. \d+ pieces alike\.$/);
    expect(compareMoments(now, now, { match: 'id', words: 'places' }).summary).toMatch(
      /^Both are the same \d+ pieces\.$/,
    );
  });

  test('scaling in keeps what is gone in the graph, in its place', () => {
    const comparison = compareMoments(cluster({ masters: 1, agents: 3 }), cluster({ masters: 1, agents: 2 }));
    expect(comparison.counts).toMatchObject({ added: 0, removed: 3, changed: 1 });
    const gone = comparison.graph.nodes.find(({ title }) => title === 'Agent 2')!;
    expect(comparison.changeOf.get(gone.id)).toBe('removed');
    expect(comparison.graph.nodes.find(({ id }) => id === gone.parent)?.title).toBe('Agents');
    const ids = new Set(comparison.graph.nodes.map(({ id }) => id));
    for (const { from, to } of comparison.graph.edges)
      expect([ids.has(from), ids.has(to)]).toEqual([true, true]);
    expect(topologyGraphSchema.parse(comparison.graph)).toEqual(comparison.graph);
  });

  test('another port is another rule in the load balancer and in the security group', () => {
    const before = swarmResources({ masters: 1, agents: 2 });
    const after = changed(before, 'Microsoft.Network/loadBalancers', (properties, { name }) => {
      const rules = properties['loadBalancingRules'] as
        { name: string; id: string; properties: object }[] | undefined;
      const [first] = rules ?? [];
      if (!rules || !first || !name.includes('agent')) return properties;
      const rule = { ...first, name: 'LBRule9000', id: first.id.replace('LBRuleHTTP', 'LBRule9000') };
      const opened = { ...rule, properties: { ...first.properties, frontendPort: 9000, backendPort: 9000 } };
      return { ...properties, loadBalancingRules: [...rules, opened] };
    });
    expect(linesOf(compareMoments(momentOf(before), momentOf(after)))).toEqual([
      'added TCP 9000 → agents:9000',
    ]);
  });

  test('a property of a rule is a change of the rule alone', () => {
    const before = swarmResources({ masters: 1, agents: 2 });
    const after = changed(before, 'Microsoft.Network/networkSecurityGroups', (properties, { name }) => {
      const rules = properties['securityRules'] as { name: string; properties: object }[];
      if (!name.includes('master')) return properties;
      return {
        ...properties,
        securityRules: rules.map((rule) =>
          rule.name === 'allow-22'
            ? { ...rule, properties: { ...rule.properties, sourceAddressPrefix: '198.51.100.7/32' } }
            : rule,
        ),
      };
    });
    expect(linesOf(compareMoments(momentOf(before), momentOf(after)))).toEqual([
      'changed Admits TCP 22 from 198.51.100.7/32: Source address prefix Internet → 198.51.100.7/32',
    ]);
  });

  test('before and after a failed deployment: what failed says so', () => {
    const before = swarmResources({ masters: 3, agents: 2 });
    const after = changed(before, 'Microsoft.Compute/virtualMachines/extensions', (properties, { id }) => ({
      ...properties,
      provisioningState: id.includes('-1/') ? 'Failed' : 'Updating',
    }));
    expect(linesOf(compareMoments(momentOf(before), momentOf(after)))).toEqual([
      "changed Master 1's set-up script: State – → Failed",
    ]);
  });

  test("a stopped machine is a difference, Azure's own entries are none", () => {
    expect(linesOf(compareMoments(poweredAt('running', '1'), poweredAt('deallocated', '2')))).toEqual([
      'changed Master 0: Power running → deallocated',
    ]);
    expect(linesOf(compareMoments(poweredAt('running', '1'), poweredAt('starting', '2')))).toEqual([]);
  });

  test('an item of a list keeps the name that somebody gave it', () => {
    const before = swarmResources({ masters: 1, agents: 1 });
    const after = changed(before, 'Microsoft.Network/loadBalancers', (properties) =>
      Array.isArray(properties['probes'])
        ? {
            ...properties,
            probes: [
              ...(properties['probes'] as object[]),
              { name: 'tcpGRAFANAlbProbe', properties: { protocol: 'Tcp', port: 3000 } },
            ],
          }
        : properties,
    );
    const { pieces } = compareMoments(momentOf(before), momentOf(after));
    const labels = pieces.flatMap(({ details }) => details.map(({ label }) => label));
    expect(new Set(labels)).toEqual(new Set(['Probe tcpGRAFANAlbProbe']));
  });

  test('references are told by what they lead to', () => {
    const before = swarmResources({ masters: 1, agents: 1 });
    const [masters, agents] = before.filter(({ type }) => type === 'Microsoft.Network/networkSecurityGroups');
    const after = changed(before, 'Microsoft.Network/virtualNetworks', (properties) => ({
      ...properties,
      subnets: (properties['subnets'] as { properties: object }[]).map((subnet) => ({
        ...subnet,
        properties: { ...subnet.properties, networkSecurityGroup: { id: masters!.id.toUpperCase() } },
      })),
    }));
    const comparison = compareMoments(momentOf(before), momentOf(after));
    expect(comparison.pieces.find(({ kind }) => kind === 'subnet')?.details).toEqual([
      {
        path: 'networkSecurityGroup',
        label: 'Network security group',
        before: expect.stringContaining(agents!.name) as string,
        after: expect.stringContaining(masters!.name) as string,
      },
    ]);
  });
});

describe('two clusters', () => {
  const names = ['DNS name'];
  const realDifferences = (comparison: Comparison): string[] =>
    comparison.pieces
      .filter(
        ({ change, details }) => change !== 'changed' || details.some(({ label }) => !names.includes(label)),
      )
      .map(({ change, title, details }) => `${change} ${title} ${JSON.stringify(details)}`);

  test.each([1, 3, 5])('of equal shape with %i masters differ in their DNS names alone', (masters) => {
    const one = cluster({ masters, agents: 3 });
    const comparison = compareMoments(one, renamed(one), { match: 'structure' });
    expect(realDifferences(comparison)).toEqual([]);
    expect(linesOf(comparison)).toEqual([
      "changed Masters' public IP address: DNS name demomgmt.westeurope.slipway.localhost → harbourmgmt.westeurope.slipway.localhost",
      "changed Agents' public IP address: DNS name demoagents.westeurope.slipway.localhost → harbouragents.westeurope.slipway.localhost",
    ]);
    expect(comparison.edges).toEqual([]);
  });

  test('of different shape differ in what the one has and the other has not', () => {
    const comparison = compareMoments(
      cluster({ masters: 1, agents: 2 }),
      renamed(cluster({ masters: 3, agents: 2 })),
      { match: 'structure' },
    );
    const added = comparison.pieces.filter(({ change }) => change === 'added').map(({ title }) => title);
    expect(added.toSorted()).toEqual(
      [1, 2]
        .flatMap((index) => [
          `Master ${index}`,
          `Master ${index}'s network interface`,
          `Master ${index}'s OS disk`,
          `Master ${index}'s set-up script`,
          `TCP ${2200 + index} → master ${index}:22`,
        ])
        .toSorted(),
    );
    expect(comparison.counts.removed).toBe(0);
    expect(comparison.summary).toMatch(/^Only in “harbour”: /);
  });

  test('a reference to what the other has no counterpart of differs, whichever comes first', () => {
    const all = swarmResources({ masters: 3, agents: 3, withInstances: true });
    const ofMachine = (machine: number): TopologyResource =>
      all.find(({ id }) => id.endsWith(`/virtualMachines/${machine}/networkInterfaces/nic`))!;
    const ofMaster = all.find(({ id }) => id.endsWith('-nic-2'))!;
    const one = momentOf([ofMachine(1)]);
    const other = momentOf([ofMaster, ofMachine(1), ofMachine(2)]);
    const there = compareMoments(one, other, { match: 'structure' });
    const back = compareMoments(other, one, { match: 'structure' });
    const { added, removed, ...alike } = there.counts;
    expect(back.counts).toEqual({ added: removed, removed: added, ...alike });
    for (const { details } of [...there.pieces, ...back.pieces]) {
      for (const { before, after } of details) expect(before).not.toBe(after);
    }
  });

  test('another machine size is a difference whatever the names are', () => {
    const one = cluster({ masters: 1, agents: 2 });
    const other = renamed(one);
    const larger = other.resources.map((resource) =>
      resource.type === 'Microsoft.Compute/virtualMachineScaleSets'
        ? { ...resource, sku: { name: 'Standard_D8s_v5', tier: 'Standard', capacity: 2 } }
        : resource,
    );
    const comparison = compareMoments(one, { ...other, resources: larger }, { match: 'structure' });
    expect(linesOf(comparison)).toContain('changed Agents: SKU Standard_D2s_v5 → Standard_D8s_v5');
  });
});

/** What changed, by its ids, in a fixed order. */
const changes = (comparison: Comparison): string[] =>
  comparison.pieces.map(({ id, change }) => `${id} ${change}`).toSorted();

describe('any two moments', () => {
  const all = swarmResources({ masters: 3, agents: 3, withInstances: true });
  const some = fc.subarray(all, { minLength: 1 });
  const option = fc.constantFrom('id' as const, 'structure' as const);

  test('a moment does not differ from itself, in whatever order it is given', () => {
    fc.assert(
      fc.property(some, option, fc.infiniteStream(fc.nat()), (resources, match, order) => {
        const shuffled = resources
          .map((resource) => ({ resource, at: order.next().value }))
          .toSorted((a, b) => a.at - b.at)
          .map(({ resource }) => resource);
        const comparison = compareMoments(momentOf(resources), momentOf(shuffled), { match });
        expect(comparison.pieces).toEqual([]);
        expect(comparison.edges).toEqual([]);
        expect(comparison.counts).toMatchObject({ added: 0, removed: 0, changed: 0 });
      }),
      { numRuns: 40 },
    );
  });

  test('the other way round, what was added is removed, and before is after', () => {
    fc.assert(
      fc.property(some, some, option, (one, other, match) => {
        const there = compareMoments(momentOf(one), momentOf(other), { match });
        const back = compareMoments(momentOf(other), momentOf(one), { match });
        expect([back.counts.added, back.counts.removed]).toEqual([there.counts.removed, there.counts.added]);
        expect([back.counts.changed, back.counts.same]).toEqual([there.counts.changed, there.counts.same]);
        if (match === 'structure') return;
        const turned = { added: 'removed', removed: 'added', changed: 'changed' } as const;
        expect(changes(back)).toEqual(
          there.pieces.map(({ id, change }) => `${id} ${turned[change]}`).toSorted(),
        );
      }),
      { numRuns: 40 },
    );
  });

  test('survive properties of any shape', () => {
    fc.assert(
      fc.property(
        fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { maxLength: 4 }),
        option,
        (bags, match) => {
          const wild = bags.map((properties, index) => ({ ...all[index * 3]!, properties }));
          const { counts, graph } = compareMoments(momentOf(wild), momentOf(all), { match });
          const pieces = graph.nodes.filter(({ kind }) => kind !== 'internet' && kind !== 'containerService');
          expect(counts.added + counts.removed + counts.changed + counts.same).toBe(pieces.length);
        },
      ),
      { numRuns: 60 },
    );
  });
});
