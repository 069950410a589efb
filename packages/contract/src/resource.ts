import { z } from 'zod';
import { clusterPathSchema } from './clusters.ts';
import { apiErrorSchema } from './errors.ts';
import { armResourceSchema } from './places.ts';

/** ARM's own longest ids have a few hundred characters. */
const longestId = 2048;
/** `/subscriptions/<GUID>`, and what follows in whole segments: no empty ones, and none that an address would read as a way. */
const scopePattern =
  /^\/subscriptions\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:\/(?!\.{1,2}(?:\/|$))[^/\\?#%<>\p{Cc}]+)*$/iu;
/** In a subscription or one of its groups, a provider's type and name, and further pairs of both. */
const resourcePattern =
  /^\/subscriptions\/[^/]+(?:\/resourcegroups\/[^/]+)?(?:\/providers\/[^/]+(?:\/[^/]+\/[^/]+)+)+$/i;
const groupPattern = /^\/subscriptions\/[^/]+(?:\/resourcegroups\/[^/]+)?$/i;

const isScope = (text: string): boolean => text.length <= longestId && scopePattern.test(text);

/** Whether a text is the ARM id of a resource in a subscription, or of a part or an extension of one. */
export const isResourceId = (text: string): boolean => isScope(text) && resourcePattern.test(text);

/** The ARM id of a resource: nothing else, so that it can be asked for as it is. */
export const resourceIdSchema = z
  .string()
  .refine(
    isResourceId,
    'This is not the id of a resource: /subscriptions/…/providers/<namespace>/<type>/<name>.',
  );

/** The ARM id of what tags, locks and the activity log are about: a subscription, a resource group or a resource. */
export const scopeIdSchema = z
  .string()
  .refine(
    (text) => isScope(text) && (resourcePattern.test(text) || groupPattern.test(text)),
    'This is not the id of a subscription, a resource group or a resource.',
  );

export const resourceQuerySchema = z.object({ id: resourceIdSchema });

/** The deletion of a resource after those that are in its way, one after the other. */
export const resourceDeletionSchema = z.object({
  /** `stopping`: the one that ARM is at work on still goes. `stopped`: the others, and the resource itself, stay. */
  state: z.enum(['running', 'stopping', 'stopped', 'failed']),
  /** How many are gone, of how many. */
  done: z.number().int(),
  count: z.number().int(),
  /** ARM id of the one that goes now, or that could not be deleted. */
  current: z.string(),
  /** Why it failed. */
  error: apiErrorSchema.shape.error.optional(),
});
export type ResourceDeletion = z.infer<typeof resourceDeletionSchema>;

/** One resource as ARM returns it, or a part of one. */
export const readResourceSchema = z.object({
  resource: armResourceSchema,
  /** Given where it is no resource by itself: the ARM id of the resource that it is a part of. */
  partOf: z.string().optional(),
  /** Given while the portal deletes it, and for a while after that has failed or was stopped. */
  deletion: resourceDeletionSchema.optional(),
});
export type ReadResource = z.infer<typeof readResourceSchema>;

/** A resource as others speak of it. */
export const relatedResourceSchema = z.object({ id: z.string(), name: z.string(), type: z.string() });
export type RelatedResource = z.infer<typeof relatedResourceSchema>;

/** What a resource has to do with others. */
export const resourceRelationsSchema = z.object({
  /** The container service whose deployment stack has it, if one has. */
  cluster: clusterPathSchema
    .extend({
      /** Whether the stack itself manages it; otherwise it belongs to something that the stack manages. */
      isManaged: z.boolean(),
      /** What the stack's deny settings forbid others to do, as ARM words it; for example `none` or `denyDelete`. */
      denies: z.string(),
    })
    .optional(),
  /** What its properties refer to. */
  uses: z.array(relatedResourceSchema),
  /** Whose properties refer to it. */
  usedBy: z.array(relatedResourceSchema),
  /** What belongs to it and goes with it. */
  contains: z.array(relatedResourceSchema),
  /** What may have to be deleted before it, in this order: what refers to it, and what refers to that. */
  inTheWay: z.array(relatedResourceSchema),
});
export type ResourceRelations = z.infer<typeof resourceRelationsSchema>;

/**
 * Whether a resource can be deleted by itself. A container service is deleted as a whole, and not by its deployment stack:
 * without a word of what becomes of its resources ARM would leave them all behind.
 */
export const isDeletable = (id: string): boolean =>
  !/\/providers\/Microsoft\.Resources\/[^/]+\/[^/]+$/i.test(id);

const deletableIdSchema = resourceIdSchema.refine(
  isDeletable,
  'Deployments and stacks are not deleted one by one.',
);

export const deleteResourceRequestSchema = z.object({
  id: deletableIdSchema,
  /** What is deleted before it, in this order: each is gone before the next is asked for. */
  first: z.array(deletableIdSchema).max(500).default([]),
});

/** Lets a deletion of several end after the one that ARM is at work on. */
export const stopDeletionRequestSchema = resourceQuerySchema;
