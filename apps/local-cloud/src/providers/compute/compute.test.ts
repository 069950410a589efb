import type { JsonObject } from '@slipway/arm-template';
import { beforeEach, describe, expect, test } from 'vitest';
import type { MachineState } from '../../machines/machine-driver.ts';
import { simulatedMachines } from '../../machines/simulated/simulated-machines.ts';
import { MemoryCloud, handlerOf, idIn, refusal, subscription } from '../cloud-view.test-support.ts';
import { providers } from '../registry.ts';

const vnet = idIn('Microsoft.Network/virtualNetworks', 'vnet');
const lb = idIn('Microsoft.Network/loadBalancers', 'lb');
const set = idIn('Microsoft.Compute/availabilitySets', 'set');
const vmss = idIn('Microsoft.Compute/virtualMachineScaleSets', 'agents');
const vm = (index: number) => idIn('Microsoft.Compute/virtualMachines', `master-${index}`);
const nic = (index: number) => idIn('Microsoft.Network/networkInterfaces', `nic-${index}`);
const disk = (name: string) => idIn('Microsoft.Compute/disks', name);
const extension = (index: number, name = 'configuremaster') => `${vm(index)}/extensions/${name}`;

/** A key made for these tests; nobody holds its private half. */
const publicKey = (fill: number) =>
  `ssh-ed25519 ${Buffer.concat([
    Buffer.from([0, 0, 0, 11]),
    Buffer.from('ssh-ed25519'),
    Buffer.from([0, 0, 0, 32]),
    Buffer.alloc(32, fill),
  ]).toString('base64')} test`;
const linuxWith = (keyData: string) => ({
  disablePasswordAuthentication: true,
  ssh: { publicKeys: [{ path: '/home/sailor/.ssh/authorized_keys', keyData }] },
});
const linux = linuxWith(publicKey(7));
const image = { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server', version: 'latest' };
const osProfile = (more: JsonObject = {}): JsonObject => ({
  computerName: 'master-0',
  adminUsername: 'sailor',
  customData: Buffer.from('#cloud-config').toString('base64'),
  linuxConfiguration: linux,
  ...more,
});
const machine = (index: number, more: JsonObject = {}): JsonObject => ({
  tags: { cluster: 'demo' },
  properties: {
    availabilitySet: { id: set },
    hardwareProfile: { vmSize: 'Standard_D2s_v5' },
    osProfile: osProfile({ computerName: `master-${index}` }),
    storageProfile: {
      imageReference: image,
      osDisk: {
        name: `os-${index}`,
        createOption: 'FromImage',
        deleteOption: 'Delete',
        managedDisk: { storageAccountType: 'StandardSSD_LRS' },
      },
    },
    networkProfile: { networkInterfaces: [{ id: nic(index) }] },
    ...more,
  },
});
const customScript = (more: JsonObject = {}): JsonObject => ({
  properties: {
    publisher: 'Microsoft.Azure.Extensions',
    type: 'CustomScript',
    typeHandlerVersion: '2.1',
    settings: {},
    protectedSettings: { script: 'c2VjcmV0' },
    ...more,
  },
});
const scaleSet = (capacity: number, profile: JsonObject = {}, properties: JsonObject = {}): JsonObject => ({
  sku: { name: 'Standard_D2s_v5', tier: 'Standard', capacity },
  properties: {
    overprovision: false,
    upgradePolicy: { mode: 'Automatic' },
    virtualMachineProfile: {
      osProfile: {
        computerNamePrefix: 'agent-',
        adminUsername: 'sailor',
        customData: 'aGVsbG8=',
        linuxConfiguration: linux,
      },
      storageProfile: { imageReference: image, osDisk: { createOption: 'FromImage' } },
      networkProfile: {
        networkInterfaceConfigurations: [
          {
            name: 'nic',
            properties: {
              primary: true,
              ipConfigurations: [
                {
                  name: 'ipconfig',
                  properties: {
                    subnet: { id: `${vnet}/subnets/agents` },
                    loadBalancerBackendAddressPools: [{ id: `${lb}/backendAddressPools/pool` }],
                  },
                },
              ],
            },
          },
        ],
      },
      extensionProfile: { extensions: [{ name: 'configure', ...customScript() }] },
      ...profile,
    },
    ...properties,
  },
});

const ofSize = (vmSize: string) => machine(0, { hardwareProfile: { vmSize } });

const unmanaged = (setId: string) =>
  machine(0, {
    availabilitySet: { id: setId },
    storageProfile: {
      imageReference: {
        publisher: 'Canonical',
        offer: 'UbuntuServer',
        sku: '14.04.4-LTS',
        version: 'latest',
      },
      osDisk: {
        name: 'os',
        vhd: { uri: 'https://a.blob.core.slipway.internal/vhds/os.vhd' },
        createOption: 'FromImage',
      },
    },
  });

const counts = (platformFaultDomainCount: number, platformUpdateDomainCount = 5): JsonObject => ({
  sku: { name: 'Aligned' },
  properties: { platformFaultDomainCount, platformUpdateDomainCount },
});

const instance = (number: number) => `${vmss}/virtualMachines/${number}`;

const instanceNic = (number: number) => `${instance(number)}/networkInterfaces/nic`;

const ofSizeAndCapacity = (name: string, capacity: number) => ({
  ...scaleSet(capacity),
  sku: { name, capacity },
});

const emptyDisk = (diskSizeGB: number) => ({
  sku: { name: 'Premium_LRS' },
  properties: { creationData: { createOption: 'Empty' }, diskSizeGB },
});

let cloud: MemoryCloud;
beforeEach(() => {
  cloud = new MemoryCloud();
  prepareNetwork();
});

function prepareNetwork(): void {
  cloud.put(vnet, {
    properties: {
      addressSpace: { addressPrefixes: ['172.16.0.0/24', '10.0.0.0/8'] },
      subnets: [
        { name: 'masters', properties: { addressPrefix: '172.16.0.0/24' } },
        { name: 'agents', properties: { addressPrefix: '10.0.0.0/11' } },
      ],
    },
  });
  cloud.put(set, { sku: { name: 'Aligned' }, properties: { platformFaultDomainCount: 3 } });
  for (const index of [0, 1, 2, 3]) {
    cloud.put(nic(index), {
      properties: {
        ipConfigurations: [{ name: 'ipconfig', properties: { subnet: { id: `${vnet}/subnets/masters` } } }],
      },
    });
  }
  const ip = idIn('Microsoft.Network/publicIPAddresses', 'ip');
  cloud.put(ip, { sku: { name: 'Standard' }, properties: { publicIPAllocationMethod: 'Static' } });
  cloud.put(lb, {
    sku: { name: 'Standard' },
    properties: {
      frontendIPConfigurations: [{ name: 'front', properties: { publicIPAddress: { id: ip } } }],
      backendAddressPools: [{ name: 'pool' }],
    },
  });
}

function route(path: string, query: Record<string, string> = {}): { value: JsonObject[] } {
  const routes = providers.find((provider) => provider.namespace === 'Microsoft.Compute')?.subscriptionRoutes;
  const params = { location: 'eastus' };
  return routes?.[path]?.({ subscriptionId: subscription, params, query, view: cloud }) as {
    value: JsonObject[];
  };
}

function usage(name: string): JsonObject | undefined {
  return route('locations/{location}/usages').value.find(
    (entry) => (entry.name as JsonObject).value === name,
  );
}

function maximumFaultDomains(location: string) {
  const found = route('skus', { $filter: `location eq '${location}'` }).value.find(
    (sku) => sku.resourceType === 'availabilitySets' && sku.name === 'Aligned',
  );
  return found?.capabilities;
}

function numbers() {
  return cloud
    .list({ type: 'Microsoft.Compute/virtualMachineScaleSets/virtualMachines', under: vmss })
    .map((record) => record.envelope.instanceId);
}

describe('virtual machines', () => {
  test('a machine gets an id, a disk of its own and never shows its write-only values', () => {
    cloud.put(vm(0), machine(0, { osProfile: osProfile({ adminPassword: 'Very$ecret1' }) }));
    const shown = cloud.shown(vm(0));
    expect(shown).toMatchObject({
      vmId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      osProfile: { computerName: 'master-0', adminUsername: 'sailor', linuxConfiguration: linux },
      storageProfile: { osDisk: { osType: 'Linux', managedDisk: { id: disk('os-0') } } },
    });
    expect(JSON.stringify(shown)).not.toMatch(/customData|adminPassword|Very|I2Nsb3VkLWNvbmZpZw/);
    expect(cloud.must(disk('os-0'))).toMatchObject({
      envelope: { managedBy: vm(0), sku: { name: 'StandardSSD_LRS' } },
      tags: { cluster: 'demo' },
      properties: { diskState: 'Attached', osType: 'Linux', hyperVGeneration: 'V2' },
    });
    expect(cloud.shown(nic(0))).toMatchObject({
      virtualMachine: { id: vm(0) },
      primary: true,
      macAddress: expect.stringMatching(/^00-0D-3A(-[0-9A-F]{2}){3}$/) as string,
    });
    expect(cloud.shown(set).virtualMachines).toEqual([{ id: vm(0) }]);
  });

  test('machines of a set are spread over its domains, and their instance views say so', () => {
    for (const index of [0, 1, 2, 3]) cloud.put(vm(index), machine(index));
    const domains = [0, 1, 2, 3].map((index) => {
      const { platformFaultDomain, platformUpdateDomain } = cloud.part(
        vm(index),
        'instanceview',
      ) as JsonObject;
      return [platformFaultDomain, platformUpdateDomain];
    });
    expect(domains).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
      [0, 3],
    ]);
    expect(JSON.stringify(cloud.shown(vm(0)))).not.toContain('placement');
  });

  test('a machine that is being created is starting, one that is done runs', () => {
    cloud.accept(vm(0), machine(0));
    const codes = () =>
      (cloud.part(vm(0), 'instanceview') as { statuses: { code: string }[] }).statuses.map(
        ({ code }) => code,
      );
    expect(codes()).toEqual(['ProvisioningState/creating', 'PowerState/starting']);
    cloud.put(vm(0), machine(0));
    expect(codes()).toEqual(['ProvisioningState/succeeded', 'PowerState/running']);
  });

  test.each<[string, JsonObject]>([
    ['customData', { osProfile: osProfile({ customData: 'b3RoZXI=' }) }],
    ['adminUsername', { osProfile: osProfile({ adminUsername: 'captain' }) }],
    [
      'linuxConfiguration.ssh.publicKeys',
      { osProfile: osProfile({ linuxConfiguration: linuxWith(publicKey(8)) }) },
    ],
    [
      'imageReference',
      {
        storageProfile: {
          imageReference: { ...image, version: '24.04.202601010' },
          osDisk: { createOption: 'FromImage' },
        },
      },
    ],
    ['availabilitySet.id', { availabilitySet: { id: idIn('Microsoft.Compute/availabilitySets', 'other') } }],
    [
      'osDisk.name',
      { storageProfile: { imageReference: image, osDisk: { name: 'another', createOption: 'FromImage' } } },
    ],
  ])('%s of an existing machine cannot change', (property, more) => {
    cloud.put(vm(0), machine(0));
    expect(refusal(() => cloud.put(vm(0), machine(0, more)))).toMatchObject({
      status: 409,
      code: 'PropertyChangeNotAllowed',
      target: property,
      message: `Changing property '${property}' is not allowed.`,
    });
  });

  test('the same body again, or one without write-only values, is accepted and changes nothing that identifies it', () => {
    const before = cloud.put(vm(0), machine(0));
    cloud.put(vm(0), machine(0));
    const { customData: _customData, ...readable } = osProfile();
    const after = cloud.put(vm(0), machine(0, { osProfile: readable }));
    expect(after.properties.vmId).toBe(before.properties.vmId);
    expect(after.secrets).toEqual(before.secrets);
    expect(
      refusal(() => cloud.put(vm(0), machine(0, { osProfile: osProfile({ customData: 'b3RoZXI=' }) }))).code,
    ).toBe('PropertyChangeNotAllowed');
  });

  test.each<[string, string, JsonObject]>([
    ['InvalidParameter', 'adminUsername', { osProfile: osProfile({ adminUsername: 'Administrator' }) }],
    ['InvalidParameter', 'customData', { osProfile: osProfile({ customData: 'not base64!' }) }],
    ['InvalidParameter', 'linuxConfiguration', { osProfile: { computerName: 'm', adminUsername: 'sailor' } }],
    [
      'InvalidParameter',
      'linuxConfiguration.ssh.publicKeys.keyData',
      {
        osProfile: osProfile({
          linuxConfiguration: { ssh: { publicKeys: [{ path: 'p', keyData: 'ssh-rsa AAAA' }] } },
        }),
      },
    ],
    ['InvalidParameter', 'osProfile', { osProfile: {} }],
    ['InvalidParameter', 'vmSize', { hardwareProfile: { vmSize: 'Standard_Huge' } }],
    ['InvalidParameter', 'vmSize', { hardwareProfile: {} }],
    ['InvalidParameter', 'networkProfile', { networkProfile: { networkInterfaces: [] } }],
    [
      'NotFound',
      'networkProfile.networkInterfaces',
      { networkProfile: { networkInterfaces: [{ id: nic(9) }] } },
    ],
    ['ResourceNotFound', 'availabilitySet.id', { availabilitySet: { id: `${set}9` } }],
  ])('%s at %s', (code, target, more) => {
    expect(refusal(() => cloud.put(vm(0), machine(0, more)))).toMatchObject({ code, target });
    expect(cloud.get(disk('os-0'))).toBeUndefined();
  });

  test('a size must be able to boot the image', () => {
    expect(refusal(() => cloud.put(vm(0), ofSize('Standard_D2_v2'))).message).toContain(
      "Hypervisor Generation '2'",
    );
    expect(refusal(() => cloud.put(vm(0), ofSize('Standard_D2ps_v5'))).message).toContain("'Arm64'");
  });

  test('a size that the subscription may not use in the region is refused', () => {
    const there = {
      ...machine(0, { hardwareProfile: { vmSize: 'Standard_D2s_v6' } }),
      location: 'brazilsouth',
    };
    expect(refusal(() => cloud.put(vm(0), there))).toMatchObject({ status: 409, code: 'SkuNotAvailable' });
    expect(refusal(() => cloud.preflight([cloud.request(vm(0), there)])).code).toBe('SkuNotAvailable');
  });

  test('an interface serves one machine, and stays while it does', () => {
    cloud.put(vm(0), machine(0));
    const stealing = machine(1, { networkProfile: { networkInterfaces: [{ id: nic(0) }] } });
    expect(refusal(() => cloud.put(vm(1), stealing)).code).toBe('NicInUse');
    expect(refusal(() => cloud.remove(nic(0))).code).toBe('NicInUse');
    const twoWithoutPrimary = { networkInterfaces: [{ id: nic(1) }, { id: nic(2) }] };
    expect(refusal(() => cloud.put(vm(1), machine(1, { networkProfile: twoWithoutPrimary }))).code).toBe(
      'VirtualMachineMustHaveOneNetworkInterfaceAsPrimary',
    );
  });

  test('deleteOption decides what goes with a machine', () => {
    cloud.put(vm(0), machine(0));
    const keeping = machine(1, {
      storageProfile: { imageReference: image, osDisk: { name: 'kept', createOption: 'FromImage' } },
      networkProfile: { networkInterfaces: [{ id: nic(1), properties: { deleteOption: 'Delete' } }] },
    });
    cloud.put(vm(1), keeping);
    expect(refusal(() => cloud.remove(disk('kept')))).toMatchObject({
      status: 409,
      code: 'OperationNotAllowed',
    });
    expect(refusal(() => cloud.remove(set)).status).toBe(409);
    cloud.remove(vm(0));
    cloud.remove(vm(1));
    expect(cloud.get(disk('os-0'))).toBeUndefined();
    expect(cloud.get(nic(0))).toBeDefined();
    expect(cloud.get(nic(1))).toBeUndefined();
    expect(cloud.must(disk('kept'))).toMatchObject({ properties: { diskState: 'Unattached' } });
    expect(cloud.must(disk('kept')).envelope.managedBy).toBeUndefined();
    cloud.remove(disk('kept'));
    cloud.remove(set);
  });

  test('unmanaged disks of old templates are accepted in sets that are not aligned only', () => {
    const classic = idIn('Microsoft.Compute/availabilitySets', 'classic');
    cloud.put(classic, { properties: {} });
    expect(refusal(() => cloud.put(vm(0), unmanaged(set))).code).toBe('OperationNotAllowed');
    expect(refusal(() => cloud.put(vm(1), machine(1, { availabilitySet: { id: classic } }))).code).toBe(
      'OperationNotAllowed',
    );
    cloud.put(vm(0), unmanaged(classic));
    expect(cloud.list({ type: 'Microsoft.Compute/disks' })).toEqual([]);
  });
});

describe('extensions', () => {
  test('an extension keeps its protected settings to itself and appears at its machine', () => {
    cloud.put(vm(0), machine(0));
    cloud.put(extension(0), customScript());
    expect(cloud.must(extension(0)).secrets).toEqual({ protectedSettings: { script: 'c2VjcmV0' } });
    expect(JSON.stringify([cloud.shown(vm(0)), cloud.shown(extension(0))])).not.toContain('c2VjcmV0');
    expect(cloud.shown(vm(0)).resources).toMatchObject([{ id: extension(0), name: 'configuremaster' }]);
    expect(cloud.part(vm(0), 'instanceview')).toMatchObject({
      extensions: [
        {
          name: 'configuremaster',
          type: 'Microsoft.Azure.Extensions.CustomScript',
          statuses: [{ code: 'ProvisioningState/succeeded' }],
        },
      ],
    });
    cloud.remove(vm(0));
    expect(cloud.get(extension(0))).toBeUndefined();
  });

  test('refusals: no machine, no type, a second one of the same handler', () => {
    expect(refusal(() => cloud.put(extension(0), customScript()))).toMatchObject({
      status: 404,
      code: 'ParentResourceNotFound',
    });
    cloud.put(vm(0), machine(0));
    expect(refusal(() => cloud.put(extension(0), { properties: { publisher: 'p' } })).target).toBe('type');
    cloud.put(extension(0), customScript());
    expect(refusal(() => cloud.put(extension(0, 'second'), customScript())).message).toContain(
      'Multiple VMExtensions per handler',
    );
  });
});

describe('availability sets', () => {
  test('a region has two or three fault domains, as its SKUs say', () => {
    const other = idIn('Microsoft.Compute/availabilitySets', 'other');
    expect(refusal(() => cloud.put(other, { ...counts(3), location: 'westus2' }))).toMatchObject({
      code: 'InvalidParameter',
      message: 'The specified fault domain count 3 must fall in the range 1 to 2.',
    });
    expect(refusal(() => cloud.put(other, counts(2, 21))).target).toBe('platformUpdateDomainCount');
    expect(maximumFaultDomains('westus2')).toEqual([{ name: 'MaximumPlatformFaultDomainCount', value: '2' }]);
    expect(maximumFaultDomains('eastus')).toEqual([{ name: 'MaximumPlatformFaultDomainCount', value: '3' }]);
  });

  test('the counts of an existing set cannot change', () => {
    expect(refusal(() => cloud.put(set, counts(2))).code).toBe('PropertyChangeNotAllowed');
  });
});

describe('scale sets', () => {
  test('instances have interfaces with addresses of the subnet, which the pool lists', () => {
    cloud.put(vmss, scaleSet(3));
    expect(numbers()).toEqual(['0', '1', '2']);
    expect(cloud.shown(instanceNic(2))).toMatchObject({
      virtualMachine: { id: instance(2) },
      ipConfigurations: [
        { id: `${instanceNic(2)}/ipConfigurations/ipconfig`, properties: { privateIPAddress: '10.0.0.6' } },
      ],
    });
    expect(cloud.shown(instance(1))).toMatchObject({
      osProfile: { computerName: 'agent-000001' },
      networkProfile: { networkInterfaces: [{ id: instanceNic(1) }] },
    });
    expect(cloud.shown(lb).backendAddressPools).toMatchObject([
      {
        properties: {
          backendIPConfigurations: [0, 1, 2].map((number) => ({
            id: `${instanceNic(number)}/ipConfigurations/ipconfig`,
          })),
        },
      },
    ]);
    expect(cloud.list({}).filter((record) => record.listed && record.id.startsWith(vmss))).toHaveLength(1);
    expect(refusal(() => cloud.remove(lb))).toMatchObject({
      status: 409,
      code: 'LoadBalancerInUseByVirtualMachineScaleSet',
    });
  });

  test('nothing write-only is shown, neither by the set nor by an instance', () => {
    cloud.put(vmss, scaleSet(1));
    const shown = JSON.stringify([cloud.shown(vmss), cloud.shown(instance(0))]);
    expect(shown).not.toMatch(/customData|aGVsbG8=|protectedSettings|c2VjcmV0/);
    expect(cloud.must(vmss).secrets).toMatchObject({ customData: 'aGVsbG8=' });
  });

  test('capacity changes add and take away instances; a number is never given twice', () => {
    cloud.put(vmss, scaleSet(2));
    const { vmId } = cloud.must(instance(0)).properties;
    cloud.put(vmss, scaleSet(4));
    expect(numbers()).toEqual(['0', '1', '2', '3']);
    cloud.put(vmss, scaleSet(1));
    expect(numbers()).toEqual(['0']);
    expect(cloud.get(instanceNic(3))).toBeUndefined();
    cloud.put(vmss, scaleSet(2));
    expect(numbers()).toEqual(['0', '4']);
    expect(cloud.must(instance(0)).properties.vmId).toBe(vmId);
    expect(cloud.shown(instanceNic(4)).ipConfigurations).toMatchObject([
      { properties: { privateIPAddress: '10.0.0.5' } },
    ]);
    cloud.remove(instance(4));
    expect(cloud.must(vmss).envelope.sku).toMatchObject({ capacity: 1 });
    cloud.remove(vmss);
    expect(cloud.list({ under: vmss })).toEqual([]);
  });

  test('the time of a PUT grows with the instances that are new', () => {
    const units = (capacity: number) =>
      handlerOf('Microsoft.Compute/virtualMachineScaleSets').put(cloud.request(vmss, scaleSet(capacity)))
        .units;
    expect(units(5)).toBe(5);
    cloud.put(vmss, scaleSet(5));
    expect(units(7)).toBe(2);
    expect(units(3)).toBe(1);
  });

  test('instances follow a new model when the upgrade policy says so, else they lag behind', () => {
    cloud.put(vmss, scaleSet(1));
    const sized = (mode: string): JsonObject => ({
      ...scaleSet(1, { userData: 'eA==' }, { upgradePolicy: { mode } }),
      sku: { name: 'Standard_D4s_v5', tier: 'Standard', capacity: 1 },
    });
    cloud.put(vmss, sized('Manual'));
    expect(cloud.must(instance(0)).properties.latestModelApplied).toBe(false);
    expect(cloud.must(instance(0)).envelope.sku).toMatchObject({ name: 'Standard_D2s_v5' });
    cloud.put(vmss, { ...scaleSet(1), sku: { name: 'Standard_D4s_v5', tier: 'Standard', capacity: 1 } });
    expect(cloud.must(instance(0))).toMatchObject({
      properties: { latestModelApplied: true },
      envelope: { sku: { name: 'Standard_D4s_v5' } },
    });
  });

  test('instances that are too many leave from the moment the smaller capacity is accepted, unless they are wanted after all', () => {
    const states = () =>
      cloud
        .list({ type: 'Microsoft.Compute/virtualMachineScaleSets/virtualMachines' })
        .map(({ provisioningState }) => provisioningState);
    cloud.put(vmss, scaleSet(3));
    cloud.accept(vmss, scaleSet(1));
    expect(states()).toEqual(['Succeeded', 'Deleting', 'Deleting']);
    cloud.put(vmss, scaleSet(2));
    expect(states()).toEqual(['Succeeded', 'Succeeded']);
  });

  test('the instance view counts instances and extensions', () => {
    cloud.put(vmss, scaleSet(2));
    cloud.accept(vmss, scaleSet(3));
    const statusesSummary = [
      { code: 'ProvisioningState/succeeded', count: 2 },
      { code: 'ProvisioningState/creating', count: 1 },
    ];
    expect(cloud.part(vmss, 'instanceview')).toMatchObject({
      virtualMachine: { statusesSummary },
      extensions: [{ name: 'configure', statusesSummary }],
    });
    expect(cloud.part(instance(0), 'instanceview')).toMatchObject({
      statuses: [{ code: 'ProvisioningState/succeeded' }, { code: 'PowerState/running' }],
    });
  });

  test('refusals: missing subnet, too many instances, another admin user, instances put by hand', () => {
    const elsewhere = scaleSet(1);
    const text = JSON.stringify(elsewhere).replaceAll('/subnets/agents', '/subnets/none');
    expect(refusal(() => cloud.put(vmss, JSON.parse(text) as JsonObject)).code).toBe(
      'InvalidResourceReference',
    );
    expect(refusal(() => cloud.put(vmss, scaleSet(101, {}, { singlePlacementGroup: true }))).target).toBe(
      'sku.capacity',
    );
    cloud.put(vmss, scaleSet(1));
    const other = {
      osProfile: { computerNamePrefix: 'agent-', adminUsername: 'captain', linuxConfiguration: linux },
    };
    expect(refusal(() => cloud.put(vmss, scaleSet(1, other))).code).toBe('PropertyChangeNotAllowed');
    expect(refusal(() => cloud.put(instance(7), {})).code).toBe('OperationNotAllowed');
  });
});

describe('quotas and SKUs', () => {
  test('usages count what machines and scale sets use', () => {
    cloud.put(vm(0), machine(0));
    cloud.put(vmss, scaleSet(3));
    expect(usage('cores')).toMatchObject({ currentValue: 8, limit: 1000 });
    expect(usage('standardDSv5Family')).toMatchObject({ currentValue: 8 });
    expect(usage('standardFSv2Family')).toMatchObject({ currentValue: 0 });
    expect(usage('virtualMachineScaleSets')).toMatchObject({ currentValue: 1 });
  });

  test('a PUT beyond the region’s or the family’s cores is refused', () => {
    expect(refusal(() => cloud.put(vmss, ofSizeAndCapacity('Standard_D4s_v6', 13)))).toMatchObject({
      status: 409,
      code: 'OperationNotAllowed',
      message: expect.stringContaining(
        'exceeding approved StandardDsv6Family Cores quota. Additional details - Deployment Model: Resource Manager, Location: eastus, Current Limit: 50, Current Usage: 0, Additional Required: 52, (Minimum) New Limit Required: 52.',
      ) as string,
    });
    expect(refusal(() => cloud.put(vmss, ofSizeAndCapacity('Standard_D16s_v5', 63))).message).toContain(
      'Total Regional Cores',
    );
    cloud.put(vmss, ofSizeAndCapacity('Standard_D2s_v5', 100));
    cloud.put(vmss, ofSizeAndCapacity('Standard_D2s_v5', 100));
  });

  test('preflight adds up all planned machines and says so once', () => {
    const small = (index: number) =>
      cloud.request(vm(index), machine(index, { hardwareProfile: { vmSize: 'Standard_D4s_v6' } }));
    const agents = (capacity: number) =>
      cloud.request(vmss, { ...scaleSet(capacity), sku: { name: 'Standard_D4s_v6', capacity } });
    cloud.preflight([small(0), small(1), agents(10)]);
    const planned = [small(0), small(1), agents(11)];
    const refused = planned.filter((request) => {
      try {
        handlerOf(request.id.type).preflight?.(request, planned);
        return false;
      } catch {
        return true;
      }
    });
    expect(refused.map((request) => request.id.text)).toEqual([vm(0)]);
    expect(refusal(() => cloud.preflight(planned))).toMatchObject({
      status: 400,
      code: 'QuotaExceeded',
      message: expect.stringContaining('Additional Required: 52') as string,
    });
  });

  test('SKUs describe sizes with capabilities and restrictions, per region', () => {
    const skus = route('skus', { $filter: "location eq 'brazilsouth'" }).value;
    const sku = (name: string) => skus.find((entry) => entry.name === name);
    expect(sku('Standard_D2s_v5')).toMatchObject({
      resourceType: 'virtualMachines',
      family: 'standardDSv5Family',
      locations: ['brazilsouth'],
      restrictions: [],
    });
    expect(sku('Standard_D2s_v5')?.capabilities).toEqual(
      expect.arrayContaining([
        { name: 'vCPUs', value: '2' },
        { name: 'MemoryGB', value: '8' },
        { name: 'HyperVGenerations', value: 'V1,V2' },
        { name: 'CpuArchitectureType', value: 'x64' },
        { name: 'MaxDataDiskCount', value: '4' },
      ]),
    );
    expect(sku('Standard_D2s_v6')?.restrictions).toMatchObject([
      { reasonCode: 'NotAvailableForSubscription' },
    ]);
    expect(route('skus').value.length).toBeGreaterThan(skus.length);
    expect(refusal(() => route('skus', { $filter: 'name eq 1' })).target).toBe('$filter');
  });
});

test('disks are made and grown by themselves, and cannot shrink', () => {
  cloud.put(disk('data'), emptyDisk(64));
  cloud.put(disk('data'), emptyDisk(128));
  expect(cloud.shown(disk('data'))).toMatchObject({ diskSizeGB: 128, diskState: 'Unattached' });
  expect(refusal(() => cloud.put(disk('data'), emptyDisk(32))).code).toBe('OperationNotAllowed');
  expect(refusal(() => cloud.put(disk('empty'), { properties: {} })).target).toBe('creationData');
  const attaching = machine(0, {
    storageProfile: {
      imageReference: image,
      osDisk: { name: 'os', createOption: 'FromImage' },
      dataDisks: [
        { lun: 0, createOption: 'Attach', managedDisk: { id: disk('data') } },
        { lun: 1, createOption: 'Empty', diskSizeGB: 16, name: 'fresh' },
      ],
    },
  });
  cloud.put(vm(0), attaching);
  expect(cloud.must(disk('data')).envelope.managedBy).toBe(vm(0));
  expect(cloud.must(disk('fresh')).properties.diskSizeGB).toBe(16);
  const stealing = machine(1, {
    storageProfile: {
      imageReference: image,
      osDisk: { createOption: 'FromImage' },
      dataDisks: [{ lun: 0, createOption: 'Attach', managedDisk: { id: disk('data') } }],
    },
  });
  expect(refusal(() => cloud.put(vm(1), stealing)).code).toBe('ConflictingUserInput');
});

const machineViews = () => [cloud.part(vm(0), 'instanceview'), cloud.part(instance(0), 'instanceview')];

describe('machines that are real', () => {
  let state: MachineState;
  beforeEach(() => {
    state = 'running';
    cloud = new MemoryCloud({ ...simulatedMachines, kind: 'docker', state: () => state });
    prepareNetwork();
    cloud.put(vm(0), machine(0));
    cloud.put(vmss, scaleSet(1));
  });
  test('say that they run and that their agent is ready', () => {
    for (const view of machineViews())
      expect(view).toMatchObject({
        vmAgent: {
          vmAgentVersion: 'local',
          statuses: [{ code: 'ProvisioningState/succeeded', level: 'Info', displayStatus: 'Ready' }],
        },
        statuses: [{}, { code: 'PowerState/running', displayStatus: 'VM running' }],
      });
  });

  test.each(['stopped', 'absent'] as const)('say that they are stopped when they are found %s', (found) => {
    state = found;
    for (const view of machineViews())
      expect(view).toMatchObject({
        vmAgent: { statuses: [{ level: 'Warning', displayStatus: 'Not Ready' }] },
        statuses: [{}, { code: 'PowerState/stopped', displayStatus: 'VM stopped' }],
      });
    expect(refusal(() => cloud.put(extension(0), customScript())).message).toBe(
      'Cannot modify extensions in the VM when the VM is not running.',
    );
  });
});
