import { z } from 'zod';
import { armErrorSchema } from './errors.ts';
import { scopeIdSchema } from './resource.ts';

/** How something that was asked for ended, or that it has not ended yet. */
export const activityStatusSchema = z.enum(['Succeeded', 'Failed', 'Underway']);
export type ActivityStatus = z.infer<typeof activityStatusSchema>;

/** One thing that was asked of ARM, folded from the events that its activity log has of it. */
export const activityOperationSchema = z.object({
  /** The same for all that one request brought about. */
  correlationId: z.string(),
  /** The same for the events of this operation. */
  operationId: z.string(),
  /** ARM's name of it, for example `Microsoft.Network/virtualNetworks/write`. */
  operation: z.string(),
  resourceId: z.string(),
  status: activityStatusSchema,
  caller: z.string(),
  startedAt: z.string(),
  /** Absent while it goes on. */
  endedAt: z.string().optional(),
  /** HTTP status of the answer, in words. */
  httpStatus: z.string().optional(),
  clientIpAddress: z.string().optional(),
  error: armErrorSchema.optional(),
});
export type ActivityOperation = z.infer<typeof activityOperationSchema>;

/** A part of the activity log, newest first. */
export const activityPageSchema = z.object({
  operations: z.array(activityOperationSchema),
  /** What to ask for the next part with; absent at the end. */
  next: z.string().optional(),
});
export type ActivityPage = z.infer<typeof activityPageSchema>;

export const activityQuerySchema = z.object({
  /** A resource group, a resource, or the deployment stack of a container service: then all that belongs to it. */
  scope: scopeIdSchema,
  from: z.iso.datetime(),
  to: z.iso.datetime().optional(),
  status: activityStatusSchema.optional(),
  /** A part of who asked for it. */
  caller: z.string().max(200).optional(),
  /** A part of the operation's name, or of the words for it: see `operationWords` of `topology`. */
  operation: z.string().max(200).optional(),
  next: z
    .string()
    .regex(/^[\w.~+/=-]{1,2000}$/)
    .optional(),
});
export type ActivityQuery = z.infer<typeof activityQuerySchema>;
