import type { TopologyResource } from './arm-resource.ts';

/** A cluster's shape, for `swarmResources`. */
export interface SwarmShape {
  masters: number;
  agents: number;
  /** Whether the scale set's machines, their interfaces and disks are in the answer too. */
  withInstances?: boolean;
}

const group = '/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/demo';
const network = `${group}/providers/Microsoft.Network`;
const compute = `${group}/providers/Microsoft.Compute`;
const location = 'westeurope';
const done = { provisioningState: 'Succeeded' };

const publicIpId = (name: string): string => `${network}/publicIPAddresses/${name}`;
const masterBalancer = `${network}/loadBalancers/swarm-master-lb-12345678`;
const agentBalancer = `${network}/loadBalancers/swarm-agent-lb-12345678`;
const virtualNetwork = `${network}/virtualNetworks/swarm-vnet-12345678`;
const masterSubnet = `${virtualNetwork}/subnets/swarm-masterSubnet`;
const agentSubnet = `${virtualNetwork}/subnets/swarm-subnet`;
const masterGuard = `${network}/networkSecurityGroups/swarm-master-nsg-12345678`;
const agentGuard = `${network}/networkSecurityGroups/swarm-agent-nsg-12345678`;
const availabilitySet = `${compute}/availabilitySets/swarm-master-availabilitySet-12345678`;
const scaleSet = `${compute}/virtualMachineScaleSets/swarm-agent-12345678-vmss`;
const storage = `${group}/providers/Microsoft.Storage/storageAccounts/diag4kz7q2example`;
const blob = 'https://diag4kz7q2example.blob.localhost/';

const nicId = (index: number): string => `${network}/networkInterfaces/swarm-master-12345678-nic-${index}`;
const nicConfig = (index: number): string => `${nicId(index)}/ipConfigurations/ipConfigNode`;
const vmId = (index: number): string => `${compute}/virtualMachines/swarm-master-12345678-${index}`;
const diskId = (index: number): string => `${compute}/disks/swarm-master-12345678-${index}_OsDisk_1`;
const instanceId = (index: number): string => `${scaleSet}/virtualMachines/${index}`;
const instanceNic = (index: number): string => `${instanceId(index)}/networkInterfaces/nic`;
const instanceConfig = (index: number): string => `${instanceNic(index)}/ipConfigurations/nicipconfig`;
const instanceDisk = (index: number): string => `${compute}/disks/swarm-agent-12345678-vmss_${index}_OsDisk`;
const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const reference = (id: string): { id: string } => ({ id });

/** What ARM's GET returns for the pieces of a Docker Swarm cluster, with the back-references that Azure adds. */
export function swarmResources({ masters, agents, withInstances = false }: SwarmShape): TopologyResource[] {
  return [
    publicIp('swarm-master-ip-demomgmt-12345678', 'demomgmt', masterBalancer, '203.0.113.10'),
    publicIp('swarm-agent-ip-demoagents-12345678', 'demoagents', agentBalancer, '203.0.113.11'),
    masterLoadBalancer(masters),
    agentLoadBalancer(agents),
    securityGroup(masterGuard, masterSubnet, [22, 2222]),
    securityGroup(agentGuard, agentSubnet, [80, 443, 8080]),
    network4(masters, agents),
    ...numbers(masters).flatMap(master),
    {
      id: availabilitySet,
      name: 'swarm-master-availabilitySet-12345678',
      type: 'Microsoft.Compute/availabilitySets',
      location,
      sku: { name: 'Aligned' },
      properties: {
        platformFaultDomainCount: 2,
        platformUpdateDomainCount: 5,
        virtualMachines: numbers(masters).map((index) => reference(vmId(index).toUpperCase())),
      },
    },
    agentScaleSet(agents),
    ...(withInstances ? numbers(agents).flatMap(instance) : []),
    {
      id: storage,
      name: 'diag4kz7q2example',
      type: 'Microsoft.Storage/storageAccounts',
      location,
      kind: 'StorageV2',
      sku: { name: 'Standard_LRS', tier: 'Standard' },
      properties: {
        ...done,
        minimumTlsVersion: 'TLS1_2',
        supportsHttpsTrafficOnly: true,
        allowBlobPublicAccess: false,
        primaryEndpoints: { blob },
      },
    },
  ];
}

function publicIp(name: string, label: string, balancer: string, ipAddress: string): TopologyResource {
  return {
    id: publicIpId(name),
    name,
    type: 'Microsoft.Network/publicIPAddresses',
    location,
    sku: { name: 'Standard', tier: 'Regional' },
    properties: {
      ...done,
      ipAddress,
      publicIPAllocationMethod: 'Static',
      dnsSettings: { domainNameLabel: label, fqdn: `${label}.westeurope.slipway.localhost` },
      ipConfiguration: reference(`${balancer}/frontendIPConfigurations/frontend`),
    },
  };
}

function natRule(name: string, frontendPort: number, backendPort: number, index: number): object {
  return {
    id: `${masterBalancer}/inboundNatRules/${name}`,
    name,
    properties: {
      ...done,
      frontendIPConfiguration: reference(`${masterBalancer}/frontendIPConfigurations/frontend`),
      backendIPConfiguration: reference(nicConfig(index)),
      protocol: 'Tcp',
      frontendPort,
      backendPort,
    },
  };
}

const sshRule = (index: number): string => `SSH-swarm-master-12345678-${index}`;
const sshPort22Rule = 'SSHPort22-swarm-master-12345678-0';

function balancerFrame(id: string, publicIpName: string, members: string[]): Record<string, unknown> {
  const frontend = `${id}/frontendIPConfigurations/frontend`;
  const pool = `${id}/backendAddressPools/pool`;
  return {
    ...done,
    frontendIPConfigurations: [
      {
        id: frontend,
        name: 'frontend',
        properties: { ...done, publicIPAddress: reference(publicIpId(publicIpName)) },
      },
    ],
    backendAddressPools: [
      {
        id: pool,
        name: 'pool',
        properties: { ...done, backendIPConfigurations: members.map(reference) },
      },
    ],
    outboundRules: [
      {
        id: `${id}/outboundRules/outbound`,
        name: 'outbound',
        properties: {
          ...done,
          protocol: 'All',
          allocatedOutboundPorts: 600,
          frontendIPConfigurations: [reference(frontend)],
          backendAddressPool: reference(pool),
        },
      },
    ],
  };
}

function masterLoadBalancer(masters: number): TopologyResource {
  return {
    id: masterBalancer,
    name: 'swarm-master-lb-12345678',
    type: 'Microsoft.Network/loadBalancers',
    location,
    sku: { name: 'Standard' },
    properties: {
      ...balancerFrame(masterBalancer, 'swarm-master-ip-demomgmt-12345678', numbers(masters).map(nicConfig)),
      inboundNatRules: [
        ...numbers(masters).map((index) => natRule(sshRule(index), 2200 + index, 22, index)),
        natRule(sshPort22Rule, 22, 2222, 0),
      ],
    },
  };
}

function agentLoadBalancer(agents: number): TopologyResource {
  const ports: [name: string, probe: string, port: number][] = [
    ['LBRuleHTTP', 'tcpHTTPProbe', 80],
    ['LBRuleHTTPS', 'tcpHTTPSProbe', 443],
    ['LBRulePort8080', 'tcpPort8080Probe', 8080],
  ];
  const pool = `${agentBalancer}/backendAddressPools/pool`;
  return {
    id: agentBalancer,
    name: 'swarm-agent-lb-12345678',
    type: 'Microsoft.Network/loadBalancers',
    location,
    sku: { name: 'Standard' },
    properties: {
      ...balancerFrame(
        agentBalancer,
        'swarm-agent-ip-demoagents-12345678',
        numbers(agents).map(instanceConfig),
      ),
      loadBalancingRules: ports.map(([name, probe, port]) => ({
        id: `${agentBalancer}/loadBalancingRules/${name}`,
        name,
        properties: {
          ...done,
          protocol: 'Tcp',
          frontendPort: port,
          backendPort: port,
          frontendIPConfiguration: reference(`${agentBalancer}/frontendIPConfigurations/frontend`),
          backendAddressPool: reference(pool),
          backendAddressPools: [reference(pool)],
          probe: reference(`${agentBalancer}/probes/${probe}`),
          disableOutboundSnat: true,
        },
      })),
      probes: ports.map(([, name, port]) => ({
        id: `${agentBalancer}/probes/${name}`,
        name,
        properties: { ...done, protocol: 'Tcp', port, intervalInSeconds: 5, numberOfProbes: 2 },
      })),
    },
  };
}

function securityGroup(id: string, subnet: string, ports: number[]): TopologyResource {
  return {
    id,
    name: id.split('/').at(-1)!,
    type: 'Microsoft.Network/networkSecurityGroups',
    location,
    properties: {
      ...done,
      securityRules: ports.map((port, index) => ({
        id: `${id}/securityRules/allow-${port}`,
        name: `allow-${port}`,
        properties: {
          protocol: 'Tcp',
          access: 'Allow',
          direction: 'Inbound',
          priority: 100 + index,
          sourceAddressPrefix: 'Internet',
          sourcePortRange: '*',
          destinationAddressPrefix: '*',
          destinationPortRange: String(port),
        },
      })),
      subnets: [reference(subnet)],
    },
  };
}

function network4(masters: number, agents: number): TopologyResource {
  const subnet = (id: string, addressPrefix: string, guard: string, configurations: string[]): object => ({
    id,
    name: id.split('/').at(-1)!,
    properties: {
      ...done,
      addressPrefix,
      networkSecurityGroup: reference(guard),
      ipConfigurations: configurations.map(reference),
    },
  });
  return {
    id: virtualNetwork,
    name: 'swarm-vnet-12345678',
    type: 'Microsoft.Network/virtualNetworks',
    location,
    properties: {
      ...done,
      addressSpace: { addressPrefixes: ['172.16.0.0/24', '10.0.0.0/8'] },
      subnets: [
        subnet(masterSubnet, '172.16.0.0/24', masterGuard, numbers(masters).map(nicConfig)),
        subnet(agentSubnet, '10.0.0.0/11', agentGuard, numbers(agents).map(instanceConfig)),
      ],
    },
  };
}

function master(index: number): TopologyResource[] {
  const rules = [sshRule(index), ...(index === 0 ? [sshPort22Rule] : [])];
  return [
    {
      id: nicId(index),
      name: `swarm-master-12345678-nic-${index}`,
      type: 'Microsoft.Network/networkInterfaces',
      location,
      properties: {
        ...done,
        macAddress: '00-0D-3A-00-00-01',
        ipConfigurations: [
          {
            id: nicConfig(index),
            name: 'ipConfigNode',
            properties: {
              ...done,
              privateIPAddress: `172.16.0.${5 + index}`,
              privateIPAllocationMethod: 'Static',
              subnet: reference(masterSubnet),
              loadBalancerBackendAddressPools: [reference(`${masterBalancer}/backendAddressPools/pool`)],
              loadBalancerInboundNatRules: rules.map((rule) =>
                reference(`${masterBalancer}/inboundNatRules/${rule}`),
              ),
            },
          },
        ],
        virtualMachine: reference(vmId(index)),
      },
    },
    {
      id: vmId(index),
      name: `swarm-master-12345678-${index}`,
      type: 'Microsoft.Compute/virtualMachines',
      location,
      properties: {
        ...done,
        availabilitySet: reference(availabilitySet.toUpperCase()),
        hardwareProfile: { vmSize: 'Standard_D2s_v5' },
        osProfile: { computerName: `swarm-master-12345678-${index}`, adminUsername: 'azureuser' },
        networkProfile: {
          networkInterfaces: [{ ...reference(nicId(index)), properties: { primary: true } }],
        },
        storageProfile: {
          imageReference: {
            publisher: 'Canonical',
            offer: 'ubuntu-24_04-lts',
            sku: 'server',
            version: 'latest',
          },
          osDisk: { name: `swarm-master-12345678-${index}_OsDisk_1`, managedDisk: reference(diskId(index)) },
        },
        diagnosticsProfile: { bootDiagnostics: { enabled: true, storageUri: blob } },
      },
    },
    {
      id: `${vmId(index)}/extensions/configuremaster`,
      name: 'configuremaster',
      type: 'Microsoft.Compute/virtualMachines/extensions',
      location,
      properties: {
        ...done,
        publisher: 'Microsoft.Azure.Extensions',
        type: 'CustomScript',
        typeHandlerVersion: '2.1',
        autoUpgradeMinorVersion: true,
      },
    },
    osDisk(diskId(index), vmId(index)),
  ];
}

function osDisk(id: string, managedBy: string): TopologyResource {
  return {
    id,
    name: id.split('/').at(-1)!,
    type: 'Microsoft.Compute/disks',
    location,
    managedBy,
    sku: { name: 'Premium_LRS', tier: 'Premium' },
    properties: { ...done, diskSizeGB: 30, diskState: 'Attached', osType: 'Linux' },
  };
}

function agentScaleSet(agents: number): TopologyResource {
  return {
    id: scaleSet,
    name: 'swarm-agent-12345678-vmss',
    type: 'Microsoft.Compute/virtualMachineScaleSets',
    location,
    sku: { name: 'Standard_D2s_v5', tier: 'Standard', capacity: agents },
    properties: {
      ...done,
      overprovision: false,
      upgradePolicy: { mode: 'Automatic' },
      virtualMachineProfile: {
        osProfile: { computerNamePrefix: 'agent', adminUsername: 'azureuser' },
        diagnosticsProfile: { bootDiagnostics: { enabled: true, storageUri: blob } },
        networkProfile: {
          networkInterfaceConfigurations: [
            {
              name: 'nic',
              properties: {
                primary: true,
                ipConfigurations: [
                  {
                    name: 'nicipconfig',
                    properties: {
                      subnet: reference(agentSubnet),
                      loadBalancerBackendAddressPools: [
                        reference(`${agentBalancer}/backendAddressPools/pool`),
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
  };
}

function instance(index: number): TopologyResource[] {
  return [
    {
      id: instanceId(index),
      name: `swarm-agent-12345678-vmss_${index}`,
      type: 'Microsoft.Compute/virtualMachineScaleSets/virtualMachines',
      location,
      instanceId: String(index),
      properties: {
        ...done,
        latestModelApplied: true,
        networkProfile: { networkInterfaces: [reference(instanceNic(index))] },
        storageProfile: { osDisk: { managedDisk: reference(instanceDisk(index)) } },
      },
    },
    {
      id: instanceNic(index),
      name: 'nic',
      type: 'Microsoft.Compute/virtualMachineScaleSets/virtualMachines/networkInterfaces',
      properties: {
        ...done,
        virtualMachine: reference(instanceId(index)),
        ipConfigurations: [
          {
            id: instanceConfig(index),
            name: 'nicipconfig',
            properties: {
              privateIPAddress: `10.0.0.${4 + index}`,
              privateIPAllocationMethod: 'Dynamic',
              subnet: reference(agentSubnet),
              loadBalancerBackendAddressPools: [reference(`${agentBalancer}/backendAddressPools/pool`)],
            },
          },
        ],
      },
    },
    osDisk(instanceDisk(index), instanceId(index)),
  ];
}
