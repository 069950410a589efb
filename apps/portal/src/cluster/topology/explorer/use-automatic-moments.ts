import type { ArmResource, ClusterPath, ClusterState } from '@slipway/contract';
import { buildTopology, toJson } from '@slipway/topology';
import { isCancelledError, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { asProblem } from '../../../api/client.ts';
import { clusterResourcesQuery } from '../../../api/cluster-resources.ts';
import { browserStorage } from './browser-storage.ts';
import { keepMoment } from './kept-moments.ts';
import { noteMissedMoment } from './missed-moments.ts';
import { placeKey } from './topology-place.ts';
import { titleOf } from './use-exports.tsx';

/** What begins or ends when a cluster's state becomes another one; undefined where nothing does. */
export function turningPoint(before: ClusterState, after: ClusterState): string | undefined {
  if (before === after) return undefined;
  if (after === 'deploying') return 'Before a deployment';
  if (after === 'deleting') return 'Before the deletion';
  if (before === 'deploying')
    return after === 'succeeded' ? 'After a deployment' : 'After a deployment that failed';
  return before === 'deleting' ? 'After a deletion that failed' : undefined;
}

/**
 * Keeps what a cluster is made of when ARM's work on it begins and when it ends, so that both can be compared. Nobody
 * asked for it, so where that fails it is noted for whoever comes to compare.
 */
export function useAutomaticMoments(path: ClusterPath, state: ClusterState | undefined): void {
  const client = useQueryClient();
  const { subscriptionId, resourceGroup, name } = path;
  const known = useRef(state);
  useEffect(() => {
    const before = known.current;
    known.current = state;
    if (state === undefined || before === undefined) return;
    const words = turningPoint(before, state);
    if (words === undefined) return;
    const of = { subscriptionId, resourceGroup, name };
    const query = clusterResourcesQuery(of);
    const place = placeKey({ kind: 'cluster', path: of });
    const miss = (why: string): void =>
      noteMissedMoment(browserStorage(), { place, at: Date.now(), words, why });
    const keep = (resources: readonly ArmResource[]): void => {
      if (resources.length === 0) return;
      const at = new Date();
      const graph = buildTopology({ serviceName: name, resources, isCluster: true });
      const text = toJson({ title: titleOf(name), graph, resources, takenAt: at.toISOString() });
      const keeping = keepMoment(browserStorage(), { place, at: at.getTime(), words, text });
      if (!keeping.isKept) miss(keeping.why);
    };
    const readAgain = (): Promise<ArmResource[]> =>
      client.fetchQuery({ ...query, staleTime: 0 }).catch((error: unknown) => {
        // Somebody left the page that read the same: that is no answer.
        if (isCancelledError(error)) return readAgain();
        throw error;
      });
    const beforehand = client.getQueryData(query.queryKey);
    if (words.startsWith('Before') && beforehand) keep(beforehand);
    else
      readAgain().then(keep, (error: unknown) =>
        miss(`Its resources could not be read: ${asProblem(error).message}`),
      );
  }, [client, subscriptionId, resourceGroup, name, state]);
}
