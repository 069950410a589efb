import {
  acceptedSchema,
  changeTagsRequestSchema,
  deleteLockRequestSchema,
  putLockRequestSchema,
  routes,
  scopeLockSchema,
  scopeQuerySchema,
  scopeTagsSchema,
  tagFaults,
} from '@slipway/contract';
import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import { type ApiInstance, withErrors } from '../api-instance.ts';
import type { Arm } from '../arm/arm.ts';
import { deleteLock, listLocks, putLock } from '../arm/locks.ts';
import { changeTags, readTags } from '../arm/tags.ts';

/** Tags and locks of subscriptions, resource groups and resources. */
export function addGovernanceRoutes(app: ApiInstance, { arm }: { arm: Arm }): void {
  app.get(
    routes.tags(),
    {
      schema: {
        tags: ['Resources'],
        summary: 'The tags of a subscription, a resource group or a resource',
        querystring: scopeQuerySchema,
        response: withErrors({ 200: scopeTagsSchema }),
      },
    },
    async (request) => ({ tags: await readTags(arm, request.query.scope) }),
  );

  app.patch(
    routes.tags(),
    {
      schema: {
        tags: ['Resources'],
        summary: 'Add, replace or remove tags',
        body: changeTagsRequestSchema,
        response: withErrors({ 200: scopeTagsSchema }),
      },
    },
    async (request) => {
      const { before, ...change } = request.body;
      if (change.operation !== 'Delete') refuseFaults(change.scope, change.tags);
      if (before) {
        const tags = await readTags(arm, change.scope);
        // Asked for again, after an answer that got lost: nobody else has changed anything.
        if (change.operation === 'Replace' && isSame(change.tags, tags)) return { tags };
        if (!isSame(before, tags))
          throw new ApiError(
            'TagsChanged',
            'Somebody else has changed these tags in the meantime. Nothing was changed now.',
          );
      }
      return { tags: await changeTags(arm, change) };
    },
  );

  app.get(
    routes.locks(),
    {
      schema: {
        tags: ['Resources'],
        summary: 'The locks on a scope, around it and in it',
        querystring: scopeQuerySchema,
        response: withErrors({ 200: z.array(scopeLockSchema) }),
      },
    },
    (request) => listLocks(arm, request.query.scope),
  );

  app.put(
    routes.locks(),
    {
      schema: {
        tags: ['Resources'],
        summary: 'Lock a scope, or change a lock',
        body: putLockRequestSchema,
        response: withErrors({ 200: scopeLockSchema }),
      },
    },
    (request) => putLock(arm, request.body),
  );

  app.delete(
    routes.locks(),
    {
      schema: {
        tags: ['Resources'],
        summary: 'Take a lock away',
        body: deleteLockRequestSchema,
        response: withErrors({ 200: acceptedSchema }),
      },
    },
    async (request) => {
      await deleteLock(arm, request.body.id);
      return { accepted: true as const };
    },
  );
}

function refuseFaults(scope: string, tags: Readonly<Record<string, string>>): void {
  const entries = Object.entries(tags).map(([name, value]) => ({ name, value }));
  const faults = tagFaults(scope, entries);
  const [first] = faults;
  if (!first) return;
  throw new ApiError('InvalidRequest', first.message, {
    fields: faults.map(({ index, message }) => ({ path: `tags.${entries[index]?.name ?? ''}`, message })),
  });
}

function isSame(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && one[name] === other[name])
  );
}
