interface MachineTemplateOptions {
  /** The machines' cloud-init. */
  cloudInit?: string;
  /** A script for a CustomScript extension of the VM. */
  script?: string;
  /** How many instances a scale set beside the VM has. */
  instances?: number;
  /** A script for the scale set's instances. */
  instanceScript?: string;
  /** Security rules of the subnet, beside SSH from the internet. */
  rules?: object[];
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

const api = '2025-05-01';
const compute = '2025-04-01';

const customScript = (script: string): object => ({
  publisher: 'Microsoft.Azure.Extensions',
  type: 'CustomScript',
  typeHandlerVersion: '2.1',
  autoUpgradeMinorVersion: true,
  settings: {},
  protectedSettings: { script: base64(script) },
});

const balancer = (part: string): string =>
  `[concat(resourceId('Microsoft.Network/loadBalancers', 'balancer'), '/${part}')]`;

/** A security rule that lets TCP ports in from the internet, or keeps them out. */
export function rule(
  name: string,
  priority: number,
  port: string,
  access: 'Allow' | 'Deny' = 'Allow',
): object {
  return {
    name,
    properties: {
      priority,
      access,
      direction: 'Inbound',
      protocol: 'Tcp',
      sourceAddressPrefix: 'Internet',
      sourcePortRange: '*',
      destinationAddressPrefix: '*',
      destinationPortRange: port,
    },
  };
}

export const sshRule = rule('ssh', 100, '22');

/**
 * A VM `machine` behind a load balancer with a public address: port 2200 leads to its SSH, port 80 to whatever serves it.
 * All in one subnet, 10.1.0.0/24, of the network `network`.
 */
export function machineTemplate(options: MachineTemplateOptions = {}): object {
  const { cloudInit, script, instances = 0, instanceScript, rules = [] } = options;
  const osProfile = {
    adminUsername: 'sailor',
    ...(cloudInit === undefined ? {} : { customData: base64(cloudInit) }),
    linuxConfiguration: {
      disablePasswordAuthentication: true,
      ssh: {
        publicKeys: [{ path: '/home/sailor/.ssh/authorized_keys', keyData: "[parameters('publicKey')]" }],
      },
    },
  };
  const imageReference = {
    publisher: 'Canonical',
    offer: 'ubuntu-24_04-lts',
    sku: 'server',
    version: 'latest',
  };
  const subnet = {
    id: "[concat(resourceId('Microsoft.Network/virtualNetworks', 'network'), '/subnets/subnet')]",
  };
  return {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    parameters: { publicKey: { type: 'string' } },
    resources: [
      {
        type: 'Microsoft.Network/networkSecurityGroups',
        apiVersion: api,
        name: 'rules',
        location: 'eastus',
        properties: { securityRules: [sshRule, ...rules] },
      },
      {
        type: 'Microsoft.Network/virtualNetworks',
        apiVersion: api,
        name: 'network',
        location: 'eastus',
        dependsOn: ['rules'],
        properties: {
          addressSpace: { addressPrefixes: ['10.1.0.0/16'] },
          subnets: [
            {
              name: 'subnet',
              properties: {
                addressPrefix: '10.1.0.0/24',
                networkSecurityGroup: {
                  id: "[resourceId('Microsoft.Network/networkSecurityGroups', 'rules')]",
                },
              },
            },
          ],
        },
      },
      {
        type: 'Microsoft.Network/publicIPAddresses',
        apiVersion: api,
        name: 'address',
        location: 'eastus',
        sku: { name: 'Standard' },
        properties: { publicIPAllocationMethod: 'Static' },
      },
      {
        type: 'Microsoft.Network/loadBalancers',
        apiVersion: api,
        name: 'balancer',
        location: 'eastus',
        dependsOn: ['address'],
        sku: { name: 'Standard' },
        properties: {
          frontendIPConfigurations: [
            {
              name: 'front',
              properties: {
                publicIPAddress: { id: "[resourceId('Microsoft.Network/publicIPAddresses', 'address')]" },
              },
            },
          ],
          backendAddressPools: [{ name: 'pool' }],
          inboundNatRules: [
            {
              name: 'ssh',
              properties: {
                frontendIPConfiguration: { id: balancer('frontendIPConfigurations/front') },
                protocol: 'Tcp',
                frontendPort: 2200,
                backendPort: 22,
              },
            },
          ],
          probes: [
            {
              name: 'probe',
              properties: { protocol: 'Tcp', port: 80, intervalInSeconds: 5, probeThreshold: 1 },
            },
          ],
          loadBalancingRules: [
            {
              name: 'web',
              properties: {
                frontendIPConfiguration: { id: balancer('frontendIPConfigurations/front') },
                backendAddressPool: { id: balancer('backendAddressPools/pool') },
                probe: { id: balancer('probes/probe') },
                protocol: 'Tcp',
                frontendPort: 80,
                backendPort: 80,
              },
            },
          ],
        },
      },
      {
        type: 'Microsoft.Network/networkInterfaces',
        apiVersion: api,
        name: 'nic',
        location: 'eastus',
        dependsOn: ['balancer', 'network'],
        properties: {
          ipConfigurations: [
            {
              name: 'main',
              properties: {
                subnet,
                privateIPAllocationMethod: 'Static',
                privateIPAddress: '10.1.0.10',
                loadBalancerBackendAddressPools: [{ id: balancer('backendAddressPools/pool') }],
                loadBalancerInboundNatRules: [{ id: balancer('inboundNatRules/ssh') }],
              },
            },
          ],
        },
      },
      {
        type: 'Microsoft.Compute/virtualMachines',
        apiVersion: compute,
        name: 'machine',
        location: 'eastus',
        dependsOn: ['nic'],
        properties: {
          hardwareProfile: { vmSize: 'Standard_D2s_v5' },
          osProfile: { computerName: 'machine', ...osProfile },
          storageProfile: {
            imageReference,
            osDisk: { createOption: 'FromImage', deleteOption: 'Delete' },
          },
          networkProfile: {
            networkInterfaces: [{ id: "[resourceId('Microsoft.Network/networkInterfaces', 'nic')]" }],
          },
          diagnosticsProfile: { bootDiagnostics: { enabled: true } },
        },
      },
      ...(script === undefined
        ? []
        : [
            {
              type: 'Microsoft.Compute/virtualMachines/extensions',
              apiVersion: compute,
              name: 'machine/script',
              location: 'eastus',
              dependsOn: ['machine'],
              properties: customScript(script),
            },
          ]),
      ...(instances === 0
        ? []
        : [
            {
              type: 'Microsoft.Compute/virtualMachineScaleSets',
              apiVersion: compute,
              name: 'set',
              location: 'eastus',
              dependsOn: ['network', 'balancer'],
              sku: { name: 'Standard_D2s_v5', tier: 'Standard', capacity: instances },
              properties: {
                orchestrationMode: 'Uniform',
                overprovision: false,
                upgradePolicy: { mode: 'Automatic' },
                virtualMachineProfile: {
                  osProfile: { computerNamePrefix: 'set-', ...osProfile },
                  storageProfile: { imageReference, osDisk: { createOption: 'FromImage' } },
                  networkProfile: {
                    networkInterfaceConfigurations: [
                      {
                        name: 'nic',
                        properties: {
                          primary: true,
                          ipConfigurations: [{ name: 'main', properties: { subnet } }],
                        },
                      },
                    ],
                  },
                  ...(instanceScript === undefined
                    ? {}
                    : {
                        extensionProfile: {
                          extensions: [{ name: 'script', properties: customScript(instanceScript) }],
                        },
                      }),
                },
              },
            },
          ]),
    ],
  };
}
