import { describe, expect, test } from 'vitest';
import { traceConnection, type TopologyResource, type Trace } from '../index.ts';
import {
  connection,
  idOf,
  machine,
  nodeOf,
  ref,
  resource,
  securityGroup,
  subnetRef,
  types,
  vnet,
} from './small-network.test-support.ts';

const follow = (resources: TopologyResource[], ...asked: Parameters<typeof connection>): Trace =>
  traceConnection({ resources }, connection(...asked));
const learned = ({ paths }: Trace): string | undefined =>
  paths[0]!.hops.flatMap(({ facts }) => facts).find(({ label }) => label === 'Learned routes')?.value;

const gateway = (name: string, network: string): TopologyResource =>
  resource(types.gateway, name, {
    ipConfigurations: [{ name: 'main', properties: { subnet: subnetRef(network, 'GatewaySubnet') } }],
  });

interface Shape {
  table?: Record<string, unknown>;
  subnet?: Record<string, unknown>;
  peering?: Record<string, unknown>;
}

/** A machine, a peered hub, and a route table for the machine’s subnet. */
const spoke = (
  more: TopologyResource[],
  { table, subnet = {}, peering = {} }: Shape = {},
): TopologyResource[] => [
  vnet(
    'spoke',
    ['10.1.0.0/16'],
    {
      machines: {
        addressPrefix: '10.1.0.0/24',
        ...(table ? { routeTable: ref(types.routes, 'table') } : {}),
        ...subnet,
      },
      GatewaySubnet: '10.1.1.0/24',
    },
    {
      virtualNetworkPeerings: [
        {
          name: 'to-hub',
          properties: {
            peeringState: 'Connected',
            remoteVirtualNetwork: ref(types.network, 'hub'),
            remoteAddressSpace: { addressPrefixes: ['10.0.0.0/16'] },
            ...peering,
          },
        },
      ],
    },
  ),
  vnet('hub', ['10.0.0.0/16'], { GatewaySubnet: '10.0.1.0/24', machines: '10.0.0.0/24' }),
  ...machine('here', '10.1.0.4', subnetRef('spoke', 'machines')),
  ...machine('there', '10.0.0.4', subnetRef('hub', 'machines')),
  ...(table ? [resource(types.routes, 'table', { routes: [], ...table })] : []),
  ...more,
];

const own = [gateway('vpn', 'spoke')];
const note =
  'virtual network gateway vpn may have learned a route that fits better: see the effective routes of the network interface';

describe('routes that gateways learn', () => {
  test('may lead what goes to the internet another way, which is noted', () => {
    const trace = follow(spoke(own), 'here', 'internet', 443);
    expect(trace.outcome).toBe('arrives');
    expect(learned(trace)).toBe(note);
    expect(learned(follow(spoke([]), 'here', 'internet', 443))).toBeUndefined();
  });

  test('never come before those within the network and to peered ones', () => {
    const trace = follow(spoke(own), 'here', 'there', 443);
    expect(trace.outcome).toBe('arrives');
    expect(learned(trace)).toBeUndefined();
  });

  test('may lead to private addresses that nothing else leads to', () => {
    expect(follow(spoke([]), 'here', '192.168.1.1', 443).outcome).toBe('blocked');
    const trace = follow(spoke(own), 'here', '192.168.1.1', 443);
    expect(trace).toMatchObject({
      outcome: 'notTraced',
      summary:
        'Not traced further than virtual network spoke: only virtual network gateway vpn may have learned a route to 192.168.1.1.',
    });
    expect(trace.paths[0]!.at).toBe(nodeOf(types.gateway, 'vpn'));
  });

  test('do not reach subnets whose route table refuses them', () => {
    const refused = spoke(own, { table: { disableBgpRoutePropagation: true } });
    expect(learned(follow(refused, 'here', 'internet', 443))).toBeUndefined();
    expect(follow(refused, 'here', '192.168.1.1', 443).outcome).toBe('blocked');
    const taken = spoke(own, { table: { disableBgpRoutePropagation: false } });
    expect(learned(follow(taken, 'here', 'internet', 443))).toBe(note);
  });

  test('come from a peered network’s gateway where the peering uses it', () => {
    const hub = [gateway('hub-vpn', 'hub')];
    expect(learned(follow(spoke(hub), 'here', 'internet', 443))).toBeUndefined();
    const used = spoke(hub, { peering: { useRemoteGateways: true } });
    expect(learned(follow(used, 'here', 'internet', 443))).toContain('virtual network gateway hub-vpn');
    const elsewhere = spoke([], { peering: { useRemoteGateways: true } });
    expect(learned(follow(elsewhere, 'here', 'internet', 443))).toContain(
      'the gateway of virtual network hub',
    );
  });

  test('come from a gateway in another group, which the network’s subnet lists', () => {
    const listed = spoke([]).map((item) =>
      item.id === idOf(types.network, 'spoke')
        ? vnet('spoke', ['10.1.0.0/16'], {
            machines: '10.1.0.0/24',
            GatewaySubnet: {
              addressPrefix: '10.1.1.0/24',
              ipConfigurations: [{ id: `${idOf(types.gateway, 'far')}/ipConfigurations/default` }],
            },
          })
        : item,
    );
    expect(learned(follow(listed, 'here', 'internet', 443))).toContain('virtual network gateway far');
  });

  test('are noted beside a user’s route, too, and may be the way out where there is no other', () => {
    const routes = [
      {
        id: `${idOf(types.routes, 'table')}/routes/drop`,
        name: 'drop',
        properties: { addressPrefix: '192.168.0.0/16', nextHopType: 'None' },
      },
    ];
    const dropped = follow(spoke(own, { table: { routes } }), 'here', '192.168.1.1', 443);
    expect(dropped.outcome).toBe('blocked');
    expect(learned(dropped)).toBe(note);
    const shut = { subnet: { defaultOutboundAccess: false } };
    expect(follow(spoke([], shut), 'here', 'internet', 443).outcome).toBe('blocked');
    expect(follow(spoke(own, shut), 'here', 'internet', 443).outcome).toBe('notTraced');
  });

  test('add addresses to the tag VirtualNetwork that are not known here', () => {
    const guarded = [
      ...spoke(own, { subnet: { networkSecurityGroup: ref(types.group, 'guard') } }),
      securityGroup('guard', []),
    ];
    const trace = follow(guarded, 'here', '192.168.1.1', 443);
    expect(trace.outcome).toBe('notTraced');
    expect(trace.summary).toContain('default rule AllowVnetOutBound');
  });
});

describe('routes by service tag', () => {
  const routes = [
    {
      id: `${idOf(types.routes, 'table')}/routes/storage`,
      name: 'storage',
      properties: {
        addressPrefix: 'Storage.WestEurope',
        nextHopType: 'VirtualAppliance',
        nextHopIpAddress: '10.0.9.4',
      },
    },
  ];
  const resources = spoke([], { table: { routes } });

  test('are noted for any address, and leave a certain one in doubt', () => {
    const any = follow(resources, 'here', 'internet', 443);
    expect(any.outcome).toBe('arrives');
    expect(any.paths[0]!.hops.flatMap(({ facts }) => facts)).toContainEqual({
      label: 'Routes by service tag',
      value: 'storage (Storage.WestEurope): which addresses these stand for is not known here',
    });
    expect(follow(resources, 'here', '198.51.100.7', 443)).toMatchObject({
      outcome: 'notTraced',
      summary:
        'TCP 443 from here reaches 198.51.100.7, but only if route storage does not hold for it: which addresses Storage.WestEurope stands for is not known here.',
    });
  });
});
