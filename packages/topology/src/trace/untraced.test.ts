import { describe, expect, test } from 'vitest';
import {
  parseConnection,
  traceConnection,
  whatItReaches,
  whatReaches,
  type TopologyResource,
  type Trace,
} from '../index.ts';
import {
  balancer,
  connection,
  idOf,
  machine,
  nodeOf,
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

const inSubnet = (subnet: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  ipConfigurations: [{ name: 'main', properties: { subnet: subnetRef('net', subnet), ...more } }],
});

/** A network with a machine, and room for what Azure runs in it. */
const network = (more: TopologyResource[], table: Record<string, unknown> = {}): TopologyResource[] => [
  vnet('net', ['10.0.0.0/16'], {
    machines: { addressPrefix: '10.0.0.0/24', routeTable: ref(types.routes, 'table') },
    GatewaySubnet: '10.0.1.0/24',
    AzureFirewallSubnet: '10.0.2.0/24',
    web: '10.0.3.0/24',
  }),
  resource(types.routes, 'table', { routes: [], ...table }),
  ...machine('here', '10.0.0.4', subnetRef('net', 'machines')),
  ...more,
];

const route = (name: string, properties: Record<string, unknown>): Record<string, unknown> => ({
  routes: [{ id: `${idOf(types.routes, 'table')}/routes/${name}`, name, properties }],
});

const vpn = resource(types.gateway, 'vpn', { gatewayType: 'Vpn', ...inSubnet('GatewaySubnet') });
const firewall = resource(
  types.firewall,
  'wall',
  inSubnet('AzureFirewallSubnet', { privateIPAddress: '10.0.2.4' }),
);
const web = [
  resource(types.applicationGateway, 'web', {
    gatewayIPConfigurations: [{ name: 'main', properties: { subnet: subnetRef('net', 'web') } }],
    frontendIPConfigurations: [
      { name: 'public', properties: { publicIPAddress: ref(types.publicIp, 'web-ip') } },
      { name: 'private', properties: { privateIPAddress: '10.0.3.10' } },
    ],
  }),
  resource(
    types.publicIp,
    'web-ip',
    {
      ipAddress: '203.0.113.40',
      ipConfiguration: { id: `${idOf(types.applicationGateway, 'web')}/frontendIPConfigurations/public` },
    },
    { sku: { name: 'Standard' } },
  ),
];
const endpoint = [
  resource(types.privateEndpoint, 'store', { subnet: subnetRef('net', 'web') }),
  resource(types.nic, 'store-nic', {
    privateEndpoint: ref(types.privateEndpoint, 'store'),
    ipConfigurations: [
      { name: 'main', properties: { privateIPAddress: '10.0.3.20', subnet: subnetRef('net', 'web') } },
    ],
  }),
];

const ends = ({ outcome, paths }: Trace): unknown[] => [
  outcome,
  paths[0]!.at,
  paths[0]!.hops.at(-1)!.verdict,
];
const fact = ({ paths }: Trace, label: string): string | undefined =>
  paths[0]!.hops.flatMap(({ facts }) => facts).find((item) => item.label === label)?.value;

describe('what is not evaluated is where a trace ends, neither arrived nor blocked', () => {
  test('an application gateway, at its public and its private address', () => {
    const expected = ['notTraced', nodeOf(types.applicationGateway, 'web'), 'notTraced'];
    const trace = follow(network(web), 'internet', '203.0.113.40', 443);
    expect(ends(trace)).toEqual(expected);
    expect(trace.summary).toBe(
      'TCP 443 from the internet reaches application gateway web and is not traced further: it reads web requests and passes each on, or not, by its own rules.',
    );
    expect(fact(trace, 'What to check')).toBe(
      'its listeners, routing rules, firewall policy and backend health',
    );
    expect(ends(follow(network(web), 'internet', idOf(types.applicationGateway, 'web'), 443))).toEqual(
      expected,
    );
    expect(ends(follow(network(web), 'here', '10.0.3.10', 443))).toEqual(expected);
    expect(ends(follow(network(web), 'here', '203.0.113.40', 443))).toEqual(expected);
  });

  test('an instance of a service in its subnet', () => {
    expect(ends(follow(network(web), 'here', '10.0.3.5', 443))).toEqual([
      'notTraced',
      `${nodeOf(types.network, 'net')}/subnets/web`,
      'notTraced',
    ]);
    expect(follow(network([]), 'here', '10.0.3.5', 443).outcome).toBe('blocked');
  });

  test('a firewall that a route leads to', () => {
    const toFirewall = route('inspect', {
      addressPrefix: '0.0.0.0/0',
      nextHopType: 'VirtualAppliance',
      nextHopIpAddress: '10.0.2.4',
    });
    const trace = follow(network([firewall], toFirewall), 'here', 'internet', 443);
    expect(ends(trace)).toEqual(['notTraced', nodeOf(types.firewall, 'wall'), 'notTraced']);
    expect(trace.summary).toContain('its policy decides what goes on, and where to');
  });

  test('appliances behind an internal load balancer', () => {
    const appliances = balancer(
      'inner',
      { privateIPAddress: '10.0.2.100', subnet: subnetRef('net', 'AzureFirewallSubnet') },
      {},
    );
    const toAppliances = route('inspect', {
      addressPrefix: '0.0.0.0/0',
      nextHopType: 'VirtualAppliance',
      nextHopIpAddress: '10.0.2.100',
    });
    expect(ends(follow(network([appliances], toAppliances), 'here', 'internet', 443))).toEqual([
      'notTraced',
      nodeOf(types.balancer, 'inner'),
      'notTraced',
    ]);
  });

  test('a gateway that a route leads to, also one that is in another group', () => {
    const toGateway = route('home', {
      addressPrefix: '192.168.0.0/16',
      nextHopType: 'VirtualNetworkGateway',
    });
    expect(ends(follow(network([vpn], toGateway), 'here', '192.168.1.1', 443))).toEqual([
      'notTraced',
      nodeOf(types.gateway, 'vpn'),
      'notTraced',
    ]);
    expect(ends(follow(network([], toGateway), 'here', '192.168.1.1', 443))).toEqual([
      'notTraced',
      `${nodeOf(types.routes, 'table')}/routes/home`,
      'notTraced',
    ]);
  });

  test('a private endpoint, whatever guards its subnet', () => {
    for (const to of ['10.0.3.20', idOf(types.privateEndpoint, 'store')]) {
      expect(ends(follow(network(endpoint), 'here', to, 443))).toEqual([
        'notTraced',
        nodeOf(types.privateEndpoint, 'store'),
        'notTraced',
      ]);
    }
    expect(follow(network(endpoint), '10.0.3.20', 'here', 443).outcome).toBe('notTraced');
  });

  test('what they open themselves, and what has no address here', () => {
    const door = resource(types.frontDoor, 'door', {});
    expect(follow(network([vpn]), idOf(types.gateway, 'vpn'), 'here', 22).outcome).toBe('notTraced');
    expect(follow(network([door]), 'internet', idOf(types.frontDoor, 'door'), 443)).toMatchObject({
      outcome: 'notTraced',
      paths: [{ at: nodeOf(types.frontDoor, 'door') }],
    });
    expect(follow(network([]), '192.168.1.1', 'here', 22).outcome).toBe('notTraced');
    expect(follow(network([]), 'here', idOf(types.machine, 'nobody'), 22).outcome).toBe('notTraced');
  });

  test('a network that is not among the resources', () => {
    const peered = vnet(
      'net',
      ['10.0.0.0/16'],
      { machines: '10.0.0.0/24' },
      {
        virtualNetworkPeerings: [
          {
            name: 'away',
            properties: {
              peeringState: 'Connected',
              remoteVirtualNetwork: ref(types.network, 'away'),
              remoteAddressSpace: { addressPrefixes: ['10.7.0.0/16'] },
            },
          },
        ],
      },
    );
    const resources = [peered, ...machine('here', '10.0.0.4', subnetRef('net', 'machines'))];
    expect(follow(resources, 'here', '10.7.0.4', 22)).toMatchObject({
      outcome: 'notTraced',
      summary:
        'Not traced further than virtual network net: 10.7.0.4 lies in virtual network away, which is not among these resources.',
    });
  });

  test('a route table that is not among the resources leaves the way in doubt', () => {
    const resources = network([]).filter(({ type }) => type !== types.routes);
    expect(follow(resources, 'here', 'internet', 443)).toMatchObject({
      outcome: 'notTraced',
      summary:
        'TCP 443 from here reaches the internet, but only if route table table, whose routes are not among these resources, sends it no other way.',
    });
  });

  test('a public address that is chained to a gateway load balancer', () => {
    const resources = [
      vnet('net', ['10.0.0.0/16'], { a: '10.0.0.0/24' }),
      ...machine('server', '10.0.0.4', subnetRef('net', 'a'), {
        nic: { networkSecurityGroup: ref(types.group, 'open') },
        configuration: {
          publicIPAddress: ref(types.publicIp, 'ip'),
          gatewayLoadBalancer: { id: `${idOf(types.balancer, 'inspect')}/frontendIPConfigurations/front` },
        },
      }),
      publicIp('ip', '203.0.113.5'),
      securityGroup('open', [{ name: 'all', priority: 100 }]),
    ];
    expect(follow(resources, 'internet', 'server', 80)).toMatchObject({
      outcome: 'notTraced',
      summary:
        'TCP 80 at 203.0.113.5 reaches server (10.0.0.4), but only if the appliances behind load balancer inspect, which see it first, let it through.',
    });
    expect(follow(resources, 'server', 'internet', 80).outcome).toBe('notTraced');
  });

  test('some ways arrive, some are not traced to their end', () => {
    const open = [
      ...machine('open', '10.0.0.9', subnetRef('net', 'machines'), {
        nic: { networkSecurityGroup: ref(types.group, 'open') },
        configuration: { publicIPAddress: ref(types.publicIp, 'ip') },
      }),
      publicIp('ip', '203.0.113.5'),
      securityGroup('open', [{ name: 'all', priority: 100 }]),
    ];
    const trace = traceConnection(
      { resources: [...network(web), ...open] },
      { from: { kind: 'internet' }, to: { kind: 'piece', piece: 'service' }, protocol: 'Tcp', port: 443 },
    );
    expect(trace.outcome).toBe('partly');
    expect(trace.paths.map(({ outcome }) => outcome)).toEqual(['arrives', 'notTraced']);
    expect(trace.summary).toMatch(/^1 of 2 ways arrive\. .* is not traced further: /);
  });
});

describe('what reaches a machine beside what is not evaluated', () => {
  const resources = network([
    vpn,
    firewall,
    ...web,
    ...endpoint,
    resource(types.bastion, 'bastion', inSubnet('web')),
  ]);

  test('is said to be not traced, and each way can be followed', () => {
    const to = whatReaches({ resources }, nodeOf(types.machine, 'here')).ways;
    expect(to.filter(({ outcome }) => outcome === 'notTraced').map(({ text }) => text)).toEqual([
      'Internet → here',
      'Virtual network gateway vpn → here, TCP 443',
      'Internet → Firewall wall, TCP 443',
      'Internet → Application gateway web, TCP 443',
      'Internet → Bastion host bastion, TCP 443',
    ]);
    const from = whatItReaches({ resources }, nodeOf(types.machine, 'here')).ways;
    expect(from.map(({ text, outcome }) => [text, outcome])).toEqual([
      ['here → Internet, every port', 'arrives'],
      ['here → Virtual network gateway vpn, TCP 443', 'notTraced'],
      ['here → Private endpoint store, every port', 'notTraced'],
    ]);
    for (const { text } of [...to, ...from]) {
      const read = parseConnection({ resources }, text.replace(', every port', ', TCP 443'));
      expect(read).toHaveProperty('connection');
      if ('connection' in read && text !== 'here → Internet, every port') {
        expect(traceConnection({ resources }, read.connection).outcome).toBe('notTraced');
      }
    }
  });

  test('the pieces themselves', () => {
    const reach = (piece: string) => whatReaches({ resources }, piece).ways.map(({ outcome }) => outcome);
    expect(reach(nodeOf(types.applicationGateway, 'web'))).toEqual(['notTraced']);
    expect(reach(nodeOf(types.publicIp, 'web-ip'))).toEqual(['notTraced']);
    expect(
      whatItReaches({ resources }, nodeOf(types.gateway, 'vpn')).ways.map(({ outcome }) => outcome),
    ).toEqual(['notTraced']);
    expect(whatItReaches({ resources }, 'internet').ways.map(({ text }) => text)).toContain(
      'Internet → Public IP address web-ip, TCP 443',
    );
  });

  test('ports that a route sends to an appliance do not count as reached', () => {
    const toFirewall = route('inspect', {
      addressPrefix: '0.0.0.0/0',
      nextHopType: 'VirtualAppliance',
      nextHopIpAddress: '10.0.2.4',
    });
    const [out] = whatItReaches(
      { resources: network([firewall], toFirewall) },
      nodeOf(types.machine, 'here'),
    ).ways;
    expect(out).toMatchObject({ text: 'here → Internet, every port', outcome: 'notTraced' });
  });
});
