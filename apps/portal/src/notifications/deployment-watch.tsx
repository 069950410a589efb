import { useEffect, useRef } from 'react';
import { useClusters } from '../api/clusters.ts';
import { type KnownStates, clusterNotifications, knownStates } from './cluster-notifications.ts';
import { useNotificationStore } from './use-notifications.ts';

/** Follows every cluster that ARM is at work on, on whatever page the person is, and tells how it ended. */
export function DeploymentWatch(): null {
  const { data: clusters } = useClusters();
  const store = useNotificationStore();
  const known = useRef<KnownStates | undefined>(undefined);
  useEffect(() => {
    if (!clusters) return;
    const open = new Set(
      store
        .list()
        .filter(({ state }) => state === 'progress')
        .map(({ id }) => id),
    );
    for (const { content, quiet } of clusterNotifications(known.current, clusters, open)) {
      store.notify(content, { quiet });
    }
    known.current = knownStates(clusters);
  }, [clusters, store]);
  return null;
}
