import { describe, expect, test } from 'vitest';
import { traceConnection, type TopologyResource, type Trace } from '../index.ts';
import {
  balancer,
  connection,
  frontendRef,
  idOf,
  machine,
  nodeOf,
  poolRef,
  publicIp,
  ref,
  resource,
  securityGroup,
  subnetRef,
  types,
  vnet,
} from './small-network.test-support.ts';

const follow = (resources: TopologyResource[], ...asked: Parameters<typeof connection>): Trace =>
  traceConnection({ resources }, connection(...asked));

interface RouteText {
  name: string;
  addressPrefix: string;
  nextHopType: string;
  nextHopIpAddress?: string;
}

const routeTable = (routes: RouteText[]): TopologyResource =>
  resource(types.routes, 'table', {
    routes: routes.map(({ name, ...properties }) => ({
      id: `${idOf(types.routes, 'table')}/routes/${name}`,
      name,
      properties,
    })),
  });
const routeNode = (name: string): string => `${nodeOf(types.routes, 'table')}/routes/${name}`;

const toAppliance = (addressPrefix: string): RouteText => ({
  name: 'out',
  addressPrefix,
  nextHopType: 'VirtualAppliance',
  nextHopIpAddress: '10.0.2.4',
});

/** A machine whose subnet has these routes, one beside it, and an appliance between. */
const routed = (routes: RouteText[], forwards = true): TopologyResource[] => [
  vnet('net', ['10.0.0.0/16'], {
    here: { addressPrefix: '10.0.0.0/24', routeTable: ref(types.routes, 'table') },
    there: '10.0.1.0/24',
    hub: '10.0.2.0/24',
  }),
  routeTable(routes),
  ...machine('here', '10.0.0.4', subnetRef('net', 'here')),
  ...machine('there', '10.0.1.4', subnetRef('net', 'there')),
  ...machine('firewall', '10.0.2.4', subnetRef('net', 'hub'), { nic: { enableIPForwarding: forwards } }),
];

const peered = (state: string | undefined, more: object = {}): TopologyResource[] => [
  vnet(
    'one',
    ['10.1.0.0/16'],
    { a: '10.1.0.0/24' },
    state === undefined
      ? {}
      : {
          virtualNetworkPeerings: [
            {
              name: 'to-two',
              properties: {
                peeringState: state,
                remoteVirtualNetwork: ref(types.network, 'two'),
                remoteAddressSpace: { addressPrefixes: ['10.2.0.0/16'] },
                ...more,
              },
            },
          ],
        },
  ),
  vnet('two', ['10.2.0.0/16'], { b: '10.2.0.0/24' }),
  ...machine('left', '10.1.0.4', subnetRef('one', 'a'), {
    nic: { networkSecurityGroup: ref(types.group, 'plain') },
  }),
  ...machine('right', '10.2.0.4', subnetRef('two', 'b')),
  securityGroup('plain', []),
];

describe('peering', () => {
  test('a connected one leads to the other network, and its addresses count as VirtualNetwork', () => {
    const trace = follow(peered('Connected'), 'left', 'right', 80);
    expect(trace.outcome).toBe('arrives');
    expect(trace.paths[0]!.hops.map(({ says }) => says)).toContain(
      '10.2.0.4 lies in virtual network two, which is peered with virtual network one.',
    );
  });

  test.each([
    [undefined, {}, 'it is not peered with virtual network two'],
    ['Initiated', {}, 'its peering with virtual network two is not connected (Initiated)'],
    [
      'Connected',
      { allowVirtualNetworkAccess: false },
      'its peering with virtual network two gives no access',
    ],
  ])('%s %o: %s', (state, more, why) => {
    const open = peered(state, more).map((item) =>
      item.type === types.nic
        ? { ...item, properties: { ...item.properties, networkSecurityGroup: undefined } }
        : item,
    );
    const trace = follow(open, 'left', 'right', 80);
    expect(trace.summary).toBe(`Stopped at the edge of virtual network one: ${why}.`);
    expect(trace.paths[0]!.at).toBe(nodeOf(types.network, 'one'));
  });
});

describe('user-defined routes', () => {
  test('the longest prefix wins', () => {
    const routes: RouteText[] = [
      { name: 'drop', addressPrefix: '10.0.1.0/24', nextHopType: 'None' },
      { name: 'keep', addressPrefix: '10.0.1.4/32', nextHopType: 'VnetLocal' },
    ];
    expect(follow(routed(routes), 'here', 'there', 80).outcome).toBe('arrives');
    const blocked = follow(routed(routes.slice(0, 1)), 'here', 'there', 80);
    expect(blocked.summary).toBe('Stopped at route drop: it drops what is meant for 10.0.1.0/24.');
    expect(blocked.paths[0]!.at).toBe(routeNode('drop'));
  });

  test('of equal prefixes the user’s route counts', () => {
    const routes: RouteText[] = [{ name: 'drop', addressPrefix: '10.0.0.0/16', nextHopType: 'None' }];
    expect(follow(routed(routes), 'here', 'there', 80).outcome).toBe('blocked');
  });

  test('an appliance that may forward decides by itself what goes on; one that may not, stops it', () => {
    const routes: RouteText[] = [
      {
        name: 'inspect',
        addressPrefix: '10.0.1.0/24',
        nextHopType: 'VirtualAppliance',
        nextHopIpAddress: '10.0.2.4',
      },
    ];
    const trace = follow(routed(routes), 'here', 'there', 80);
    expect(trace).toMatchObject({
      outcome: 'notTraced',
      summary:
        'Not traced further than the appliance firewall: the software that runs there decides whether it goes on, and where to.',
    });
    expect(trace.paths[0]!.hops.map(({ piece, verdict }) => [piece, verdict])).toEqual([
      [nodeOf(types.machine, 'here'), 'passes'],
      [routeNode('inspect'), 'passes'],
      [nodeOf(types.nic, 'firewall-nic'), 'notTraced'],
    ]);
    expect(follow(routed(routes, false), 'here', 'there', 80).summary).toBe(
      'Stopped at firewall: its interface may not forward (IP forwarding is off).',
    );
  });

  test('a route that sends an appliance’s own packets back to it goes round in circles', () => {
    const routes: RouteText[] = [
      {
        name: 'inspect',
        addressPrefix: '10.0.1.0/24',
        nextHopType: 'VirtualAppliance',
        nextHopIpAddress: '10.0.0.4',
      },
    ];
    expect(follow(routed(routes), 'here', 'there', 80).summary).toBe(
      'Stopped at here: its subnet’s routes send what it passes on back to itself.',
    );
  });

  test('a route to the internet stops what is meant for a private address', () => {
    const routes: RouteText[] = [{ name: 'out', addressPrefix: '10.0.1.0/24', nextHopType: 'Internet' }];
    expect(follow(routed(routes), 'here', 'there', 80)).toMatchObject({
      outcome: 'blocked',
      summary: 'Stopped at route out: it sends a private address to the internet.',
    });
  });

  test('an appliance that is not among the resources is where it ends', () => {
    const routes: RouteText[] = [
      {
        name: 'out',
        addressPrefix: '0.0.0.0/0',
        nextHopType: 'VirtualAppliance',
        nextHopIpAddress: '10.9.9.9',
      },
    ];
    expect(follow(routed(routes), 'here', 'internet', 443)).toMatchObject({
      outcome: 'notTraced',
      summary:
        'Not traced further than route out: it leads to the appliance at 10.9.9.9, which is not among these resources.',
    });
  });

  test('the user’s default route takes private addresses along that Azure else drops', () => {
    const trace = follow(routed([toAppliance('0.0.0.0/0')]), 'here', '192.168.1.1', 80);
    expect(trace).toMatchObject({ outcome: 'notTraced', paths: [{ at: nodeOf(types.nic, 'firewall-nic') }] });
    expect(follow(routed([toAppliance('0.0.0.0/1')]), 'here', '192.168.1.1', 80).outcome).toBe('blocked');
    expect(follow(routed([toAppliance('::/0')]), 'here', '192.168.1.1', 80).outcome).toBe('blocked');
  });

  test('a route for the network’s range holds within the subnet, too, which has no route of its own', () => {
    const routes: RouteText[] = [{ name: 'drop', addressPrefix: '10.0.0.0/16', nextHopType: 'None' }];
    const resources = [...routed(routes), ...machine('beside', '10.0.0.5', subnetRef('net', 'here'))];
    expect(follow(resources, 'here', 'beside', 80).outcome).toBe('blocked');
  });

  test('an address that the network has no route to', () => {
    const trace = follow(routed([]), 'here', '10.99.0.1', 80);
    expect(trace.summary).toBe('Stopped in virtual network net: no route leads to 10.99.0.1.');
    expect(follow(routed([]), 'here', '10.0.1.77', 80).summary).toBe(
      'Stopped in virtual network net: nothing there has the address 10.0.1.77.',
    );
  });

  test('answers that a route sends elsewhere are said', () => {
    const resources = [
      ...routed([
        {
          name: 'out',
          addressPrefix: '0.0.0.0/0',
          nextHopType: 'VirtualAppliance',
          nextHopIpAddress: '10.0.2.4',
        },
      ]).filter(({ id }) => id !== idOf(types.nic, 'here-nic')),
      ...machine('here', '10.0.0.4', subnetRef('net', 'here'), {
        nic: { networkSecurityGroup: ref(types.group, 'open') },
        configuration: { publicIPAddress: ref(types.publicIp, 'ip') },
      }),
      publicIp('ip', '203.0.113.5'),
      securityGroup('open', [{ name: 'all', priority: 100 }]),
    ];
    const trace = follow(resources, 'internet', 'here', 80);
    expect(trace.paths[0]!.hops.at(-1)!.facts.find(({ label }) => label === 'Replies')!.value).toContain(
      'route out',
    );
  });
});

const out = (
  subnet: Record<string, unknown>,
  configuration: Record<string, unknown>,
  more: TopologyResource[] = [],
): TopologyResource[] => [
  vnet('net', ['10.0.0.0/16'], { here: { addressPrefix: '10.0.0.0/24', ...subnet } }),
  ...machine('here', '10.0.0.4', subnetRef('net', 'here'), { configuration }),
  ...more,
];

const withOutbound = (name: string, rules: object = {}): TopologyResource =>
  balancer(
    name,
    { publicIPAddress: ref(types.publicIp, 'lb-ip') },
    {
      outboundRules: {
        out: {
          protocol: 'All',
          frontendIPConfigurations: [frontendRef(name)],
          backendAddressPool: poolRef(name),
        },
      },
      ...rules,
    },
  );

const source = (resources: TopologyResource[]): string =>
  follow(resources, 'here', 'internet', 443).paths[0]!.hops.at(-1)!.packet.source;

const rule = (disableOutboundSnat: boolean): TopologyResource[] => [
  balancer(
    'lb',
    { publicIPAddress: ref(types.publicIp, 'lb-ip') },
    {
      loadBalancingRules: {
        web: {
          protocol: 'Tcp',
          frontendPort: 80,
          backendPort: 80,
          backendAddressPool: poolRef('lb'),
          disableOutboundSnat,
        },
      },
    },
  ),
  publicIp('lb-ip', '203.0.113.32'),
];

describe('the way out to the internet', () => {
  const natGateway = [
    resource(types.natGateway, 'nat', { publicIpAddresses: [ref(types.publicIp, 'nat-ip')] }),
    publicIp('nat-ip', '203.0.113.30'),
  ];
  const ownAddress = publicIp('own-ip', '203.0.113.31');
  const pooled = { loadBalancerBackendAddressPools: [poolRef('lb')] };

  test('the NAT gateway comes before an address of its own, that before an outbound rule', () => {
    const all = [...natGateway, ownAddress, withOutbound('lb'), publicIp('lb-ip', '203.0.113.32')];
    const own = { publicIPAddress: ref(types.publicIp, 'own-ip') };
    const gateway = { natGateway: ref(types.natGateway, 'nat') };
    expect(source(out(gateway, { ...own, ...pooled }, all))).toBe('203.0.113.30');
    expect(source(out({}, { ...own, ...pooled }, all))).toBe('203.0.113.31');
    expect(source(out({}, pooled, all))).toBe('203.0.113.32');
  });

  test('a NAT gateway passes on no pings unless it is of SKU StandardV2', () => {
    const resources = out({ natGateway: ref(types.natGateway, 'nat') }, {}, natGateway);
    expect(follow(resources, 'here', 'internet', 0, 'Icmp').summary).toContain(
      'a NAT gateway of SKU Standard passes on TCP and UDP only',
    );
    const [standard, ...rest] = natGateway;
    const v2 = out({ natGateway: ref(types.natGateway, 'nat') }, {}, [
      { ...standard!, sku: { name: 'StandardV2' } },
      ...rest,
    ]);
    expect(follow(v2, 'here', 'internet', 0, 'Icmp').outcome).toBe('arrives');
  });

  test('behind a Standard load balancer without an outbound rule nothing leads out', () => {
    const internal = balancer('lb', { privateIPAddress: '10.0.0.9', subnet: subnetRef('net', 'here') }, {});
    const trace = follow(out({}, pooled, [internal]), 'here', 'internet', 443);
    expect(trace.summary).toBe(
      'Stopped at here: nothing leads it out to the internet (it is behind a Standard load balancer, which lets nothing out without an outbound rule).',
    );
  });

  test('a balancing rule lets its machines out, unless it says that it does not', () => {
    expect(follow(out({}, pooled, rule(false)), 'here', 'internet', 443).outcome).toBe('arrives');
    expect(follow(out({}, pooled, rule(true)), 'here', 'internet', 443).outcome).toBe('blocked');
  });

  test('default outbound access, unless the subnet is private', () => {
    const lent = follow(out({}, {}), 'here', 'internet', 443);
    expect(lent.outcome).toBe('arrives');
    expect(lent.paths[0]!.hops.map(({ says }) => says).join(' ')).toContain('default outbound access');
    expect(follow(out({ defaultOutboundAccess: false }, {}), 'here', 'internet', 443).summary).toContain(
      'its subnet is private',
    );
  });

  test('machines of scale sets with flexible orchestration have no default outbound access', () => {
    const flexible = out({}, {}).map((item) =>
      item.type === types.machine
        ? {
            ...item,
            properties: { ...item.properties, virtualMachineScaleSet: ref(types.scaleSet, 'flexible') },
          }
        : item,
    );
    expect(follow(flexible, 'here', 'internet', 443).summary).toContain('flexible orchestration');
  });

  test('nothing comes in by a NAT gateway', () => {
    const resources = out({ natGateway: ref(types.natGateway, 'nat') }, {}, natGateway);
    expect(follow(resources, 'internet', '203.0.113.30', 443).summary).toContain(
      'which only lets connections out',
    );
  });
});
