import { randomBytes, randomUUID } from 'node:crypto';
import type { JsonObject, JsonValue } from '@slipway/arm-template';
import { ArmError } from '../../arm-error.ts';
import { parseResourceId } from '../../resource-id.ts';
import { computeApiVersions } from '../api-versions.ts';
import { booleanAt, compact, idAt, numberAt, objectAt, objectsAt, textAt } from '../json-reading.ts';
import { planIpConfigurations } from '../network/interface-configurations.ts';
import { instanceInterfaceType } from '../network/ip-configurations.ts';
import { interfaceDefaults } from '../network/network-interfaces.ts';
import { networkApiVersions } from '../api-versions.ts';
import type { CloudView, ResourceRecord, ResourceTypeHandler } from '../provider.ts';
import { keptSubResources, parentIdOf, partOf, presentSubResource } from '../sub-resources.ts';
import { scaleSetType } from './core-quotas.ts';
import { instanceInstanceView } from './instance-view.ts';
import { hardwareAddress } from './machine-network.ts';
import { withRecords } from './planned-view.ts';

export const instanceType = `${scaleSetType}/virtualMachines`;

/** A uniform scale set spreads its instances over five of each kind of domain. */
const domainCount = 5;

/** The scale set that instances are made for: its model as it is kept. */
export interface InstanceModel {
  readonly id: string;
  readonly name: string;
  readonly location: string | undefined;
  readonly tags: Record<string, string> | undefined;
  readonly sku: JsonObject;
  /** `virtualMachineProfile` without write-only values. */
  readonly profile: JsonObject;
}

/** The instances of a scale set in order of their numbers. */
export function instancesOf(view: CloudView, scaleSetId: string): ResourceRecord[] {
  return view
    .list({ type: instanceType, under: scaleSetId })
    .toSorted((left, right) => instanceNumber(left) - instanceNumber(right));
}

/** An instance's number, the last segment of its id. */
export function instanceNumber(record: ResourceRecord): number {
  return Number(record.id.slice(record.id.lastIndexOf('/') + 1));
}

/** The records of instances with these numbers and of their interfaces; existing ones keep what identifies them. */
export function planInstances(
  model: InstanceModel,
  numbers: readonly number[],
  view: CloudView,
  now: Date,
): ResourceRecord[] {
  const planned: ResourceRecord[] = [];
  for (const number of numbers) {
    const id = `${model.id}/virtualMachines/${number}`;
    const existing = view.get(id);
    const nics = objectsAt(model.profile, 'networkProfile', 'networkInterfaceConfigurations').map(
      (configuration) => planInterface(model, id, configuration, withRecords(view, planned), now),
    );
    planned.push(...nics, planInstance(model, { id, number, existing, nics, now }));
  }
  return planned;
}

function planInterface(
  model: InstanceModel,
  instanceId: string,
  configuration: JsonObject,
  view: CloudView,
  now: Date,
): ResourceRecord {
  const name = textAt(configuration, 'name') ?? '';
  const id = `${instanceId}/networkInterfaces/${name}`;
  const existing = view.get(id);
  const sent = objectAt(configuration, 'properties');
  const groupId = idAt(sent, 'networkSecurityGroup');
  const defaults = interfaceDefaults(existing);
  const ipConfigurations = planIpConfigurations({
    id,
    location: model.location,
    sent: {
      ipConfigurations: objectsAt(sent, 'ipConfigurations').map((item) => instanceConfiguration(item)),
    },
    existing,
    view,
  });
  return {
    ...partRecord(id, instanceInterfaceType, name, existing, now),
    properties: {
      ...defaults,
      macAddress: hardwareAddress(textAt(defaults, 'resourceGuid') ?? ''),
      primary: booleanAt(sent, 'primary') ?? true,
      enableIPForwarding: booleanAt(sent, 'enableIPForwarding') ?? false,
      enableAcceleratedNetworking: booleanAt(sent, 'enableAcceleratedNetworking') ?? false,
      ...(groupId === undefined ? {} : { networkSecurityGroup: { id: groupId } }),
      ipConfigurations,
    },
  };
}

/** What an instance's IP configuration takes over of the model's; public addresses per instance are not simulated. */
function instanceConfiguration(item: JsonObject): JsonObject {
  const sent = objectAt(item, 'properties');
  return {
    name: textAt(item, 'name') ?? '',
    properties: compact({
      primary: booleanAt(sent, 'primary'),
      subnet: objectAt(sent, 'subnet'),
      privateIPAddressVersion: textAt(sent, 'privateIPAddressVersion'),
      loadBalancerBackendAddressPools: objectsAt(sent, 'loadBalancerBackendAddressPools'),
    }),
  };
}

function planInstance(
  model: InstanceModel,
  instance: {
    id: string;
    number: number;
    existing: ResourceRecord | undefined;
    nics: readonly ResourceRecord[];
    now: Date;
  },
): ResourceRecord {
  const { id, number, existing, nics, now } = instance;
  const name = `${model.name}_${number}`;
  const { computerNamePrefix: _prefix, ...os } = objectAt(model.profile, 'osProfile');
  const prefix = textAt(model.profile, 'osProfile', 'computerNamePrefix') ?? model.name;
  const osDisk = objectAt(model.profile, 'storageProfile', 'osDisk');
  const diskName =
    textAt(existing?.properties, 'storageProfile', 'osDisk', 'name') ??
    `${model.name}_${name}_OsDisk_1_${randomBytes(16).toString('hex')}`;
  const groupPath = model.id.slice(0, model.id.toLowerCase().indexOf('/providers/'));
  const extensions = objectsAt(model.profile, 'extensionProfile', 'extensions');
  return {
    ...partRecord(id, instanceType, name, existing, now),
    ...(model.location === undefined ? {} : { location: model.location }),
    ...(model.tags === undefined ? {} : { tags: model.tags }),
    envelope: {
      instanceId: String(number),
      sku: compact({ name: model.sku['name'], tier: model.sku['tier'] }),
    },
    properties: compact({
      latestModelApplied: true,
      modelDefinitionApplied: 'VirtualMachineScaleSet',
      vmId: textAt(existing?.properties, 'vmId') ?? randomUUID(),
      hardwareProfile: {},
      storageProfile: {
        imageReference: objectAt(model.profile, 'storageProfile', 'imageReference'),
        osDisk: compact({
          osType: 'Linux',
          name: diskName,
          createOption: textAt(osDisk, 'createOption') ?? 'FromImage',
          caching: textAt(osDisk, 'caching') ?? 'None',
          managedDisk: {
            storageAccountType: textAt(osDisk, 'managedDisk', 'storageAccountType') ?? 'Standard_LRS',
            id: `${groupPath}/providers/Microsoft.Compute/disks/${diskName}`,
          },
          diskSizeGB: numberAt(osDisk, 'diskSizeGB') ?? 30,
        }),
        dataDisks: objectsAt(model.profile, 'storageProfile', 'dataDisks'),
      },
      osProfile: { ...os, computerName: `${prefix}${number.toString(36).toUpperCase().padStart(6, '0')}` },
      networkProfile: { networkInterfaces: nics.map((nic): JsonValue => ({ id: nic.id })) },
      networkProfileConfiguration: {
        networkInterfaceConfigurations: objectsAt(
          model.profile,
          'networkProfile',
          'networkInterfaceConfigurations',
        ),
      },
      diagnosticsProfile: model.profile['diagnosticsProfile'],
      extensions: extensions.length === 0 ? undefined : extensions,
      timeCreated: textAt(existing?.properties, 'timeCreated') ?? now.toISOString(),
    }),
    secrets: {
      ...existing?.secrets,
      placement: { faultDomain: number % domainCount, updateDomain: number % domainCount },
    },
  };
}

function partRecord(
  id: string,
  type: string,
  name: string,
  existing: ResourceRecord | undefined,
  now: Date,
): ResourceRecord {
  return {
    id,
    type,
    name,
    envelope: {},
    properties: {},
    secrets: {},
    provisioningState: existing ? 'Updating' : 'Creating',
    listed: false,
    etag: `W/"${randomUUID()}"`,
    createdAt: existing?.createdAt ?? now.toISOString(),
    changedAt: now.toISOString(),
  };
}

function notPutable(type: string): ArmError {
  return new ArmError(
    400,
    'OperationNotAllowed',
    `Resources of type '${type}' are made by their scale set: change sku.capacity of the scale set instead.`,
  );
}

/** Instances of a uniform scale set; deleting one takes it out of the capacity. */
export const scaleSetInstances: ResourceTypeHandler = {
  type: instanceType,
  apiVersions: computeApiVersions,
  locations: 'all',
  removeWork: 'scaleSetInstance',
  put: () => {
    throw notPutable(instanceType);
  },
  remove: (record, view) => {
    const id = parseResourceId(record.id);
    const scaleSet = id && view.get(parentIdOf(id).text);
    if (!scaleSet) return { upsert: [], remove: [record.id] };
    const sku = objectAt(scaleSet.envelope, 'sku');
    const capacity = instancesOf(view, scaleSet.id).length - 1;
    return {
      upsert: [{ ...scaleSet, envelope: { ...scaleSet.envelope, sku: { ...sku, capacity } } }],
      remove: [record.id],
    };
  },
  parts: { instanceview: instanceInstanceView },
  expansions: {
    instanceview: (record, view) => ({ instanceView: instanceInstanceView(record, view) }),
  },
};

function presentInstanceInterface(record: ResourceRecord): JsonObject {
  const id = parseResourceId(record.id);
  return compact({
    ipConfigurations: keptSubResources(record, 'ipConfigurations').map((item) =>
      presentSubResource(record, 'ipConfigurations', item),
    ),
    virtualMachine: id ? { id: parentIdOf(id).text } : undefined,
  });
}

/** Network interfaces of scale-set instances: read only. */
export const scaleSetInstanceInterfaces: ResourceTypeHandler = {
  type: instanceInterfaceType,
  apiVersions: [...networkApiVersions, ...computeApiVersions],
  locations: 'all',
  put: () => {
    throw notPutable(instanceInterfaceType);
  },
  remove: () => {
    throw notPutable(instanceInterfaceType);
  },
  present: presentInstanceInterface,
  parts: { ipconfigurations: partOf(presentInstanceInterface, 'ipConfigurations') },
};
