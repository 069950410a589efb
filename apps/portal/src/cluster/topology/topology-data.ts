import type { ArmResource, ClusterPath, DeploymentSnapshot } from '@slipway/contract';
import { type PieceState, isAnyAtWork, topologyStates } from '@slipway/topology';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useClusterPlan } from '../../api/cluster-plan.ts';
import { useClusterResources } from '../../api/cluster-resources.ts';
import { clusterQuery, useCluster } from '../../api/cluster.ts';
import { isRunning } from '../../api/clusters.ts';
import { useShownProblem } from '../../components/shown-problem.ts';
import { isAtWork, isDeletion } from '../deployment-words.ts';
import { useClusterRefresh, useFollowAgain } from '../use-cluster-in-step.ts';
import { type FollowedDeployment, useDeploymentProgress } from '../use-deployment-progress.ts';
import { useKnownResources } from './use-known-resources.ts';

/** What a topology is drawn from, and how ARM is doing with it at this moment. */
export interface TopologyData {
  /** What there is, and what has just gone and is still drawn; undefined until it is read for the first time. */
  resources: readonly ArmResource[] | undefined;
  /** What a deployment means to create and is not there yet. */
  planned: readonly ArmResource[];
  /** Why `planned` is not all, in words for a person. */
  planGap: string | undefined;
  /** By node id. What is not in it is at rest. */
  states: ReadonlyMap<string, PieceState>;
  /** Whether ARM is at work on any of it. */
  isLive: boolean;
  /** What keeps the resources from being read. */
  problem: Error | null;
  /** When the resources were read last, in milliseconds since the epoch; 0 before. */
  readAt: number;
  refetch: () => void;
}

/** A cluster's topology with the deployment (or the deletion) that is followed. */
export interface ClusterTopologyData extends TopologyData {
  followed: FollowedDeployment;
}

const nothing: readonly ArmResource[] = [];

/**
 * What a cluster's topology is drawn from: its resources, what its deployment means to create, and how far ARM is with
 * each piece. Looks at ARM every few seconds while it is at work, at once when a resource is finished, and every ten
 * seconds at rest, so that a scaling or a machine that stops shows by itself.
 */
export function useTopologyData(path: ClusterPath): ClusterTopologyData {
  const { data: cluster } = useCluster(path);
  const followed = useDeploymentProgress(path);
  const { progress, restart } = followed;
  useClusterRefresh(path, progress);
  useFollowAgain(path, progress, restart);
  const snapshot = inStep(progress.snapshot, cluster?.state);
  const head = snapshot?.deployment;
  const running =
    (cluster !== undefined && isRunning(cluster)) || (head !== undefined && isAtWork(head.state));

  const read = useClusterResources(path, running, { watched: true });
  const plan = useClusterPlan(path, { wanted: wantsPlan(snapshot), deploymentId: head?.id });
  const { refetch: readAgain } = read;
  const refetch = useCallback((): void => void readAgain({ cancelRefetch: false }), [readAgain]);
  useFreshResources(snapshot, refetch);

  const place = `${path.subscriptionId}/${path.resourceGroup}/${path.name}`.toLowerCase();
  const [wasLive, setWasLive] = useState(false);
  const look = { place, resources: read.data ?? nothing, readAt: read.dataUpdatedAt };
  const { current, gone } = useKnownResources(look, running || wasLive);
  useFreshCluster(path, gone.length > 0 && !running);
  const planned = useMemo(
    () => (wantsPlan(snapshot) && plan.data ? notThere(plan.data.resources, current) : nothing),
    [snapshot, plan.data, current],
  );
  const states = useMemo(
    () => topologyStates({ resources: current, gone, planned, rows: snapshot?.rows ?? [], head }),
    [current, gone, planned, snapshot, head],
  );
  const isLive = running || isAnyAtWork(states.values());
  if (isLive !== wasLive) setWasLive(isLive);
  const resources = useMemo(() => (gone.length === 0 ? current : [...current, ...gone]), [current, gone]);
  return {
    resources: read.data && resources,
    planned,
    planGap: wantsPlan(snapshot) ? plan.data?.incomplete : undefined,
    states,
    isLive,
    problem: useShownProblem(read),
    readAt: read.dataUpdatedAt,
    refetch,
    followed,
  };
}

/** How far it was with a deployment says nothing of the cluster once that has come to something else. */
function inStep(
  snapshot: DeploymentSnapshot | undefined,
  state: string | undefined,
): DeploymentSnapshot | undefined {
  return state === 'succeeded' && snapshot?.deployment.state === 'Failed' ? undefined : snapshot;
}

/** Whether there may be something that a deployment means to create and has not (yet). */
const wantsPlan = (snapshot: DeploymentSnapshot | undefined): boolean =>
  snapshot !== undefined && snapshot.deployment.state !== 'Succeeded' && !isDeletion(snapshot);

function notThere(planned: readonly ArmResource[], current: readonly ArmResource[]): readonly ArmResource[] {
  const there = new Set(current.map(({ id }) => id.toLowerCase()));
  return planned.filter(({ id }) => !there.has(id.toLowerCase()));
}

/** Where something goes while all seemed to be at rest, somebody may be deleting it all: the cluster says so. */
function useFreshCluster(path: ClusterPath, isOutdated: boolean): void {
  const client = useQueryClient();
  const { subscriptionId, resourceGroup, name } = path;
  useEffect(() => {
    if (!isOutdated) return;
    const { queryKey } = clusterQuery({ subscriptionId, resourceGroup, name });
    void client.invalidateQueries({ queryKey, exact: true });
  }, [client, subscriptionId, resourceGroup, name, isOutdated]);
}

/** Between two looks that rows bring about, in milliseconds. */
const shortestMs = 1_000;

/** Looks at the resources at once when ARM has begun or finished one, but not more often than once a second. */
function useFreshResources(snapshot: DeploymentSnapshot | undefined, refetch: () => void): void {
  const moment = snapshot?.rows.map(({ id, state }) => `${id} ${state}`).join('\n');
  const seen = useRef<string>(undefined);
  const lastAt = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    const before = seen.current;
    seen.current = moment;
    if (before === undefined || before === moment || timer.current !== undefined) return;
    timer.current = setTimeout(
      () => {
        timer.current = undefined;
        lastAt.current = Date.now();
        refetch();
      },
      Math.max(0, lastAt.current + shortestMs - Date.now()),
    );
  }, [moment, refetch]);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
}
