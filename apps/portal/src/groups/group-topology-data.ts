import type { ArmResource } from '@slipway/contract';
import { isAnyAtWork, topologyStates } from '@slipway/topology';
import { useCallback, useMemo, useState } from 'react';
import { isGroupMissing, useGroupResources } from '../api/group-resources.ts';
import type { TopologyData } from '../cluster/topology/topology-data.ts';
import { useKnownResources } from '../cluster/topology/use-known-resources.ts';
import { useShownProblem } from '../components/shown-problem.ts';

const nothing: readonly ArmResource[] = [];

/** What a resource group's topology is drawn from. Nobody says what is planned there: its pieces tell how they are. */
export function useGroupTopologyData(
  subscriptionId: string,
  resourceGroup: string,
): TopologyData & { isMissing: boolean } {
  const read = useGroupResources(subscriptionId, resourceGroup);
  const [wasLive, setWasLive] = useState(false);
  const place = `${subscriptionId}/${resourceGroup}`.toLowerCase();
  const look = { place, resources: read.data ?? nothing, readAt: read.dataUpdatedAt };
  const { current, gone } = useKnownResources(look, wasLive);
  const states = useMemo(() => topologyStates({ resources: current, gone }), [current, gone]);
  const isLive = isAnyAtWork(states.values());
  if (isLive !== wasLive) setWasLive(isLive);
  const resources = useMemo(() => (gone.length === 0 ? current : [...current, ...gone]), [current, gone]);
  const { refetch } = read;
  return {
    resources: read.data && resources,
    planned: nothing,
    planGap: undefined,
    states,
    isLive,
    problem: useShownProblem(read),
    readAt: read.dataUpdatedAt,
    refetch: useCallback((): void => void refetch(), [refetch]),
    isMissing: isGroupMissing(read.error),
  };
}
