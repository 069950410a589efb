import type { ArmResource } from '@slipway/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { beginDeletion, problemOfEnd } from '../api/delete-resource.ts';
import { resourceAddress } from '../components/resource-address.ts';
import {
  followResourceDeletion,
  tellResourceDeletionBegun,
  tellResourceDeletionFailed,
} from '../notifications/follow-resource-deletion.ts';
import { useNotificationStore } from '../notifications/use-notifications.ts';
import { placeOf } from './resource-id.ts';

/**
 * Deletes a resource after what is in its way (ARM ids, in order), tells of it in one notification, and leads to the group
 * when it is gone. The API does it: it goes on when this page is closed.
 */
export function useDeletion({ id }: ArmResource) {
  const store = useNotificationStore();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { subscriptionId, resourceGroup } = placeOf(id);
  return useMutation({
    mutationFn: async (first: readonly string[]): Promise<'gone' | 'stopped'> => {
      // Told before there is an answer: a page that is loaded anew meanwhile finds it, and looks what became of it.
      tellResourceDeletionBegun(store, id);
      try {
        await beginDeletion(id, first);
      } catch (thrown) {
        tellResourceDeletionFailed(store, id, thrown, first[0]);
        throw thrown;
      }
      const end = await followResourceDeletion(client, store, id);
      if (end.state === 'failed' || end.state === 'left') throw problemOfEnd(end);
      return end.state;
    },
    onSuccess: (end) => {
      // Whoever has gone elsewhere meanwhile is left there.
      const isHere = decodeURI(location.pathname) === decodeURI(resourceAddress(id));
      if (end === 'gone' && resourceGroup !== undefined && isHere)
        void navigate({
          to: '/resource-groups/$subscriptionId/$resourceGroup',
          params: { subscriptionId, resourceGroup },
        });
    },
  });
}
