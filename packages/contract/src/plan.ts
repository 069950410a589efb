import { z } from 'zod';
import { armResourceSchema } from './places.ts';

/**
 * What the last deployment of a cluster means to create: its template, expanded with its parameters. What only the
 * running deployment knows (addresses, keys, times) and what is secret is absent, never guessed.
 */
export const clusterPlanSchema = z.object({
  /** ARM id of that deployment; absent in the first moments of a stack. */
  deploymentId: z.string().optional(),
  /** In the template's order, in the form of ARM's answers, as far as it is known beforehand. */
  resources: z.array(armResourceSchema),
  /** Why this is not the whole plan, in words for a person; absent where it is. */
  incomplete: z.string().optional(),
});
export type ClusterPlan = z.infer<typeof clusterPlanSchema>;
