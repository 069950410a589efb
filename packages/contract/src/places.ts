import { z } from 'zod';

export const subscriptionSchema = z.object({
  subscriptionId: z.string(),
  displayName: z.string(),
  state: z.string(),
});
export type Subscription = z.infer<typeof subscriptionSchema>;

export const regionSchema = z.object({
  /** ARM's name, for example `westeurope`. */
  name: z.string(),
  displayName: z.string(),
  /** `Recommended` or `Other`, where ARM says so. */
  category: z.string().optional(),
});
export type Region = z.infer<typeof regionSchema>;

export const resourceGroupSchema = z.object({
  id: z.string(),
  name: z.string(),
  location: z.string(),
  provisioningState: z.string().optional(),
  tags: z.record(z.string(), z.string()),
});
export type ResourceGroup = z.infer<typeof resourceGroupSchema>;

/** Whether ARM's state of a resource or a resource group says that it is being deleted; its case differs between services. */
export const isBeingDeleted = (provisioningState: unknown): boolean =>
  typeof provisioningState === 'string' && provisioningState.toLowerCase() === 'deleting';

export const deleteGroupRequestSchema = z.object({
  /** The group's name, typed by the person as confirmation. */
  confirmName: z.string(),
});

/** A machine size of a region, with the reason why it cannot be chosen, if any. */
export const machineSizeSchema = z.object({
  name: z.string(),
  /** The quota family, for example `standardDSv5Family`. */
  family: z.string(),
  vCpus: z.number().int(),
  memoryGiB: z.number(),
  maxDataDisks: z.number().int().optional(),
  /** The disk that a machine loses when it moves; 0 where it has none. */
  tempDiskGiB: z.number().optional(),
  /** Cores of this family that the subscription may still use in the region; absent when ARM states no quota. */
  familyCoresLeft: z.number().int().optional(),
  /** Why this size cannot be chosen; absent when it can. */
  unavailable: z.string().optional(),
});
export type MachineSize = z.infer<typeof machineSizeSchema>;

/** Answer of the machine-size route: sizes, and the region's core quota over all families. */
export const machineSizesSchema = z.object({
  sizes: z.array(machineSizeSchema),
  regionCoresLeft: z.number().int().optional(),
  regionCoresLimit: z.number().int().optional(),
  /** How many fault domains an aligned availability set has here; 2 or 3. */
  faultDomains: z.number().int(),
});
export type MachineSizes = z.infer<typeof machineSizesSchema>;

/** How many cores of machines of this size the quotas of region and family leave; `Infinity` where ARM states none. */
export const coresLeftFor = (
  size: Pick<MachineSize, 'familyCoresLeft'>,
  sizes: Pick<MachineSizes, 'regionCoresLeft'>,
): number => Math.min(sizes.regionCoresLeft ?? Infinity, size.familyCoresLeft ?? Infinity);

/** Whether both DNS labels that a prefix leads to are free in a region. */
export const dnsAvailabilitySchema = z.object({
  available: z.boolean(),
  labels: z.array(z.object({ label: z.string(), fqdn: z.string(), available: z.boolean() })),
});
export type DnsAvailability = z.infer<typeof dnsAvailabilitySchema>;

/** Any resource as ARM returns it: nothing left out, nothing added. */
export const armResourceSchema = z.looseObject({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  location: z.string().optional(),
  tags: z.record(z.string(), z.string()).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
});
export type ArmResource = z.infer<typeof armResourceSchema>;
