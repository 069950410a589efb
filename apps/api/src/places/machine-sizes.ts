import { type FaultDomainCount, faultDomainCountFor } from '@slipway/cluster';
import type { MachineSize, MachineSizes } from '@slipway/contract';
import type { Arm } from '../arm/arm.ts';
import {
  type ComputeSku,
  type ComputeUsage,
  listComputeSkus,
  listComputeUsages,
} from '../arm/compute-offers.ts';

const regionCoresQuota = 'cores';

/**
 * The machine sizes of a region with the quota that is left, smallest first. Sizes that cannot run a cluster's
 * machines at all (no x64, no Hyper-V generation 2, which the image needs) are left out; sizes that this subscription
 * cannot use in the region are kept with the reason.
 */
export async function readMachineSizes(
  arm: Arm,
  subscriptionId: string,
  region: string,
): Promise<MachineSizes> {
  const [skus, usages] = await Promise.all([
    listComputeSkus(arm, subscriptionId, region),
    listComputeUsages(arm, subscriptionId, region),
  ]);
  const regionCores = usages.find((usage) => usage.name.toLowerCase() === regionCoresQuota);
  const sizes = skus
    .filter((sku) => sku.resourceType.toLowerCase() === 'virtualmachines' && runsTheImage(sku))
    .map((sku) => toMachineSize(sku, usages, regionCores))
    .toSorted(
      (one, other) =>
        one.vCpus - other.vCpus ||
        one.memoryGiB - other.memoryGiB ||
        one.name.localeCompare(other.name, 'en'),
    );
  return {
    sizes,
    ...(regionCores ? { regionCoresLeft: coresLeft(regionCores), regionCoresLimit: regionCores.limit } : {}),
    faultDomains: faultDomainsOf(skus),
  };
}

function runsTheImage({ capabilities }: ComputeSku): boolean {
  const architecture = capabilities['CpuArchitectureType'] ?? 'x64';
  const generations = (capabilities['HyperVGenerations'] ?? 'V1').split(',').map((text) => text.trim());
  return architecture === 'x64' && generations.includes('V2');
}

function toMachineSize(
  sku: ComputeSku,
  usages: readonly ComputeUsage[],
  regionCores: ComputeUsage | undefined,
): MachineSize {
  const vCpus = Number(sku.capabilities['vCPUsAvailable'] ?? sku.capabilities['vCPUs'] ?? 0);
  const maxDataDisks = Number(sku.capabilities['MaxDataDiskCount']);
  const tempDiskMb = Number(sku.capabilities['MaxResourceVolumeMB']);
  const family = usages.find((usage) => usage.name.toLowerCase() === sku.family.toLowerCase());
  const unavailable = whyUnavailable(sku, vCpus, family, regionCores);
  return {
    name: sku.name,
    family: sku.family,
    vCpus,
    memoryGiB: Number(sku.capabilities['MemoryGB'] ?? 0),
    ...(Number.isInteger(maxDataDisks) ? { maxDataDisks } : {}),
    ...(Number.isInteger(tempDiskMb) ? { tempDiskGiB: Math.round(tempDiskMb / 1024) } : {}),
    ...(family ? { familyCoresLeft: coresLeft(family) } : {}),
    ...(unavailable === undefined ? {} : { unavailable }),
  };
}

function whyUnavailable(
  sku: ComputeSku,
  vCpus: number,
  family: ComputeUsage | undefined,
  regionCores: ComputeUsage | undefined,
): string | undefined {
  if (sku.restriction === 'QuotaId')
    return "This subscription's offer does not include this size in this region.";
  if (sku.restriction !== undefined) return 'Not available to this subscription in this region.';
  if (family && coresLeft(family) < vCpus)
    return `Its family's core quota is used up (${family.used} of ${family.limit}).`;
  if (regionCores && coresLeft(regionCores) < vCpus)
    return `The region's core quota is used up (${regionCores.used} of ${regionCores.limit}).`;
  return undefined;
}

const coresLeft = ({ used, limit }: ComputeUsage): number => Math.max(0, limit - used);

/** The number that a cluster in this region is built with. */
function faultDomainsOf(skus: readonly ComputeSku[]): FaultDomainCount {
  const aligned = skus.find(
    (sku) => sku.resourceType.toLowerCase() === 'availabilitysets' && sku.name.toLowerCase() === 'aligned',
  );
  return faultDomainCountFor(Number(aligned?.capabilities['MaximumPlatformFaultDomainCount']));
}
