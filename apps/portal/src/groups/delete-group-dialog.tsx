import { Dialog, DialogSurface } from '@fluentui/react-components';
import type { ResourceGroup } from '@slipway/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { JSX } from 'react';
import { useDeleteGroup } from '../api/delete-group.ts';
import { useGroupResources } from '../api/group-resources.ts';
import { DeleteConfirmation } from '../cluster/delete-confirmation.tsx';
import { WhatGoesOnceRead } from '../cluster/what-goes.tsx';
import { LongWait } from '../components/slow-wait.tsx';
import { LocksInTheWay } from '../governance/locks-in-the-way.tsx';
import { followGroupDeletion, tellDeletionBegun } from '../notifications/follow-group-deletion.ts';
import { useNotificationStore } from '../notifications/use-notifications.ts';
import { groupId } from './group-id.ts';

interface DeleteGroupProps {
  subscriptionId: string;
  group: ResourceGroup;
  onClose: () => void;
}

/** Asks before a resource group is deleted: what goes, and its name typed by hand. */
export function DeleteGroupDialog({ open, ...form }: DeleteGroupProps & { open: boolean }): JSX.Element {
  return (
    <Dialog open={open} onOpenChange={(_, data) => !data.open && form.onClose()} modalType="modal">
      <DialogSurface>
        <DeleteGroupForm {...form} />
      </DialogSurface>
    </Dialog>
  );
}

function DeleteGroupForm({ subscriptionId, group, onClose }: DeleteGroupProps): JSX.Element {
  const resources = useGroupResources(subscriptionId, group.name);
  const remove = useDeleteGroup(subscriptionId, group.name);
  const client = useQueryClient();
  const store = useNotificationStore();
  const navigate = useNavigate();
  const confirm = (): void => {
    remove.mutate(undefined, {
      onSuccess: () => {
        const path = { subscriptionId, resourceGroup: group.name };
        tellDeletionBegun(store, path);
        void followGroupDeletion(client, store, path);
        onClose();
        void navigate({ to: '/resource-groups' });
      },
    });
  };
  return (
    <DeleteConfirmation
      name={group.name}
      question={
        <>
          The resource group <strong>{group.name}</strong> will be deleted with everything in it, whoever made
          it. This cannot be undone.
        </>
      }
      isPending={remove.isPending}
      wait={<LongWait />}
      problem={remove.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      {resources.data?.length === 0 && <span>There is nothing in it.</span>}
      <WhatGoesOnceRead resources={resources} />
      <LocksInTheWay scope={groupId({ subscriptionId, resourceGroup: group.name })} />
    </DeleteConfirmation>
  );
}
