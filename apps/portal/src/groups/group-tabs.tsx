import { Link } from '@tanstack/react-router';
import type { JSX } from 'react';
import type { GroupPath } from '../cluster/topology/explorer/topology-place.ts';
import { useTabStyles } from '../components/tab-styles.ts';

const base = '/resource-groups/$subscriptionId/$resourceGroup';
const tabs = [
  { label: 'Topology', to: base },
  { label: 'Resources', to: `${base}/resources` },
  { label: 'Deployments', to: `${base}/deployments` },
  { label: 'Activity log', to: `${base}/activity` },
  { label: 'Tags', to: `${base}/tags` },
  { label: 'Locks', to: `${base}/locks` },
] as const;

/** The pages of a resource group, as links. */
export function GroupTabs({ path }: { path: GroupPath }): JSX.Element {
  const styles = useTabStyles();
  return (
    <nav aria-label="Pages of this resource group" className={styles.tabs}>
      {tabs.map(({ label, to }) => (
        <Link
          key={label}
          to={to}
          params={path}
          className={styles.tab}
          activeOptions={{ exact: to === base, includeSearch: false }}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
