import { useEffect, useRef } from 'react';
import { useClusters } from '../api/clusters.ts';
import {
  type KnownStates,
  clusterNotifications,
  knownStates,
  rememberedStates,
} from './cluster-notifications.ts';
import { addCorrelationId } from './correlation-id.ts';
import { useDeletions } from './use-deletions.ts';
import { useNotificationStore } from './use-notifications.ts';

/** Follows every cluster that ARM is at work on, and resource groups and resources that are being deleted, on whatever page the person is, and tells how it ended. */
export function DeploymentWatch(): null {
  const { data: clusters } = useClusters();
  const store = useNotificationStore();
  useDeletions();
  const known = useRef<KnownStates | undefined>(undefined);
  useEffect(() => {
    if (!clusters) return;
    const open = store.list().filter(({ state }) => state === 'progress');
    const ids = new Set(open.map(({ id }) => id));
    const told = clusterNotifications(known.current, clusters, ids, rememberedStates(open));
    for (const { content, quiet } of told) store.notify(content, { quiet });
    for (const { content } of told) void addCorrelationId(store, content);
    known.current = knownStates(clusters);
  }, [clusters, store]);
  return null;
}
