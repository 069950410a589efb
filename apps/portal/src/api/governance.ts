import {
  type ChangeTagsRequest,
  type PutLockRequest,
  type ScopeLock,
  acceptedSchema,
  routes,
  scopeLockSchema,
  scopeTagsSchema,
} from '@slipway/contract';
import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { ApiProblem, isPassing, request } from './client.ts';
import { resourceKey } from './resource.ts';

const tagsKey = (scope: string): readonly string[] => [...resourceKey(scope), 'tags'];
const locksKey = (scope: string): readonly string[] => [...resourceKey(scope), 'locks'];

/** The tags of a subscription, a resource group or a resource. */
export const useTags = (scope: string) =>
  useQuery({
    queryKey: tagsKey(scope),
    queryFn: ({ signal }) => request(routes.scopeTags(scope), scopeTagsSchema, { signal }),
  });

/** Whether a change of tags came too late: somebody else was faster. */
export const isTagConflict = (thrown: unknown): boolean =>
  thrown instanceof ApiProblem && thrown.code === 'TagsChanged';

/** Changes tags; where they are others by now than they were thought to be, they are read anew and stay as they are. */
export function useChangeTags(scope: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: Omit<ChangeTagsRequest, 'scope'>) =>
      request(routes.tags(), scopeTagsSchema, { method: 'PATCH', body: { scope, ...change } }),
    onSuccess: (changed) => {
      client.setQueryData(tagsKey(scope), changed);
      return readAnew(client, scope);
    },
    onError: (thrown) =>
      isTagConflict(thrown) ? client.invalidateQueries({ queryKey: tagsKey(scope) }) : undefined,
  });
}

const readLocks = (scope: string, signal?: AbortSignal): Promise<ScopeLock[]> =>
  request(routes.scopeLocks(scope), z.array(scopeLockSchema), { signal });

/** The locks on a scope, around it and in it. */
export const useLocks = (scope: string) =>
  useQuery({ queryKey: locksKey(scope), queryFn: ({ signal }) => readLocks(scope, signal) });

/** What only the answer got lost of has been done; `outcome` finds it among the locks. Else throws what was thrown. */
async function unlessDone<Outcome>(
  thrown: unknown,
  scope: string,
  outcome: (locks: readonly ScopeLock[]) => Outcome | undefined,
): Promise<Outcome> {
  const locks = isPassing(thrown) ? await readLocks(scope).catch(() => undefined) : undefined;
  const found = locks && outcome(locks);
  if (found === undefined) throw thrown;
  return found;
}

/** Makes a lock, or changes the one of the same name. */
export function usePutLock(scope: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (lock: Omit<PutLockRequest, 'scope'>) =>
      request(routes.locks(), scopeLockSchema, { method: 'PUT', body: { scope, ...lock } }).catch((thrown) =>
        unlessDone(thrown, scope, (locks) => locks.find((each) => isAsWished(each, lock))),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: locksKey(scope) }),
  });
}

const isAsWished = (lock: ScopeLock, wish: Omit<PutLockRequest, 'scope'>): boolean =>
  lock.place === 'here' &&
  lock.name.toLowerCase() === wish.name.toLowerCase() &&
  lock.level === wish.level &&
  (lock.notes ?? '') === (wish.notes ?? '');

/** Takes a lock away. */
export function useDeleteLock(scope: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      request(routes.locks(), acceptedSchema, { method: 'DELETE', body: { id } }).catch((thrown) =>
        unlessDone(thrown, scope, (locks) =>
          locks.some((each) => each.id === id) ? undefined : { accepted: true as const },
        ),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: locksKey(scope) }),
  });
}

/** What else shows tags learns of their change. */
async function readAnew(client: QueryClient, scope: string): Promise<void> {
  await Promise.all([
    client.invalidateQueries({ queryKey: resourceKey(scope), exact: true }),
    client.invalidateQueries({ queryKey: ['subscriptions'] }),
  ]);
}
