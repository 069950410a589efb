import { randomUUID } from 'node:crypto';
import type { JsonObject } from '@slipway/arm-template';
import { ArmError } from '../../arm-error.ts';
import { diskApiVersions } from '../api-versions.ts';
import { compact, numberAt, objectAt, textAt } from '../json-reading.ts';
import type { ResourceRecord, ResourceTypeHandler } from '../provider.ts';
import { recordFrom } from '../resource-plan.ts';

export const diskType = 'Microsoft.Compute/disks';

/** What a managed disk is made from. */
export interface NewDisk {
  readonly id: string;
  readonly machine: { id: string; location: string | undefined; tags: Record<string, string> | undefined };
  readonly storageAccountType: string;
  readonly sizeGb: number;
  readonly osType?: 'Linux' | 'Windows';
  /** Of the image, where it is known. */
  readonly generation?: 'V1' | 'V2' | undefined;
  readonly creationData: JsonObject;
  readonly now: Date;
}

/** The record of a disk that a machine makes together with itself. */
export function attachedDisk(disk: NewDisk): ResourceRecord {
  const { machine, now } = disk;
  return {
    id: disk.id,
    type: diskType,
    name: disk.id.slice(disk.id.lastIndexOf('/') + 1),
    ...(machine.location === undefined ? {} : { location: machine.location }),
    ...(machine.tags === undefined ? {} : { tags: machine.tags }),
    envelope: { sku: skuOf(disk.storageAccountType), managedBy: machine.id },
    properties: {
      ...compact({ osType: disk.osType, hyperVGeneration: disk.generation }),
      creationData: disk.creationData,
      ...sizeProperties(disk.sizeGb),
      timeCreated: now.toISOString(),
      diskState: 'Attached',
      uniqueId: randomUUID(),
    },
    secrets: {},
    provisioningState: 'Succeeded',
    listed: true,
    etag: `W/"${randomUUID()}"`,
    createdAt: now.toISOString(),
    changedAt: now.toISOString(),
  };
}

/** A disk that stays when its machine goes. */
export function detachedDisk(disk: ResourceRecord): ResourceRecord {
  const { managedBy: _machine, ...envelope } = disk.envelope;
  return { ...disk, envelope, properties: { ...disk.properties, diskState: 'Unattached' } };
}

/** A disk that a machine takes over. */
export function takenDisk(disk: ResourceRecord, machineId: string): ResourceRecord {
  return {
    ...disk,
    envelope: { ...disk.envelope, managedBy: machineId },
    properties: { ...disk.properties, diskState: 'Attached' },
  };
}

const largestDiskGb = 65_536;

/** Types of managed disks, in lower case. */
const diskSkus = new Set([
  'standard_lrs',
  'standardssd_lrs',
  'standardssd_zrs',
  'premium_lrs',
  'premium_zrs',
  'premiumv2_lrs',
  'ultrassd_lrs',
]);

function skuOf(storageAccountType: string): JsonObject {
  return {
    name: storageAccountType,
    tier: storageAccountType.startsWith('Premium') ? 'Premium' : 'Standard',
  };
}

function sizeProperties(sizeGb: number): JsonObject {
  return {
    diskSizeGB: sizeGb,
    diskSizeBytes: sizeGb * 1024 ** 3,
    diskIOPSReadWrite: 500,
    diskMBpsReadWrite: 60,
    encryption: { type: 'EncryptionAtRestWithPlatformKey' },
    networkAccessPolicy: 'AllowAll',
    publicNetworkAccess: 'Enabled',
  };
}

/** `Microsoft.Compute/disks`: managed disks, made by themselves or with a machine. */
export const disks: ResourceTypeHandler = {
  type: diskType,
  apiVersions: diskApiVersions,
  locations: 'all',
  removeWork: 'disk',
  put: (request) => {
    const { body, existing, now } = request;
    const sent = objectAt(body, 'properties');
    const creation = objectAt(sent, 'creationData');
    if (textAt(creation, 'createOption') === undefined) {
      throw new ArmError(400, 'InvalidParameter', "Required parameter 'creationData' is missing (null).", {
        target: 'creationData',
      });
    }
    const before = numberAt(existing?.properties, 'diskSizeGB');
    const sizeGb = numberAt(sent, 'diskSizeGB') ?? before;
    if (sizeGb === undefined) {
      throw new ArmError(400, 'InvalidParameter', "Required parameter 'disk.diskSizeGB' is missing (null).", {
        target: 'disk.diskSizeGB',
      });
    }
    if (sizeGb < 1 || sizeGb > largestDiskGb) {
      throw new ArmError(
        400,
        'InvalidParameter',
        `The value '${sizeGb}' of parameter 'disk.diskSizeGB' is out of range: it must be from 1 to ${largestDiskGb}.`,
        { target: 'disk.diskSizeGB' },
      );
    }
    const skuName = textAt(body, 'sku', 'name') ?? 'Standard_LRS';
    if (!diskSkus.has(skuName.toLowerCase())) {
      throw new ArmError(
        400,
        'InvalidParameter',
        `The value '${skuName.slice(0, 80)}' of parameter 'sku.name' is not a type of managed disk.`,
        { target: 'sku.name' },
      );
    }
    if (before !== undefined && sizeGb < before) {
      throw new ArmError(
        409,
        'OperationNotAllowed',
        `New disk size in GB (${sizeGb}) must be larger than or equal to the current size (${before}): a disk cannot shrink.`,
      );
    }
    const machineId = textAt(existing?.envelope, 'managedBy');
    return {
      record: recordFrom(
        request,
        {
          ...sent,
          ...sizeProperties(sizeGb),
          diskState: machineId === undefined ? 'Unattached' : 'Attached',
          timeCreated: textAt(existing?.properties, 'timeCreated') ?? now.toISOString(),
          uniqueId: textAt(existing?.properties, 'uniqueId') ?? randomUUID(),
        },
        {
          envelope: compact({
            sku: skuOf(skuName),
            managedBy: machineId,
          }),
        },
      ),
      work: 'disk',
    };
  },
  remove: (record, view) => {
    const machineId = textAt(record.envelope, 'managedBy');
    if (machineId !== undefined && view.get(machineId)) {
      throw new ArmError(409, 'OperationNotAllowed', `Disk ${record.name} is attached to VM ${machineId}.`);
    }
    return { upsert: [], remove: [record.id] };
  },
};
