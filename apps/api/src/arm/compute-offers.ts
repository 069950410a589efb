import { z } from 'zod';
import { armCall } from './arm-failure.ts';
import type { Arm } from './arm.ts';
import { looseText, readItems } from './loose-reading.ts';
import { allOf } from './paging.ts';

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
    const filter = `location eq '${region.replaceAll("'", "''")}'`;
    const skus = await allOf(compute.resourceSkus.list({ filter }));
    return readItems(skuSchema, skus).map((sku) => toSku(sku, region));
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
    return readItems(usageSchema, await allOf(compute.usage.list(region)));
  });
}

const usageSchema = z
  .object({ name: z.object({ value: z.string() }), currentValue: z.number(), limit: z.number() })
  .transform(({ name, currentValue, limit }) => ({ name: name.value, used: currentValue, limit }));

const looseTexts = z.array(z.string()).catch([]);

const skuSchema = z.object({
  resourceType: looseText,
  name: looseText,
  family: looseText,
  capabilities: z.array(z.object({ name: looseText, value: looseText })).catch([]),
  restrictions: z
    .array(
      z.object({
        type: looseText,
        values: looseTexts,
        restrictionInfo: z.object({ locations: looseTexts }).catch({ locations: [] }),
        reasonCode: looseText,
      }),
    )
    .catch([]),
});

function toSku(sku: z.infer<typeof skuSchema>, region: string): ComputeSku {
  const capabilities = Object.fromEntries(
    sku.capabilities.map(({ name, value }) => [name ?? '', value ?? '']),
  );
  // A restriction of type Zone leaves the region's other zones.
  const restriction = sku.restrictions.find(
    ({ type, values, restrictionInfo }) =>
      type === 'Location' &&
      [...values, ...restrictionInfo.locations].some(
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
