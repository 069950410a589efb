import type { JsonObject, JsonValue } from '@slipway/arm-template';
import { ArmError } from '../../arm-error.ts';
import { regionNames } from '../../resources/places.ts';
import { normalLocation } from '../resource-plan.ts';
import { isRestricted, machineSizes, maximumFaultDomains } from './machine-sizes.ts';
import type { MachineSize } from './machine-sizes.ts';

function capability(name: string, value: string): JsonObject {
  return { name, value };
}

function describeSize(size: MachineSize, location: string): JsonObject {
  const restricted: JsonObject = {
    type: 'Location',
    values: [location],
    restrictionInfo: { locations: [location] },
    reasonCode: 'NotAvailableForSubscription',
  };
  return {
    resourceType: 'virtualMachines',
    name: size.name,
    tier: 'Standard',
    size: size.name.replace(/^Standard_/, ''),
    family: size.family,
    locations: [location],
    locationInfo: [{ location, zones: [], zoneDetails: [] }],
    capabilities: [
      capability('MaxResourceVolumeMB', String(size.temporaryDiskGb * 1024)),
      capability('OSVhdSizeMB', '1047552'),
      capability('vCPUs', String(size.vCpus)),
      capability('MemoryPreservingMaintenanceSupported', 'True'),
      capability('HyperVGenerations', size.generations),
      capability('MemoryGB', String(size.memoryGb)),
      capability('MaxDataDiskCount', String(size.maxDataDisks)),
      capability('CpuArchitectureType', size.architecture),
      capability('LowPriorityCapable', 'True'),
      capability('PremiumIO', size.hasPremiumStorage ? 'True' : 'False'),
      capability('VMDeploymentTypes', 'IaaS'),
      capability('vCPUsAvailable', String(size.vCpus)),
    ],
    restrictions: isRestricted(size, location) ? [restricted] : [],
  };
}

function describeAvailabilitySets(location: string): JsonObject[] {
  return (['Aligned', 'Classic'] as const).map((name) => ({
    resourceType: 'availabilitySets',
    name,
    locations: [location],
    locationInfo: [{ location, zones: [], zoneDetails: [] }],
    capabilities: [
      capability(
        'MaximumPlatformFaultDomainCount',
        String(name === 'Aligned' ? maximumFaultDomains(location) : 3),
      ),
    ],
    restrictions: [],
  }));
}

/** Answers `skus`: machine sizes and availability sets, of one region with `$filter=location eq '…'`, else of all. */
export function listSkus(call: { query: Readonly<Record<string, string>> }): JsonValue {
  const filter = Object.entries(call.query).find(([key]) => key.toLowerCase() === '$filter')?.[1] ?? '';
  const match = /^\s*location\s+eq\s+'([^']*)'\s*$/i.exec(filter);
  if (filter.trim() !== '' && !match) {
    throw new ArmError(
      400,
      'InvalidParameter',
      `The filter '${filter}' is not supported. Use location eq '<region>'.`,
      { target: '$filter' },
    );
  }
  const wanted = match ? normalLocation(match[1] ?? '') : undefined;
  const locations = regionNames().filter((name) => wanted === undefined || name === wanted);
  return {
    value: locations.flatMap((location) => [
      ...describeAvailabilitySets(location),
      ...machineSizes.map((size) => describeSize(size, location)),
    ]),
  };
}

/** Answers `locations/{location}/vmSizes`. */
export function listMachineSizes(call: { params: Readonly<Record<string, string>> }): JsonValue {
  const location = normalLocation(call.params['location'] ?? '');
  return {
    value: machineSizes
      .filter((size) => !isRestricted(size, location))
      .map((size): JsonValue => ({
        name: size.name,
        numberOfCores: size.vCpus,
        osDiskSizeInMB: 1_047_552,
        resourceDiskSizeInMB: size.temporaryDiskGb * 1024,
        memoryInMB: size.memoryGb * 1024,
        maxDataDiskCount: size.maxDataDisks,
      })),
  };
}
