import type { ClusterPath } from '@slipway/contract';
import type { JSX } from 'react';
import { useCluster } from '../../api/cluster.ts';
import { usePageStyles } from '../page-styles.ts';
import { changeTitle } from './change-title.ts';

/** What a deployment that runs is for, whoever has started it: `web is being scaled from 2 to 4 agents`. Nothing of a first one. */
export function ChangeUnderway({
  path,
  deploymentId,
}: {
  path: ClusterPath;
  deploymentId: string | undefined;
}): JSX.Element | null {
  const styles = usePageStyles();
  const { data: cluster } = useCluster(path);
  const isOfThis =
    deploymentId !== undefined && cluster?.deploymentId?.toLowerCase() === deploymentId.toLowerCase();
  if (!isOfThis || !cluster?.change) return null;
  return <p className={styles.text}>{changeTitle(cluster.name, cluster.change)}.</p>;
}
