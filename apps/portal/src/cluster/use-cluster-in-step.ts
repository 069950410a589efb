import type { ClusterPath } from '@slipway/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { clusterQuery, useCluster } from '../api/cluster.ts';
import { sessionQuery } from '../api/session.ts';
import type { DeploymentProgress } from './deployment-progress.ts';

/** When a deployment comes to another state, so does its cluster: the header must not lag behind. */
export function useClusterRefresh(path: ClusterPath, { snapshot, line, refusal }: DeploymentProgress): void {
  const client = useQueryClient();
  const { subscriptionId, resourceGroup, name } = path;
  const state = snapshot?.deployment.state;
  const isOver = line === 'ended';
  useEffect(() => {
    if (state === undefined && !isOver) return;
    const { queryKey } = clusterQuery({ subscriptionId, resourceGroup, name });
    void client.invalidateQueries({ queryKey });
  }, [client, subscriptionId, resourceGroup, name, state, isOver]);
  useEffect(() => {
    if (refusal === undefined) return;
    // Who may not read the progress may have to sign in; where nothing is, the layout says so.
    const { queryKey } =
      refusal.status === 401 ? sessionQuery : clusterQuery({ subscriptionId, resourceGroup, name });
    void client.invalidateQueries({ queryKey });
  }, [client, subscriptionId, resourceGroup, name, refusal]);
}

/**
 * What has ended is followed again when the cluster has come to something else: somebody redeploys or deletes what is
 * shown here, or has done so between two looks.
 */
export function useFollowAgain(
  path: ClusterPath,
  { line, snapshot, updatedAt }: DeploymentProgress,
  restart: () => void,
): void {
  const { data: cluster, dataUpdatedAt } = useCluster(path);
  const isOutdated =
    line === 'ended' &&
    cluster !== undefined &&
    dataUpdatedAt > (updatedAt ?? 0) &&
    cluster.state !== snapshot?.deployment.state.toLowerCase();
  useEffect(() => {
    if (isOutdated) restart();
  }, [isOutdated, restart]);
}
