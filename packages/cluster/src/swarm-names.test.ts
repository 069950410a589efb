import type { JsonValue } from '@slipway/arm-template';
import { describe, expect, it } from 'vitest';
import {
  asExpansion,
  at,
  expandedCluster,
  expandedResources,
  listAt,
  runtime,
  type ExpandedResource,
} from './expansion.test-support.ts';
import { specOf } from './cluster.test-support.ts';
import {
  agentBalancer,
  files,
  masterBalancer,
  ofType,
  parameters,
  scripts,
} from './swarm-cluster.test-support.ts';
import { type DeploymentParameters, swarmDeployment } from './swarm.ts';
import { masterCounts } from './spec-rules.ts';

const children = (resource: ExpandedResource, list: string): JsonValue[] =>
  listAt(resource, 'properties', list).map((child) => at(child, 'name'));

const namesOf = (given: DeploymentParameters, group?: string): string[] =>
  asExpansion(given, group).resources.map(({ name }) => name);

describe('the pieces', () => {
  const suffix = masterBalancer().name.replace('swarm-master-lb-', '');

  it('share a suffix of eight digits', () => {
    expect(suffix).toMatch(/^\d{8}$/);
  });

  it.each(masterCounts)('stand under their names, with %i masters', (count) => {
    const indexes = Array.from({ length: count }, (_, index) => index);
    const names = expandedCluster(count)
      .filter(({ type }) => type !== 'Microsoft.Storage/storageAccounts')
      .map(({ type, name }) => `${type.replace('Microsoft.', '')} ${name}`);
    expect(names.toSorted()).toEqual(
      [
        `Network/publicIPAddresses swarm-master-ip-harbourmgmt-${suffix}`,
        `Network/publicIPAddresses swarm-agent-ip-harbouragents-${suffix}`,
        `Network/loadBalancers swarm-master-lb-${suffix}`,
        `Network/loadBalancers swarm-agent-lb-${suffix}`,
        `Network/virtualNetworks swarm-vnet-${suffix}`,
        `Network/networkSecurityGroups swarm-master-nsg-${suffix}`,
        `Network/networkSecurityGroups swarm-agent-nsg-${suffix}`,
        `Compute/availabilitySets swarm-master-availabilitySet-${suffix}`,
        `Compute/virtualMachineScaleSets swarm-agent-${suffix}-vmss`,
        ...indexes.flatMap((index) => [
          `Network/networkInterfaces swarm-master-${suffix}-nic-${index}`,
          `Compute/virtualMachines swarm-master-${suffix}-${index}`,
          `Compute/virtualMachines/extensions swarm-master-${suffix}-${index}/configuremaster`,
        ]),
      ].toSorted(),
    );
  });

  it('hold their parts under their names', () => {
    expect(children(masterBalancer(), 'backendAddressPools')).toEqual([`swarm-master-pool-${suffix}`]);
    expect(children(masterBalancer(), 'inboundNatRules')).toEqual([
      `SSH-swarm-master-${suffix}-0`,
      `SSH-swarm-master-${suffix}-1`,
      `SSH-swarm-master-${suffix}-2`,
      `SSHPort22-swarm-master-${suffix}-0`,
    ]);
    expect(children(agentBalancer(), 'backendAddressPools')).toEqual([`swarm-agent-pool-${suffix}`]);
    expect(children(agentBalancer(), 'loadBalancingRules')).toEqual([
      'LBRuleHTTP',
      'LBRuleHTTPS',
      'LBRulePort8080',
    ]);
    expect(children(agentBalancer(), 'probes')).toEqual([
      'tcpHTTPProbe',
      'tcpHTTPSProbe',
      'tcpPort8080Probe',
    ]);
    const network = ofType('Microsoft.Network/virtualNetworks')[0]!;
    expect(children(network, 'subnets')).toEqual(['swarm-masterSubnet', 'swarm-subnet']);
  });

  it('keep their names on redeployment, and differ in another group and under another prefix', () => {
    const otherGroup = '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/other';
    const otherPrefix = { ...parameters, dnsPrefix: { value: 'other' } };
    expect(namesOf(parameters)).toEqual(namesOf(parameters));
    expect(namesOf(parameters, otherGroup)).not.toContain(masterBalancer().name);
    expect(namesOf(otherPrefix)).not.toContain(masterBalancer().name);
  });

  it('all carry the cluster’s tag', () => {
    const given = { ...parameters, userTags: { value: { team: 'docks', 'slipway-cluster': 'forged' } } };
    for (const resource of expandedResources(given))
      expect(resource['tags'], resource.id).toEqual({ team: 'docks', 'slipway-cluster': 'harbour' });
  });

  it('have the addresses of 2017', () => {
    const network = ofType('Microsoft.Network/virtualNetworks')[0]!;
    expect(at(network, 'properties', 'addressSpace', 'addressPrefixes')).toEqual([
      '172.16.0.0/24',
      '10.0.0.0/8',
    ]);
    expect(
      listAt(network, 'properties', 'subnets').map((subnet) => at(subnet, 'properties', 'addressPrefix')),
    ).toEqual(['172.16.0.0/24', '10.0.0.0/11']);
    expect(
      ofType('Microsoft.Network/networkInterfaces').map((nic) =>
        at(nic, 'properties', 'ipConfigurations', 0, 'properties', 'privateIPAddress'),
      ),
    ).toEqual(['172.16.0.5', '172.16.0.6', '172.16.0.7']);
  });

  it('have the addresses that were asked for instead, and the nodes are told', () => {
    const network = {
      addressSpace: ['10.20.0.0/16'],
      masterSubnet: '10.20.0.240/28',
      agentSubnet: '10.20.1.0/24',
    };
    const asked = expandedResources(swarmDeployment({ ...specOf(), network }, files).parameters);
    const built = ofType('Microsoft.Network/virtualNetworks', asked)[0]!;
    expect(at(built, 'properties', 'addressSpace', 'addressPrefixes')).toEqual(['10.20.0.0/16']);
    expect(
      listAt(built, 'properties', 'subnets').map((subnet) => at(subnet, 'properties', 'addressPrefix')),
    ).toEqual(['10.20.0.240/28', '10.20.1.0/24']);
    expect(
      ofType('Microsoft.Network/networkInterfaces', asked).map((nic) =>
        at(nic, 'properties', 'ipConfigurations', 0, 'properties', 'privateIPAddress'),
      ),
    ).toEqual(['10.20.0.245', '10.20.0.246', '10.20.0.247']);
    for (const script of scripts(asked))
      expect(script).toContain('\nMASTER_SUBNET=10.20.0.240/28\nAGENT_SUBNET=10.20.1.0/24\n');
  });

  it('are the same for parameters of a stack that was made before they could be asked for', () => {
    const {
      addressSpace: _space,
      masterSubnet: _masters,
      agentSubnet: _agents,
      ...before
    } = swarmDeployment(specOf(), files).parameters;
    expect(expandedResources(before)).toEqual(expandedResources(parameters));
  });

  it('have the tags that a person gave', () => {
    const tags = [{ name: 'Cost centre', value: '[4711]' }];
    const asked = expandedResources(swarmDeployment({ ...specOf(), tags }, files).parameters);
    for (const resource of asked)
      expect(resource['tags'], resource.id).toEqual({
        'Cost centre': '[4711]',
        'slipway-cluster': 'harbour',
      });
  });

  it('give the outputs of 2017', () => {
    const outputs = asExpansion(parameters).evaluateOutputs(runtime);
    const fqdn = `swarm-master-ip-harbourmgmt-${suffix}.example`;
    expect(Object.keys(outputs)).toEqual([
      'masterFQDN',
      'agentFQDN',
      'sshMaster0',
      'diagnosticsStorageAccountUri',
    ]);
    expect(outputs['masterFQDN']?.value).toBe(fqdn);
    expect(outputs['sshMaster0']?.value).toBe(`ssh -p 2200 azureuser@${fqdn}`);
  });
});
