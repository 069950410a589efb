import { describe, expect, test } from 'vitest';
import {
  traceConnection,
  whatReaches,
  type Connection,
  type TopologyResource,
  type Trace,
} from '../index.ts';
import {
  connection,
  idOf,
  machine,
  nodeOf,
  publicIp,
  ref,
  securityGroup,
  subnetRef,
  types,
  vnet,
  type RuleText,
} from './small-network.test-support.ts';

/** Two machines and a bystander in one network; the groups guard the second one's subnet and interface. */
function guarded(
  onSubnet: RuleText[] | undefined,
  onInterface?: RuleText[],
  { target = {}, source = {} }: { target?: object; source?: object } = {},
): TopologyResource[] {
  return [
    vnet('net', ['10.0.0.0/16'], {
      open: '10.0.0.0/24',
      shut: {
        addressPrefix: '10.0.1.0/24',
        ...(onSubnet ? { networkSecurityGroup: ref(types.group, 'on-subnet') } : {}),
      },
    }),
    ...machine('client', '10.0.0.4', subnetRef('net', 'open'), { configuration: { ...source } }),
    ...machine('server', '10.0.1.4', subnetRef('net', 'shut'), {
      nic: onInterface ? { networkSecurityGroup: ref(types.group, 'on-nic') } : {},
      configuration: { publicIPAddress: ref(types.publicIp, 'server-ip'), ...target },
    }),
    publicIp('server-ip', '203.0.113.20'),
    ...(onSubnet ? [securityGroup('on-subnet', onSubnet)] : []),
    ...(onInterface ? [securityGroup('on-nic', onInterface)] : []),
  ];
}

const follow = (resources: TopologyResource[], asked: Connection): Trace =>
  traceConnection({ resources }, asked);
const stoppedBy = (trace: Trace): string | undefined => trace.paths[0]!.at.split('/').at(-1);

const inGroup = (name: string): object => ({
  applicationSecurityGroups: [ref(types.applicationGroup, name)],
});

describe('security rules', () => {
  test('the first that fits by priority decides, not by order', () => {
    const rules: RuleText[] = [
      { name: 'open', priority: 300, destinationPortRange: '80' },
      { name: 'shut', priority: 200, access: 'Deny', destinationPortRange: '80-90' },
      { name: 'early', priority: 100, destinationPortRange: '85' },
    ];
    const resources = guarded(rules);
    expect(follow(resources, connection('client', 'server', 85)).outcome).toBe('arrives');
    const blocked = follow(resources, connection('client', 'server', 80));
    expect(stoppedBy(blocked)).toBe('shut');
    expect(blocked.summary).toBe(
      'Stopped at security group on-subnet: rule shut (priority 200) turns TCP 80 from client away.',
    );
  });

  test('default rules: the network gets in, the internet does not', () => {
    const resources = guarded([]);
    expect(follow(resources, connection('client', 'server', 2377)).outcome).toBe('arrives');
    const blocked = follow(resources, connection('internet', 'server', 2375));
    expect(blocked.summary).toBe(
      'Stopped at security group on-subnet: no rule admits TCP 2375 from the internet (default rule DenyAllInBound).',
    );
    expect(blocked.paths[0]).toMatchObject({ at: nodeOf(types.group, 'on-subnet') });
    expect(blocked.paths[0]!.hops.at(-1)!.facts).toContainEqual({
      label: 'Default rule',
      value: 'DenyAllInBound',
    });
  });

  test('inbound the subnet is asked first, then the interface; both must agree', () => {
    const all: RuleText[] = [{ name: 'all', priority: 100 }];
    const none: RuleText[] = [{ name: 'none', priority: 100, access: 'Deny' }];
    expect(stoppedBy(follow(guarded(none, none), connection('client', 'server', 80)))).toBe('none');
    expect(follow(guarded(all, none), connection('client', 'server', 80)).paths[0]!.at).toContain('on-nic');
    expect(follow(guarded(none, all), connection('client', 'server', 80)).paths[0]!.at).toContain(
      'on-subnet',
    );
    const both = follow(guarded(all, all), connection('client', 'server', 80));
    expect(both.paths[0]!.hops.map(({ piece }) => piece.split('/').slice(-3, -2)[0])).toEqual(
      expect.arrayContaining(['on-subnet', 'on-nic']),
    );
  });

  test('outbound the interface is asked first, then the subnet', () => {
    const deny: RuleText[] = [{ name: 'stay', priority: 100, access: 'Deny', direction: 'Outbound' }];
    const trace = follow(guarded(deny, deny), connection('server', 'client', 80));
    expect(trace.paths[0]!.at).toContain('on-nic');
    expect(trace.summary).toBe(
      'Stopped at security group on-nic: rule stay (priority 100) turns TCP 80 to client (10.0.0.4) away.',
    );
  });

  test('augmented rules: several ports and addresses', () => {
    const resources = guarded([
      {
        name: 'some',
        priority: 100,
        sourceAddressPrefixes: ['192.0.2.0/24', '10.0.0.4'],
        destinationPortRanges: ['22', '8000-8010'],
      },
      { name: 'rest', priority: 200, access: 'Deny', protocol: '*' },
    ]);
    const outcome = (port: number): string => follow(resources, connection('client', 'server', port)).outcome;
    expect([22, 23, 8000, 8010, 8011].map((port) => outcome(port))).toEqual([
      'arrives',
      'blocked',
      'arrives',
      'arrives',
      'blocked',
    ]);
  });

  test('application security groups stand for the interfaces in them', () => {
    const rules: RuleText[] = [
      {
        name: 'clients',
        priority: 100,
        sourceApplicationSecurityGroups: [ref(types.applicationGroup, 'clients')],
        destinationApplicationSecurityGroups: [ref(types.applicationGroup, 'servers')],
      },
      { name: 'rest', priority: 200, access: 'Deny' },
    ];
    const asked = connection('client', 'server', 80);
    expect(follow(guarded(rules), asked).outcome).toBe('blocked');
    expect(follow(guarded(rules, undefined, { source: inGroup('clients') }), asked).outcome).toBe('blocked');
    const both = guarded(rules, undefined, { source: inGroup('clients'), target: inGroup('servers') });
    expect(follow(both, asked).outcome).toBe('arrives');
  });

  test('protocols: ICMP has no ports, so a rule for some ports does not fit it', () => {
    const rules: RuleText[] = [
      { name: 'web', priority: 100, protocol: '*', destinationPortRange: '80' },
      { name: 'rest', priority: 200, protocol: '*', access: 'Deny' },
    ];
    expect(follow(guarded(rules), connection('client', 'server', 80, 'Udp')).outcome).toBe('arrives');
    expect(follow(guarded(rules), connection('client', 'server', 0, 'Icmp')).outcome).toBe('blocked');
  });

  test('a rule for some of the internet does not decide for all of it, but is said', () => {
    const resources = guarded([{ name: 'office', priority: 100, sourceAddressPrefix: '198.51.100.0/24' }]);
    const anyone = follow(resources, connection('internet', 'server', 22));
    expect(anyone.outcome).toBe('blocked');
    expect(anyone.paths[0]!.hops.at(-1)!.facts).toContainEqual({
      label: 'Decided otherwise for some',
      value: 'rule office (priority 100) allows it from 198.51.100.0/24 to *',
    });
    expect(follow(resources, connection('198.51.100.7', 'server', 22)).outcome).toBe('arrives');
    expect(follow(resources, connection('198.51.101.7', 'server', 22)).outcome).toBe('blocked');
  });

  test('rules that are resources of their own count too', () => {
    const child = {
      id: `${idOf(types.group, 'on-subnet')}/securityRules/apart`,
      name: 'apart',
      type: 'Microsoft.Network/networkSecurityGroups/securityRules',
      properties: {
        priority: 100,
        access: 'Deny',
        direction: 'Inbound',
        protocol: '*',
        sourceAddressPrefix: '*',
        sourcePortRange: '*',
        destinationAddressPrefix: '*',
        destinationPortRange: '*',
      },
    };
    const trace = follow([...guarded([]), child], connection('client', 'server', 80));
    expect(stoppedBy(trace)).toBe('apart');
  });

  test('a Standard public address lets nothing in without a group; a group out of sight is said', () => {
    const bare = follow(guarded(undefined), connection('internet', 'server', 80));
    expect(bare.summary).toBe(
      'Stopped before server: a Standard public address lets nothing in without a security group that admits it.',
    );
    const outOfSight = guarded([]).filter(({ type }) => type !== types.group);
    const unread = follow(outOfSight, connection('internet', 'server', 80));
    expect(unread.paths[0]!.hops[2]!.says).toContain('its rules are not among these resources');
    expect(unread).toMatchObject({
      outcome: 'notTraced',
      summary:
        'TCP 80 at 203.0.113.20 reaches server (10.0.1.4), but only if security group on-subnet lets it through, whose rules are not among these resources.',
    });
    const stopped = follow(
      guarded([], [{ name: 'none', priority: 100, access: 'Deny' }]).filter(
        ({ id }) => id !== idOf(types.group, 'on-subnet'),
      ),
      connection('client', 'server', 80),
    );
    expect(stoppedBy(stopped)).toBe('none');
  });

  test('what a tag stands for is not guessed: a certain address that it may hold is in doubt', () => {
    const some: RuleText[] = [
      { name: 'azure', priority: 100, access: 'Deny', sourceAddressPrefix: 'AzureCloud' },
      { name: 'all', priority: 200 },
    ];
    const through = follow(guarded(some), connection('198.51.100.7', 'server', 80));
    expect(through.outcome).toBe('notTraced');
    expect(through.summary).toContain(
      'but only if rule azure (priority 100) of security group on-subnet does not hold for it: which addresses AzureCloud stands for is known to Azure alone.',
    );
    const admitted: RuleText[] = [{ name: 'azure', priority: 100, sourceAddressPrefix: 'AzureCloud' }];
    expect(follow(guarded(admitted), connection('198.51.100.7', 'server', 80))).toMatchObject({
      outcome: 'notTraced',
      summary:
        'Not traced further than security group on-subnet: whether rule azure (priority 100) admits TCP 80 from 198.51.100.7 is not known here.',
    });
    expect(follow(guarded(admitted), connection('client', 'server', 2375)).outcome).toBe('arrives');
  });
});

describe('what reaches a guarded machine', () => {
  test('names the ports that are admitted, and one that is not', () => {
    const resources = guarded([
      { name: 'web', priority: 100, destinationPortRanges: ['80', '443'] },
      { name: 'swarm', priority: 110, protocol: 'Udp', destinationPortRange: '4789' },
      { name: 'rest', priority: 200, protocol: '*', access: 'Deny' },
    ]);
    const { ways } = whatReaches({ resources }, nodeOf(types.machine, 'server'));
    expect(ways.map(({ text, outcome }) => [text, outcome])).toEqual([
      ['Internet → Public IP address server-ip, TCP 80 and 443', 'arrives'],
      ['Internet → Public IP address server-ip, UDP 4789', 'arrives'],
      ['Internet → Public IP address server-ip, every other port', 'blocked'],
      ['client → server, TCP 80 and 443', 'arrives'],
      ['client → server, UDP 4789', 'arrives'],
      ['client → server, every other port', 'blocked'],
    ]);
    expect(ways[5]!.says).toBe(
      'Stopped at security group on-subnet: rule rest (priority 200) turns TCP 2375 from client away.',
    );
    expect(ways[3]!.connection).toMatchObject({ port: 80, protocol: 'Tcp' });
  });
});

const asked = (from: string): Connection => connection(from, 'server', 80);

describe('service tags', () => {
  test.each([
    ['Internet', 'internet', true],
    ['Internet', '198.51.100.7', true],
    ['Internet', 'client', false],
    ['VirtualNetwork', 'internet', false],
    ['VirtualNetwork', 'client', true],
    ['AzureLoadBalancer', 'internet', false],
    ['AzureLoadBalancer', 'client', false],
    ['*', 'internet', true],
    ['0.0.0.0/0', 'client', true],
    ['Storage', 'internet', false],
    ['AzureCloud', 'client', false],
    ['10.0.0.0/8', 'client', true],
    ['10.0.0.0/8', 'internet', false],
  ])('%s as source, from %s: %s', (sourceAddressPrefix, from, admitted) => {
    const resources = guarded([
      { name: 'tag', priority: 100, sourceAddressPrefix },
      { name: 'rest', priority: 200, access: 'Deny' },
    ]);
    expect(follow(resources, asked(from)).outcome).toBe(admitted ? 'arrives' : 'blocked');
  });

  test.each([
    ['Internet', 'internet', true],
    ['Internet', 'client', false],
    ['VirtualNetwork', 'client', true],
    ['VirtualNetwork', 'internet', false],
    ['10.0.0.4', 'client', true],
    ['*', 'internet', true],
  ])('%s as destination, to %s: %s', (destinationAddressPrefix, to, admitted) => {
    const resources = guarded([
      { name: 'tag', priority: 100, direction: 'Outbound', destinationAddressPrefix },
      { name: 'rest', priority: 200, direction: 'Outbound', access: 'Deny' },
    ]);
    expect(follow(resources, connection('server', to, 80)).outcome).toBe(admitted ? 'arrives' : 'blocked');
  });
});
