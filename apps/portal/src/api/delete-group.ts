import { type ResourceGroup, isBeingDeleted, resourceGroupSchema, routes } from '@slipway/contract';
import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { isPassing, request } from './client.ts';
import { resourceGroupsQuery } from './resource-groups.ts';

/** Between two looks at a group that is being deleted, in milliseconds. */
const lookMs = 3_000;

/** How the deletion of a group ended: it is gone, or ARM has left something of it. */
export type DeletionEnd = 'gone' | 'left';

/** Asks ARM to delete a resource group with everything in it; the answer comes when ARM has begun. */
export function useDeleteGroup(subscriptionId: string, name: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      request(routes.resourceGroup(subscriptionId, name), z.unknown(), {
        method: 'DELETE',
        body: { confirmName: name },
      }),
    onSettled: () =>
      void client.invalidateQueries({ queryKey: resourceGroupsQuery(subscriptionId).queryKey }),
  });
}

/** So often ARM may say that nothing is going on before it is believed. */
const mostDoubts = 5;

/** Waits until a group whose deletion has begun is gone, or until ARM has given up. A line that is cut is waited for. */
export async function groupDeletion(
  client: QueryClient,
  subscriptionId: string,
  name: string,
): Promise<DeletionEnd> {
  let doubts = 0;
  let wasDeleting = false;
  for (;;) {
    const groups = await lookAt(client, subscriptionId);
    const group = groups?.find((each) => each.name === name);
    if (groups && !group) return 'gone';
    if (isBeingDeleted(group?.provisioningState)) wasDeleting = true;
    else if (group) {
      doubts += 1;
      if (wasDeleting || doubts > mostDoubts) return 'left';
    }
    await new Promise((resume) => setTimeout(resume, lookMs));
  }
}

async function lookAt(client: QueryClient, subscriptionId: string): Promise<ResourceGroup[] | undefined> {
  try {
    // Asked anew, not by the query: what that has on its way may have been asked before the deletion began.
    const groups = await request(routes.resourceGroups(subscriptionId), z.array(resourceGroupSchema));
    client.setQueryData(resourceGroupsQuery(subscriptionId).queryKey, groups);
    return groups;
  } catch (thrown) {
    if (isPassing(thrown)) return undefined;
    throw thrown;
  }
}
