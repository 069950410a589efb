import {
  type ApiErrorBody,
  type ResourceDeletion,
  acceptedSchema,
  readResourceSchema,
  routes,
  isBeingDeleted,
} from '@slipway/contract';
import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import { ApiProblem, isPassing, request } from './client.ts';
import { isResourceMissing, resourceKey } from './resource.ts';

/** Between two looks at how far a deletion is, in milliseconds. */
const lookMs = 1_000;
/** So many looks in a row that find nobody at work on it mean that it stays. */
const mostDoubts = 5;

/** Asks the API to delete a resource after those in its way; the answer comes when ARM has taken the first of them. */
export const beginDeletion = (id: string, first: readonly string[]) =>
  request(routes.deleteResource(), acceptedSchema, { method: 'DELETE', body: { id, first } });

/** Lets a deletion end after the resource that ARM is at work on. */
export function useStopDeletion(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      request(routes.stopResourceDeletion(), acceptedSchema, { method: 'POST', body: { id } }),
    onSettled: () => client.invalidateQueries({ queryKey: resourceKey(id), exact: true }),
  });
}

/** How a deletion ended; `left`: nobody is at work on it any more, and it is still there. */
export type DeletionEnd =
  | { state: 'gone'; count: number }
  | { state: 'stopped'; done: number; count: number }
  | { state: 'failed'; current: string; error: ApiErrorBody['error'] | undefined }
  | { state: 'left' };

/**
 * Looks until a resource whose deletion has begun is gone, or stays. The API deletes, whoever looks; a line that is cut is
 * waited for.
 */
export async function deletionEnd(
  client: QueryClient,
  id: string,
  onProgress: (deletion: ResourceDeletion) => void,
): Promise<DeletionEnd> {
  let count = 1;
  for (let doubts = 0; doubts < mostDoubts;) {
    try {
      const read = await request(routes.resource(id), readResourceSchema);
      client.setQueryData(resourceKey(id), read);
      const { deletion, resource } = read;
      if (deletion) ({ count } = deletion);
      if (deletion?.state === 'failed')
        return { state: 'failed', current: deletion.current, error: deletion.error };
      if (deletion?.state === 'stopped') return { state: 'stopped', done: deletion.done, count };
      if (deletion) onProgress(deletion);
      doubts = deletion || isBeingDeleted(resource.properties?.['provisioningState']) ? 0 : doubts + 1;
    } catch (thrown) {
      if (isResourceMissing(thrown)) {
        await readAnew(client);
        return { state: 'gone', count };
      }
      if (!isPassing(thrown)) throw thrown;
    }
    await new Promise((resume) => setTimeout(resume, lookMs));
  }
  return { state: 'left' };
}

/** What a deletion that ended badly says, as a problem. */
export function problemOfEnd(end: Extract<DeletionEnd, { state: 'failed' | 'left' }>): ApiProblem {
  if (end.state === 'failed' && end.error) return new ApiProblem(0, end.error);
  return new ApiProblem(0, {
    code: 'DeletionEnded',
    message:
      'The deletion was broken off, probably because the portal was started anew. What had not been deleted by then is still there.',
    remedy: 'Delete it again: what is gone is not in the way any more.',
    correlationId: '',
  });
}

async function readAnew(client: QueryClient): Promise<void> {
  for (const key of ['resource', 'subscriptions', 'cluster'])
    await client.invalidateQueries({ queryKey: [key] });
}
