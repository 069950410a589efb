import type { JsonValue } from '@slipway/arm-template';
import { describe, expect, it } from 'vitest';
import { specOf } from './cluster.test-support.ts';
import {
  at,
  expandedCluster,
  expandedResources,
  listAt,
  textAt,
  type ExpandedResource,
} from './expansion.test-support.ts';
import { faultDomainCountFor } from './fault-domains.ts';
import { swarmDeployment } from './swarm.ts';
import {
  cluster,
  files,
  ofType,
  balancers,
  masterBalancer,
  agentBalancer,
  scaleSet,
  machines,
} from './swarm-cluster.test-support.ts';
import { masterCounts } from './spec-rules.ts';

const ports = (balancer: ExpandedResource): number =>
  at(balancer, 'properties', 'outboundRules', 0, 'properties', 'allocatedOutboundPorts') as number;

const inbound = (name: string): unknown[] =>
  listAt(
    ofType('Microsoft.Network/networkSecurityGroups').find((group) => group.name.includes(name)),
    'properties',
    'securityRules',
  )
    .map((rule) => at(rule, 'properties') as Record<string, JsonValue>)
    .filter((rule) => rule['access'] === 'Allow' && rule['sourceAddressPrefix'] === 'Internet')
    .flatMap((rule) => rule['destinationPortRanges'] ?? rule['destinationPortRange'] ?? []);

describe('what Azure would refuse or leave behind', () => {
  it('public addresses and load balancers are Standard, addresses static', () => {
    for (const resource of [...ofType('Microsoft.Network/publicIPAddresses'), ...balancers()])
      expect(at(resource, 'sku', 'name'), resource.name).toBe('Standard');
    for (const address of ofType('Microsoft.Network/publicIPAddresses'))
      expect(at(address, 'properties', 'publicIPAllocationMethod')).toBe('Static');
  });

  it('port 22 leads to 2222 of the first master, and 2200+i to 22 of each', () => {
    const rules = listAt(masterBalancer(), 'properties', 'inboundNatRules').map((rule) => [
      at(rule, 'properties', 'frontendPort'),
      at(rule, 'properties', 'backendPort'),
    ]);
    expect(rules).toEqual([
      [2200, 22],
      [2201, 22],
      [2202, 22],
      [22, 2222],
    ]);
  });

  it.each(masterCounts)(
    'no two NAT rules share port, protocol and IP configuration with %i masters',
    (count) => {
      const resources = expandedCluster(count);
      const rules = new Map(
        listAt(masterBalancer(resources), 'properties', 'inboundNatRules').map((rule) => [
          `${masterBalancer(resources).id}/inboundNatRules/${textAt(rule, 'name')}`,
          `${textAt(rule, 'properties', 'protocol')} ${textAt(rule, 'properties', 'backendPort')}`,
        ]),
      );
      const targets = ofType('Microsoft.Network/networkInterfaces', resources).flatMap((nic) =>
        listAt(nic, 'properties', 'ipConfigurations', 0, 'properties', 'loadBalancerInboundNatRules').map(
          (rule) => `${nic.name} ${rules.get(textAt(rule, 'id'))}`,
        ),
      );
      expect(targets.filter((target) => target.endsWith('undefined'))).toEqual([]);
      expect(targets).toHaveLength(count + 1);
      expect(new Set(targets).size).toBe(targets.length);
      expect(rules.size).toBe(targets.length);
    },
  );

  it('each balancer has an outbound rule, and rules on the same frontend disable their own outbound', () => {
    for (const balancer of balancers()) {
      const outbound = listAt(balancer, 'properties', 'outboundRules');
      expect(outbound).toHaveLength(1);
      expect(at(outbound[0], 'properties', 'protocol')).toBe('All');
    }
    for (const rule of listAt(agentBalancer(), 'properties', 'loadBalancingRules'))
      expect(at(rule, 'properties', 'disableOutboundSnat')).toBe(true);
  });

  it('outbound ports fit 100 agents and 5 masters beside all rules of their frontend', () => {
    // An address has 64,000 ports for outbound connections, given in multiples of 8; each rule takes a block of 8.
    for (const [balancer, members, rules] of [
      [agentBalancer(), 100, 250],
      [masterBalancer(), 5, 6],
    ] as const) {
      expect(ports(balancer) % 8).toBe(0);
      expect(ports(balancer) * members + rules * 8).toBeLessThanOrEqual(64_000);
    }
  });

  it('rules and probes are those of 2017: 5 minutes, every 5 seconds, 2 failures', () => {
    for (const rule of listAt(agentBalancer(), 'properties', 'loadBalancingRules'))
      expect(at(rule, 'properties')).toMatchObject({
        protocol: 'Tcp',
        idleTimeoutInMinutes: 5,
        enableFloatingIP: false,
        loadDistribution: 'Default',
      });
    for (const probe of listAt(agentBalancer(), 'properties', 'probes'))
      expect(at(probe, 'properties')).toMatchObject({
        intervalInSeconds: 5,
        numberOfProbes: 2,
        protocol: 'Tcp',
      });
  });

  it('no idle time-out is below the 4 minutes that a Standard frontend takes', () => {
    const texts = JSON.stringify(balancers()).matchAll(/"idleTimeoutInMinutes":(\d+)/g);
    const minutes = [...texts].map(([, text]) => Number(text));
    expect(minutes.length).toBeGreaterThan(8);
    expect(Math.min(...minutes)).toBeGreaterThanOrEqual(4);
    expect(Math.max(...minutes)).toBeLessThanOrEqual(100);
  });

  it('OS disks of machines are managed and go with them; the scale set’s always do', () => {
    for (const machine of machines()) {
      const disk = at(machine, 'properties', 'storageProfile', 'osDisk');
      expect(disk).toMatchObject({ createOption: 'FromImage', deleteOption: 'Delete' });
      expect(at(disk, 'managedDisk', 'storageAccountType')).toBe('StandardSSD_LRS');
    }
    // deleteOption of a scale set's disk exists for flexible orchestration only.
    const profile = at(scaleSet(), 'properties', 'virtualMachineProfile', 'storageProfile', 'osDisk');
    expect(profile).not.toHaveProperty('deleteOption');
  });

  it('masters stand in an aligned availability set whose counts are stated', () => {
    const [set] = ofType('Microsoft.Compute/availabilitySets');
    expect(at(set, 'sku', 'name')).toBe('Aligned');
    expect(at(set, 'properties')).toEqual({ platformFaultDomainCount: 2, platformUpdateDomainCount: 5 });
  });

  it.each([
    [3, 3],
    [5, 3],
    [2, 2],
    [1, 2],
    [Number.NaN, 2],
  ])('a region with at most %d fault domains has the masters spread over %d', (maximum, expected) => {
    const region = { faultDomainCount: faultDomainCountFor(maximum) };
    const given = swarmDeployment(specOf(), files, region).parameters;
    const [set] = ofType('Microsoft.Compute/availabilitySets', expandedResources(given));
    expect(at(set, 'properties', 'platformFaultDomainCount')).toBe(expected);
  });

  it('the scale set is uniform, updates by itself, is not overprovisioned and announces deletions', () => {
    expect(at(scaleSet(), 'properties')).toMatchObject({
      orchestrationMode: 'Uniform',
      overprovision: false,
      upgradePolicy: { mode: 'Automatic' },
      virtualMachineProfile: { scheduledEventsProfile: { terminateNotificationProfile: { enable: true } } },
    });
  });

  it('the storage account wants TLS 1.2 and https, and has no public blobs', () => {
    const [account] = ofType('Microsoft.Storage/storageAccounts');
    expect(account?.name).toMatch(/^[a-z0-9]{3,24}$/);
    expect(at(account, 'sku', 'name')).toBe('Standard_LRS');
    expect(at(account, 'properties')).toEqual({
      minimumTlsVersion: 'TLS1_2',
      supportsHttpsTrafficOnly: true,
      allowBlobPublicAccess: false,
    });
  });

  it('from the internet only SSH reaches the masters and only the rules’ ports the agents', () => {
    expect(inbound('master')).toEqual(['22', '2222']);
    expect(inbound('agent')).toEqual(['80', '443', '8080']);
  });

  it('every subnet has its security group and no default way out', () => {
    for (const subnet of listAt(ofType('Microsoft.Network/virtualNetworks')[0], 'properties', 'subnets')) {
      expect(at(subnet, 'properties', 'networkSecurityGroup', 'id')).toContain('-nsg-');
      expect(at(subnet, 'properties', 'defaultOutboundAccess')).toBe(false);
    }
  });

  it('NAT rules, subnets and security rules are inline in their parents', () => {
    const types = new Set(cluster.map(({ type }) => type));
    expect([...types].filter((type) => type.split('/').length > 2)).toEqual([
      'Microsoft.Compute/virtualMachines/extensions',
    ]);
  });
});
