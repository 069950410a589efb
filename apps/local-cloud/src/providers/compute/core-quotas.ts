import type { JsonObject, JsonValue } from '@slipway/arm-template';
import { ArmError } from '../../arm-error.ts';
import { numberAt, sameText, textAt } from '../json-reading.ts';
import type { CloudView, PutRequest, ResourceRecord } from '../provider.ts';
import { normalLocation } from '../resource-plan.ts';
import { findMachineSize, machineSizes } from './machine-sizes.ts';

export const virtualMachineType = 'Microsoft.Compute/virtualMachines';
export const scaleSetType = 'Microsoft.Compute/virtualMachineScaleSets';

/**
 * vCPUs that the local subscription may use in a region, over all families. The limits are the local cloud's own (on
 * Azure they differ by subscription): a hundred small machines fit, a hundred large ones or rare families do not.
 */
const regionalLimit = 1000;

/** vCPUs of single families; those that are not listed have `otherFamilyLimit`. */
const familyLimits: Readonly<Record<string, number>> = {
  standarddsv5family: 500,
  standardbsfamily: 350,
  standardbsv2family: 350,
  standarddv2family: 1000,
  standarda0_a7family: 500,
  standarddsv2family: 350,
  standarddasv5family: 200,
  standarddsv6family: 50,
  standarddasv6family: 50,
  standardfasv6family: 10,
};
const otherFamilyLimit = 100;

function familyLimit(family: string): number {
  return familyLimits[family.toLowerCase()] ?? otherFamilyLimit;
}

/** vCPUs by family, in lower case. */
type Cores = Map<string, number>;

interface MachineUse {
  readonly sizeName: string | undefined;
  readonly count: number;
}

function useOf(
  type: string,
  properties: JsonValue | undefined,
  sku: JsonValue | undefined,
): MachineUse | undefined {
  if (sameText(type, virtualMachineType)) {
    return { sizeName: textAt(properties, 'hardwareProfile', 'vmSize'), count: 1 };
  }
  if (sameText(type, scaleSetType)) {
    return { sizeName: textAt(sku, 'name'), count: numberAt(sku, 'capacity') ?? 0 };
  }
  return undefined;
}

function recordUse(record: ResourceRecord): MachineUse | undefined {
  return useOf(record.type, record.properties, record.envelope['sku']);
}

function requestUse(request: PutRequest): MachineUse | undefined {
  return useOf(request.id.type, request.body['properties'], request.body['sku']);
}

function addCores(cores: Cores, use: MachineUse | undefined, sign: 1 | -1): void {
  const size = use?.sizeName === undefined ? undefined : findMachineSize(use.sizeName);
  if (!use || !size) return;
  const family = size.family.toLowerCase();
  cores.set(family, (cores.get(family) ?? 0) + sign * use.count * size.vCpus);
}

function total(cores: Cores): number {
  return [...cores.values()].reduce((sum, count) => sum + count, 0);
}

/** The vCPUs in use in a region, by family in lower case. */
function coresInUse(view: CloudView, subscriptionId: string, location: string): Cores {
  const cores: Cores = new Map();
  for (const type of [virtualMachineType, scaleSetType]) {
    for (const record of view.list({ subscriptionId, type })) {
      if (record.location === location) addCores(cores, recordUse(record), 1);
    }
  }
  return cores;
}

function locationOf(request: PutRequest): string {
  return normalLocation(textAt(request.body, 'location') ?? request.existing?.location ?? '');
}

/** A quota that some requests go beyond. */
interface Excess {
  readonly quota: string;
  readonly label: string;
  readonly limit: number;
  readonly used: number;
  readonly required: number;
}

function excessAt(
  quota: string,
  label: string,
  limit: number,
  used: number,
  required: number,
): Excess | undefined {
  return required > 0 && used + required > limit ? { quota, label, limit, used, required } : undefined;
}

function excessOf(
  view: CloudView,
  subscriptionId: string,
  location: string,
  requests: readonly PutRequest[],
): Excess | undefined {
  const used = coresInUse(view, subscriptionId, location);
  const required: Cores = new Map();
  for (const request of requests) {
    addCores(required, requestUse(request), 1);
    if (request.existing) addCores(required, recordUse(request.existing), -1);
  }
  const regional = excessAt('cores', 'Total Regional Cores', regionalLimit, total(used), total(required));
  if (regional) return regional;
  for (const [key, more] of required) {
    const family = machineSizes.find((size) => size.family.toLowerCase() === key)?.family ?? key;
    const found = excessAt(family, `${family} Cores`, familyLimit(key), used.get(key) ?? 0, more);
    if (found) return found;
  }
  return undefined;
}

function excessMessage(excess: Excess, location: string): string {
  const page = excess.quota === 'cores' ? 'regional-quota-requests' : 'per-vm-quota-requests';
  return `Operation could not be completed as it results in exceeding approved ${excess.label} quota. Additional details - Deployment Model: Resource Manager, Location: ${location}, Current Limit: ${excess.limit}, Current Usage: ${excess.used}, Additional Required: ${excess.required}, (Minimum) New Limit Required: ${excess.used + excess.required}. Setup Alerts when Quota reaches threshold. Learn more at https://aka.ms/quotamonitoringalerting . Please read more about quota limits at https://docs.microsoft.com/en-us/azure/azure-supportability/${page}`;
}

/** Refuses a PUT that goes beyond the region's or the family's cores. */
export function checkCoresOfPut(request: PutRequest): void {
  const location = locationOf(request);
  const excess = excessOf(request.view, request.id.subscriptionId, location, [request]);
  if (excess) throw new ArmError(409, 'OperationNotAllowed', excessMessage(excess, location));
}

/**
 * Refuses a deployment whose machines together go beyond the cores, before anything of it is deployed. Only the first
 * of the deployment's machines in a region answers, so that the excess is reported once.
 */
export function checkCoresOfPlan(request: PutRequest, planned: readonly PutRequest[]): void {
  const location = locationOf(request);
  const together = planned.filter(
    (other) =>
      other.id.subscriptionId === request.id.subscriptionId &&
      requestUse(other) !== undefined &&
      locationOf(other) === location,
  );
  if (together[0] && !sameText(together[0].id.text, request.id.text)) return;
  const excess = excessOf(request.view, request.id.subscriptionId, location, together);
  if (excess) throw new ArmError(400, 'QuotaExceeded', excessMessage(excess, location));
}

function usage(value: string, localizedValue: string, currentValue: number, limit: number): JsonObject {
  return { limit, unit: 'Count', currentValue, name: { value, localizedValue } };
}

/** Answers `locations/{location}/usages`. */
export function listUsages(call: {
  subscriptionId: string;
  params: Readonly<Record<string, string>>;
  view: CloudView;
}): JsonValue {
  const { subscriptionId, view } = call;
  const location = normalLocation(call.params['location'] ?? '');
  const cores = coresInUse(view, subscriptionId, location);
  const countOf = (type: string) =>
    view.list({ subscriptionId, type }).filter((record) => record.location === location).length;
  const families = [...new Set(machineSizes.map((size) => size.family))];
  return {
    value: [
      usage('availabilitySets', 'Availability Sets', countOf('Microsoft.Compute/availabilitySets'), 2500),
      usage('cores', 'Total Regional vCPUs', total(cores), regionalLimit),
      usage('virtualMachines', 'Virtual Machines', countOf(virtualMachineType), 25_000),
      usage('virtualMachineScaleSets', 'Virtual Machine Scale Sets', countOf(scaleSetType), 2500),
      ...families.map((family) =>
        usage(
          family,
          `${family.replace(/^standard/i, 'Standard ').replace(/Family$/, ' Family')} vCPUs`,
          cores.get(family.toLowerCase()) ?? 0,
          familyLimit(family),
        ),
      ),
    ],
  };
}
