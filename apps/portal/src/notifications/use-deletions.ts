import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { patiently } from '../api/page-code.ts';
import { groupBeingDeleted } from './group-deletion-id.ts';
import { resourceBeingDeleted } from './resource-deletion-id.ts';
import { useNotificationStore } from './use-notifications.ts';

const loadGroupFollow = patiently(() => import('./follow-group-deletion.ts'));
const loadResourceFollow = patiently(() => import('./follow-resource-deletion.ts'));

/** Goes on following the deletions of resource groups and resources that had not ended when the portal was left. */
export function useDeletions(): void {
  const client = useQueryClient();
  const store = useNotificationStore();
  const hasBegun = useRef(false);
  useEffect(() => {
    if (hasBegun.current) return;
    hasBegun.current = true;
    for (const path of store.list().flatMap((each) => groupBeingDeleted(each) ?? []))
      void loadGroupFollow().then(({ followGroupDeletion }) => followGroupDeletion(client, store, path));
    for (const id of store.list().flatMap((each) => resourceBeingDeleted(each) ?? []))
      void loadResourceFollow().then(({ followResourceDeletion }) =>
        // How it ended, also badly, it has told itself.
        followResourceDeletion(client, store, id).catch(() => undefined),
      );
  }, [client, store]);
}
