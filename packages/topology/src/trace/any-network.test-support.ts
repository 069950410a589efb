import * as fc from 'fast-check';
import type { TopologyResource } from '../index.ts';
import {
  balancer,
  idOf,
  machine,
  poolRef,
  publicIp,
  ref,
  resource,
  securityGroup,
  subnetRef,
  types,
  vnet,
  type RuleText,
} from './small-network.test-support.ts';

const rule = fc.record({
  access: fc.constantFrom('Allow' as const, 'Deny' as const),
  direction: fc.constantFrom('Inbound' as const, 'Outbound' as const),
  protocol: fc.constantFrom('Tcp', '*'),
  sourceAddressPrefix: fc.constantFrom(
    '*',
    '10.0.0.0/24',
    '10.1.0.4',
    'Internet',
    'VirtualNetwork',
    'AzureCloud',
    '::/0',
  ),
  destinationAddressPrefix: fc.constantFrom('*', '10.0.0.0/16', 'Internet', 'Storage', 'fd00::/64'),
  destinationPortRange: fc.constantFrom('*', '80', '400-500'),
});
/** Rules of priorities from 200, so that others can be put before them. */
const rules = fc
  .array(rule, { maxLength: 5 })
  .map((list) =>
    list.map((item, place): RuleText => ({ name: `rule-${place}`, priority: 200 + place, ...item })),
  );

const route = fc.record({
  addressPrefix: fc.constantFrom(
    '0.0.0.0/0',
    '10.0.0.0/16',
    '10.1.0.0/16',
    '192.168.0.0/16',
    '::/0',
    'Storage',
  ),
  nextHop: fc.constantFrom(
    { nextHopType: 'None' },
    { nextHopType: 'Internet' },
    { nextHopType: 'VnetLocal' },
    { nextHopType: 'VirtualNetworkGateway' },
    { nextHopType: 'VirtualAppliance', nextHopIpAddress: '10.0.1.4' },
    { nextHopType: 'VirtualAppliance', nextHopIpAddress: '10.0.3.4' },
    { nextHopType: 'VirtualAppliance', nextHopIpAddress: '10.0.9.9' },
  ),
});

/** What a network may hold beside its machines; each with the ids of what it adds. */
const extras: Readonly<Record<string, readonly TopologyResource[]>> = {
  gateway: [
    resource(types.gateway, 'vpn', {
      ipConfigurations: [{ name: 'main', properties: { subnet: subnetRef('hub', 'GatewaySubnet') } }],
    }),
  ],
  firewall: [
    resource(types.firewall, 'wall', {
      ipConfigurations: [
        { name: 'main', properties: { privateIPAddress: '10.0.3.4', subnet: subnetRef('hub', 'wall') } },
      ],
    }),
  ],
  web: [
    resource(types.applicationGateway, 'web', {
      gatewayIPConfigurations: [{ name: 'main', properties: { subnet: subnetRef('hub', 'wall') } }],
      frontendIPConfigurations: [
        { name: 'front', properties: { publicIPAddress: ref(types.publicIp, 'web-ip') } },
      ],
    }),
    resource(types.publicIp, 'web-ip', {
      ipAddress: '203.0.113.9',
      ipConfiguration: { id: `${idOf(types.applicationGateway, 'web')}/frontendIPConfigurations/front` },
    }),
  ],
  balancer: [
    balancer(
      'lb',
      { publicIPAddress: ref(types.publicIp, 'lb-ip') },
      {
        loadBalancingRules: {
          web: { protocol: 'Tcp', frontendPort: 80, backendPort: 80, backendAddressPool: poolRef('lb') },
        },
      },
    ),
    publicIp('lb-ip', '203.0.113.1'),
  ],
};

/** A hub and a network peered with it or not, guarded, routed and furnished in any way. */
export const anyNetwork: fc.Arbitrary<TopologyResource[]> = fc
  .record({
    onSubnet: fc.option(rules, { nil: undefined }),
    onInterface: fc.option(rules, { nil: undefined }),
    routes: fc.option(fc.array(route, { maxLength: 4 }), { nil: undefined }),
    refusesLearned: fc.boolean(),
    isPeered: fc.boolean(),
    usesGateway: fc.boolean(),
    forwards: fc.boolean(),
    furniture: fc.subarray(Object.keys(extras)),
    isPublic: fc.boolean(),
  })
  .map((shape) => {
    const peering = (remote: string, more: object): Record<string, unknown> =>
      shape.isPeered
        ? {
            virtualNetworkPeerings: [
              {
                id: `${idOf(types.network, remote === 'hub' ? 'spoke' : 'hub')}/virtualNetworkPeerings/joined`,
                name: 'joined',
                properties: {
                  peeringState: 'Connected',
                  remoteVirtualNetwork: ref(types.network, remote),
                  ...more,
                },
              },
            ],
          }
        : {};
    return [
      vnet(
        'hub',
        ['10.0.0.0/16', 'fd00::/48'],
        {
          a: {
            addressPrefixes: ['10.0.0.0/24', 'fd00::/64'],
            ...(shape.routes ? { routeTable: ref(types.routes, 'table') } : {}),
          },
          b: {
            addressPrefix: '10.0.1.0/24',
            ...(shape.onSubnet ? { networkSecurityGroup: ref(types.group, 'on-subnet') } : {}),
          },
          GatewaySubnet: '10.0.2.0/24',
          wall: '10.0.3.0/24',
        },
        peering('spoke', {}),
      ),
      vnet(
        'spoke',
        ['10.1.0.0/16'],
        { c: '10.1.0.0/24' },
        peering('hub', { useRemoteGateways: shape.usesGateway }),
      ),
      ...machine('one', '10.0.0.4', subnetRef('hub', 'a')),
      ...machine('two', '10.0.1.4', subnetRef('hub', 'b'), {
        nic: {
          enableIPForwarding: shape.forwards,
          ...(shape.onInterface ? { networkSecurityGroup: ref(types.group, 'on-nic') } : {}),
        },
        configuration: {
          loadBalancerBackendAddressPools: [poolRef('lb')],
          ...(shape.isPublic ? { publicIPAddress: ref(types.publicIp, 'two-ip') } : {}),
        },
      }),
      ...machine('three', '10.1.0.4', subnetRef('spoke', 'c')),
      ...(shape.isPublic ? [publicIp('two-ip', '203.0.113.2')] : []),
      ...(shape.onSubnet ? [securityGroup('on-subnet', shape.onSubnet)] : []),
      ...(shape.onInterface ? [securityGroup('on-nic', shape.onInterface)] : []),
      ...(shape.routes
        ? [
            resource(types.routes, 'table', {
              disableBgpRoutePropagation: shape.refusesLearned,
              routes: shape.routes.map(({ addressPrefix, nextHop }, place) => ({
                id: `${idOf(types.routes, 'table')}/routes/route-${place}`,
                name: `route-${place}`,
                properties: { addressPrefix, ...nextHop },
              })),
            }),
          ]
        : []),
      ...shape.furniture.flatMap((name) => extras[name] ?? []),
    ];
  });
