import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { patiently } from '../api/page-code.ts';
import { groupBeingDeleted } from './group-deletion-id.ts';
import { useNotificationStore } from './use-notifications.ts';

const loadFollow = patiently(() => import('./follow-group-deletion.ts'));

/** Goes on following the deletions of resource groups that had not ended when the portal was left. */
export function useGroupDeletions(): void {
  const client = useQueryClient();
  const store = useNotificationStore();
  const hasBegun = useRef(false);
  useEffect(() => {
    if (hasBegun.current) return;
    hasBegun.current = true;
    for (const path of store.list().flatMap((each) => groupBeingDeleted(each) ?? []))
      void loadFollow().then(({ followGroupDeletion }) => followGroupDeletion(client, store, path));
  }, [client, store]);
}
