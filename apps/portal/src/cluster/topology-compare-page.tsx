import { useSearch } from '@tanstack/react-router';
import type { JSX } from 'react';
import { useCluster } from '../api/cluster.ts';
import { useClusterResources } from '../api/cluster-resources.ts';
import { isRunning } from '../api/clusters.ts';
import { PageLink } from '../components/page-link.tsx';
import { usePageStyles } from './page-styles.ts';
import { PlaceComparison } from './topology/explorer/place-comparison.tsx';
import { useClusterPath } from './use-cluster-path.ts';

/** What is different between this container service now and something else, or itself at another moment. */
export function TopologyComparePage(): JSX.Element {
  const path = useClusterPath();
  const styles = usePageStyles();
  const search = useSearch({ from: '/clusters/$subscriptionId/$resourceGroup/$name/topology/compare' });
  const { data: cluster } = useCluster(path);
  const read = useClusterResources(path, cluster !== undefined && isRunning(cluster));
  return (
    <div className={styles.page}>
      <PageLink to="/clusters/$subscriptionId/$resourceGroup/$name/topology" params={path}>
        Back to the topology
      </PageLink>
      <PlaceComparison place={{ kind: 'cluster', path }} read={read} chosen={search.with} />
    </div>
  );
}
