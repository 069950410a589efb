import type { ResourceSku } from '@azure/arm-compute';
import { armCall } from './arm-failure.ts';
import type { Arm } from './arm.ts';

/** A SKU of Microsoft.Compute in one region. */
export interface ComputeSku {
  resourceType: string;
  name: string;
  family: string;
  /** Capabilities by name; ARM gives all values as texts. */
  capabilities: Readonly<Record<string, string>>;
  /** Why the subscription cannot use it in the region, in ARM's word (`NotAvailableForSubscription`, `QuotaId`). */
  restriction: string | undefined;
}

/** A quota of the subscription in a region. */
export interface ComputeUsage {
  /** `cores`, a family such as `standardDSv5Family`, … */
  name: string;
  used: number;
  limit: number;
}

/** Machine sizes, disks, availability sets … that Microsoft.Compute knows in a region. */
export async function listComputeSkus(
  arm: Arm,
  subscriptionId: string,
  region: string,
): Promise<ComputeSku[]> {
  return armCall(async () => {
    const { compute } = await arm.clients(subscriptionId);
    const found: ComputeSku[] = [];
    for await (const sku of compute.resourceSkus.list({
      filter: `location eq '${region.replaceAll("'", "''")}'`,
    }))
      found.push(toSku(sku, region));
    return found;
  });
}

/** The compute quotas of a subscription in a region and how much of each is used. */
export async function listComputeUsages(
  arm: Arm,
  subscriptionId: string,
  region: string,
): Promise<ComputeUsage[]> {
  return armCall(async () => {
    const { compute } = await arm.clients(subscriptionId);
    const found: ComputeUsage[] = [];
    for await (const { name, currentValue, limit } of compute.usage.list(region))
      found.push({ name: name.value ?? '', used: currentValue, limit });
    return found;
  });
}

function toSku(sku: ResourceSku, region: string): ComputeSku {
  const capabilities = Object.fromEntries(
    (sku.capabilities ?? []).map(({ name, value }) => [name ?? '', value ?? '']),
  );
  // A restriction of type Zone leaves the region's other zones.
  const restriction = sku.restrictions?.find(
    ({ type, values, restrictionInfo }) =>
      type === 'Location' &&
      [...(values ?? []), ...(restrictionInfo?.locations ?? [])].some(
        (location) => location.toLowerCase() === region.toLowerCase(),
      ),
  );
  return {
    resourceType: sku.resourceType ?? '',
    name: sku.name ?? '',
    family: sku.family ?? '',
    capabilities,
    restriction: restriction ? (restriction.reasonCode ?? 'NotAvailableForSubscription') : undefined,
  };
}
