import type { ArmResource } from '@slipway/contract';
import { useNavigate } from '@tanstack/react-router';
import { asProblem } from '../api/client.ts';
import { useDeleteResources } from '../api/delete-resource.ts';
import { problemText } from '../components/problem-text.ts';
import { resourceAddress } from '../components/resource-address.ts';
import { useNotificationStore } from '../notifications/use-notifications.ts';
import { placeOf } from './resource-id.ts';

/** Deletes a resource and what is in its way, tells of it in one notification, and leads to the group when it is gone. */
export function useDeletion({ id }: ArmResource) {
  const { notify } = useNotificationStore();
  const navigate = useNavigate();
  const { subscriptionId, resourceGroup, ownName } = placeOf(id);
  const note = { id: `delete:${id.toLowerCase()}` };
  const group =
    resourceGroup === undefined
      ? undefined
      : {
          href: `/resource-groups/${encodeURIComponent(subscriptionId)}/${encodeURIComponent(resourceGroup)}`,
          label: 'Go to the resource group',
        };
  return useDeleteResources({
    onBegun: (resource, number, count) =>
      notify({
        ...note,
        state: 'progress',
        title: `${ownName} is being deleted`,
        ...(count === 1 ? {} : { detail: `${number} of ${count}: ${placeOf(resource.id).name}` }),
        link: { href: resourceAddress(id), label: 'Go to the resource' },
      }),
    onDone: (count) => {
      notify({
        ...note,
        state: 'success',
        title: `${ownName} was deleted`,
        ...(count === 1 ? {} : { detail: `With ${count - 1} that used it.` }),
        link: group,
      });
      // Whoever has gone elsewhere meanwhile is left there.
      if (resourceGroup !== undefined && decodeURI(location.pathname) === decodeURI(resourceAddress(id)))
        void navigate({
          to: '/resource-groups/$subscriptionId/$resourceGroup',
          params: { subscriptionId, resourceGroup },
        });
    },
    onFailed: (resource, thrown) => {
      const problem = asProblem(thrown);
      notify({
        ...note,
        state: 'error',
        title: `${placeOf(resource.id).ownName} could not be deleted`,
        detail: problem.message,
        copyText: problemText(problem),
        link: { href: resourceAddress(id), label: `Go to ${ownName}` },
      });
    },
  });
}
