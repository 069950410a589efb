import type { ArmResource, Cluster } from '@slipway/contract';
import type { JSX } from 'react';
import { useGroupResources } from '../api/group-resources.ts';
import { ProblemBar } from '../components/problem-bar.tsx';
import { useShownProblem } from '../components/shown-problem.ts';
import { SlowWait } from '../components/slow-wait.tsx';
import { WhatGoes } from './what-goes.tsx';

/** What else goes when a cluster's whole resource group is deleted: whatever in it is not the cluster's. */
export function ElseInGroup({
  cluster,
  own,
}: {
  cluster: Cluster;
  /** What the cluster is made of. */
  own: readonly ArmResource[];
}): JSX.Element {
  const group = useGroupResources(cluster.subscriptionId, cluster.resourceGroup, { watched: false });
  const unread = useShownProblem(group);
  if (unread && !group.data)
    return (
      <ProblemBar
        problem={unread}
        title="What else is in the resource group could not be listed."
        onRetry={() => void group.refetch()}
      />
    );
  if (!group.data) return <SlowWait inline size="tiny" label="Reading what else is in the resource group…" />;
  const ownIds = new Set(own.map(({ id }) => id.toLowerCase()));
  const others = group.data.filter(({ id }) => !ownIds.has(id.toLowerCase()));
  return others.length === 0 ? (
    <span>Nothing else is in the resource group.</span>
  ) : (
    <>
      <span>
        <strong>Also in the resource group, and not part of {cluster.name}:</strong>
      </span>
      <WhatGoes resources={others} label="What else will be deleted" />
    </>
  );
}
