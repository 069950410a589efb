import { describe, expect, test } from 'vitest';
import { traceConnection, type TopologyResource, type Trace } from '../index.ts';
import {
  balancer,
  connection,
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

type Collections = Parameters<typeof balancer>[2];

interface Farm {
  rules: Collections;
  guard?: RuleText[];
  names?: string[];
  power?: string;
  internal?: boolean;
  sku?: string;
  pool?: Record<string, unknown>;
}

/** Machines in the pool of a load balancer; the group guards their subnet. */
function farm({
  rules,
  guard = [],
  names = ['a', 'b'],
  power,
  internal = false,
  sku,
  pool,
}: Farm): TopologyResource[] {
  return [
    vnet('net', ['10.0.0.0/16'], {
      farm: { addressPrefix: '10.0.0.0/24', networkSecurityGroup: ref(types.group, 'guard') },
      clients: '10.0.1.0/24',
    }),
    securityGroup('guard', guard),
    ...names.flatMap((name, place) =>
      machine(name, `10.0.0.${4 + place}`, subnetRef('net', 'farm'), {
        configuration: { loadBalancerBackendAddressPools: [poolRef('lb')] },
        ...(power === undefined ? {} : { power }),
      }),
    ),
    ...machine('client', '10.0.1.4', subnetRef('net', 'clients')),
    balancer(
      'lb',
      internal
        ? { privateIPAddress: '10.0.0.100', subnet: subnetRef('net', 'farm') }
        : { publicIPAddress: ref(types.publicIp, 'ip') },
      rules,
      { ...(sku === undefined ? {} : { sku }), ...(pool === undefined ? {} : { pool }) },
    ),
    ...(internal ? [] : [publicIp('ip', '203.0.113.1')]),
  ];
}

const web = (more: Record<string, unknown> = {}): Collections => ({
  loadBalancingRules: {
    web: {
      protocol: 'Tcp',
      frontendPort: 80,
      backendPort: 8080,
      backendAddressPool: poolRef('lb'),
      ...more,
    },
  },
});

/** What comes of a connection where the group admits one port, or one destination. */
const admitPort = (port: string): string =>
  follow(
    farm({ rules: web(), guard: [{ name: 'in', priority: 100, destinationPortRange: port }] }),
    'internet',
    '203.0.113.1',
    80,
  ).outcome;

const admitTo = (destinationAddressPrefix: string): Trace =>
  follow(
    farm({
      rules: web({ enableFloatingIP: true, backendPort: 80 }),
      guard: [{ name: 'in', priority: 100, destinationAddressPrefix }],
    }),
    'internet',
    '203.0.113.1',
    80,
  );

const ping = (shape: Partial<Farm>, to = '203.0.113.1', from = 'internet'): Trace =>
  follow(farm({ rules: web(), ...shape }), from, to, 0, 'Icmp');

describe('a load balancer', () => {
  test('security groups see the backend port and the client’s address', () => {
    expect(admitPort('8080')).toBe('arrives');
    expect(admitPort('80')).toBe('blocked');
  });

  test('with floating IP the destination stays the address that was dialled', () => {
    expect(admitTo('203.0.113.1').outcome).toBe('arrives');
    expect(admitTo('10.0.0.0/24').outcome).toBe('blocked');
    expect(admitTo('203.0.113.1').paths[0]!.hops[2]!.packet.destination).toBe('203.0.113.1');
  });

  test('has no rule for a port: says so, which it has, and what the group behind it would say', () => {
    const trace = follow(farm({ rules: web() }), 'internet', '203.0.113.1', 8443);
    expect(trace.summary).toBe('Stopped at load balancer lb: it has no rule for TCP 8443 (it has TCP 80).');
    expect(trace.paths[0]).toMatchObject({ at: nodeOf(types.balancer, 'lb') });
    expect(trace.paths[0]!.hops.at(-1)!.facts).toContainEqual({
      label: 'Behind it',
      value: 'security group guard would stop it too: no rule admits it',
    });
  });

  test('a public Standard one answers pings itself while a machine is up, others take none', () => {
    expect(ping({})).toMatchObject({
      outcome: 'arrives',
      summary: 'Load balancer lb answers the ping itself; its machines see nothing of it.',
    });
    expect(ping({}).paths[0]!.at).toBe(nodeOf(types.balancer, 'lb'));
    for (const shape of [{ power: 'deallocated' }, { names: [] }, { rules: {} }]) {
      expect(ping(shape).outcome).toBe('blocked');
    }
    expect(ping({ sku: 'Basic' }).summary).toContain('TCP and UDP only');
    expect(ping({ internal: true }, '10.0.0.100', 'client').summary).toContain('TCP and UDP only');
    expect(ping({}, nodeOf(types.machine, 'a')).outcome).toBe('blocked');
  });

  test('whose backends are not among the resources is as far as it is traced', () => {
    const pool = {
      backendIPConfigurations: [{ id: `${idOf(types.nic, 'elsewhere')}/ipConfigurations/main` }],
    };
    const trace = follow(farm({ rules: web(), names: [], pool }), 'internet', '203.0.113.1', 80);
    expect(trace).toMatchObject({
      outcome: 'notTraced',
      summary:
        'Not traced further than load balancer lb: the backends of its rule web are not among these resources.',
    });
  });

  test('with an empty pool stops at its rule', () => {
    const trace = follow(farm({ rules: web(), names: [] }), 'internet', '203.0.113.1', 80);
    expect(trace.summary).toBe('Stopped at load balancer lb: nothing stands behind its rule web.');
    expect(trace.paths[0]!.at).toBe(`${nodeOf(types.balancer, 'lb')}/loadbalancingrules/web`);
  });

  test('machines that are stopped answer nothing', () => {
    const guard: RuleText[] = [{ name: 'in', priority: 100 }];
    const trace = follow(farm({ rules: web(), guard, power: 'stopped' }), 'internet', '203.0.113.1', 80);
    expect(trace.summary).toContain('Stopped at a: it is stopped, so nothing answers.');
  });

  test('a probe that is blocked takes its backend out', () => {
    const probed: Collections = {
      ...web({ probe: { id: `${idOf(types.balancer, 'lb')}/probes/alive` } }),
      probes: { alive: { protocol: 'Http', port: 8081, requestPath: '/alive', intervalInSeconds: 5 } },
    };
    const guard: RuleText[] = [
      { name: 'in', priority: 100, sourceAddressPrefix: 'Internet' },
      { name: 'rest', priority: 4096, protocol: '*', access: 'Deny' },
    ];
    const trace = follow(farm({ rules: probed, guard }), 'internet', '203.0.113.1', 80);
    expect(trace.outcome).toBe('blocked');
    expect(trace.paths[0]!.hops.at(-1)!.says).toBe(
      'The probe would be blocked, so this backend gets nothing: rule rest of security group guard turns away TCP 8081 from 168.63.129.16.',
    );
    const admitted: RuleText[] = [
      ...guard,
      { name: 'probe', priority: 200, sourceAddressPrefix: 'AzureLoadBalancer' },
    ];
    const open = follow(farm({ rules: probed, guard: admitted }), 'internet', '203.0.113.1', 80);
    expect(open.outcome).toBe('arrives');
    expect(open.paths[0]!.hops[2]!.facts).toContainEqual({
      label: 'Probe',
      value: 'alive: HTTP 8081/alive every 5 s',
    });
  });

  test('an internal one is reached from the network, not from the internet, nor by its own machine through it', () => {
    const resources = farm({ rules: web(), internal: true });
    const trace = follow(resources, 'client', '10.0.0.100', 80);
    expect(trace.outcome).toBe('arrives');
    expect(trace.paths).toHaveLength(2);
    expect(follow(resources, 'client', idOf(types.balancer, 'lb'), 80).outcome).toBe('arrives');
    expect(follow(resources, 'internet', '10.0.0.100', 80).outcome).toBe('blocked');
    const itself = follow(resources, 'a', '10.0.0.100', 80);
    expect(itself.outcome).toBe('partly');
    expect(itself.paths.at(-1)!.summary).toContain('a machine cannot reach itself');
  });

  test('a rule for all ports of an internal one leaves the port as it is', () => {
    const rules: Collections = {
      loadBalancingRules: {
        all: { protocol: 'All', frontendPort: 0, backendPort: 0, backendAddressPool: poolRef('lb') },
      },
    };
    const trace = follow(farm({ rules, internal: true }), 'client', '10.0.0.100', 5555, 'Udp');
    expect(trace.paths[0]!.hops.at(-1)!.packet).toMatchObject({ destination: '10.0.0.4', port: 5555 });
  });

  test('members of a pool by address count too', () => {
    const resources = farm({
      rules: web(),
      names: [],
      guard: [{ name: 'in', priority: 100 }],
      pool: {
        loadBalancerBackendAddresses: [
          { properties: { ipAddress: '10.0.1.4', virtualNetwork: ref(types.network, 'net') } },
        ],
      },
    });
    const open = resources.map((item) =>
      item.type === types.nic
        ? { ...item, properties: { ...item.properties, networkSecurityGroup: ref(types.group, 'guard') } }
        : item,
    );
    expect(follow(open, 'internet', '203.0.113.1', 80).paths[0]!.at).toBe(nodeOf(types.machine, 'client'));
  });
});

describe('inbound NAT rules', () => {
  const guard: RuleText[] = [{ name: 'in', priority: 100, destinationPortRange: '22' }];

  test('for a whole pool give each member a port, counted or as the pool states it', () => {
    const rules: Collections = {
      inboundNatRules: {
        ssh: {
          protocol: 'Tcp',
          frontendPortRangeStart: 500,
          frontendPortRangeEnd: 509,
          backendPort: 22,
          backendAddressPool: poolRef('lb'),
        },
      },
    };
    const counted = farm({ rules, guard });
    expect(follow(counted, 'internet', '203.0.113.1', 501).summary).toBe(
      'TCP 501 at 203.0.113.1 reaches b (10.0.0.5) at port 22.',
    );
    expect(follow(counted, 'internet', '203.0.113.1', 509).summary).toContain('nothing stands behind');
    const stated = farm({
      rules,
      guard,
      pool: {
        loadBalancerBackendAddresses: ['b', 'a'].map((name, place) => ({
          properties: {
            networkInterfaceIPConfiguration: {
              id: `${idOf(types.nic, `${name}-nic`)}/ipConfigurations/main`,
            },
            inboundNatRulesPortMapping: [
              { inboundNatRuleName: 'ssh', frontendPort: 500 + place, backendPort: 22, protocol: 'Tcp' },
            ],
          },
        })),
      },
    });
    expect(follow(stated, 'internet', '203.0.113.1', 500).summary).toContain('reaches b (10.0.0.5)');
  });

  test('of a scale set’s NAT pool lead to its machines in their order', () => {
    const lb = balancer(
      'lb',
      { publicIPAddress: ref(types.publicIp, 'ip') },
      {
        inboundNatPools: {
          ssh: {
            protocol: 'Tcp',
            frontendPortRangeStart: 50_000,
            frontendPortRangeEnd: 50_119,
            backendPort: 22,
          },
        },
      },
    );
    const set = resource(
      types.scaleSet,
      'set',
      {
        virtualMachineProfile: {
          networkProfile: {
            networkInterfaceConfigurations: [
              {
                name: 'nic',
                properties: {
                  ipConfigurations: [
                    {
                      name: 'ip',
                      properties: {
                        subnet: subnetRef('net', 'farm'),
                        loadBalancerInboundNatPools: [
                          { id: `${idOf(types.balancer, 'lb')}/inboundNatPools/ssh` },
                        ],
                      },
                    },
                  ],
                },
              },
            ],
          },
        },
      },
      { sku: { capacity: 3 } },
    );
    const base = farm({ rules: {}, guard, names: [] }).filter(({ type }) => type !== types.balancer);
    const instances = [0, 1, 2].map((index) => ({
      id: `${set.id}/virtualMachines/${index}`,
      name: `set_${index}`,
      type: `${types.scaleSet}/virtualMachines`,
      properties: {},
    }));
    const trace = follow([...base, lb, set, ...instances], 'internet', '203.0.113.1', 50_002);
    expect(trace.paths[0]!.at).toBe(`${nodeOf(types.scaleSet, 'set')}/virtualmachines/2`);
    expect(trace.paths[0]!.hops.at(-1)!.says).toContain('Its address is not known yet.');
    expect(follow([...base, lb, set], 'internet', '203.0.113.1', 50_002).outcome).toBe('arrives');
    expect(follow([...base, lb, set], 'internet', '203.0.113.1', 50_003).outcome).toBe('blocked');
  });
});
