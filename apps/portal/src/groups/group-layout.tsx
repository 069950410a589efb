import { isBeingDeleted } from '@slipway/contract';
import { useQueryClient } from '@tanstack/react-query';
import { Outlet, useParams } from '@tanstack/react-router';
import { type JSX, useState } from 'react';
import { isGroupMissing, useGroupResources } from '../api/group-resources.ts';
import { resourceGroupsQuery, useResourceGroups } from '../api/resource-groups.ts';
import { resourceKey } from '../api/resource.ts';
import { listedResources } from '../components/resource-list/listed-resources.ts';
import { PlaceLayout } from '../components/place-head.tsx';
import { useCrumbs } from '../shell/crumbs.ts';
import { usePageTitle } from '../shell/page-title.ts';
import { DeleteGroupDialog } from './delete-group-dialog.tsx';
import { GroupEssentials } from './group-essentials.tsx';
import { groupId } from './group-id.ts';
import { GroupMissing } from './group-missing.tsx';
import { GroupTabs } from './group-tabs.tsx';

/** What the pages of a resource group have in common: its name, commands, essentials, and the menu of its pages. */
export function GroupLayout(): JSX.Element {
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
  const count = resources.data && listedResources(resources.data).length;
  const refresh = (): void => {
    const all = [resourceGroupsQuery(subscriptionId).queryKey, resourceKey(groupId(path))];
    for (const queryKey of all) void client.invalidateQueries({ queryKey });
  };
  return (
    <PlaceLayout
      title={{
        name: group?.name ?? resourceGroup,
        facts: [
          'Resource group',
          ...(count === undefined ? [] : [count === 1 ? '1 resource' : `${count} resources`]),
        ],
      }}
      deleteLabel="Delete resource group"
      canDelete={group !== undefined && !isBeingDeleted(group.provisioningState)}
      onDelete={() => setIsDeleting(true)}
      onRefresh={refresh}
      head={
        <>
          <GroupEssentials path={path} group={group} />
          <GroupTabs path={path} />
        </>
      }
    >
      <Outlet />
      {group && (
        <DeleteGroupDialog
          subscriptionId={subscriptionId}
          group={group}
          open={isDeleting}
          onClose={() => setIsDeleting(false)}
        />
      )}
    </PlaceLayout>
  );
}
