import { mergeClasses } from '@fluentui/react-components';
import { useParams } from '@tanstack/react-router';
import type { JSX } from 'react';
import { usePageStyles } from '../cluster/page-styles.ts';
import { LocksList } from '../governance/locks-list.tsx';
import { usePageTitle } from '../shell/page-title.ts';
import { groupId } from './group-id.ts';

/** What keeps a resource group, or what is in it, from being deleted or changed. */
export function GroupLocksPage(): JSX.Element {
  const path = useParams({ from: '/resource-groups/$subscriptionId/$resourceGroup' });
  const styles = usePageStyles();
  usePageTitle('Locks', path.resourceGroup);
  return (
    <div className={mergeClasses(styles.page, styles.wide)}>
      <LocksList scope={groupId(path)} />
    </div>
  );
}
