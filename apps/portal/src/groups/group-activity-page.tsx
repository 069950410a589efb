import { mergeClasses } from '@fluentui/react-components';
import { useParams } from '@tanstack/react-router';
import type { JSX } from 'react';
import { usePageStyles } from '../cluster/page-styles.ts';
import { ActivityLog } from '../activity/activity-log.tsx';
import { usePageTitle } from '../shell/page-title.ts';
import { groupId } from './group-id.ts';

/** Who has asked for what in a resource group, and what became of it. */
export function GroupActivityPage(): JSX.Element {
  const path = useParams({ from: '/resource-groups/$subscriptionId/$resourceGroup' });
  const styles = usePageStyles();
  usePageTitle('Activity log', path.resourceGroup);
  return (
    <div className={mergeClasses(styles.page, styles.wide)}>
      <ActivityLog scope={groupId(path)} />
    </div>
  );
}
