import { type PutLockRequest, type ScopeLock, lockLevelSchema } from '@slipway/contract';
import { z } from 'zod';
import { armCall } from './arm-failure.ts';
import type { Arm } from './arm.ts';
import { looseText, readItems } from './loose-reading.ts';
import { PageSteps } from './paging.ts';
import { sendToArm } from './send-to-arm.ts';

/** The newest version of the ManagementLocks API. */
const version = '2020-05-01';
const provider = '/providers/Microsoft.Authorization/locks';

const pageSchema = z.object({ value: z.array(z.unknown()), nextLink: z.string().nullish() });
/** Levels that are none of the two (`NotSpecified`) forbid nothing. */
const lockSchema = z.object({
  id: z.string(),
  name: z.string(),
  properties: z.object({ level: lockLevelSchema, notes: looseText }),
});

/** The locks that are on a scope, around it and in it. */
export async function listLocks(arm: Arm, scope: string): Promise<ScopeLock[]> {
  return armCall(async () => {
    const found: ScopeLock[] = [];
    const steps = new PageSteps();
    let next: string | undefined = `${scope}${provider}?api-version=${version}`;
    while (next !== undefined) {
      const page: z.output<typeof pageSchema> = pageSchema.parse(await sendToArm(arm, 'GET', next));
      found.push(...readItems(lockSchema, page.value).map((lock) => asScopeLock(lock, scope)));
      next = page.nextLink ?? undefined;
      steps.goOnTo(next);
    }
    return found.toSorted(
      (one, other) => places.indexOf(one.place) - places.indexOf(other.place) || (one.id < other.id ? -1 : 1),
    );
  });
}

const places: readonly ScopeLock['place'][] = ['here', 'above', 'below'];

/** Makes a lock, or changes the one of this name. */
export async function putLock(arm: Arm, { scope, name, level, notes }: PutLockRequest): Promise<ScopeLock> {
  return armCall(async () => {
    const address = `${scope}${provider}/${encodeURIComponent(name)}?api-version=${version}`;
    const properties = { level, ...(notes === undefined || notes === '' ? {} : { notes }) };
    return asScopeLock(lockSchema.parse(await sendToArm(arm, 'PUT', address, { properties })), scope);
  });
}

/** Takes a lock away; one that is gone already is gone. */
export async function deleteLock(arm: Arm, id: string): Promise<void> {
  await armCall(() => sendToArm(arm, 'DELETE', `${id}?api-version=${version}`));
}

function asScopeLock({ id, name, properties }: z.output<typeof lockSchema>, scope: string): ScopeLock {
  const on = id.slice(0, id.toLowerCase().lastIndexOf(provider.toLowerCase()));
  const { level, notes } = properties;
  return { id, name, level, ...(notes === undefined ? {} : { notes }), on, place: placeOf(on, scope) };
}

function placeOf(on: string, scope: string): ScopeLock['place'] {
  const [locked, own] = [on.toLowerCase(), scope.toLowerCase()];
  if (locked === own) return 'here';
  return own.startsWith(`${locked}/`) ? 'above' : 'below';
}
