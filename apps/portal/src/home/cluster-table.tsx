import { makeStyles, tokens } from '@fluentui/react-components';
import type { Cluster } from '@slipway/contract';
import type { JSX } from 'react';
import { Age } from '../components/age.tsx';
import { ClusterStateMark } from '../components/cluster-state.tsx';
import { RegionName } from '../components/region-name.tsx';
import { SortHeading } from '../components/sort-heading.tsx';
import { ClusterLink } from './cluster-link.tsx';
import { type HomeSearch, clusterColumns, columnLabels, readSort } from './cluster-view.ts';

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
    '& td': {
      padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalM}`,
      textAlign: 'start',
      verticalAlign: 'top',
    },
    '& tbody tr': { borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
    '& tbody tr:hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
  },
  number: { fontVariantNumeric: 'tabular-nums' },
  nowrap: { whiteSpace: 'nowrap' },
  name: { minWidth: '120px' },
  anywhere: { overflowWrap: 'anywhere', minWidth: '96px' },
});

/** Container services as a table, for screens wide enough. */
export function ClusterTable({
  clusters,
  sort,
  onSort,
}: {
  clusters: readonly Cluster[];
  sort: HomeSearch['sort'];
  onSort: (sort: HomeSearch['sort']) => void;
}): JSX.Element {
  const styles = useStyles();
  const sorted = readSort(sort);
  const direction = sorted.isDescending ? 'descending' : 'ascending';
  return (
    <div className={styles.frame}>
      <table className={styles.table} aria-label="Container services">
        <thead>
          <tr>
            {clusterColumns.map((column) => (
              <SortHeading
                key={column}
                label={columnLabels[column]}
                direction={column === sorted.column ? direction : 'none'}
                onSort={(next) => onSort(next === 'descending' ? `-${column}` : column)}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {clusters.map((cluster) => (
            <tr key={cluster.id}>
              <td className={styles.name}>
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
