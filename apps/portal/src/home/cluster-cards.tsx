import { makeStyles, tokens } from '@fluentui/react-components';
import type { Cluster } from '@slipway/contract';
import type { JSX } from 'react';
import { Age } from '../components/age.tsx';
import { ClusterStateMark } from '../components/cluster-state.tsx';
import { RegionName } from '../components/region-name.tsx';
import { ClusterLink } from './cluster-link.tsx';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gap: tokens.spacingVerticalM },
  card: {
    display: 'grid',
    gap: tokens.spacingVerticalS,
    padding: tokens.spacingHorizontalL,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  head: { display: 'flex', justifyContent: 'space-between', gap: tokens.spacingHorizontalM },
  facts: {
    margin: 0,
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalL,
    rowGap: tokens.spacingVerticalXXS,
  },
  term: { color: tokens.colorNeutralForeground3 },
  value: { margin: 0, overflowWrap: 'anywhere' },
});

/** Container services as cards, for a phone. */
export function ClusterCards({ clusters }: { clusters: readonly Cluster[] }): JSX.Element {
  const styles = useStyles();
  return (
    <ul className={styles.list} aria-label="Container services">
      {clusters.map((cluster) => (
        <li key={cluster.id} className={styles.card}>
          <div className={styles.head}>
            <ClusterLink cluster={cluster} />
            <ClusterStateMark state={cluster.state} />
          </div>
          <dl className={styles.facts}>
            <dt className={styles.term}>Machines</dt>
            <dd className={styles.value}>
              {cluster.masterCount} {cluster.masterCount === 1 ? 'master' : 'masters'}, {cluster.agentCount}{' '}
              {cluster.agentCount === 1 ? 'agent' : 'agents'}
            </dd>
            <dt className={styles.term}>Region</dt>
            <dd className={styles.value}>
              <RegionName subscriptionId={cluster.subscriptionId} name={cluster.region} />
            </dd>
            <dt className={styles.term}>Resource group</dt>
            <dd className={styles.value}>{cluster.resourceGroup}</dd>
            <dt className={styles.term}>Created</dt>
            <dd className={styles.value}>
              <Age at={cluster.createdAt} />
            </dd>
          </dl>
        </li>
      ))}
    </ul>
  );
}
