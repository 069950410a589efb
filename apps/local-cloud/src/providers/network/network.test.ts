import type { JsonObject } from '@slipway/arm-template';
import { beforeEach, describe, expect, test } from 'vitest';
import { MemoryCloud, group, idIn, refusal, subscription } from '../cloud-view.test-support.ts';
import { providers } from '../registry.ts';

const vnet = idIn('Microsoft.Network/virtualNetworks', 'vnet');
const subnet = `${vnet}/subnets/masters`;
const nsg = idIn('Microsoft.Network/networkSecurityGroups', 'nsg');
const ip = idIn('Microsoft.Network/publicIPAddresses', 'ip');
const lb = idIn('Microsoft.Network/loadBalancers', 'lb');
const nic = idIn('Microsoft.Network/networkInterfaces', 'nic');
const standard = { sku: { name: 'Standard' } };

const network = (subnets: { name: string; prefix: string; more?: JsonObject }[]): JsonObject => ({
  properties: {
    addressSpace: { addressPrefixes: ['172.16.0.0/24', '10.0.0.0/8'] },
    subnets: subnets.map(({ name, prefix, more }) => ({
      name,
      properties: { addressPrefix: prefix, ...more },
    })),
  },
});
const publicIp = (label?: string): JsonObject => ({
  ...standard,
  properties: {
    publicIPAllocationMethod: 'Static',
    ...(label === undefined ? {} : { dnsSettings: { domainNameLabel: label } }),
  },
});
const natRule = (name: string, frontendPort: number, backendPort: number): JsonObject => ({
  name,
  properties: {
    frontendIPConfiguration: { id: `${lb}/frontendIPConfigurations/front` },
    protocol: 'Tcp',
    frontendPort,
    backendPort,
  },
});
const balancer = (more: JsonObject = {}): JsonObject => ({
  ...standard,
  properties: {
    frontendIPConfigurations: [{ name: 'front', properties: { publicIPAddress: { id: ip } } }],
    backendAddressPools: [{ name: 'pool' }],
    inboundNatRules: [natRule('ssh0', 2200, 22), natRule('ssh22', 22, 2222)],
    ...more,
  },
});
const rule = (name: string, port: number, more: JsonObject = {}): JsonObject => ({
  name,
  properties: {
    frontendIPConfiguration: { id: `${lb}/frontendIPConfigurations/front` },
    backendAddressPool: { id: `${lb}/backendAddressPools/pool` },
    protocol: 'Tcp',
    frontendPort: port,
    backendPort: port,
    ...more,
  },
});
const outboundRule: JsonObject = {
  name: 'outbound',
  properties: {
    frontendIPConfigurations: [{ id: `${lb}/frontendIPConfigurations/front` }],
    backendAddressPool: { id: `${lb}/backendAddressPools/pool` },
    protocol: 'All',
  },
};
const networkInterface = (configuration: JsonObject = {}, name = 'ipconfig'): JsonObject => ({
  properties: { ipConfigurations: [{ name, properties: { subnet: { id: subnet }, ...configuration } }] },
});

const guard = (properties: JsonObject, name = 'allow'): JsonObject => ({
  name,
  properties: {
    priority: 100,
    direction: 'Inbound',
    access: 'Allow',
    protocol: 'Tcp',
    sourceAddressPrefix: 'Internet',
    sourcePortRange: '*',
    destinationAddressPrefix: '*',
    destinationPortRanges: ['22', '2222-2230'],
    ...properties,
  },
});

let cloud: MemoryCloud;
beforeEach(() => {
  cloud = new MemoryCloud();
});

function withBalancer(): void {
  cloud.put(vnet, network([{ name: 'masters', prefix: '172.16.0.0/24' }]));
  cloud.put(ip, publicIp('demomgmt'));
  cloud.put(lb, balancer());
}

describe('virtual networks', () => {
  test('a subnet has an id, an etag, a state and the configurations that lie in it', () => {
    cloud.put(vnet, network([{ name: 'masters', prefix: '172.16.0.0/24' }]));
    cloud.put(nic, networkInterface());
    expect(cloud.shown(vnet).subnets).toMatchObject([
      {
        id: subnet,
        name: 'masters',
        etag: 'W/"1"',
        type: 'Microsoft.Network/virtualNetworks/subnets',
        properties: {
          addressPrefix: '172.16.0.0/24',
          provisioningState: 'Succeeded',
          ipConfigurations: [{ id: `${nic}/ipConfigurations/ipconfig` }],
        },
      },
    ]);
    expect(cloud.shown(subnet)).toMatchObject({ addressPrefix: '172.16.0.0/24' });
  });

  test.each([
    [
      'NetcfgSubnetRangesOverlap',
      [
        { name: 'a', prefix: '10.0.0.0/11' },
        { name: 'b', prefix: '10.1.0.0/16' },
      ],
    ],
    ['NetcfgSubnetRangeOutsideVnet', [{ name: 'a', prefix: '192.168.0.0/24' }]],
    ['NetcfgInvalidSubnet', [{ name: 'a', prefix: '172.16.0.0/30' }]],
    ['InvalidCIDRNotation', [{ name: 'a', prefix: '172.16.0.1/24' }]],
    ['InvalidAddressPrefixFormat', [{ name: 'a', prefix: '172.16.0/24' }]],
    [
      'DuplicateResourceName',
      [
        { name: 'a', prefix: '10.0.0.0/16' },
        { name: 'A', prefix: '10.1.0.0/16' },
      ],
    ],
  ])('wrong subnets are refused with %s', (code, subnets) => {
    expect(refusal(() => cloud.put(vnet, network(subnets)))).toMatchObject({ status: 400, code });
  });

  test('a subnet refers to a security group that exists in its region', () => {
    const guarded = network([
      { name: 'a', prefix: '10.0.0.0/16', more: { networkSecurityGroup: { id: nsg } } },
    ]);
    expect(refusal(() => cloud.put(vnet, guarded)).code).toBe('InvalidResourceReference');
    cloud.put(nsg, { location: 'westus2', properties: {} });
    expect(refusal(() => cloud.put(vnet, guarded)).code).toBe('InvalidResourceReference');
  });

  test('a subnet in use neither goes nor moves, and keeps its network alive', () => {
    cloud.put(vnet, network([{ name: 'masters', prefix: '172.16.0.0/24' }]));
    cloud.put(nic, networkInterface());
    expect(refusal(() => cloud.remove(subnet)).code).toBe('InUseSubnetCannotBeDeleted');
    expect(refusal(() => cloud.put(vnet, network([]))).code).toBe('InUseSubnetCannotBeDeleted');
    expect(refusal(() => cloud.remove(vnet)).code).toBe('InUseSubnetCannotBeDeleted');
    const moved = network([{ name: 'masters', prefix: '10.0.0.0/24' }]);
    expect(refusal(() => cloud.put(vnet, moved)).code).toBe('InUsePrefixCannotBeDeleted');
    cloud.remove(nic);
    cloud.remove(subnet);
    expect(cloud.shown(vnet).subnets).toEqual([]);
    cloud.remove(vnet);
    expect(cloud.list({})).toEqual([]);
  });

  test('a subnet deployed by itself joins its network, and without the network it is refused', () => {
    const body = { properties: { addressPrefix: '10.32.0.0/16' } };
    expect(refusal(() => cloud.put(`${vnet}/subnets/late`, body))).toMatchObject({
      status: 404,
      code: 'ParentResourceNotFound',
    });
    cloud.put(vnet, network([{ name: 'masters', prefix: '172.16.0.0/24' }]));
    cloud.put(`${vnet}/subnets/late`, body);
    expect(cloud.shown(vnet).subnets).toMatchObject([{ name: 'masters' }, { name: 'late' }]);
    const overlapping = { properties: { addressPrefix: '10.32.1.0/24' } };
    expect(refusal(() => cloud.put(`${vnet}/subnets/third`, overlapping)).code).toBe(
      'NetcfgSubnetRangesOverlap',
    );
  });
});

describe('network security groups', () => {
  test('a group shows its rules, the six default rules and who it guards', () => {
    cloud.put(nsg, { properties: { securityRules: [guard({})] } });
    cloud.put(
      vnet,
      network([{ name: 'masters', prefix: '172.16.0.0/24', more: { networkSecurityGroup: { id: nsg } } }]),
    );
    cloud.put(nic, {
      properties: { ...(networkInterface().properties as JsonObject), networkSecurityGroup: { id: nsg } },
    });
    const shown = cloud.shown(nsg);
    expect(shown.securityRules).toMatchObject([{ id: `${nsg}/securityRules/allow` }]);
    expect(shown.defaultSecurityRules).toHaveLength(6);
    expect(shown.subnets).toEqual([{ id: subnet }]);
    expect(shown.networkInterfaces).toEqual([{ id: nic }]);
    expect(cloud.part(nsg, 'defaultsecurityrules', 'DenyAllInBound')).toMatchObject({
      properties: { priority: 65500, access: 'Deny' },
    });
    expect(refusal(() => cloud.remove(nsg)).code).toBe('InUseNetworkSecurityGroupCannotBeDeleted');
  });

  test.each([
    ['SecurityRuleInvalidPriority', { priority: 99 }],
    ['SecurityRuleInvalidPortRange', { destinationPortRanges: ['70000'] }],
    ['SecurityRuleInvalidPortRange', { sourcePortRange: '' }],
    ['SecurityRuleInvalidAddressPrefix', { sourceAddressPrefix: '10.0.0.0/33' }],
    ['InvalidRequestFormat', { direction: 'Sideways' }],
  ])('%s', (code, wrong) => {
    expect(refusal(() => cloud.put(nsg, { properties: { securityRules: [guard(wrong)] } })).code).toBe(code);
  });

  test('two rules of one direction cannot share a priority', () => {
    const rules = [guard({}), guard({}, 'other')];
    expect(refusal(() => cloud.put(nsg, { properties: { securityRules: rules } })).code).toBe(
      'SecurityRuleConflict',
    );
    cloud.put(nsg, { properties: { securityRules: [guard({})] } });
    expect(
      refusal(() => cloud.put(`${nsg}/securityRules/other`, { properties: guard({}).properties! })).code,
    ).toBe('SecurityRuleConflict');
  });
});

describe('public addresses', () => {
  test('a static address comes from a documentation range and has a name under the cloud’s suffix', () => {
    cloud.put(ip, publicIp('demomgmt'));
    expect(cloud.shown(ip)).toMatchObject({
      ipAddress: '203.0.113.1',
      dnsSettings: { domainNameLabel: 'demomgmt', fqdn: 'demomgmt.eastus.cloudapp.slipway.internal' },
    });
    cloud.put(ip, publicIp('demomgmt'));
    expect(cloud.shown(ip).ipAddress).toBe('203.0.113.1');
  });

  test('addresses stay unique when the first range is used up', () => {
    for (let index = 0; index < 260; index += 1) {
      cloud.put(idIn('Microsoft.Network/publicIPAddresses', `ip${index}`), publicIp());
    }
    const addresses = cloud.list({}).map((record) => record.properties.ipAddress);
    expect(new Set(addresses).size).toBe(260);
    expect(addresses.at(-1)).toBe('198.51.100.6');
  });

  test('a label can be held once in a region, and its check says so', () => {
    cloud.put(ip, publicIp('demomgmt'));
    const other = idIn('Microsoft.Network/publicIPAddresses', 'other');
    expect(refusal(() => cloud.put(other, publicIp('demomgmt')))).toMatchObject({
      status: 400,
      code: 'DnsRecordInUse',
      message: 'DNS record demomgmt.eastus.cloudapp.slipway.internal is already used by another public IP.',
    });
    cloud.put(other, { ...publicIp('demomgmt'), location: 'westeurope' });
    const routes = providers.find(
      (provider) => provider.namespace === 'Microsoft.Network',
    )?.subscriptionRoutes;
    const check = (location: string, domainNameLabel: string) =>
      routes?.['locations/{location}/checkdnsnameavailability']?.({
        subscriptionId: subscription,
        params: { location },
        query: { domainNameLabel },
        view: cloud,
      });
    expect(check('East US', 'demomgmt')).toEqual({ available: false });
    expect(check('eastus', 'free')).toEqual({ available: true });
    expect(refusal(() => check('eastus', '9bad')).code).toBe('InvalidDomainNameLabel');
  });

  test('wrong labels and dynamic Standard addresses are refused', () => {
    expect(refusal(() => cloud.put(ip, publicIp('Bad_Label'))).code).toBe('InvalidDomainNameLabel');
    const dynamic = { ...standard, properties: { publicIPAllocationMethod: 'Dynamic' } };
    expect(refusal(() => cloud.put(ip, dynamic)).status).toBe(400);
  });

  test('an address in use says by what and cannot be deleted', () => {
    withBalancer();
    expect(cloud.shown(ip).ipConfiguration).toEqual({ id: `${lb}/frontendIPConfigurations/front` });
    expect(refusal(() => cloud.remove(ip)).code).toBe('PublicIPAddressCannotBeDeleted');
  });

  test('a dynamic Basic address gets its address when a load balancer uses it', () => {
    cloud.put(ip, { properties: { publicIPAllocationMethod: 'Dynamic' } });
    expect(cloud.shown(ip).ipAddress).toBeUndefined();
    const { sku: _sku, ...basic } = balancer();
    cloud.put(lb, basic);
    expect(cloud.shown(ip).ipAddress).toBe('203.0.113.1');
  });
});

describe('load balancers', () => {
  test('parts refer to one another and to the interfaces behind them', () => {
    withBalancer();
    cloud.put(
      lb,
      balancer({
        loadBalancingRules: [
          rule('http', 80, { disableOutboundSnat: true, probe: { id: `${lb}/probes/tcp80` } }),
        ],
        probes: [{ name: 'tcp80', properties: { protocol: 'tcp', port: 80 } }],
        outboundRules: [outboundRule],
      }),
    );
    cloud.put(
      nic,
      networkInterface({
        loadBalancerBackendAddressPools: [{ id: `${lb}/backendAddressPools/pool` }],
        loadBalancerInboundNatRules: [{ id: `${lb}/inboundNatRules/ssh0` }],
      }),
    );
    const member = { id: `${nic}/ipConfigurations/ipconfig` };
    expect(cloud.shown(lb)).toMatchObject({
      frontendIPConfigurations: [
        {
          properties: {
            loadBalancingRules: [{ id: `${lb}/loadBalancingRules/http` }],
            inboundNatRules: [{ id: `${lb}/inboundNatRules/ssh0` }, { id: `${lb}/inboundNatRules/ssh22` }],
            outboundRules: [{ id: `${lb}/outboundRules/outbound` }],
          },
        },
      ],
      backendAddressPools: [
        {
          properties: {
            backendIPConfigurations: [member],
            loadBalancingRules: [{ id: `${lb}/loadBalancingRules/http` }],
            outboundRules: [{ id: `${lb}/outboundRules/outbound` }],
          },
        },
      ],
      probes: [
        {
          properties: {
            protocol: 'Tcp',
            intervalInSeconds: 15,
            loadBalancingRules: [{ id: `${lb}/loadBalancingRules/http` }],
          },
        },
      ],
      inboundNatRules: [{ properties: { backendIPConfiguration: member } }, { name: 'ssh22' }],
    });
    expect(cloud.shown(`${lb}/inboundNatRules/ssh0`)).toMatchObject({
      frontendPort: 2200,
      backendIPConfiguration: member,
    });
    expect(cloud.part(lb, 'probes', 'TCP80')).toMatchObject({ id: `${lb}/probes/tcp80` });
  });

  test.each<[string, JsonObject]>([
    ['RulesUseSameFrontendPortProtocolAndIPConfig', { loadBalancingRules: [rule('a', 2200)] }],
    [
      'RulesUseSameBackendPortProtocolAndPool',
      { loadBalancingRules: [rule('a', 80), rule('b', 81, { backendPort: 80 })] },
    ],
    [
      'InvalidResourceReference',
      { loadBalancingRules: [rule('a', 80, { probe: { id: `${lb}/probes/none` } })] },
    ],
    ['InvalidRequestFormat', { loadBalancingRules: [{ name: 'a', properties: { protocol: 'Tcp' } }] }],
    ['InvalidPortRange', { loadBalancingRules: [rule('a', 70_000)] }],
    [
      'LoadBalancingRuleMustDisableSNATSinceSameFrontendIPConfigurationIsReferencedByOutboundRule',
      { loadBalancingRules: [rule('a', 80)], outboundRules: [outboundRule] },
    ],
    [
      'MoreThanOneOutboundRuleUsingSameFrontendIPConfigurationAndProtocolIsNotSupported',
      { outboundRules: [outboundRule, { ...outboundRule, name: 'second' }] },
    ],
    [
      'LoadBalancerFrontendIPConfigurationMustReferenceSubnetOrPublicIP',
      { inboundNatRules: [], frontendIPConfigurations: [{ name: 'front', properties: {} }] },
    ],
  ])('%s', (code, wrong) => {
    withBalancer();
    expect(refusal(() => cloud.put(lb, balancer(wrong)))).toMatchObject({ status: 400, code });
  });

  test('an address must exist, be free and have the same SKU', () => {
    expect(refusal(() => cloud.put(lb, balancer())).code).toBe('InvalidResourceReference');
    cloud.put(ip, { properties: { publicIPAllocationMethod: 'Static' } });
    expect(refusal(() => cloud.put(lb, balancer())).code).toBe('PublicIPAndLBSkuDoNotMatch');
    cloud.put(ip, publicIp());
    cloud.put(lb, balancer());
    const second = idIn('Microsoft.Network/loadBalancers', 'second');
    const taken = {
      ...standard,
      properties: { frontendIPConfigurations: [{ name: 'f', properties: { publicIPAddress: { id: ip } } }] },
    };
    expect(refusal(() => cloud.put(second, taken)).code).toBe('PublicIPAddressInUse');
  });

  test('two NAT rules to one port of one interface are refused, also when the rule changes later', () => {
    withBalancer();
    cloud.put(lb, balancer({ inboundNatRules: [natRule('ssh0', 2200, 22), natRule('ssh22', 22, 22)] }));
    const both = networkInterface({
      loadBalancerInboundNatRules: ['ssh0', 'ssh22'].map((name) => ({ id: `${lb}/inboundNatRules/${name}` })),
    });
    expect(refusal(() => cloud.put(nic, both))).toMatchObject({
      status: 400,
      code: 'RulesUseSameBackendPortProtocolAndIPConfig',
    });
    cloud.put(lb, balancer());
    cloud.put(nic, both);
    const colliding = balancer({ inboundNatRules: [natRule('ssh0', 2200, 22), natRule('ssh22', 22, 22)] });
    expect(refusal(() => cloud.put(lb, colliding)).code).toBe('RulesUseSameBackendPortProtocolAndIPConfig');
  });

  test('a NAT rule deployed by itself joins the load balancer and goes with a PUT that leaves it out', () => {
    withBalancer();
    const late = `${lb}/inboundNatRules/late`;
    cloud.put(late, { properties: natRule('late', 2205, 22).properties! });
    cloud.put(nic, networkInterface({ loadBalancerInboundNatRules: [{ id: late }] }));
    expect(cloud.shown(lb).inboundNatRules).toMatchObject([
      { name: 'ssh0' },
      { name: 'ssh22' },
      { name: 'late' },
    ]);
    cloud.put(lb, balancer());
    expect(cloud.get(late)).toBeUndefined();
    expect(cloud.shown(nic).ipConfigurations).toMatchObject([
      { properties: { loadBalancerInboundNatRules: [] } },
    ]);
  });

  test('a load balancer without public address takes one of the subnet', () => {
    cloud.put(vnet, network([{ name: 'masters', prefix: '172.16.0.0/24' }]));
    const inner = {
      ...standard,
      properties: { frontendIPConfigurations: [{ name: 'inner', properties: { subnet: { id: subnet } } }] },
    };
    cloud.put(lb, inner);
    cloud.put(nic, networkInterface());
    expect(cloud.shown(lb).frontendIPConfigurations).toMatchObject([
      { properties: { privateIPAddress: '172.16.0.4' } },
    ]);
    expect(cloud.shown(nic).ipConfigurations).toMatchObject([
      { properties: { privateIPAddress: '172.16.0.5' } },
    ]);
  });
});

describe('network interfaces', () => {
  test('dynamic addresses begin at .4 and stay when the interface is put again', () => {
    cloud.put(vnet, network([{ name: 'masters', prefix: '172.16.0.0/24' }]));
    const second = idIn('Microsoft.Network/networkInterfaces', 'second');
    cloud.put(nic, networkInterface());
    cloud.put(second, networkInterface());
    const address = (id: string) => (cloud.shown(id).ipConfigurations as JsonObject[])[0]?.properties;
    expect(address(nic)).toMatchObject({ privateIPAddress: '172.16.0.4', primary: true });
    expect(address(second)).toMatchObject({ privateIPAddress: '172.16.0.5' });
    cloud.remove(nic);
    cloud.put(second, networkInterface());
    expect(address(second)).toMatchObject({ privateIPAddress: '172.16.0.5' });
  });

  test.each([
    ['PrivateIPAddressNotInSubnet', '172.16.1.5'],
    ['PrivateIPAddressInReservedRange', '172.16.0.3'],
    ['PrivateIPAddressInReservedRange', '172.16.0.255'],
    ['PrivateIPAddressNotInSubnet', 'nonsense'],
    ['PrivateIPAddressIsAllocated', '172.16.0.4'],
  ])('%s for the static address %s', (code, privateIPAddress) => {
    cloud.put(vnet, network([{ name: 'masters', prefix: '172.16.0.0/24' }]));
    cloud.put(nic, networkInterface());
    const second = idIn('Microsoft.Network/networkInterfaces', 'second');
    const wanted = networkInterface({ privateIPAllocationMethod: 'Static', privateIPAddress });
    expect(refusal(() => cloud.put(second, wanted))).toMatchObject({ status: 400, code });
  });

  test('a subnet that is full refuses', () => {
    cloud.put(vnet, network([{ name: 'masters', prefix: '172.16.0.0/29' }]));
    for (const name of ['a', 'b', 'c'])
      cloud.put(idIn('Microsoft.Network/networkInterfaces', name), networkInterface());
    expect(refusal(() => cloud.put(nic, networkInterface())).code).toBe('SubnetIsFull');
  });

  test('references must exist', () => {
    expect(refusal(() => cloud.put(nic, networkInterface())).code).toBe('InvalidResourceReference');
    cloud.put(vnet, network([{ name: 'masters', prefix: '172.16.0.0/24' }]));
    const pool = `${lb}/backendAddressPools/pool`;
    const member = networkInterface({ loadBalancerBackendAddressPools: [{ id: pool }] });
    expect(refusal(() => cloud.put(nic, member))).toMatchObject({
      code: 'InvalidResourceReference',
      message: `Resource ${pool} referenced by resource ${nic} was not found. Please make sure that the referenced resource exists, and that both resources are in the same region.`,
    });
    expect(refusal(() => cloud.put(nic, { properties: {} })).status).toBe(400);
  });
});

test('route tables and NAT gateways know the subnets that use them', () => {
  const table = idIn('Microsoft.Network/routeTables', 'routes');
  const gateway = idIn('Microsoft.Network/natGateways', 'gateway');
  const route = { name: 'all', properties: { addressPrefix: '0.0.0.0/0', nextHopType: 'Internet' } };
  cloud.put(table, { properties: { routes: [route] } });
  cloud.put(ip, publicIp());
  cloud.put(gateway, { ...standard, properties: { publicIpAddresses: [{ id: ip }] } });
  const more = { routeTable: { id: table }, natGateway: { id: gateway } };
  cloud.put(vnet, network([{ name: 'masters', prefix: '172.16.0.0/24', more }]));
  expect(cloud.shown(table)).toMatchObject({
    routes: [{ id: `${table}/routes/all` }],
    subnets: [{ id: subnet }],
  });
  expect(cloud.shown(gateway)).toMatchObject({ subnets: [{ id: subnet }] });
  expect(refusal(() => cloud.remove(table)).code).toBe('InUseRouteTableCannotBeDeleted');
  expect(refusal(() => cloud.remove(gateway)).code).toBe('InUseNatGatewayCannotBeDeleted');
});

test('ids are compared without regard to case', () => {
  withBalancer();
  cloud.put(
    nic,
    networkInterface({
      subnet: { id: subnet.toUpperCase() },
      loadBalancerBackendAddressPools: [
        { id: `${lb}/BackendAddressPools/POOL`.replace(group, group.toLowerCase()) },
      ],
    }),
  );
  expect(cloud.shown(lb).backendAddressPools).toMatchObject([
    { properties: { backendIPConfigurations: [{ id: `${nic}/ipConfigurations/ipconfig` }] } },
  ]);
});
