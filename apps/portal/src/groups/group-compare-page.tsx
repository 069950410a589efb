import { useParams, useSearch } from '@tanstack/react-router';
import type { JSX } from 'react';
import { isGroupMissing, useGroupResources } from '../api/group-resources.ts';
import { usePageStyles } from '../cluster/page-styles.ts';
import { PlaceComparison } from '../cluster/topology/explorer/place-comparison.tsx';
import { PageLink } from '../components/page-link.tsx';
import { usePageTitle } from '../shell/page-title.ts';
import { GroupMissing } from './group-missing.tsx';
import { PlaceTitle } from '../components/place-head.tsx';

/** What is different between this resource group now and something else, or itself at another moment. */
export function GroupComparePage(): JSX.Element {
  const { subscriptionId, resourceGroup } = useParams({
    from: '/resource-groups/$subscriptionId/$resourceGroup',
  });
  const path = { subscriptionId, resourceGroup };
  const search = useSearch({ from: '/resource-groups/$subscriptionId/$resourceGroup/compare' });
  const styles = usePageStyles();
  const read = useGroupResources(subscriptionId, resourceGroup, { watched: false });
  usePageTitle(resourceGroup);
  if (isGroupMissing(read.error)) return <GroupMissing name={resourceGroup} />;
  return (
    <div className={styles.page}>
      <PlaceTitle name={resourceGroup} facts={['Resource group']} />
      <PageLink to="/resource-groups/$subscriptionId/$resourceGroup" params={path}>
        Back to the topology
      </PageLink>
      <PlaceComparison place={{ kind: 'group', path }} read={read} chosen={search.with} />
    </div>
  );
}
