import {
  Checkbox,
  Dialog,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import type { Cluster } from '@slipway/contract';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, type JSX, useEffect, useId, useRef, useState } from 'react';
import { asProblem, isDeploymentRunning } from '../api/client.ts';
import { useClusterResources } from '../api/cluster-resources.ts';
import { useDeleteCluster } from '../api/delete-cluster.ts';
import { LocksInTheWay } from '../governance/locks-in-the-way.tsx';
import { groupId } from '../groups/group-id.ts';
import { touchQuery } from '../components/media-query.ts';
import { ProblemBar } from '../components/problem-bar.tsx';
import { useShownProblem } from '../components/shown-problem.ts';
import { LongWait, SlowWait } from '../components/slow-wait.tsx';
import { problemText } from '../components/problem-text.ts';
import { clusterAddress, deletionNotificationId } from '../notifications/cluster-notifications.ts';
import { useNotificationStore } from '../notifications/use-notifications.ts';
import { CancelFirst } from './cancel-first.tsx';
import { ConfirmName, DeleteActions } from './delete-confirmation.tsx';
import { ElseInGroup } from './else-in-group.tsx';
import { WhatGoes } from './what-goes.tsx';

const useStyles = makeStyles({
  content: {
    display: 'grid',
    gap: tokens.spacingVerticalM,
    paddingBottom: tokens.spacingVerticalM,
    overflowWrap: 'anywhere',
  },
});

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
  const styles = useStyles();
  const formId = useId();
  const resources = useClusterResources(cluster, false);
  const unread = useShownProblem(resources);
  const remove = useDeleteCluster(cluster);
  const { notify } = useNotificationStore();
  const navigate = useNavigate();
  const [confirmName, setConfirmName] = useState('');
  const [deleteResourceGroup, setDeleteResourceGroup] = useState(false);
  const isConfirmed = confirmName === cluster.name;
  const beginning = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (!matchMedia(touchQuery).matches) return;
    // The focus goes to the first field, below a long list: what it is about would have been scrolled away.
    const frame = requestAnimationFrame(() => beginning.current?.scrollIntoView({ block: 'nearest' }));
    return () => cancelAnimationFrame(frame);
  }, []);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isConfirmed || remove.isPending) return;
    const id = deletionNotificationId(cluster);
    remove.mutate(
      { confirmName, deleteResourceGroup },
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
    <form id={formId} onSubmit={submit}>
      <DialogBody>
        <DialogTitle>Delete confirmation</DialogTitle>
        <DialogContent className={styles.content}>
          <span ref={beginning}>
            <strong>{cluster.name}</strong> will be deleted with everything in it: machines, their disks and
            the data on them, addresses and names. This cannot be undone.
          </span>
          {resources.isPending && !unread && <SlowWait inline size="tiny" label="Reading what goes…" />}
          {unread && !resources.data && (
            <ProblemBar
              problem={unread}
              title="What goes could not be listed."
              onRetry={() => void resources.refetch()}
            />
          )}
          {resources.data && resources.data.length > 0 && <WhatGoes resources={resources.data} />}
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
          <ConfirmName name={cluster.name} value={confirmName} onChange={setConfirmName} />
          {remove.isPending && !remove.lost && <LongWait />}
          {remove.lost && (
            <MessageBar intent="warning" layout="multiline">
              <MessageBarBody>
                <MessageBarTitle>The answer got lost. Asking again…</MessageBarTitle> {remove.lost.message} It
                is deleted once, however often it is asked for.
              </MessageBarBody>
            </MessageBar>
          )}
          {remove.error && <ProblemBar problem={remove.error} title="It could not be deleted." />}
        </DialogContent>
        <DeleteActions isConfirmed={isConfirmed} isPending={remove.isPending} onClose={onClose} />
      </DialogBody>
    </form>
  );
}
