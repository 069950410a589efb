import type { TopologyResource } from '@slipway/topology';

const group = '/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/synthetic';
const subnetsOfNetwork = 5;
const machinesOfSubnet = 5;

/** The same numbers for the same start, from 0 up to 1. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * A resource group as ARM lists it, of about `count` resources: for each 100 a virtual network of five subnets with five
 * machines each, what leads to them, guards them and stores for them; each network is peered with one before it.
 */
export function syntheticGroup(count: number, seed = 7): TopologyResource[] {
  const random = seeded(seed);
  const networks = Math.max(1, Math.round(count / 100));
  return Array.from({ length: networks }, (_, index) => networkOf(index, random)).flat();
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const idOf = (type: string, name: string): string => `${group}/providers/${type}/${name}`;
const reference = (id: string): { id: string } => ({ id });

function networkOf(index: number, random: () => number): TopologyResource[] {
  const resource = (type: string, name: string, properties: Record<string, unknown>): TopologyResource => ({
    id: idOf(type, name),
    name,
    type,
    location: 'westeurope',
    tags: { environment: 'bench' },
    properties: { provisioningState: random() < 0.97 ? 'Succeeded' : 'Updating', ...properties },
  });
  const networkName = `net-${index}`;
  const networkId = idOf('Microsoft.Network/virtualNetworks', networkName);
  const subnetId = (subnet: number): string => `${networkId}/subnets/subnet-${subnet}`;
  const natName = `${networkName}-nat`;
  const natId = idOf('Microsoft.Network/natGateways', natName);
  const second = index % 250;

  const peering =
    index === 0
      ? []
      : [
          {
            name: 'to-hub',
            id: `${networkId}/virtualNetworkPeerings/to-hub`,
            properties: {
              remoteVirtualNetwork: reference(
                idOf('Microsoft.Network/virtualNetworks', `net-${(index - 1) >> 1}`),
              ),
            },
          },
        ];
  return [
    resource('Microsoft.Network/virtualNetworks', networkName, {
      addressSpace: { addressPrefixes: [`10.${second}.0.0/16`] },
      virtualNetworkPeerings: peering,
      subnets: numbers(subnetsOfNetwork).map((subnet) => ({
        id: subnetId(subnet),
        name: `subnet-${subnet}`,
        properties: {
          provisioningState: 'Succeeded',
          addressPrefix: `10.${second}.${subnet}.0/24`,
          networkSecurityGroup: reference(
            idOf('Microsoft.Network/networkSecurityGroups', `${networkName}-${subnet}-nsg`),
          ),
          routeTable: reference(idOf('Microsoft.Network/routeTables', `${networkName}-${subnet}-routes`)),
          ...(subnet < 2 ? { natGateway: reference(natId) } : {}),
        },
      })),
    }),
    resource('Microsoft.Network/natGateways', natName, { idleTimeoutInMinutes: 4 }),
    resource('Microsoft.Network/bastionHosts', `${networkName}-bastion`, {
      ipConfigurations: [{ name: 'config', properties: { subnet: reference(subnetId(4)) } }],
    }),
    resource('Microsoft.Network/azureFirewalls', `${networkName}-firewall`, {
      ipConfigurations: [{ name: 'config', properties: { subnet: reference(subnetId(0)) } }],
    }),
    resource('Microsoft.Storage/storageAccounts', `store${index}`, {
      primaryEndpoints: { blob: `https://store${index}.blob.example/` },
    }),
    ...numbers(subnetsOfNetwork).flatMap((subnet) => subnetOf(subnet)),
  ];

  function subnetOf(subnet: number): TopologyResource[] {
    const prefix = `${networkName}-${subnet}`;
    const balancerId = idOf('Microsoft.Network/loadBalancers', `${prefix}-lb`);
    const frontend = `${balancerId}/frontendIPConfigurations/front`;
    const pool = `${balancerId}/backendAddressPools/pool`;
    const probe = `${balancerId}/probes/http`;
    const nicId = (machine: number): string =>
      idOf('Microsoft.Network/networkInterfaces', `${prefix}-nic-${machine}`);
    const machineId = (machine: number): string =>
      idOf('Microsoft.Compute/virtualMachines', `${prefix}-vm-${machine}`);
    const diskId = (machine: number): string => idOf('Microsoft.Compute/disks', `${prefix}-disk-${machine}`);
    return [
      resource('Microsoft.Network/publicIPAddresses', `${prefix}-ip`, {
        ipAddress: `203.0.113.${(index * subnetsOfNetwork + subnet) % 250}`,
        ipConfiguration: reference(frontend),
      }),
      resource('Microsoft.Network/loadBalancers', `${prefix}-lb`, {
        frontendIPConfigurations: [
          {
            id: frontend,
            name: 'front',
            properties: {
              publicIPAddress: reference(idOf('Microsoft.Network/publicIPAddresses', `${prefix}-ip`)),
            },
          },
        ],
        backendAddressPools: [
          {
            id: pool,
            name: 'pool',
            properties: {
              backendIPConfigurations: numbers(machinesOfSubnet).map((machine) =>
                reference(`${nicId(machine)}/ipConfigurations/main`),
              ),
            },
          },
        ],
        probes: [{ id: probe, name: 'http', properties: { protocol: 'Tcp', port: 80 } }],
        loadBalancingRules: [80, 443].map((port) => ({
          id: `${balancerId}/loadBalancingRules/tcp-${port}`,
          name: `tcp-${port}`,
          properties: {
            frontendIPConfiguration: reference(frontend),
            backendAddressPool: reference(pool),
            probe: reference(probe),
            protocol: 'Tcp',
            frontendPort: port,
            backendPort: port,
          },
        })),
      }),
      resource('Microsoft.Network/networkSecurityGroups', `${prefix}-nsg`, {
        subnets: [reference(subnetId(subnet))],
        securityRules: [80, 443].map((port, order) => ({
          id: `${idOf('Microsoft.Network/networkSecurityGroups', `${prefix}-nsg`)}/securityRules/tcp-${port}`,
          name: `tcp-${port}`,
          properties: {
            priority: 100 + order,
            direction: 'Inbound',
            access: 'Allow',
            protocol: 'Tcp',
            sourceAddressPrefix: '*',
            sourcePortRange: '*',
            destinationAddressPrefix: '*',
            destinationPortRange: String(port),
          },
        })),
      }),
      resource('Microsoft.Network/routeTables', `${prefix}-routes`, {
        subnets: [reference(subnetId(subnet))],
        routes: [],
      }),
      ...numbers(machinesOfSubnet).flatMap((machine) => [
        resource('Microsoft.Network/networkInterfaces', `${prefix}-nic-${machine}`, {
          ipConfigurations: [
            {
              id: `${nicId(machine)}/ipConfigurations/main`,
              name: 'main',
              properties: {
                privateIPAddress: `10.${second}.${subnet}.${10 + machine}`,
                subnet: reference(subnetId(subnet)),
                loadBalancerBackendAddressPools: [reference(pool)],
              },
            },
          ],
          virtualMachine: reference(machineId(machine)),
        }),
        resource('Microsoft.Compute/virtualMachines', `${prefix}-vm-${machine}`, {
          hardwareProfile: { vmSize: 'Standard_D2s_v5' },
          storageProfile: {
            osDisk: {
              osType: 'Linux',
              name: `${prefix}-disk-${machine}`,
              managedDisk: reference(diskId(machine)),
            },
          },
          networkProfile: { networkInterfaces: [reference(nicId(machine))] },
        }),
        resource('Microsoft.Compute/disks', `${prefix}-disk-${machine}`, {
          diskSizeGB: 30,
          diskState: 'Attached',
        }),
      ]),
    ];
  }
}
