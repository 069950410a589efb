import { z } from 'zod';

/** A resource as overviews show it: without its properties. */
export const listedResourceSchema = z.object({
  id: z.string(),
  subscriptionId: z.string(),
  resourceGroup: z.string(),
  /** Names of all its levels, for example `vm0/configuremaster`. */
  name: z.string(),
  type: z.string(),
  location: z.string(),
  /** ARM's word: `Succeeded`, `Failed`, …; absent where the resource says none. */
  state: z.string().optional(),
  /** The cluster that it belongs to, by the resource's tag. */
  cluster: z.string().optional(),
  tags: z.record(z.string(), z.string()),
});
export type ListedResource = z.infer<typeof listedResourceSchema>;

/** Which page of the resources is wanted: the first, or the one that a page before calls its next. */
export const resourcePageRequestSchema = z.object({ next: z.string().min(1).max(8_000).optional() });

/** A part of all resources of all subscriptions. It may be some seconds behind. */
export const resourcePageSchema = z.object({
  resources: z.array(listedResourceSchema),
  /** How many there are on all pages. */
  total: z.number().int(),
  /** Leads to the next page; absent on the last. */
  next: z.string().optional(),
});
export type ResourcePage = z.infer<typeof resourcePageSchema>;

/** What is in a resource group, counted. It may be some seconds behind. */
export const groupContentSchema = z.object({
  subscriptionId: z.string(),
  resourceGroup: z.string(),
  resources: z.number().int(),
  /** The names of its clusters, by their resources' tags. */
  clusters: z.array(z.string()),
});
export type GroupContent = z.infer<typeof groupContentSchema>;
