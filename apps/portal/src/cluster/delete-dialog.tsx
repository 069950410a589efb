import {
  Checkbox,
  Dialog,
  DialogSurface,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
} from '@fluentui/react-components';
import type { Cluster } from '@slipway/contract';
import { useNavigate } from '@tanstack/react-router';
import { type JSX, useState } from 'react';
import { asProblem, isDeploymentRunning } from '../api/client.ts';
import { useClusterResources } from '../api/cluster-resources.ts';
import { useDeleteCluster } from '../api/delete-cluster.ts';
import { LocksInTheWay } from '../governance/locks-in-the-way.tsx';
import { groupId } from '../groups/group-id.ts';
import { LongWait } from '../components/slow-wait.tsx';
import { problemText } from '../components/problem-text.ts';
import { clusterAddress, deletionNotificationId } from '../notifications/cluster-notifications.ts';
import { useNotificationStore } from '../notifications/use-notifications.ts';
import { CancelFirst } from './cancel-first.tsx';
import { DeleteConfirmation } from './delete-confirmation.tsx';
import { ElseInGroup } from './else-in-group.tsx';
import { WhatGoesOnceRead } from './what-goes.tsx';

interface DeleteDialogProps {
  cluster: Cluster;
  open: boolean;
  onClose: () => void;
}

/** Asks before a container service is deleted: what goes, and its name typed by hand. */
export function DeleteDialog({ cluster, open, onClose }: DeleteDialogProps): JSX.Element {
  return (
    <Dialog open={open} onOpenChange={(_, data) => !data.open && onClose()} modalType="modal">
      <DialogSurface>
        {cluster.state === 'deploying' ? (
          <CancelFirst cluster={cluster} onClose={onClose} />
        ) : (
          <DeleteForm cluster={cluster} onClose={onClose} />
        )}
      </DialogSurface>
    </Dialog>
  );
}

function DeleteForm({ cluster, onClose }: Omit<DeleteDialogProps, 'open'>): JSX.Element {
  const resources = useClusterResources(cluster, false);
  const remove = useDeleteCluster(cluster);
  const { notify } = useNotificationStore();
  const navigate = useNavigate();
  const [deleteResourceGroup, setDeleteResourceGroup] = useState(false);
  const confirm = (): void => {
    const id = deletionNotificationId(cluster);
    remove.mutate(
      { confirmName: cluster.name, deleteResourceGroup },
      {
        onSuccess: (state) => {
          notify(
            state === 'gone'
              ? {
                  id,
                  state: 'success',
                  title: `${cluster.name} was deleted`,
                  link: { href: '/', label: 'Go to container services' },
                }
              : {
                  id,
                  state: 'progress',
                  title: `${cluster.name} is being deleted`,
                  link: { href: clusterAddress(cluster, 'deployment'), label: 'See how far it is' },
                },
          );
          onClose();
          void navigate({ to: '/' });
        },
        onError: (thrown) => {
          // The dialog says what to do about it.
          if (isDeploymentRunning(thrown)) return;
          const problem = asProblem(thrown);
          notify({
            id,
            state: 'error',
            title: `${cluster.name} could not be deleted`,
            detail: problem.message,
            copyText: problemText(problem),
            link: { href: clusterAddress(cluster), label: 'Go to the container service' },
          });
        },
      },
    );
  };

  return (
    <DeleteConfirmation
      name={cluster.name}
      question={
        <>
          <strong>{cluster.name}</strong> will be deleted with everything in it: machines, their disks and the
          data on them, addresses and names. This cannot be undone.
        </>
      }
      isPending={remove.isPending}
      wait={remove.lost ? <AnswerLost message={remove.lost.message} /> : <LongWait />}
      problem={remove.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <WhatGoesOnceRead resources={resources} />
      <Checkbox
        checked={deleteResourceGroup}
        onChange={(_, data) => setDeleteResourceGroup(data.checked === true)}
        label={`Also delete the resource group ${cluster.resourceGroup}, with everything else that is in it`}
      />
      {deleteResourceGroup && resources.data && <ElseInGroup cluster={cluster} own={resources.data} />}
      {resources.data && (
        <LocksInTheWay
          scope={groupId(cluster)}
          {...(deleteResourceGroup ? {} : { goes: [cluster.id, ...resources.data.map(({ id }) => id)] })}
        />
      )}
    </DeleteConfirmation>
  );
}

function AnswerLost({ message }: { message: string }): JSX.Element {
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>The answer got lost. Asking again…</MessageBarTitle> {message} It is deleted once,
        however often it is asked for.
      </MessageBarBody>
    </MessageBar>
  );
}
