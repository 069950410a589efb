import { reference, type ObjectShape } from '../body-shape.ts';

const sku = { name: 'text', tier: 'text', capacity: 'number' } as const;

const osProfile = {
  computerName: 'text',
  computerNamePrefix: 'text',
  adminUsername: 'text',
  adminPassword: 'text',
  customData: 'text',
  linuxConfiguration: {
    disablePasswordAuthentication: 'boolean',
    provisionVMAgent: 'boolean',
    ssh: { publicKeys: [{ path: 'text', keyData: 'text' }] },
  },
  windowsConfiguration: 'object',
  secrets: ['object'],
} as const;

const disk = {
  lun: 'number',
  name: 'text',
  createOption: 'text',
  deleteOption: 'text',
  osType: 'text',
  caching: 'text',
  diskSizeGB: 'number',
  vhd: { uri: 'text' },
  image: { uri: 'text' },
  managedDisk: { id: 'text', storageAccountType: 'text' },
} as const;

const storageProfile = {
  imageReference: {
    id: 'text',
    publisher: 'text',
    offer: 'text',
    sku: 'text',
    version: 'text',
  },
  osDisk: disk,
  dataDisks: [disk],
} as const;

const diagnosticsProfile = { bootDiagnostics: { enabled: 'boolean', storageUri: 'text' } } as const;

const extension = {
  publisher: 'text',
  type: 'text',
  typeHandlerVersion: 'text',
  autoUpgradeMinorVersion: 'boolean',
  enableAutomaticUpgrade: 'boolean',
  forceUpdateTag: 'text',
  settings: 'object',
  protectedSettings: 'object',
  provisionAfterExtensions: ['text'],
} as const;

/** The bodies of `Microsoft.Compute`, by type. */
export const computeShapes: Readonly<Record<string, ObjectShape>> = {
  'Microsoft.Compute/availabilitySets': {
    sku,
    properties: {
      platformFaultDomainCount: 'number',
      platformUpdateDomainCount: 'number',
      proximityPlacementGroup: reference,
    },
  },
  'Microsoft.Compute/virtualMachines': {
    zones: ['text'],
    properties: {
      hardwareProfile: { vmSize: 'text' },
      availabilitySet: reference,
      osProfile,
      storageProfile,
      networkProfile: {
        networkInterfaces: [{ id: 'text', properties: { primary: 'boolean', deleteOption: 'text' } }],
      },
      diagnosticsProfile,
    },
  },
  'Microsoft.Compute/virtualMachines/extensions': { properties: extension },
  'Microsoft.Compute/virtualMachineScaleSets': {
    sku,
    zones: ['text'],
    properties: {
      orchestrationMode: 'text',
      overprovision: 'boolean',
      singlePlacementGroup: 'boolean',
      platformFaultDomainCount: 'number',
      upgradePolicy: { mode: 'text' },
      virtualMachineProfile: {
        osProfile,
        storageProfile,
        diagnosticsProfile,
        networkProfile: {
          networkInterfaceConfigurations: [
            {
              name: 'text',
              properties: {
                primary: 'boolean',
                enableIPForwarding: 'boolean',
                enableAcceleratedNetworking: 'boolean',
                networkSecurityGroup: reference,
                ipConfigurations: [
                  {
                    name: 'text',
                    properties: {
                      primary: 'boolean',
                      subnet: reference,
                      privateIPAddressVersion: 'text',
                      loadBalancerBackendAddressPools: [reference],
                      loadBalancerInboundNatPools: [reference],
                    },
                  },
                ],
              },
            },
          ],
        },
        extensionProfile: { extensions: [{ name: 'text', properties: extension }] },
      },
    },
  },
  'Microsoft.Compute/disks': {
    sku,
    zones: ['text'],
    properties: { creationData: { createOption: 'text' }, diskSizeGB: 'number', osType: 'text' },
  },
};
