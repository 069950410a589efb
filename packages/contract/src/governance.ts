import { ARM_TAG_LIMITS, MAX_STORAGE_TAG_NAME, type TagProblem, tagProblems } from '@slipway/cluster';
import { z } from 'zod';
import { isResourceId, scopeIdSchema } from './resource.ts';

/** Everything that ARM would refuse in the tags of a scope. */
export const tagFaults = (scope: string, tags: readonly { name: string; value: string }[]): TagProblem[] =>
  tagProblems(
    tags,
    /\/providers\/Microsoft\.Storage\/storageAccounts\/[^/]+$/i.test(scope)
      ? { ...ARM_TAG_LIMITS, longestName: MAX_STORAGE_TAG_NAME, whyName: 'because this is a storage account' }
      : ARM_TAG_LIMITS,
  );

const tagsSchema = z.record(z.string(), z.string());

export const scopeQuerySchema = z.object({ scope: scopeIdSchema });

/** The tags of a subscription, a resource group or a resource. */
export const scopeTagsSchema = z.object({ tags: tagsSchema });
export type ScopeTags = z.infer<typeof scopeTagsSchema>;

/** Changes tags: adds and replaces some, puts a set in the place of all, or takes some away. */
export const changeTagsRequestSchema = z.object({
  scope: scopeIdSchema,
  operation: z.enum(['Merge', 'Replace', 'Delete']),
  tags: tagsSchema,
  /** The tags as they were when the change was thought out: where they are others by now, nothing is changed. */
  before: tagsSchema.optional(),
});
export type ChangeTagsRequest = z.infer<typeof changeTagsRequestSchema>;

/** `CanNotDelete` forbids deletes, `ReadOnly` also every other change. */
export const lockLevelSchema = z.enum(['CanNotDelete', 'ReadOnly']);
export type LockLevel = z.infer<typeof lockLevelSchema>;

/** A lock that has to do with a scope. */
export const scopeLockSchema = z.object({
  id: z.string(),
  name: z.string(),
  level: lockLevelSchema,
  notes: z.string().optional(),
  /** What the lock is on. */
  on: z.string(),
  /** Whether that is the scope itself, something around it (the lock is inherited), or something in it. */
  place: z.enum(['here', 'above', 'below']),
});
export type ScopeLock = z.infer<typeof scopeLockSchema>;

/** Source: the ManagementLocks API: its descriptions of the lock's name and notes. */
const longestLockName = 260;
const longestNotes = 512;

/** Says what is wrong with the name of a lock, or nothing. */
export function lockNameFault(name: string): string | undefined {
  if (name.trim() === '') return 'Enter a name for the lock.';
  if (name.length > longestLockName)
    return `A lock’s name has at most ${longestLockName} characters; this one has ${name.length}.`;
  if (/[<>%&:#\\?/\p{Cc}]/u.test(name) || /^\.{1,2}$/.test(name))
    return 'A lock’s name cannot contain < > % & : # \\ ? / or control characters.';
  return undefined;
}

export const putLockRequestSchema = z.object({
  scope: scopeIdSchema,
  name: z.string().superRefine((name, context) => {
    const message = lockNameFault(name);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  }),
  level: lockLevelSchema,
  notes: z.string().max(longestNotes, `Notes have at most ${longestNotes} characters.`).optional(),
});
export type PutLockRequest = z.infer<typeof putLockRequestSchema>;

/** Takes a lock away, by its ARM id. */
export const deleteLockRequestSchema = z.object({
  id: z
    .string()
    .refine(
      (id) => /\/providers\/Microsoft\.Authorization\/locks\/[^/]+$/i.test(id) && isResourceId(id),
      'This is not the id of a lock.',
    ),
});
