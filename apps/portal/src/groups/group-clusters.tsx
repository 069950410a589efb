import type { JSX } from 'react';
import { useClusters } from '../api/clusters.ts';
import { usePageStyles } from '../cluster/page-styles.ts';
import { type GroupPath, placeKey } from '../cluster/topology/explorer/topology-place.ts';
import { PageLink } from '../components/page-link.tsx';

/** The container services that live in a resource group; nothing where there are none. */
export function GroupClusters({ path }: { path: GroupPath }): JSX.Element | null {
  const styles = usePageStyles();
  const { data: clusters } = useClusters();
  const group = placeKey({ kind: 'group', path });
  const here = (clusters ?? []).filter((cluster) => placeKey({ kind: 'group', path: cluster }) === group);
  if (here.length === 0) return null;
  return (
    <p className={styles.text}>
      {here.length === 1 ? 'Container service in it: ' : 'Container services in it: '}
      {here.map(({ subscriptionId, resourceGroup, name }, at) => (
        <span key={name}>
          {at > 0 && ', '}
          <PageLink
            to="/clusters/$subscriptionId/$resourceGroup/$name"
            params={{ subscriptionId, resourceGroup, name }}
            inline
          >
            {name}
          </PageLink>
        </span>
      ))}
    </p>
  );
}
