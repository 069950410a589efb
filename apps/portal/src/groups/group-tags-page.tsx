import { mergeClasses } from '@fluentui/react-components';
import { useParams } from '@tanstack/react-router';
import type { JSX } from 'react';
import { usePageStyles } from '../cluster/page-styles.ts';
import { TagsEditor } from '../governance/tags-editor.tsx';
import { usePageTitle } from '../shell/page-title.ts';
import { groupId } from './group-id.ts';

/** The tags of a resource group, to be read and changed. */
export function GroupTagsPage(): JSX.Element {
  const path = useParams({ from: '/resource-groups/$subscriptionId/$resourceGroup' });
  const styles = usePageStyles();
  usePageTitle('Tags', path.resourceGroup);
  return (
    <div className={mergeClasses(styles.page, styles.wide)}>
      <TagsEditor scope={groupId(path)} />
    </div>
  );
}
