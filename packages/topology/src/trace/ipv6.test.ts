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
  type RuleText,
} from './small-network.test-support.ts';

const follow = (resources: TopologyResource[], ...asked: Parameters<typeof connection>): Trace =>
  traceConnection({ resources }, connection(...asked));

const publicIpV6 = (name: string, address: string): TopologyResource => {
  const made = publicIp(name, address);
  return { ...made, properties: { ...made.properties, publicIPAddressVersion: 'IPv6' } };
};

/** A machine with a configuration of each family. */
function dualStack(
  name: string,
  [ipv4, ipv6]: [string, string | undefined],
  subnet: string,
  { more = {}, nic = {} }: { more?: Record<string, unknown>; nic?: Record<string, unknown> } = {},
): TopologyResource[] {
  return machine(name, ipv4, subnetRef('net', subnet), { nic }).map((item) =>
    item.type === types.nic
      ? {
          ...item,
          properties: {
            ...item.properties,
            ipConfigurations: [
              {
                id: `${item.id}/ipConfigurations/six`,
                name: 'six',
                properties: {
                  privateIPAddressVersion: 'IPv6',
                  privateIPAddress: ipv6,
                  subnet: subnetRef('net', subnet),
                  ...more,
                },
              },
              ...(item.properties!['ipConfigurations'] as unknown[]),
            ],
          },
        }
      : item,
  );
}

interface Shape {
  guard?: RuleText[];
  here?: Record<string, unknown>;
  server?: Record<string, unknown>;
  subnet?: Record<string, unknown>;
}

const network = (
  { guard, here = {}, server = {}, subnet = {} }: Shape,
  more: TopologyResource[] = [],
): TopologyResource[] => [
  vnet('net', ['10.0.0.0/16', 'fd00:db8::/48'], {
    a: { addressPrefixes: ['10.0.0.0/24', 'fd00:db8:0:a::/64'], ...subnet },
    b: { addressPrefixes: ['10.0.1.0/24', 'fd00:db8:0:b::/64'] },
  }),
  ...dualStack('here', ['10.0.0.4', 'fd00:db8:0:a::4'], 'a', { more: here }),
  ...dualStack('server', ['10.0.1.4', 'fd00:db8:0:b::4'], 'b', {
    more: server,
    nic: guard ? { networkSecurityGroup: ref(types.group, 'guard') } : {},
  }),
  ...(guard ? [securityGroup('guard', guard)] : []),
  ...more,
];

const shut: RuleText = { name: 'rest', priority: 4000, protocol: '*', access: 'Deny' };

describe('within a dual-stack network', () => {
  test('an IPv6 address is reached from that of the other machine', () => {
    const trace = follow(network({}), 'here', 'fd00:db8:0:b::4', 80);
    expect(trace).toMatchObject({
      outcome: 'arrives',
      summary: 'TCP 80 from here reaches server (fd00:db8:0:b::4).',
    });
    expect(trace.paths[0]!.hops[0]!.packet).toMatchObject({
      source: 'fd00:db8:0:a::4',
      destination: 'fd00:db8:0:b::4',
    });
    expect(follow(network({}), 'FD00:DB8:0:a:0:0:0:4'.toLowerCase(), 'server', 80).summary).toBe(
      'TCP 80 from here reaches server (fd00:db8:0:b::4).',
    );
  });

  test('machines by name are followed by IPv4, which each of them has', () => {
    expect(follow(network({}), 'here', 'server', 80).summary).toBe(
      'TCP 80 from here reaches server (10.0.1.4).',
    );
  });

  test('nothing leads from one family to the other', () => {
    const only = [...network({}), ...machine('old', '10.0.1.9', subnetRef('net', 'b'))];
    expect(follow(only, 'old', 'fd00:db8:0:b::4', 80)).toMatchObject({
      outcome: 'blocked',
      summary:
        'old connects by IPv4 here, and server (fd00:db8:0:b::4) is reached by IPv6 alone: Azure translates between them nowhere.',
    });
    expect(follow(only, 'fd00:db8:0:a::4', 'old', 80).outcome).toBe('blocked');
    expect(follow(only, '10.0.0.4', 'fd00:db8:0:b::4', 80).outcome).toBe('blocked');
  });

  test('an address that nothing has, and one that no route leads to', () => {
    expect(follow(network({}), 'here', 'fd00:db8:0:b::77', 80).summary).toBe(
      'Stopped in virtual network net: nothing there has the address fd00:db8:0:b::77.',
    );
    expect(follow(network({}), 'here', 'fd99::1', 80).summary).toBe(
      'Stopped in virtual network net: no route leads to fd99::1.',
    );
  });

  test('routes for IPv6 prefixes hold for IPv6 alone', () => {
    const table = resource(types.routes, 'table', {
      routes: [
        {
          id: `${idOf(types.routes, 'table')}/routes/six`,
          name: 'six',
          properties: { addressPrefix: '::/0', nextHopType: 'None' },
        },
      ],
    });
    const resources = network({ subnet: { routeTable: ref(types.routes, 'table') } }, [table]);
    expect(follow(resources, 'here', '2001:db8::1', 443).summary).toBe(
      'Stopped at route six: it drops what is meant for ::/0.',
    );
    expect(follow(resources, 'here', '198.51.100.7', 443).outcome).toBe('arrives');
    expect(follow(resources, 'here', 'fd00:db8:0:b::4', 443).outcome).toBe('arrives');
  });
});

describe('security rules', () => {
  test.each([
    ['fd00:db8:0:a::/64', 'fd00:db8:0:b::4', 'arrives'],
    ['fd00:db8:0:a::4', 'fd00:db8:0:b::4', 'arrives'],
    ['fd00:db8:0:c::/64', 'fd00:db8:0:b::4', 'blocked'],
    ['10.0.0.0/24', 'fd00:db8:0:b::4', 'blocked'],
    ['fd00:db8:0:a::/64', '10.0.1.4', 'blocked'],
    ['::/0', 'fd00:db8:0:b::4', 'arrives'],
    ['::/0', '10.0.1.4', 'blocked'],
    ['*', 'fd00:db8:0:b::4', 'arrives'],
    ['VirtualNetwork', 'fd00:db8:0:b::4', 'arrives'],
    ['Internet', 'fd00:db8:0:b::4', 'blocked'],
  ])('%s as source, to %s: %s', (sourceAddressPrefix, to, outcome) => {
    const resources = network({ guard: [{ name: 'some', priority: 100, sourceAddressPrefix }, shut] });
    expect(follow(resources, 'here', to, 80).outcome).toBe(outcome);
  });

  test('0.0.0.0/0 may stand for every address or for those of IPv4: that is said, not guessed', () => {
    const resources = network({
      guard: [{ name: 'any', priority: 100, sourceAddressPrefix: '0.0.0.0/0' }, shut],
    });
    expect(follow(resources, 'here', '10.0.1.4', 80).outcome).toBe('arrives');
    const trace = follow(resources, 'here', 'fd00:db8:0:b::4', 80);
    expect(trace.outcome).toBe('notTraced');
    expect(trace.paths[0]!.hops.at(-1)!.says).toContain(
      'Azure does not say whether 0.0.0.0/0 stands for IPv6 addresses, too',
    );
  });

  test('for ICMP do not hold for IPv6, so it is not known what becomes of a ping', () => {
    const resources = network({ guard: [{ name: 'ping', priority: 100, protocol: 'Icmp' }, shut] });
    expect(follow(resources, 'here', '10.0.1.4', 0, 'Icmp').outcome).toBe('arrives');
    expect(follow(resources, 'here', 'fd00:db8:0:b::4', 0, 'Icmp')).toMatchObject({
      outcome: 'notTraced',
      summary:
        'ICMP from here reaches server (fd00:db8:0:b::4), but only if security group guard lets it through: security groups do not support ICMPv6.',
    });
  });
});

/** The servers behind a load balancer with a frontend of each family. */
function balanced(guard: RuleText[] | undefined, probe = false): TopologyResource[] {
  const id = idOf(types.balancer, 'lb');
  const part = (collection: string, name: string): { id: string } => ({ id: `${id}/${collection}/${name}` });
  const lb = balancer('lb', { publicIPAddress: ref(types.publicIp, 'ip4') }, {});
  const rule = (name: string, frontend: string, pool: string): Record<string, unknown> => ({
    ...part('loadBalancingRules', name),
    name,
    properties: {
      protocol: 'Tcp',
      frontendPort: 80,
      backendPort: 8080,
      frontendIPConfiguration: part('frontendIPConfigurations', frontend),
      backendAddressPool: part('backendAddressPools', pool),
      ...(probe ? { probe: part('probes', 'alive') } : {}),
    },
  });
  return network(
    {
      ...(guard ? { guard } : {}),
      server: { loadBalancerBackendAddressPools: [part('backendAddressPools', 'pool6')] },
    },
    [
      {
        ...lb,
        properties: {
          ...lb.properties,
          frontendIPConfigurations: [
            {
              ...frontendRef('lb'),
              name: 'front',
              properties: { publicIPAddress: ref(types.publicIp, 'ip4') },
            },
            {
              ...part('frontendIPConfigurations', 'front6'),
              name: 'front6',
              properties: { publicIPAddress: ref(types.publicIp, 'ip6') },
            },
          ],
          backendAddressPools: [
            { ...poolRef('lb'), name: 'pool', properties: {} },
            { ...part('backendAddressPools', 'pool6'), name: 'pool6', properties: {} },
          ],
          loadBalancingRules: [rule('web', 'front', 'pool'), rule('web6', 'front6', 'pool6')],
          probes: [
            { ...part('probes', 'alive'), name: 'alive', properties: { protocol: 'Tcp', port: 8081 } },
          ],
        },
      },
      publicIp('ip4', '203.0.113.1'),
      publicIpV6('ip6', '2001:db8::100'),
    ],
  );
}

describe('a load balancer with a frontend of each family', () => {
  const open: RuleText[] = [{ name: 'in', priority: 100, sourceAddressPrefix: 'Internet' }];

  test('passes IPv6 on to the configurations for it, and IPv4 to none of them', () => {
    expect(follow(balanced(open), 'internet', '2001:db8::100', 80)).toMatchObject({
      outcome: 'arrives',
      summary: 'TCP 80 at 2001:db8::100 reaches server (fd00:db8:0:b::4) at port 8080.',
    });
    expect(follow(balanced(open), 'internet', '203.0.113.1', 80).outcome).toBe('blocked');
    expect(follow(balanced(open), '2001:db8:9::1', '2001:db8::100', 80).outcome).toBe('arrives');
    expect(follow(balanced(open), '198.51.100.7', '2001:db8::100', 80)).toMatchObject({
      outcome: 'blocked',
      summary:
        '198.51.100.7 cannot reach public IP address ip6, an IPv6 address: Azure translates between IPv4 and IPv6 nowhere.',
    });
  });

  test('probes by IPv6 come from a link-local address, and only where a group is active', () => {
    expect(follow(balanced(open, true), 'internet', '2001:db8::100', 80).outcome).toBe('arrives');
    const closed: RuleText[] = [...open, shut];
    expect(
      follow(balanced(closed, true), 'internet', '2001:db8::100', 80).paths[0]!.hops.at(-1)!.says,
    ).toContain('turns away TCP 8081 from its link-local address');
    const tagged: RuleText[] = [
      ...closed,
      { name: 'probe', priority: 200, sourceAddressPrefix: 'AzureLoadBalancer' },
    ];
    expect(follow(balanced(tagged, true), 'internet', '2001:db8::100', 80).outcome).toBe('arrives');
    expect(
      follow(balanced(undefined, true), 'internet', '2001:db8::100', 80).paths[0]!.hops.at(-1)!.says,
    ).toContain('only where a security group is active');
  });

  test('answers pings at either address', () => {
    expect(follow(balanced(open), 'internet', '2001:db8::100', 0, 'Icmp').outcome).toBe('arrives');
  });

  test('what reaches the server names both ways, and each can be followed', () => {
    const resources = balanced(open);
    const { ways } = whatReaches({ resources }, nodeOf(types.machine, 'server'));
    expect(ways.map(({ text, outcome }) => [text, outcome])).toEqual([
      ['Internet → Public IP address ip6, TCP 80', 'arrives'],
      ['here → server, every port', 'arrives'],
      ['fd00:db8:0:a::4 → fd00:db8:0:b::4, every port', 'arrives'],
    ]);
    const out = whatItReaches({ resources }, nodeOf(types.machine, 'here')).ways;
    expect(out.map(({ text, outcome }) => [text, outcome])).toEqual([
      ['here → Internet, every port', 'arrives'],
      ['here → server, every port', 'arrives'],
      ['fd00:db8:0:a::4 → Internet, every port', 'blocked'],
      ['fd00:db8:0:a::4 → fd00:db8:0:b::4, every port', 'arrives'],
    ]);
    for (const { text, outcome } of [...ways, ...out]) {
      const read = parseConnection({ resources }, text.replace('every port', 'TCP 8080'));
      expect('connection' in read && traceConnection({ resources }, read.connection).outcome).toBe(outcome);
    }
  });
});

const out = (resources: TopologyResource[]): Trace => follow(resources, 'here', '2001:db8:9::1', 443);

const nat = (sku: string, more: Record<string, unknown> = {}): TopologyResource =>
  resource(
    types.natGateway,
    'nat',
    { publicIpAddresses: [ref(types.publicIp, 'nat4')], ...more },
    { sku: { name: sku } },
  );

describe('the way out by IPv6', () => {
  test('needs an address of its own, for Azure lends none', () => {
    expect(out(network({})).summary).toBe(
      'Stopped at here: nothing leads it out to the internet (nothing gives it a public IPv6 address, and Azure lends none).',
    );
    const own = network({ here: { publicIPAddress: ref(types.publicIp, 'own6') } }, [
      publicIpV6('own6', '2001:db8::5'),
    ]);
    expect(out(own).summary).toBe('TCP 443 from here reaches 2001:db8:9::1 as 2001:db8::5.');
  });

  test('an outbound rule’s frontend of the same family, beside a NAT gateway for IPv4', () => {
    const lb = balancer(
      'lb',
      { publicIPAddress: ref(types.publicIp, 'ip6') },
      {
        outboundRules: {
          out: {
            protocol: 'All',
            frontendIPConfigurations: [frontendRef('lb')],
            backendAddressPool: poolRef('lb'),
          },
        },
      },
    );
    const resources = (gateway: TopologyResource): TopologyResource[] =>
      network(
        {
          here: { loadBalancerBackendAddressPools: [poolRef('lb')] },
          subnet: { natGateway: ref(types.natGateway, 'nat') },
        },
        [
          lb,
          gateway,
          publicIpV6('ip6', '2001:db8::6'),
          publicIp('nat4', '203.0.113.30'),
          publicIpV6('nat6', '2001:db8::7'),
        ],
      );
    expect(out(resources(nat('Standard'))).summary).toContain(' as 2001:db8::6.');
    expect(follow(resources(nat('Standard')), 'here', '198.51.100.7', 443).summary).toContain(
      ' as 203.0.113.30.',
    );
    expect(out(resources(nat('StandardV2'))).outcome).toBe('notTraced');
    const both = nat('StandardV2', { publicIpAddressesV6: [ref(types.publicIp, 'nat6')] });
    expect(out(resources(both)).summary).toContain(' as 2001:db8::7.');
  });
});

describe('what people type', () => {
  const resources = balanced([{ name: 'in', priority: 100 }]);
  const read = (text: string): unknown => {
    const found = parseConnection({ resources }, text);
    return 'connection' in found ? [found.connection.to, found.connection.port] : found.problem;
  };
  const ip6 = { kind: 'piece', piece: nodeOf(types.publicIp, 'ip6') };

  test.each([
    ['internet → [2001:db8::100]:80', ip6, 80],
    ['internet → 2001:db8::100, TCP 80', ip6, 80],
    ['curl http://[2001:db8::100]:8080/', ip6, 8080],
    ['ssh user@2001:db8::100', ip6, 22],
    ['scp file user@[2001:db8::100]:/tmp', ip6, 22],
    ['ping -6 2001:DB8:0::100', ip6, 0],
    ['here → fd00:db8:0:b::4, tcp 80', { kind: 'address', address: 'fd00:db8:0:b::4' }, 80],
    ['here → [fd00:db8:0:b::4]:53/udp', { kind: 'address', address: 'fd00:db8:0:b::4' }, 53],
  ])('%s', (text, to, port) => {
    expect(read(text)).toEqual([to, port]);
  });
});
