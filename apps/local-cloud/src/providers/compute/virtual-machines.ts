import { randomUUID } from 'node:crypto';
import type { JsonObject, JsonValue } from '@slipway/arm-template';
import { ArmError } from '../../arm-error.ts';
import { computeApiVersions } from '../api-versions.ts';
import { compact, idAt, objectAt, objectsAt, sameText, textAt } from '../json-reading.ts';
import type {
  PutRequest,
  RecordChanges,
  ResourceRecord,
  ResourceTypeHandler,
  CloudView,
} from '../provider.ts';
import { normalLocation, recordFrom } from '../resource-plan.ts';
import { idOf } from '../sub-resources.ts';
import { availabilitySetType, nextDomains } from './availability-sets.ts';
import { checkCoresOfPlan, checkCoresOfPut, virtualMachineType } from './core-quotas.ts';
import { detachedDisk } from './disks.ts';
import { extensionType, machineInstanceView } from './instance-view.ts';
import { checkMachineNetwork, connectInterfaces } from './machine-network.ts';
import { readOsProfile, refuseProfileChanges } from './os-profile.ts';
import { refuseTextChange } from './property-changes.ts';
import { checkImageFits, requireSize } from './size-checks.ts';
import { imageOf, planStorage } from './storage-profile.ts';

/** Members of a machine's properties that are worked out here and not taken over as sent. */
const placedMembers = new Set([
  'availabilityset',
  'hardwareprofile',
  'storageprofile',
  'osprofile',
  'networkprofile',
  'provisioningstate',
  'instanceview',
  'vmid',
  'timecreated',
]);

function locationOf(request: PutRequest): string {
  return normalLocation(textAt(request.body, 'location') ?? request.existing?.location ?? '');
}

/** An expression that only the running deployment can evaluate stands in a planned body as text. */
function isExpression(text: string | undefined): boolean {
  return text?.startsWith('[') === true;
}

function requireAvailabilitySet(request: PutRequest, setId: string): ResourceRecord {
  const set = request.view.get(setId);
  if (set && sameText(set.type, availabilitySetType)) return set;
  const id = idOf(setId);
  throw new ArmError(
    404,
    'ResourceNotFound',
    `The Resource '${availabilitySetType}/${id?.names[0] ?? setId}' under resource group '${id?.resourceGroup ?? ''}' was not found.`,
    { target: 'availabilitySet.id' },
  );
}

function checkManaged(set: ResourceRecord, isManaged: boolean): void {
  const isAligned = sameText(textAt(set.envelope, 'sku', 'name'), 'Aligned');
  if (isAligned === isManaged) return;
  throw new ArmError(
    409,
    'OperationNotAllowed',
    "Addition of a VM with managed disks to non-managed Availability Set or addition of a VM with blob based disks to managed Availability Set is not supported. Please create an Availability Set with 'managed' property set in order to add a VM with managed disks to it.",
  );
}

/** The profile of a machine's operating system: read when it is new, compared when it exists. */
function planOsProfile(request: PutRequest): { shown: JsonObject | undefined; secrets: JsonObject } {
  const { body, existing, id } = request;
  const sent = objectAt(body, 'properties', 'osProfile');
  if (existing) {
    const shown = objectAt(existing.properties, 'osProfile');
    const { placement: _placement, ...secrets } = existing.secrets;
    refuseProfileChanges({ shown, secrets }, sent);
    return { shown: Object.keys(shown).length === 0 ? undefined : shown, secrets };
  }
  const isSpecialized = sameText(
    textAt(body, 'properties', 'storageProfile', 'osDisk', 'createOption'),
    'Attach',
  );
  if (Object.keys(sent).length === 0) {
    if (isSpecialized) return { shown: undefined, secrets: {} };
    throw new ArmError(400, 'InvalidParameter', "Required parameter 'osProfile' is missing (null).", {
      target: 'osProfile',
    });
  }
  const computerName = textAt(sent, 'computerName') ?? id.names[0] ?? '';
  if (computerName.length > 64) {
    throw new ArmError(
      400,
      'InvalidParameter',
      'Linux host name cannot exceed 64 characters in length or contain the following characters: ` ~ ! @ # $ % ^ & * ( ) = + _ [ ] { } \\ | ; : \' " , < > / ?.',
      { target: 'computerName' },
    );
  }
  return readOsProfile(sent, { computerName });
}

/** What goes and what stays of a machine's disks and interfaces, by their `deleteOption`. */
function removeMachine(record: ResourceRecord, view: CloudView): RecordChanges {
  const storage = objectAt(record.properties, 'storageProfile');
  const upsert: ResourceRecord[] = [];
  const remove = [record.id];
  for (const disk of [objectAt(storage, 'osDisk'), ...objectsAt(storage, 'dataDisks')]) {
    const managed = view.get(idAt(disk, 'managedDisk') ?? '');
    if (!managed) continue;
    if (sameText(textAt(disk, 'deleteOption'), 'Delete')) remove.push(managed.id);
    else upsert.push(detachedDisk(managed));
  }
  for (const nic of objectsAt(record.properties, 'networkProfile', 'networkInterfaces')) {
    const id = textAt(nic, 'id');
    if (id !== undefined && sameText(textAt(nic, 'properties', 'deleteOption'), 'Delete')) remove.push(id);
  }
  return { upsert, remove };
}

/** `Microsoft.Compute/virtualMachines`. */
export const virtualMachines: ResourceTypeHandler = {
  type: virtualMachineType,
  apiVersions: computeApiVersions,
  locations: 'all',
  removeWork: 'virtualMachine',
  preflight: (request, planned) => {
    const sizeName = textAt(request.body, 'properties', 'hardwareProfile', 'vmSize');
    if (!isExpression(sizeName)) {
      const size = requireSize(sizeName, locationOf(request));
      checkImageFits(size, imageOf(objectAt(request.body, 'properties', 'storageProfile')));
    }
    checkCoresOfPlan(request, planned);
  },
  put: (request) => {
    const { body, existing, now } = request;
    const sent = objectAt(body, 'properties');
    const size = requireSize(textAt(sent, 'hardwareProfile', 'vmSize'), locationOf(request));
    checkImageFits(size, imageOf(objectAt(sent, 'storageProfile')));
    checkCoresOfPut(request);
    const os = planOsProfile(request);
    const networkProfile = objectAt(sent, 'networkProfile');
    checkMachineNetwork(request, networkProfile);
    const isWindows =
      Object.keys(objectAt(sent, 'osProfile', 'windowsConfiguration')).length > 0 ||
      sameText(textAt(sent, 'storageProfile', 'osDisk', 'osType'), 'Windows');
    const storage = planStorage(request, isWindows);
    const setId = idAt(sent, 'availabilitySet');
    if (existing) {
      refuseTextChange('availabilitySet.id', idAt(existing.properties, 'availabilitySet') ?? '', setId);
    }
    const set = setId === undefined ? undefined : requireAvailabilitySet(request, setId);
    if (set) checkManaged(set, storage.isManaged);
    const before = objectAt(existing?.secrets, 'placement');
    const placement = Object.keys(before).length > 0 || !set ? before : { ...nextDomains(request.view, set) };
    const others = Object.fromEntries(
      Object.entries(sent).filter(([key, value]) => value !== null && !placedMembers.has(key.toLowerCase())),
    );
    const properties = compact({
      hardwareProfile: { ...objectAt(sent, 'hardwareProfile'), vmSize: size.name },
      vmId: textAt(existing?.properties, 'vmId') ?? randomUUID(),
      availabilitySet: set ? { id: set.id } : undefined,
      storageProfile: storage.profile,
      osProfile: os.shown,
      networkProfile,
      ...others,
      timeCreated: textAt(existing?.properties, 'timeCreated') ?? now.toISOString(),
    });
    return {
      record: recordFrom(request, properties, { secrets: { ...os.secrets, placement } }),
      also: { upsert: storage.disks, remove: [] },
      work: 'virtualMachine',
    };
  },
  complete: (record, view) => connectInterfaces(record, view),
  remove: removeMachine,
  present: (record, view): JsonObject => {
    const extensions = view.list({ type: extensionType, under: record.id });
    if (extensions.length === 0) return {};
    return {
      resources: extensions.map((extension): JsonValue =>
        compact({
          name: extension.name,
          id: extension.id,
          type: extension.type,
          location: extension.location,
          properties: { ...extension.properties, provisioningState: extension.provisioningState },
        }),
      ),
    };
  },
  parts: { instanceview: machineInstanceView },
  expansions: {
    instanceview: (record, view) => ({ instanceView: machineInstanceView(record, view) }),
  },
};
