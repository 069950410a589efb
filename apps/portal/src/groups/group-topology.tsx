import type { JSX } from 'react';
import { TopologyExplorer } from '../cluster/topology/explorer.tsx';
import type { TopologyData } from '../cluster/topology/topology-data.ts';

/** A resource group from the outside in. */
export function GroupTopology({
  subscriptionId,
  resourceGroup,
  data,
}: {
  subscriptionId: string;
  resourceGroup: string;
  data: TopologyData;
}): JSX.Element {
  return (
    <TopologyExplorer
      place={{ kind: 'group', path: { subscriptionId, resourceGroup } }}
      resources={data.resources ?? []}
      planned={data.planned}
      states={data.states}
    />
  );
}
