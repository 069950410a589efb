import { z } from 'zod';
import { clusterPathSchema, unreadPlaceSchema } from './clusters.ts';

/** How long a text may be that is searched for: no name of Azure's is longer. */
const longestSearch = 90;

/** What names are searched for, and how many are wanted of each kind. */
export const searchRequestSchema = z.object({
  text: z
    .string()
    .trim()
    .min(1, 'Enter a part of a name.')
    .max(longestSearch)
    .regex(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]*$/u, 'A name has no control characters.'),
  limit: z.coerce.number().int().min(1).max(20).default(5),
});
export type SearchRequest = z.infer<typeof searchRequestSchema>;

export const foundGroupSchema = z.object({
  id: z.string(),
  subscriptionId: z.string(),
  name: z.string(),
  location: z.string(),
});
export type FoundGroup = z.infer<typeof foundGroupSchema>;

export const foundResourceSchema = z.object({
  id: z.string(),
  subscriptionId: z.string(),
  resourceGroup: z.string(),
  /** Names of all its levels, for example `vm0/configuremaster`. */
  name: z.string(),
  type: z.string(),
  location: z.string(),
  /** The cluster that it belongs to, by the resource's tag. */
  cluster: z.string().optional(),
});
export type FoundResource = z.infer<typeof foundResourceSchema>;

export const foundDeploymentSchema = z.object({
  id: z.string(),
  subscriptionId: z.string(),
  resourceGroup: z.string(),
  name: z.string(),
  /** ARM's word: `Running`, `Succeeded`, `Failed`, … */
  state: z.string(),
  /** When it last changed; ISO 8601. */
  changedAt: z.string().optional(),
});
export type FoundDeployment = z.infer<typeof foundDeploymentSchema>;

/**
 * What has the text in its name, whatever its case; of each kind the best first: the very name, names that begin with it,
 * names that have it within. All of it may be some seconds behind.
 */
export const searchAnswerSchema = z.object({
  clusters: z.array(clusterPathSchema),
  groups: z.array(foundGroupSchema),
  resources: z.array(foundResourceSchema),
  deployments: z.array(foundDeploymentSchema),
  /** In how many of all groups deployments were looked for: groups with clusters come first. */
  deploymentGroups: z.object({ searched: z.number().int(), all: z.number().int() }),
  /** Groups whose deployments could not be read. */
  unread: z.array(unreadPlaceSchema),
});
export type SearchAnswer = z.infer<typeof searchAnswerSchema>;
