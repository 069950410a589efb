import type { JsonObject } from '@slipway/arm-template';
import { z } from 'zod';
import { ArmError } from '../arm-error.ts';
import type { Lock } from '../store/documents.ts';

/** Source: the ManagementLocks API, its descriptions of `lockName` and of the lock's properties. */
const longestLockName = 260;
const longestNotes = 512;
const levels: Readonly<Record<string, Lock['level']>> = {
  cannotdelete: 'CanNotDelete',
  readonly: 'ReadOnly',
};

const propertiesSchema = z.object({
  level: z
    .string()
    .transform((level) => levels[level.toLowerCase()])
    .pipe(z.enum(['CanNotDelete', 'ReadOnly'], "must be 'CanNotDelete' or 'ReadOnly'")),
  notes: z.string().max(longestNotes).nullish(),
  owners: z
    .array(z.object({ applicationId: z.string().max(256) }))
    .max(50)
    .nullish(),
});

/** Refuses names that a lock cannot have. */
export function checkLockName(name: string): void {
  if (name.trim() !== '' && name.length <= longestLockName && !/[<>%&:\\?/\p{Cc}]/u.test(name)) return;
  throw new ArmError(
    400,
    'InvalidLockName',
    `The lock name '${name.slice(0, 80)}' is not valid: 1 to ${longestLockName} characters without < > % & : \\ ? / and control characters.`,
  );
}

/** Reads the body of a lock's PUT. Throws InvalidRequestContent. */
export function readLockRequest(body: JsonObject): Pick<Lock, 'level' | 'notes' | 'owners'> {
  const parsed = propertiesSchema.safeParse(body.properties);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new ArmError(
      400,
      'InvalidRequestContent',
      `The request content was invalid and could not be deserialized: '${['properties', ...(issue?.path ?? [])].join('.')}: ${issue?.message ?? ''}'.`,
    );
  }
  const { level, notes, owners } = parsed.data;
  return {
    level,
    ...(typeof notes === 'string' ? { notes } : {}),
    ...(owners === null || owners === undefined ? {} : { owners }),
  };
}
