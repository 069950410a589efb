import { mergeClasses } from '@fluentui/react-components';
import type { JSX } from 'react';
import { ActivityLog } from '../activity/activity-log.tsx';
import { useCluster } from '../api/cluster.ts';
import { usePageStyles } from './page-styles.ts';
import { useClusterPath } from './use-cluster-path.ts';

/** What has been asked for with a container service and all that belongs to it, by whom, and what became of it. */
export function ActivityPage(): JSX.Element | null {
  const styles = usePageStyles();
  const { data: cluster } = useCluster(useClusterPath());
  if (!cluster) return null;
  return (
    <div className={mergeClasses(styles.page, styles.wide)}>
      <ActivityLog scope={cluster.id} />
    </div>
  );
}
