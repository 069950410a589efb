import {
  Toolbar,
  ToolbarButton,
  makeStyles,
  tokens,
  useRestoreFocusTarget,
} from '@fluentui/react-components';
import { ArrowClockwiseRegular, DeleteRegular } from '@fluentui/react-icons';
import { useQueryClient } from '@tanstack/react-query';
import { Outlet, useParams } from '@tanstack/react-router';
import { type JSX, useState } from 'react';
import { isGroupMissing, useGroupResources } from '../api/group-resources.ts';
import { resourceGroupsQuery, useResourceGroups } from '../api/resource-groups.ts';
import { resourceKey } from '../api/resource.ts';
import { listedResources } from '../components/resource-list/listed-resources.ts';
import { useCrumbs } from '../shell/crumbs.ts';
import { usePageTitle } from '../shell/page-title.ts';
import { DeleteGroupDialog } from './delete-group-dialog.tsx';
import { GroupEssentials } from './group-essentials.tsx';
import { groupId } from './group-id.ts';
import { GroupMissing } from './group-missing.tsx';
import { GroupTabs } from './group-tabs.tsx';
import { GroupTitle } from './group-title.tsx';

const useStyles = makeStyles({
  layout: { display: 'flex', flexDirection: 'column', flexGrow: 1, minHeight: 0 },
  head: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    alignContent: 'start',
    flexShrink: 0,
    gap: tokens.spacingVerticalXS,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalXXL} 0`,
    '@media (max-width: 767px)': { paddingInline: tokens.spacingHorizontalL },
  },
  toolbar: {
    padding: 0,
    marginLeft: 'auto',
    marginRight: '-12px',
    '@media (max-width: 767px)': { marginLeft: '-12px', marginRight: 0 },
  },
});

/** What the pages of a resource group have in common: its name, commands, essentials, and the menu of its pages. */
export function GroupLayout(): JSX.Element {
  const styles = useStyles();
  const restoreFocus = useRestoreFocusTarget();
  const path = useParams({ from: '/resource-groups/$subscriptionId/$resourceGroup' });
  const { subscriptionId, resourceGroup } = path;
  const client = useQueryClient();
  const resources = useGroupResources(subscriptionId, resourceGroup);
  const groups = useResourceGroups(subscriptionId);
  const group = groups.data?.find(({ name }) => name.toLowerCase() === resourceGroup.toLowerCase());
  const [isDeleting, setIsDeleting] = useState(false);
  // Without the list of all groups, where they begin.
  const [, ...crumbs] = useCrumbs();
  usePageTitle(...crumbs.map(({ label }) => label).toReversed());
  if (isGroupMissing(resources.error)) return <GroupMissing name={resourceGroup} />;
  const refresh = (): void => {
    const all = [resourceGroupsQuery(subscriptionId).queryKey, resourceKey(groupId(path))];
    for (const queryKey of all) void client.invalidateQueries({ queryKey });
  };
  return (
    <div className={styles.layout}>
      <div className={styles.head}>
        <GroupTitle
          name={group?.name ?? resourceGroup}
          count={resources.data && listedResources(resources.data).length}
        >
          <Toolbar aria-label="Commands" className={styles.toolbar}>
            <ToolbarButton
              {...restoreFocus}
              icon={<DeleteRegular />}
              disabled={!group || group.provisioningState === 'Deleting'}
              onClick={() => setIsDeleting(true)}
            >
              Delete resource group
            </ToolbarButton>
            <ToolbarButton icon={<ArrowClockwiseRegular />} onClick={refresh}>
              Refresh
            </ToolbarButton>
          </Toolbar>
        </GroupTitle>
        <GroupEssentials path={path} group={group} />
        <GroupTabs path={path} />
      </div>
      <Outlet />
      {group && (
        <DeleteGroupDialog
          subscriptionId={subscriptionId}
          group={group}
          open={isDeleting}
          onClose={() => setIsDeleting(false)}
        />
      )}
    </div>
  );
}
