import { type RelatedResource, acceptedSchema, readResourceSchema, routes } from '@slipway/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ApiProblem, isPassing, request } from './client.ts';
import { isResourceMissing } from './resource.ts';

/** Between two looks at whether something is gone, in milliseconds. */
const lookMs = 1_000;
/** So many looks in a row that find it at rest mean that it stays. */
const looksAtRest = 5;

/** What is told while resources are deleted one after the other, also when the page has been left. */
export interface DeletionListener {
  onBegun: (resource: RelatedResource, number: number, count: number) => void;
  onDone: (count: number) => void;
  onFailed: (resource: RelatedResource, problem: unknown) => void;
}

/** Deletes resources in the order in which they are given: each is gone before the next is asked for. */
export function useDeleteResources(listener: DeletionListener) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (resources: readonly RelatedResource[]): Promise<void> => {
      for (const [index, resource] of resources.entries()) {
        try {
          listener.onBegun(resource, index + 1, resources.length);
          await request(routes.deleteResource(), acceptedSchema, {
            method: 'DELETE',
            body: { id: resource.id },
          });
          await untilGone(resource);
        } catch (thrown) {
          listener.onFailed(resource, thrown);
          throw thrown;
        }
      }
      listener.onDone(resources.length);
    },
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: ['resource'] });
      await client.invalidateQueries({ queryKey: ['subscriptions'] });
      await client.invalidateQueries({ queryKey: ['cluster'] });
    },
  });
}

async function untilGone({ id, name }: RelatedResource): Promise<void> {
  for (let atRest = 0; atRest < looksAtRest;) {
    try {
      const { resource } = await request(routes.resource(id), readResourceSchema);
      const state = resource.properties?.['provisioningState'];
      atRest = typeof state === 'string' && /^deleting$/i.test(state) ? 0 : atRest + 1;
    } catch (thrown) {
      if (isResourceMissing(thrown)) return;
      if (!isPassing(thrown)) throw thrown;
    }
    await new Promise((resume) => setTimeout(resume, lookMs));
  }
  throw new ApiProblem(0, {
    code: 'StillThere',
    message: `Azure Resource Manager had begun to delete ${name}, but it is still there.`,
    remedy: 'Its activity log says why.',
    correlationId: '',
  });
}
