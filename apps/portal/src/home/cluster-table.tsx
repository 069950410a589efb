import { makeStyles, tokens } from '@fluentui/react-components';
import type { Cluster } from '@slipway/contract';
import type { JSX } from 'react';
import { Age } from '../components/age.tsx';
import { ClusterStateMark } from '../components/cluster-state.tsx';
import { RegionName } from '../components/region-name.tsx';
import { ClusterLink } from './cluster-link.tsx';

const useStyles = makeStyles({
  frame: {
    overflowX: 'auto',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  table: {
    width: '100%',
    borderCollapse: 'collapse',
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
    '& th, & td': {
      padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalM}`,
      textAlign: 'start',
      verticalAlign: 'top',
    },
    '& th': {
      fontWeight: tokens.fontWeightSemibold,
      fontSize: tokens.fontSizeBase200,
      color: tokens.colorNeutralForeground3,
      whiteSpace: 'nowrap',
    },
    '& tbody tr': { borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
    '& tbody tr:hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
  },
  number: { fontVariantNumeric: 'tabular-nums' },
  nowrap: { whiteSpace: 'nowrap' },
  anywhere: { overflowWrap: 'anywhere' },
});

/** Container services as a table, for screens wide enough. */
export function ClusterTable({ clusters }: { clusters: readonly Cluster[] }): JSX.Element {
  const styles = useStyles();
  return (
    <div className={styles.frame}>
      <table className={styles.table} aria-label="Container services">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">State</th>
            <th scope="col">Masters</th>
            <th scope="col">Agents</th>
            <th scope="col">Region</th>
            <th scope="col">Resource group</th>
            <th scope="col">Created</th>
          </tr>
        </thead>
        <tbody>
          {clusters.map((cluster) => (
            <tr key={cluster.id}>
              <td>
                <ClusterLink cluster={cluster} />
              </td>
              <td>
                <ClusterStateMark state={cluster.state} />
              </td>
              <td className={styles.number}>{cluster.masterCount}</td>
              <td className={styles.number}>{cluster.agentCount}</td>
              <td className={styles.nowrap}>
                <RegionName subscriptionId={cluster.subscriptionId} name={cluster.region} />
              </td>
              <td className={styles.anywhere}>{cluster.resourceGroup}</td>
              <td className={styles.nowrap}>
                <Age at={cluster.createdAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
