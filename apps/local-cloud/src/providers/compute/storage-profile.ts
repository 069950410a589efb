import { randomBytes } from 'node:crypto';
import type { JsonObject, JsonValue } from '@slipway/arm-template';
import { ArmError } from '../../arm-error.ts';
import { makeResourceId } from '../../resource-id.ts';
import { compact, idAt, numberAt, objectAt, objectsAt, sameText, textAt } from '../json-reading.ts';
import type { PutRequest, ResourceRecord } from '../provider.ts';
import { normalLocation } from '../resource-plan.ts';
import { attachedDisk, diskType, takenDisk } from './disks.ts';
import { refuseChange, refuseTextChange } from './property-changes.ts';
import { imageNeeds } from './size-checks.ts';

/** Size of the OS disk of a Linux image of Canonical. */
const linuxDiskGb = 30;
/** Size of the OS disk of a Windows image. */
const windowsDiskGb = 127;

/** The storage profile of a machine as it is kept, with the disks that come with it. */
export interface PlannedStorage {
  readonly profile: JsonObject;
  readonly disks: ResourceRecord[];
  /** Whether the OS disk is a managed one; unmanaged disks are blobs in a storage account. */
  readonly isManaged: boolean;
}

/** The members of an image reference that name an image. */
export function imageOf(profile: JsonObject): { offer: string | undefined; sku: string | undefined } {
  return {
    offer: textAt(profile, 'imageReference', 'offer'),
    sku: textAt(profile, 'imageReference', 'sku'),
  };
}

function imageReferenceOf(profile: JsonObject): JsonValue | undefined {
  const reference = objectAt(profile, 'imageReference');
  return Object.keys(reference).length === 0 ? undefined : reference;
}

/** Refuses another image or OS disk for a machine that exists. */
function refuseStorageChanges(existing: ResourceRecord, sent: JsonObject): void {
  const before = objectAt(existing.properties, 'storageProfile');
  refuseChange('imageReference', imageReferenceOf(before), imageReferenceOf(sent));
  refuseTextChange('osDisk.name', textAt(before, 'osDisk', 'name'), textAt(sent, 'osDisk', 'name'));
  refuseTextChange(
    'osDisk.createOption',
    textAt(before, 'osDisk', 'createOption'),
    textAt(sent, 'osDisk', 'createOption'),
  );
}

/** Works out a machine's storage profile: names and ids of its disks, and the disks themselves. */
export function planStorage(request: PutRequest, isWindows: boolean): PlannedStorage {
  const { id, body, existing, now, view } = request;
  const sent = objectAt(body, 'properties', 'storageProfile');
  const before = objectAt(existing?.properties, 'storageProfile');
  if (existing) refuseStorageChanges(existing, sent);
  const name = id.names[0] ?? '';
  const osDisk = objectAt(sent, 'osDisk');
  const isManaged = Object.keys(objectAt(osDisk, 'vhd')).length === 0;
  const osType = isWindows ? 'Windows' : 'Linux';
  const created: ResourceRecord[] = [];
  const make = (disk: {
    name: string;
    sent: JsonObject;
    fallbackGb: number;
    osType?: 'Linux' | 'Windows';
    creationData: JsonObject;
  }): JsonObject => {
    const diskId = makeResourceId({
      subscriptionId: id.subscriptionId,
      resourceGroup: id.resourceGroup,
      namespace: 'Microsoft.Compute',
      types: ['disks'],
      names: [disk.name],
    }).text;
    const storageAccountType = textAt(disk.sent, 'managedDisk', 'storageAccountType') ?? 'Standard_LRS';
    const tags = objectAt(body, 'tags');
    const location = textAt(body, 'location');
    if (!view.get(diskId)) {
      created.push(
        attachedDisk({
          id: diskId,
          machine: {
            id: id.text,
            location: location === undefined ? existing?.location : normalLocation(location),
            tags: Object.fromEntries(
              Object.entries(tags).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
            ),
          },
          storageAccountType,
          sizeGb: numberAt(disk.sent, 'diskSizeGB') ?? disk.fallbackGb,
          ...(disk.osType === undefined
            ? {}
            : { osType: disk.osType, generation: imageNeeds(imageOf(sent)).generation }),
          creationData: disk.creationData,
          now,
        }),
      );
    }
    return { ...objectAt(disk.sent, 'managedDisk'), storageAccountType, id: diskId };
  };
  const osDiskName =
    textAt(osDisk, 'name') ??
    textAt(before, 'osDisk', 'name') ??
    `${name}_OsDisk_1_${randomBytes(16).toString('hex')}`;
  const shownOsDisk = compact({
    osType,
    name: osDiskName,
    createOption: textAt(osDisk, 'createOption') ?? 'FromImage',
    caching: textAt(osDisk, 'caching') ?? 'ReadWrite',
    vhd: isManaged ? undefined : objectAt(osDisk, 'vhd'),
    managedDisk: isManaged
      ? make({
          name: osDiskName,
          sent: osDisk,
          fallbackGb: isWindows ? windowsDiskGb : linuxDiskGb,
          osType,
          creationData: { createOption: 'FromImage', imageReference: objectAt(sent, 'imageReference') },
        })
      : undefined,
    deleteOption: isManaged ? (textAt(osDisk, 'deleteOption') ?? 'Detach') : undefined,
    diskSizeGB: numberAt(osDisk, 'diskSizeGB') ?? (isWindows ? windowsDiskGb : linuxDiskGb),
  });
  const dataDisks = objectsAt(sent, 'dataDisks').map((disk) => {
    const lun = numberAt(disk, 'lun') ?? 0;
    if (Object.keys(objectAt(disk, 'vhd')).length > 0) return disk;
    const attachedId = idAt(disk, 'managedDisk');
    if (sameText(textAt(disk, 'createOption'), 'Attach') && attachedId !== undefined) {
      const record = takeOver(request, attachedId);
      created.push(record);
      return { ...disk, name: record.name };
    }
    const diskName =
      textAt(disk, 'name') ??
      textAt(
        objectsAt(before, 'dataDisks').find((old) => numberAt(old, 'lun') === lun),
        'name',
      ) ??
      `${name}_disk${lun + 2}_${randomBytes(16).toString('hex')}`;
    return {
      ...disk,
      name: diskName,
      managedDisk: make({
        name: diskName,
        sent: disk,
        fallbackGb: 32,
        creationData: { createOption: textAt(disk, 'createOption') ?? 'Empty' },
      }),
      deleteOption: textAt(disk, 'deleteOption') ?? 'Detach',
    };
  });
  const image = objectAt(sent, 'imageReference');
  return {
    profile: compact({
      imageReference: Object.keys(image).length === 0 ? undefined : image,
      osDisk: shownOsDisk,
      dataDisks,
    }),
    disks: created,
    isManaged,
  };
}

function takeOver(request: PutRequest, diskId: string): ResourceRecord {
  const record = request.view.get(diskId);
  if (!record || !sameText(record.type, diskType)) {
    throw new ArmError(404, 'NotFound', `Disk ${diskId} is not found.`, {
      target: 'dataDisk.managedDisk.id',
    });
  }
  const owner = textAt(record.envelope, 'managedBy');
  if (owner !== undefined && !sameText(owner, request.id.text)) {
    throw new ArmError(
      409,
      'ConflictingUserInput',
      `Disk '${record.name}' cannot be attached as the disk is already owned by VM '${owner}'.`,
    );
  }
  return takenDisk(record, request.id.text);
}
