import { randomUUID } from 'node:crypto';
import type { JsonObject, JsonValue } from '@slipway/arm-template';
import { ArmError } from '../../arm-error.ts';
import { computeApiVersions } from '../api-versions.ts';
import { compact, numberAt, objectAt, objectsAt, sameJson, sameText, textAt } from '../json-reading.ts';
import type { CloudView, PutRequest, ResourceRecord, ResourceTypeHandler } from '../provider.ts';
import { extensionsDigest } from '../../machines/machine-specs.ts';
import { normalLocation, recordFrom } from '../resource-plan.ts';
import { instanceInterfaceType } from '../network/ip-configurations.ts';
import { checkCoresOfPlan, checkCoresOfPut, scaleSetType } from './core-quotas.ts';
import { checkExtension, splitProtectedSettings } from './extensions.ts';
import { provisioningStatus } from './instance-view.ts';
import { readOsProfile } from './os-profile.ts';
import { refuseChange } from './property-changes.ts';
import { instanceNumber, instancesOf, instanceType, planInstances } from './scale-set-instances.ts';
import type { InstanceModel } from './scale-set-instances.ts';
import { checkImageFits, requireSize } from './size-checks.ts';
import { imageOf } from './storage-profile.ts';

const maximumCapacity = 1000;
const maximumOfOneGroup = 100;

function locationOf(request: PutRequest): string {
  return normalLocation(textAt(request.body, 'location') ?? request.existing?.location ?? '');
}

/** The number of instances that a body asks for; refuses what Azure's scale sets cannot hold. */
function readCapacity(request: PutRequest): number {
  const capacity =
    numberAt(request.body, 'sku', 'capacity') ?? numberAt(request.existing?.envelope, 'sku', 'capacity') ?? 0;
  const isOneGroup =
    request.body['properties'] !== undefined &&
    objectAt(request.body, 'properties')['singlePlacementGroup'] === true;
  const maximum = isOneGroup ? maximumOfOneGroup : maximumCapacity;
  if (Number.isInteger(capacity) && capacity >= 0 && capacity <= maximum) return capacity;
  throw new ArmError(
    400,
    'InvalidParameter',
    `The value ${capacity} of parameter sku.capacity must fall in the range 0 to ${maximum}.`,
    { target: 'sku.capacity' },
  );
}

/** The machine model as it is kept, and its write-only values apart. */
function planProfile(request: PutRequest): { profile: JsonObject; secrets: JsonObject } {
  const { body, existing, id } = request;
  const sent = objectAt(body, 'properties', 'virtualMachineProfile');
  const before = objectAt(existing?.properties, 'virtualMachineProfile');
  const os = objectAt(sent, 'osProfile');
  const prefix =
    textAt(os, 'computerNamePrefix') ??
    textAt(before, 'osProfile', 'computerNamePrefix') ??
    id.names[0] ??
    '';
  if (existing) {
    refuseChange(
      'osProfile.adminUsername',
      textAt(before, 'osProfile', 'adminUsername'),
      textAt(os, 'adminUsername'),
    );
    refuseChange(
      'osProfile.computerNamePrefix',
      textAt(before, 'osProfile', 'computerNamePrefix'),
      textAt(os, 'computerNamePrefix'),
    );
  }
  const osProfile =
    existing && Object.keys(os).length === 0
      ? { shown: objectAt(before, 'osProfile'), secrets: {} }
      : readOsProfile(os, { computerNamePrefix: prefix });
  const extensions = objectsAt(sent, 'extensionProfile', 'extensions').map((extension) => {
    const properties = objectAt(extension, 'properties');
    checkExtension(properties);
    const name = textAt(extension, 'name') ?? '';
    const { shown, secret } = splitProtectedSettings(properties);
    return { name, secret, shown: { name, properties: { autoUpgradeMinorVersion: false, ...shown } } };
  });
  const { customData, adminPassword } = existing?.secrets ?? {};
  return {
    profile: compact({
      ...sent,
      osProfile: osProfile.shown,
      storageProfile: planStorageModel(objectAt(sent, 'storageProfile')),
      extensionProfile:
        extensions.length === 0
          ? undefined
          : {
              ...objectAt(sent, 'extensionProfile'),
              extensions: extensions.map((entry): JsonValue => entry.shown),
            },
    }),
    secrets: compact({
      customData,
      adminPassword,
      ...osProfile.secrets,
      protectedSettings: Object.fromEntries(
        extensions.map((entry): [string, JsonValue] => [entry.name, entry.secret]),
      ),
    }),
  };
}

function planStorageModel(sent: JsonObject): JsonObject {
  const osDisk = objectAt(sent, 'osDisk');
  const isUnmanaged = Array.isArray(osDisk['vhdContainers']);
  return compact({
    ...sent,
    diskControllerType: textAt(sent, 'diskControllerType') ?? 'SCSI',
    osDisk: compact({
      osType: 'Linux',
      createOption: 'FromImage',
      caching: 'None',
      diskSizeGB: 30,
      ...osDisk,
      managedDisk: isUnmanaged
        ? undefined
        : { storageAccountType: 'Standard_LRS', ...objectAt(osDisk, 'managedDisk') },
    }),
  });
}

/** The numbers of the instances that stay and that are new; a number is never given twice. */
function planNumbers(
  request: PutRequest,
  capacity: number,
): { kept: number[]; fresh: number[]; next: number } {
  const existing = instancesOf(request.view, request.id.text).map((instance) => instanceNumber(instance));
  const next = numberAt(request.existing?.secrets, 'nextInstance') ?? 0;
  const kept = existing.slice(0, capacity);
  const fresh = Array.from({ length: Math.max(0, capacity - kept.length) }, (_, index) => next + index);
  return { kept, fresh, next: next + fresh.length };
}

function planScaleSet(request: PutRequest) {
  const { id, body, existing, now, view } = request;
  const sent = objectAt(body, 'properties');
  const location = locationOf(request);
  if (sameText(textAt(sent, 'orchestrationMode'), 'Flexible')) {
    throw new ArmError(
      400,
      'OperationNotAllowed',
      'The local cloud has scale sets with orchestration mode Uniform only.',
      { target: 'orchestrationMode' },
    );
  }
  const capacity = readCapacity(request);
  const skuName = textAt(body, 'sku', 'name') ?? textAt(existing?.envelope, 'sku', 'name');
  const size = requireSize(skuName, location);
  checkImageFits(size, imageOf(objectAt(sent, 'virtualMachineProfile', 'storageProfile')));
  checkCoresOfPut(request);
  const { profile, secrets } = planProfile(request);
  const sku = { name: size.name, tier: textAt(body, 'sku', 'tier') ?? 'Standard', capacity };
  const { kept, fresh, next } = planNumbers(request, capacity);
  const mode = textAt(sent, 'upgradePolicy', 'mode') ?? 'Manual';
  const record = recordFrom(
    request,
    compact({
      singlePlacementGroup: capacity <= maximumOfOneGroup,
      orchestrationMode: 'Uniform',
      overprovision: true,
      platformFaultDomainCount: 5,
      ...sent,
      upgradePolicy: { ...objectAt(sent, 'upgradePolicy'), mode },
      virtualMachineProfile: profile,
      uniqueId: textAt(existing?.properties, 'uniqueId') ?? randomUUID(),
      timeCreated: textAt(existing?.properties, 'timeCreated') ?? now.toISOString(),
    }),
    { envelope: { sku }, secrets: { ...secrets, nextInstance: next } },
  );
  const model: InstanceModel = {
    id: id.text,
    name: id.names[0] ?? '',
    location,
    tags: record.tags,
    sku,
    profile,
  };
  const isModelChanged =
    existing !== undefined &&
    !(
      sameJson(existing.properties['virtualMachineProfile'], profile) &&
      sameText(textAt(existing.envelope, 'sku', 'name'), size.name)
    );
  const isFollowing = sameText(mode, 'Automatic') || sameText(mode, 'Rolling');
  const instances = planInstances(
    model,
    isFollowing && isModelChanged ? [...kept, ...fresh] : fresh,
    view,
    now,
  );
  const lagging =
    !isFollowing && isModelChanged
      ? kept.flatMap((number) => {
          const instance = view.get(`${id.text}/virtualMachines/${number}`);
          return instance
            ? [{ ...instance, properties: { ...instance.properties, latestModelApplied: false } }]
            : [];
        })
      : [];
  // Those that are too many leave; from now on they get no new connections.
  const leaving = instancesOf(view, id.text)
    .slice(capacity)
    .map((instance) => ({ ...instance, provisioningState: 'Deleting' }));
  return { record, changed: [...instances, ...lagging, ...leaving], worked: fresh.length };
}

/** Statuses of a set of things, counted: `[{ code, count }]`. */
function summary(codes: readonly string[]): JsonValue[] {
  const counts = new Map<string, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].map(([code, count]): JsonValue => ({ code, count }));
}

/** `…/virtualMachineScaleSets/{name}/instanceView`. */
function scaleSetInstanceView(record: ResourceRecord, view: CloudView): JsonObject {
  const codes = instancesOf(view, record.id).map(
    (instance) => `ProvisioningState/${instance.provisioningState.toLowerCase()}`,
  );
  const extensions = objectsAt(record.properties, 'virtualMachineProfile', 'extensionProfile', 'extensions');
  return compact({
    virtualMachine: { statusesSummary: summary(codes) },
    extensions:
      extensions.length === 0
        ? undefined
        : extensions.map((extension): JsonValue => ({
            name: textAt(extension, 'name') ?? '',
            statusesSummary: summary(codes),
          })),
    statuses: [provisioningStatus(record)],
  });
}

/** `Microsoft.Compute/virtualMachineScaleSets` with uniform orchestration. */
export const scaleSets: ResourceTypeHandler = {
  type: scaleSetType,
  apiVersions: computeApiVersions,
  locations: 'all',
  removeWork: 'scaleSet',
  preflight: (request, planned) => {
    const sizeName = textAt(request.body, 'sku', 'name');
    if (sizeName?.startsWith('[') !== true) {
      const size = requireSize(sizeName, locationOf(request));
      checkImageFits(
        size,
        imageOf(objectAt(request.body, 'properties', 'virtualMachineProfile', 'storageProfile')),
      );
    }
    checkCoresOfPlan(request, planned);
  },
  put: (request) => {
    const { record, changed, worked } = planScaleSet(request);
    return { record, also: { upsert: changed, remove: [] }, work: 'scaleSet', units: Math.max(1, worked) };
  },
  complete: (record, view, now) => {
    const capacity = numberAt(record.envelope, 'sku', 'capacity') ?? 0;
    const instances = instancesOf(view, record.id);
    const nics = view.list({ type: instanceInterfaceType, under: record.id });
    const surplus = instances.slice(capacity).map((instance) => instance.id);
    const isSurplus = (id: string) =>
      surplus.some((gone) => sameText(gone, id) || id.toLowerCase().startsWith(`${gone.toLowerCase()}/`));
    return {
      upsert: [...instances, ...nics]
        .filter((part) => !isSurplus(part.id) && part.provisioningState !== 'Succeeded')
        .map((part) => ({
          ...part,
          ...(sameText(part.type, instanceType)
            ? { secrets: { ...part.secrets, configuredWith: extensionsDigest(record) } }
            : {}),
          provisioningState: 'Succeeded',
          changedAt: now.toISOString(),
        })),
      remove: surplus,
    };
  },
  collections: {
    networkinterfaces: (record, view) => view.list({ type: instanceInterfaceType, under: record.id }),
  },
  parts: {
    instanceview: scaleSetInstanceView,
    skus: (record) => [
      {
        resourceType: scaleSetType,
        sku: { name: textAt(record.envelope, 'sku', 'name') ?? '', tier: 'Standard' },
        capacity: { minimum: 0, maximum: maximumCapacity, defaultCapacity: 1, scaleType: 'Automatic' },
      },
    ],
  },
};
