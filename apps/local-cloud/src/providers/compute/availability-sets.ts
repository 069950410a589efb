import type { JsonValue } from '@slipway/arm-template';
import { ArmError } from '../../arm-error.ts';
import { computeApiVersions } from '../api-versions.ts';
import { booleanAt, idAt, numberAt, objectAt, sameText, textAt } from '../json-reading.ts';
import type { CloudView, ResourceRecord, ResourceTypeHandler } from '../provider.ts';
import { normalLocation, recordFrom } from '../resource-plan.ts';
import { virtualMachineType } from './core-quotas.ts';
import { maximumFaultDomains } from './machine-sizes.ts';
import { refuseChange } from './property-changes.ts';

export const availabilitySetType = 'Microsoft.Compute/availabilitySets';

const maximumUpdateDomains = 20;

/** The machines of an availability set. */
function machinesOfSet(view: CloudView, setId: string): ResourceRecord[] {
  return view
    .list({ type: virtualMachineType })
    .filter((machine) => sameText(idAt(machine.properties, 'availabilitySet'), setId));
}

/** Where the next machine of a set goes: the domains that hold fewest of its machines, lowest number first. */
export function nextDomains(
  view: CloudView,
  set: ResourceRecord,
): { faultDomain: number; updateDomain: number } {
  const placements = machinesOfSet(view, set.id).map((machine) => objectAt(machine.secrets, 'placement'));
  const leastUsed = (member: string, count: number): number => {
    const used = Array.from(
      { length: count },
      (_, domain) => placements.filter((placement) => numberAt(placement, member) === domain).length,
    );
    return used.indexOf(Math.min(...used));
  };
  return {
    faultDomain: leastUsed('faultDomain', numberAt(set.properties, 'platformFaultDomainCount') ?? 1),
    updateDomain: leastUsed('updateDomain', numberAt(set.properties, 'platformUpdateDomainCount') ?? 1),
  };
}

function checkCount(kind: 'fault' | 'update', count: number, maximum: number): void {
  if (Number.isInteger(count) && count >= 1 && count <= maximum) return;
  throw new ArmError(
    400,
    'InvalidParameter',
    `The specified ${kind} domain count ${count} must fall in the range 1 to ${maximum}.`,
    { target: kind === 'fault' ? 'platformFaultDomainCount' : 'platformUpdateDomainCount' },
  );
}

/** `Microsoft.Compute/availabilitySets`. */
export const availabilitySets: ResourceTypeHandler = {
  type: availabilitySetType,
  apiVersions: computeApiVersions,
  locations: 'all',
  createdStatus: 200,
  removeWork: 'availabilitySet',
  put: (request) => {
    const { body, existing } = request;
    const sent = objectAt(body, 'properties');
    const location = normalLocation(textAt(body, 'location') ?? existing?.location ?? '');
    // `managed` is how the first versions with managed disks (2016-04-30-preview) said Aligned.
    const isAligned = sameText(textAt(body, 'sku', 'name'), 'Aligned') || booleanAt(sent, 'managed') === true;
    const maximum = isAligned ? maximumFaultDomains(location) : 3;
    const faultDomains = numberAt(sent, 'platformFaultDomainCount') ?? Math.min(2, maximum);
    const updateDomains = numberAt(sent, 'platformUpdateDomainCount') ?? 5;
    checkCount('fault', faultDomains, maximum);
    checkCount('update', updateDomains, maximumUpdateDomains);
    if (existing) {
      const { platformFaultDomainCount, platformUpdateDomainCount } = existing.properties;
      refuseChange('platformFaultDomainCount', platformFaultDomainCount, faultDomains);
      refuseChange('platformUpdateDomainCount', platformUpdateDomainCount, updateDomains);
    }
    return {
      record: recordFrom(
        request,
        { platformFaultDomainCount: faultDomains, platformUpdateDomainCount: updateDomains },
        { envelope: { sku: { name: isAligned ? 'Aligned' : 'Classic' } } },
      ),
      work: 'availabilitySet',
    };
  },
  remove: (record, view) => {
    if (machinesOfSet(view, record.id).length > 0) {
      throw new ArmError(
        409,
        'OperationNotAllowed',
        `Availability Set '${record.name}' cannot be deleted. Before deleting an Availability Set please ensure that it does not contain any VM.`,
      );
    }
    return { upsert: [], remove: [record.id] };
  },
  present: (record, view) => ({
    virtualMachines: machinesOfSet(view, record.id).map((machine): JsonValue => ({ id: machine.id })),
  }),
};
