import type { JsonObject } from '@slipway/arm-template';
import * as fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { MemoryCloud, idIn } from '../../providers/cloud-view.test-support.ts';
import { textAt } from '../../providers/json-reading.ts';
import type { CloudView, ResourceRecord } from '../../providers/provider.ts';
import { networkPlans } from './network-plan.ts';
import type { NetworkPlan } from './network-plan.ts';
import { publicAddressPlans } from './public-plan.ts';
import { recordNamed, swarmCloud, viewOf } from './swarm-cloud.test-support.ts';

const vmType = 'Microsoft.Compute/virtualMachines';
const scaleSetType = 'Microsoft.Compute/virtualMachineScaleSets';

function onlyPlan(view: CloudView): NetworkPlan {
  const [plan, ...others] = networkPlans(view);
  if (!plan || others.length > 0) throw new Error('not exactly one network');
  return plan;
}

/** Listeners as `port → addresses:port`. */
function reach(plan: NetworkPlan): Record<string, string[]> {
  return Object.fromEntries(
    plan.listeners.map(({ publicAddress, port, backends }) => [
      `${publicAddress}:${port}`,
      backends.map((backend) => `${backend.address}:${backend.port}`),
    ]),
  );
}

describe('a Swarm cluster', () => {
  const cloud = swarmCloud(2);
  const plan = onlyPlan(cloud);
  const masterGroup = recordNamed(cloud, 'Microsoft.Network/networkSecurityGroups', 'swarm-master').id;
  const agentGroup = recordNamed(cloud, 'Microsoft.Network/networkSecurityGroups', 'swarm-agent').id;
  const masterIp = recordNamed(cloud, 'Microsoft.Network/publicIPAddresses', 'swarm-master');
  const agentIp = recordNamed(cloud, 'Microsoft.Network/publicIPAddresses', 'swarm-agent');

  test('has one network with an interface for each machine, by address', () => {
    expect(plan.id).toBe(recordNamed(cloud, 'Microsoft.Network/virtualNetworks', 'swarm').id);
    expect(plan.addressPrefixes).toEqual(['172.16.0.0/24', '10.0.0.0/8']);
    expect(plan.interfaces.map(({ address, subnetPrefix }) => [address, subnetPrefix])).toEqual([
      ['10.0.0.4', '10.0.0.0/11'],
      ['10.0.0.5', '10.0.0.0/11'],
      ['172.16.0.5', '172.16.0.0/24'],
      ['172.16.0.6', '172.16.0.0/24'],
      ['172.16.0.7', '172.16.0.0/24'],
    ]);
    expect(plan.interfaces[0]).toMatchObject({
      machineId: `${recordNamed(cloud, scaleSetType, 'swarm').id}/virtualMachines/0`,
      hostName: expect.stringMatching(/^swarm-agent-\d+-000000$/) as string,
      inbound: [agentGroup],
      outbound: [agentGroup],
      outboundAccess: { kind: 'publicAddress', address: agentIp.properties['ipAddress'] },
    });
    expect(plan.interfaces[4]).toMatchObject({
      machineId: expect.stringMatching(/\/virtualMachines\/swarm-master-\d+-2$/) as string,
      hostName: expect.stringMatching(/^swarm-master-\d+-2$/) as string,
      inbound: [masterGroup],
      outboundAccess: { kind: 'publicAddress', address: masterIp.properties['ipAddress'] },
    });
  });

  test('listens for SSH to each master and for the agents’ ports', () => {
    const [master, agent] = [masterIp, agentIp].map((record) => textAt(record.properties, 'ipAddress'));
    expect(reach(plan)).toEqual({
      [`${master}:22`]: ['172.16.0.5:2222'],
      [`${master}:2200`]: ['172.16.0.5:22'],
      [`${master}:2201`]: ['172.16.0.6:22'],
      [`${master}:2202`]: ['172.16.0.7:22'],
      [`${agent}:80`]: ['10.0.0.4:80', '10.0.0.5:80'],
      [`${agent}:443`]: ['10.0.0.4:443', '10.0.0.5:443'],
      [`${agent}:8080`]: ['10.0.0.4:8080', '10.0.0.5:8080'],
    });
    const byPort = (port: number) => plan.listeners.find((listener) => listener.port === port);
    expect(byPort(2200)).toMatchObject({ idleTimeoutMinutes: 30, publicAddressId: masterIp.id });
    expect(byPort(2200)).not.toHaveProperty('probe');
    expect(byPort(80)).toMatchObject({
      idleTimeoutMinutes: 5,
      probe: { kind: 'tcp', port: 80, intervalSeconds: 5, threshold: 2 },
    });
  });

  test('its groups hold their rules and Azure’s, by priority', () => {
    const group = plan.groups.find(({ id }) => id === masterGroup);
    expect(plan.groups.map(({ id }) => id)).toEqual([agentGroup, masterGroup]);
    expect(group?.inbound.map(({ name, protocol, access }) => [name, protocol, access])).toEqual([
      ['allow-ssh', 'tcp', 'Allow'],
      ['allow-swarm-tcp', 'tcp', 'Allow'],
      ['allow-swarm-udp', 'udp', 'Allow'],
      ['allow-swarm-encrypted', 'esp', 'Allow'],
      ['deny-rest-of-network', 'any', 'Deny'],
      ['AllowVnetInBound', 'any', 'Allow'],
      ['AllowAzureLoadBalancerInBound', 'any', 'Allow'],
      ['DenyAllInBound', 'any', 'Deny'],
    ]);
    expect(group?.inbound[0]).toEqual({
      name: 'allow-ssh',
      priority: 100,
      access: 'Allow',
      protocol: 'tcp',
      sources: [{ kind: 'tag', tag: 'Internet' }],
      sourcePorts: [{ first: 0, last: 65_535 }],
      destinations: [{ kind: 'any' }],
      destinationPorts: [
        { first: 22, last: 22 },
        { first: 2222, last: 2222 },
      ],
    });
    expect(group?.outbound.map(({ name }) => name)).toEqual([
      'AllowVnetOutBound',
      'AllowInternetOutBound',
      'DenyAllOutBound',
    ]);
  });

  test('its public addresses lead to the network', () => {
    expect(publicAddressPlans(cloud)).toEqual([
      {
        id: masterIp.id,
        address: masterIp.properties['ipAddress'],
        networkId: plan.id,
        ports: tcp(22, 2200, 2201, 2202),
      },
      {
        id: agentIp.id,
        address: agentIp.properties['ipAddress'],
        networkId: plan.id,
        ports: tcp(80, 443, 8080),
      },
    ]);
  });

  test('is planned alike whatever the order of the store', () => {
    const all = cloud.list({});
    for (const records of [all.toReversed(), all.toSorted((a, b) => a.id.length - b.id.length)]) {
      expect(networkPlans(viewOf(records))).toEqual([plan]);
      expect(publicAddressPlans(viewOf(records))).toEqual(publicAddressPlans(cloud));
    }
  });

  test('agents in tens are in the order of their addresses, not of their texts', () => {
    const { interfaces } = onlyPlan(swarmCloud(12));
    expect(interfaces.slice(0, 12).map(({ address }) => address)).toEqual(
      Array.from({ length: 12 }, (_, index) => `10.0.0.${4 + index}`),
    );
  });

  test.each([
    ['an instance', (record: ResourceRecord) => record.id.endsWith('/virtualMachines/1'), ['10.0.0.5']],
    ['a whole scale set', (record: ResourceRecord) => record.type === scaleSetType, ['10.0.0.4', '10.0.0.5']],
    [
      'a master',
      (record: ResourceRecord) => record.type === vmType && record.name.endsWith('-1'),
      ['172.16.0.6'],
    ],
  ])('%s that is being deleted can still take its leave, but is no backend', (_name, isDeleting, leaving) => {
    const records = cloud
      .list({})
      .map((record) => (isDeleting(record) ? { ...record, provisioningState: 'Deleting' } : record));
    const { interfaces, listeners } = onlyPlan(viewOf(records));
    expect(interfaces).toEqual(plan.interfaces);
    expect(listeners).toHaveLength(7);
    const backends = new Set(
      listeners.flatMap((listener) => listener.backends).map(({ address }) => address),
    );
    expect(interfaces.map(({ address }) => address).filter((address) => !backends.has(address))).toEqual(
      leaving,
    );
  });

  test.each([
    ['a load balancer', 'Microsoft.Network/loadBalancers', { listeners: 3, addresses: [0, 3] }],
    ['its public address', 'Microsoft.Network/publicIPAddresses', { listeners: 7, addresses: [3] }],
  ] as const)('%s that is being deleted is served no more', (_name, type, expected) => {
    const doomed = cloud.list({ type }).find(({ name }) => name.includes('-master-'));
    const records = cloud
      .list({})
      .map((record) => (record === doomed ? { ...record, provisioningState: 'Deleting' } : record));
    const view = viewOf(records);
    expect(onlyPlan(view).listeners).toHaveLength(expected.listeners);
    expect(publicAddressPlans(view).map(({ ports }) => ports.length)).toEqual(expected.addresses);
  });

  test('a network that is being deleted is carried no more', () => {
    const records = cloud
      .list({})
      .map((record) =>
        record.type === 'Microsoft.Network/virtualNetworks'
          ? { ...record, provisioningState: 'Deleting' }
          : record,
      );
    expect(networkPlans(viewOf(records))).toEqual([]);
  });

  test('machines that do not exist yet are no backends, but the load balancer’s network is known', () => {
    const view = viewOf(
      cloud.list({}).filter(({ type }) => type !== vmType && !type.startsWith(scaleSetType)),
    );
    expect(onlyPlan(view)).toMatchObject({ interfaces: [], groups: [] });
    expect(reach(onlyPlan(view))[`${textAt(masterIp.properties, 'ipAddress')}:2201`]).toEqual([]);
    expect(publicAddressPlans(view)).toMatchObject([
      { networkId: plan.id, ports: tcp(22, 2200, 2201, 2202) },
      { networkId: undefined, ports: tcp(80, 443, 8080) },
    ]);
  });

  test('whatever is missing or garbled in it, planning never throws', () => {
    const all = cloud.list({});
    const garbage = fc.constantFrom<JsonObject[string]>(
      null,
      '',
      'x',
      -1,
      1.5,
      [],
      {},
      [null, 'x', {}],
      '10.0.0.0/99',
    );
    const damage = fc.array(
      fc.record({
        index: fc.nat(all.length - 1),
        path: fc.array(fc.nat(7), { minLength: 1, maxLength: 5 }),
        garbage,
      }),
      { maxLength: 12 },
    );
    const gone = fc.array(fc.nat(all.length - 1), { maxLength: 6 });
    fc.assert(
      fc.property(damage, gone, (damages, missing) => {
        const records = structuredClone(all);
        for (const { index, path, garbage: value } of damages) spoil(records[index]?.properties, path, value);
        const view = viewOf(records.filter((_, index) => !missing.includes(index)));
        for (const each of networkPlans(view)) {
          const ids = new Set(each.groups.map(({ id }) => id));
          for (const { inbound } of each.interfaces) expect(inbound.every((id) => ids.has(id))).toBe(true);
        }
        publicAddressPlans(view);
      }),
      { numRuns: 100 * Number(process.env['SLIPWAY_PROPERTY_RUNS'] ?? 1) },
    );
  });
});

/** Puts a value somewhere into nested JSON, led by the numbers of `path`. */
function spoil(
  json: JsonObject[string] | undefined,
  path: readonly number[],
  value: JsonObject[string],
): void {
  if (typeof json !== 'object' || json === null) return;
  const keys = Object.keys(json);
  const key = keys[(path[0] ?? 0) % Math.max(1, keys.length)];
  if (key === undefined) return;
  const place = json as Record<string, JsonObject[string]>;
  if (path.length === 1) place[key] = value;
  else spoil(place[key], path.slice(1), value);
}

function tcp(...ports: number[]) {
  return ports.map((port) => ({ protocol: 'tcp', port }));
}

const rule = (name: string, priority: number, more: JsonObject): JsonObject => ({
  name,
  properties: {
    priority,
    direction: 'Inbound',
    access: 'Allow',
    protocol: '*',
    sourceAddressPrefix: '*',
    sourcePortRange: '*',
    destinationAddressPrefix: '*',
    destinationPortRange: '*',
    ...more,
  },
});

describe('a machine of its own', () => {
  const vnet = idIn('Microsoft.Network/virtualNetworks', 'vnet');
  const subnetGroup = idIn('Microsoft.Network/networkSecurityGroups', 'subnet-group');
  const nicGroup = idIn('Microsoft.Network/networkSecurityGroups', 'nic-group');
  const applications = idIn('Microsoft.Network/applicationSecurityGroups', 'web');
  const ip = idIn('Microsoft.Network/publicIPAddresses', 'ip');
  const lb = idIn('Microsoft.Network/loadBalancers', 'lb');
  const nic = idIn('Microsoft.Network/networkInterfaces', 'nic');
  const vm = idIn(vmType, 'vm');
  const standard = { sku: { name: 'Standard' } };
  const frontend = { id: `${lb}/frontendIPConfigurations/front` };
  const pool = { id: `${lb}/backendAddressPools/pool` };

  const balanced = (more: JsonObject = {}): JsonObject => ({
    name: 'web',
    properties: {
      frontendIPConfiguration: frontend,
      backendAddressPool: pool,
      protocol: 'Tcp',
      frontendPort: 80,
      backendPort: 8080,
      ...more,
    },
  });

  let cloud: MemoryCloud;
  beforeEach(() => {
    cloud = new MemoryCloud();
  });

  function build(
    parts: { subnet?: JsonObject; nic?: JsonObject; configuration?: JsonObject; more?: JsonObject[] } = {},
  ) {
    cloud.put(vnet, {
      properties: {
        addressSpace: { addressPrefixes: ['10.1.0.0/16', '2001:db8:1::/48'] },
        subnets: [
          { name: 'a', properties: { addressPrefixes: ['10.1.0.0/24', '2001:db8:1::/64'], ...parts.subnet } },
        ],
      },
    });
    const configuration = { primary: true, subnet: { id: `${vnet}/subnets/a` }, ...parts.configuration };
    cloud.put(nic, {
      properties: {
        ipConfigurations: [{ name: 'a', properties: configuration }, ...(parts.more ?? [])],
        ...parts.nic,
      },
    });
    cloud.put(vm, {
      properties: {
        hardwareProfile: { vmSize: 'Standard_D2s_v5' },
        osProfile: { computerName: 'node', adminUsername: 'sailor', adminPassword: 'only in this test' },
        storageProfile: {
          imageReference: {
            publisher: 'Canonical',
            offer: 'ubuntu-24_04-lts',
            sku: 'server',
            version: 'latest',
          },
          osDisk: { createOption: 'FromImage' },
        },
        networkProfile: { networkInterfaces: [{ id: nic }] },
      },
    });
  }
  const publicIp = (): void => {
    cloud.put(ip, { ...standard, properties: { publicIPAllocationMethod: 'Static' } });
  };
  const balancer = (more: JsonObject, sku = 'Standard'): void => {
    cloud.put(lb, {
      sku: { name: sku },
      properties: {
        frontendIPConfigurations: [{ name: 'front', properties: { publicIPAddress: { id: ip } } }],
        backendAddressPools: [{ name: 'pool' }],
        ...more,
      },
    });
  };
  const access = () => onlyPlan(cloud).interfaces[0]?.outboundAccess;

  test('the subnet’s group comes first on the way in and last on the way out', () => {
    cloud.put(subnetGroup, { properties: { securityRules: [] } });
    cloud.put(nicGroup, { properties: { securityRules: [] } });
    build({
      subnet: { networkSecurityGroup: { id: subnetGroup } },
      nic: { networkSecurityGroup: { id: nicGroup } },
    });
    const plan = onlyPlan(cloud);
    expect(plan.interfaces).toMatchObject([
      { inbound: [subnetGroup, nicGroup], outbound: [nicGroup, subnetGroup], hostName: 'node' },
    ]);
    expect(plan.groups.map(({ id }) => id)).toEqual([nicGroup, subnetGroup]);
  });

  test('IPv6 ranges and configurations are left out, further IPv4 configurations are not', () => {
    build({
      more: [
        { name: 'b', properties: { subnet: { id: `${vnet}/subnets/a` } } },
        { name: 'c', properties: { subnet: { id: `${vnet}/subnets/a` }, privateIPAddressVersion: 'IPv6' } },
      ],
    });
    const plan = onlyPlan(cloud);
    expect(plan.addressPrefixes).toEqual(['10.1.0.0/16']);
    expect(plan.interfaces.map(({ address, inbound }) => [address, inbound])).toEqual([
      ['10.1.0.4', []],
      ['10.1.0.5', []],
    ]);
  });

  test('what rules say of addresses: tags, prefixes, application security groups, and what matches nothing', () => {
    cloud.put(nicGroup, {
      properties: {
        securityRules: [
          rule('late', 300, { access: 'Deny', protocol: 'Icmp', sourceAddressPrefix: 'Storage.WestEurope' }),
          rule('early', 100, { sourceAddressPrefix: 'internet', destinationPortRanges: ['80', '90-99'] }),
          rule('prefixes', 200, {
            sourceAddressPrefix: '',
            sourceAddressPrefixes: ['10.1.2.3/16', '192.0.2.9', '2001:db8::/32'],
            destinationAddressPrefix: '0.0.0.0/0',
          }),
          rule('applications', 250, {
            sourceAddressPrefix: '',
            sourceApplicationSecurityGroups: [{ id: applications.toUpperCase() }],
          }),
        ],
      },
    });
    build({
      nic: { networkSecurityGroup: { id: nicGroup } },
      configuration: { applicationSecurityGroups: [{ id: applications }] },
    });
    expect(onlyPlan(cloud).groups[0]?.inbound.slice(0, 4)).toMatchObject([
      { name: 'early', sources: [{ kind: 'tag', tag: 'Internet' }] },
      {
        name: 'prefixes',
        sources: [
          { kind: 'prefix', prefix: '10.1.0.0/16' },
          { kind: 'prefix', prefix: '192.0.2.9/32' },
        ],
        destinations: [{ kind: 'any' }],
      },
      { name: 'applications', sources: [{ kind: 'prefix', prefix: '10.1.0.4/32' }] },
      { name: 'late', access: 'Deny', protocol: 'icmp', sources: [] },
    ]);
  });

  test('without anything the way out is Azure’s default, in a private subnet there is none', () => {
    build();
    expect(access()).toEqual({ kind: 'default' });
    build({ subnet: { defaultOutboundAccess: false } });
    expect(access()).toEqual({ kind: 'none' });
  });

  test('its own public address is its way out, and leads to its network', () => {
    publicIp();
    build({ subnet: { defaultOutboundAccess: false }, configuration: { publicIPAddress: { id: ip } } });
    const address = cloud.must(ip).properties['ipAddress'];
    expect(access()).toEqual({ kind: 'publicAddress', address });
    expect(publicAddressPlans(cloud)).toEqual([{ id: ip, address, networkId: vnet, ports: [] }]);
  });

  test('a load-balancing rule is a way out unless it says disableOutboundSnat', () => {
    publicIp();
    balancer({ loadBalancingRules: [balanced()] });
    build({ configuration: { loadBalancerBackendAddressPools: [pool] } });
    expect(access()).toEqual({ kind: 'publicAddress', address: cloud.must(ip).properties['ipAddress'] });
    balancer({ loadBalancingRules: [balanced({ disableOutboundSnat: true })] });
    expect(access()).toEqual({ kind: 'none' });
  });

  test('a NAT gateway comes before a load balancer', () => {
    const gatewayIp = idIn('Microsoft.Network/publicIPAddresses', 'gateway-ip');
    const gateway = idIn('Microsoft.Network/natGateways', 'gateway');
    publicIp();
    cloud.put(gatewayIp, { ...standard, properties: { publicIPAllocationMethod: 'Static' } });
    cloud.put(gateway, { ...standard, properties: { publicIpAddresses: [{ id: gatewayIp }] } });
    balancer({ loadBalancingRules: [balanced()] });
    build({
      subnet: { natGateway: { id: gateway } },
      configuration: { loadBalancerBackendAddressPools: [pool] },
    });
    expect(access()).toEqual({
      kind: 'publicAddress',
      address: cloud.must(gatewayIp).properties['ipAddress'],
    });
  });

  test('probes are taken over, UDP rules and rules without a public frontend are not', () => {
    publicIp();
    build();
    balancer({
      frontendIPConfigurations: [
        { name: 'front', properties: { publicIPAddress: { id: ip } } },
        { name: 'inner', properties: { subnet: { id: `${vnet}/subnets/a` } } },
      ],
      probes: [
        {
          name: 'health',
          properties: {
            protocol: 'Https',
            port: 443,
            requestPath: '/health?a=1',
            intervalInSeconds: 7,
            probeThreshold: 3,
          },
        },
      ],
      loadBalancingRules: [
        balanced({ probe: { id: `${lb}/probes/health` } }),
        { ...balanced({ protocol: 'Udp', frontendPort: 53, backendPort: 53 }), name: 'dns' },
        {
          ...balanced({
            frontendIPConfiguration: { id: `${lb}/frontendIPConfigurations/inner` },
            backendPort: 81,
          }),
          name: 'inner',
        },
      ],
    });
    build({ configuration: { loadBalancerBackendAddressPools: [pool] } });
    expect(onlyPlan(cloud).listeners).toEqual([
      {
        id: `${lb}/loadBalancingRules/web`,
        publicAddressId: ip,
        publicAddress: cloud.must(ip).properties['ipAddress'],
        port: 80,
        protocol: 'tcp',
        idleTimeoutMinutes: 4,
        backends: [{ machineId: vm, address: '10.1.0.4', port: 8080 }],
        probe: { kind: 'https', path: '/health?a=1', port: 443, intervalSeconds: 7, threshold: 3 },
      },
    ]);
  });
});
