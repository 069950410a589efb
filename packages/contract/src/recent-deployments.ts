import { z } from 'zod';
import { unreadPlaceSchema } from './clusters.ts';
import { armErrorSchema } from './errors.ts';
import { foundDeploymentSchema } from './search.ts';

/** A deployment of a group that has a cluster. */
export const recentDeploymentSchema = foundDeploymentSchema.extend({
  /** In milliseconds, up to `changedAt`. */
  durationMs: z.number().optional(),
  error: armErrorSchema.optional(),
});
export type RecentDeployment = z.infer<typeof recentDeploymentSchema>;

/** The newest deployments of the groups that have clusters, the newest first. */
export const recentDeploymentsSchema = z.object({
  deployments: z.array(recentDeploymentSchema),
  /** In how many of all groups with clusters deployments were looked for. */
  groups: z.object({ searched: z.number().int(), all: z.number().int() }),
  /** Groups whose deployments could not be read. */
  unread: z.array(unreadPlaceSchema),
});
export type RecentDeployments = z.infer<typeof recentDeploymentsSchema>;
