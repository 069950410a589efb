import type { QueryClient } from '@tanstack/react-query';
import { asProblem } from '../api/client.ts';
import { type DeletionEnd, deletionEnd, problemOfEnd } from '../api/delete-resource.ts';
import { problemText } from '../components/problem-text.ts';
import { resourceAddress } from '../components/resource-address.ts';
import { placeOf } from '../resource/resource-id.ts';
import type { NotificationStore } from './notification-store.ts';
import { resourceDeletionId } from './resource-deletion-id.ts';

type Notifier = Pick<NotificationStore, 'notify'>;

const noteOf = (id: string) => ({
  id: resourceDeletionId(id),
  link: { href: resourceAddress(id), label: 'Go to the resource' },
});

/** Tells that the deletion of a resource begins. */
export const tellResourceDeletionBegun = ({ notify }: Notifier, id: string): void =>
  notify({ ...noteOf(id), state: 'progress', title: `${placeOf(id).ownName} is being deleted` });

/** Tells that a resource could not be deleted, and why; `current` is what has kept it. */
export function tellResourceDeletionFailed(
  { notify }: Notifier,
  id: string,
  thrown: unknown,
  current = id,
): void {
  const problem = asProblem(thrown);
  const { ownName } = placeOf(id);
  notify({
    ...noteOf(id),
    state: 'error',
    title: `${placeOf(current).ownName} could not be deleted`,
    detail:
      current.toLowerCase() === id.toLowerCase()
        ? problem.message
        : `${problem.message} ${ownName} stays, too.`,
    copyText: problemText(problem),
  });
}

/** Follows a deletion that has begun, and tells how far it is and how it ends, on whatever page the person is then. */
export async function followResourceDeletion(
  client: QueryClient,
  notifier: Notifier,
  id: string,
): Promise<DeletionEnd> {
  const { notify } = notifier;
  const { subscriptionId, resourceGroup, ownName } = placeOf(id);
  try {
    const end = await deletionEnd(client, id, ({ state, done, count, current }) => {
      if (count === 1) return;
      const place = `${done + 1} of ${count}: ${placeOf(current).name}`;
      notify({
        ...noteOf(id),
        state: 'progress',
        title: `${ownName} is being deleted`,
        detail: state === 'stopping' ? `${place}. It stops after this one.` : place,
      });
    });
    if (end.state === 'gone')
      notify({
        id: resourceDeletionId(id),
        state: 'success',
        title: `${ownName} was deleted`,
        ...(end.count === 1 ? {} : { detail: `With ${end.count - 1} that used it.` }),
        ...(resourceGroup === undefined
          ? {}
          : {
              link: {
                href: `/resource-groups/${encodeURIComponent(subscriptionId)}/${encodeURIComponent(resourceGroup)}`,
                label: 'Go to the resource group',
              },
            }),
      });
    else if (end.state === 'stopped')
      notify({
        ...noteOf(id),
        state: 'warning',
        title: `The deletion of ${ownName} was stopped`,
        detail: `${end.done} of ${end.count} are gone; ${ownName} stays.`,
      });
    else if (end.state === 'failed') tellResourceDeletionFailed(notifier, id, problemOfEnd(end), end.current);
    else {
      const problem = problemOfEnd(end);
      notify({
        ...noteOf(id),
        state: 'warning',
        title: `${ownName} is not being deleted any more`,
        detail: `${problem.message} ${problem.remedy}`,
        copyText: problemText(problem),
      });
    }
    return end;
  } catch (thrown) {
    const problem = asProblem(thrown);
    notify({
      ...noteOf(id),
      state: 'warning',
      title: `It is not known what became of ${ownName}`,
      detail: problem.message,
      copyText: problemText(problem),
    });
    throw thrown;
  }
}
