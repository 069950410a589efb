import { z } from 'zod';
import { deploymentHeadSchema, deploymentRowSchema } from './deployments.ts';
import { armErrorSchema } from './errors.ts';

/** The states in which ARM shows a deployment; what is not one of the others is `Running`. */
export const deploymentStateSchema = z.enum(['Accepted', 'Running', 'Succeeded', 'Failed', 'Canceled']);
export type DeploymentState = z.infer<typeof deploymentStateSchema>;

/** Which deployment at a resource group. */
export interface DeploymentPath {
  subscriptionId: string;
  resourceGroup: string;
  deployment: string;
}

/** A deployment of a group's history. */
export const deploymentEntrySchema = z.object({
  id: z.string(),
  name: z.string(),
  state: deploymentStateSchema,
  /** ISO 8601. */
  startedAt: z.string().optional(),
  /** When ARM last changed it; ISO 8601. */
  changedAt: z.string().optional(),
  /** In milliseconds, up to `changedAt`. */
  durationMs: z.number().optional(),
  correlationId: z.string().optional(),
  error: armErrorSchema.optional(),
});
export type DeploymentEntry = z.infer<typeof deploymentEntrySchema>;

/** ARM keeps no more deployments than this of a resource group. */
export const longestHistory = 800;

/** The newest deployments of a group, the newest first. */
export const deploymentHistorySchema = z.object({
  deployments: z.array(deploymentEntrySchema),
  /** Whether there are older ones than were asked for. */
  more: z.boolean(),
});
export type DeploymentHistory = z.infer<typeof deploymentHistorySchema>;

/** A parameter or an output of a deployment. */
export const deploymentValueSchema = z.object({
  name: z.string(),
  /** ARM's word, for example `String` or `SecureString`; absent where ARM tells none. */
  type: z.string().optional(),
  /** Absent where it is withheld. */
  value: z.unknown().optional(),
  /** Whether it is secret: then neither ARM nor the API tells it. */
  isWithheld: z.boolean(),
});
export type DeploymentValue = z.infer<typeof deploymentValueSchema>;

/** One deployment with a row for each of its resources. */
export const deploymentDetailsSchema = z.object({
  deployment: deploymentHeadSchema,
  rows: z.array(deploymentRowSchema),
  /** Values that it was given, or that its template set; in the template's order. */
  inputs: z.array(deploymentValueSchema),
  outputs: z.array(deploymentValueSchema),
});
export type DeploymentDetails = z.infer<typeof deploymentDetailsSchema>;

/** The template of a deployment, as ARM exports it. */
export const deploymentTemplateSchema = z.object({
  template: z.record(z.string(), z.unknown()),
  /** Where secrets were written into it, which are withheld: paths such as `resources[0].properties.osProfile`. */
  withheld: z.array(z.string()),
});
export type DeploymentTemplate = z.infer<typeof deploymentTemplateSchema>;
