import type { QueryClient } from '@tanstack/react-query';
import { asProblem } from '../api/client.ts';
import { groupDeletion } from '../api/delete-group.ts';
import type { GroupPath } from '../cluster/topology/explorer/topology-place.ts';
import { problemText } from '../components/problem-text.ts';
import { groupDeletionId } from './group-deletion-id.ts';
import type { NotificationStore } from './notification-store.ts';

type Notifier = Pick<NotificationStore, 'notify'>;

const toList = { href: '/resource-groups', label: 'Go to the resource groups' };
const toGroup = ({ subscriptionId, resourceGroup }: GroupPath) => ({
  href: `/resource-groups/${subscriptionId}/${encodeURIComponent(resourceGroup)}`,
  label: 'Go to the resource group',
});

/** Tells that the deletion of a resource group has begun. */
export function tellDeletionBegun({ notify }: Notifier, path: GroupPath): void {
  const title = `The resource group ${path.resourceGroup} is being deleted`;
  notify({ id: groupDeletionId(path), state: 'progress', title, link: toGroup(path) });
}

/** Waits for the end of a deletion that has begun and tells of it, on whatever page the person is then. */
export async function followGroupDeletion(
  client: QueryClient,
  { notify }: Notifier,
  path: GroupPath,
): Promise<void> {
  const name = path.resourceGroup;
  const id = groupDeletionId(path);
  try {
    const end = await groupDeletion(client, path.subscriptionId, name);
    if (end === 'gone')
      notify({ id, state: 'success', title: `The resource group ${name} was deleted`, link: toList });
    else
      notify({
        id,
        state: 'error',
        title: `The resource group ${name} could not be deleted`,
        detail: 'Azure Resource Manager has left something of it. A lock or something in use may hold it.',
        link: toGroup(path),
      });
  } catch (thrown) {
    const problem = asProblem(thrown);
    notify({
      id,
      state: 'warning',
      title: `It is not known what became of the resource group ${name}`,
      detail: problem.message,
      copyText: problemText(problem),
      link: toList,
    });
  }
}
