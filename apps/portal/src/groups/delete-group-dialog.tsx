import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import type { ResourceGroup } from '@slipway/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, type JSX, useState } from 'react';
import { asProblem } from '../api/client.ts';
import { groupDeletion, useDeleteGroup } from '../api/delete-group.ts';
import { useGroupResources } from '../api/group-resources.ts';
import { useDangerStyles } from '../cluster/danger-button.ts';
import { WhatGoes } from '../cluster/what-goes.tsx';
import { problemText } from '../components/problem-text.ts';
import { ProblemBar } from '../components/problem-bar.tsx';
import { LongWait, SlowWait } from '../components/slow-wait.tsx';
import type { NotificationContent } from '../notifications/notification-store.ts';
import { useNotificationStore } from '../notifications/use-notifications.ts';

const useStyles = makeStyles({
  content: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: tokens.spacingVerticalM,
    paddingBottom: tokens.spacingVerticalM,
    overflowWrap: 'anywhere',
  },
});

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
  const styles = useStyles();
  const { danger } = useDangerStyles();
  const resources = useGroupResources(subscriptionId, group.name);
  const remove = useDeleteGroup(subscriptionId, group.name);
  const follow = useFollowDeletion(subscriptionId, group.name);
  const navigate = useNavigate();
  const [confirmName, setConfirmName] = useState('');
  const isConfirmed = confirmName === group.name;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isConfirmed || remove.isPending) return;
    remove.mutate(undefined, {
      onSuccess: () => {
        void follow();
        onClose();
        void navigate({ to: '/resource-groups' });
      },
    });
  };
  return (
    <form onSubmit={submit}>
      <DialogBody>
        <DialogTitle>Delete confirmation</DialogTitle>
        <DialogContent className={styles.content}>
          <span>
            The resource group <strong>{group.name}</strong> will be deleted with everything in it, whoever
            made it. This cannot be undone.
          </span>
          {resources.isPending && <SlowWait inline size="tiny" label="Reading what goes…" />}
          {resources.error && !resources.data && (
            <ProblemBar
              problem={resources.error}
              title="What goes could not be listed."
              onRetry={() => void resources.refetch()}
            />
          )}
          {resources.data?.length === 0 && <span>There is nothing in it.</span>}
          {resources.data && resources.data.length > 0 && <WhatGoes resources={resources.data} />}
          <Field label={`Type the name "${group.name}" to confirm`} required>
            <Input
              value={confirmName}
              onChange={(_, data) => setConfirmName(data.value)}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
            />
          </Field>
          {remove.isPending && <LongWait />}
          {remove.error && <ProblemBar problem={remove.error} title="It could not be deleted." />}
        </DialogContent>
        <DialogActions>
          <Button
            type="submit"
            appearance="primary"
            className={isConfirmed ? danger : ''}
            disabled={!isConfirmed || remove.isPending}
          >
            {remove.isPending ? 'Deleting…' : 'Delete'}
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </DialogActions>
      </DialogBody>
    </form>
  );
}

/** Tells of a deletion that has begun, and how it ends, on whatever page the person is then. */
function useFollowDeletion(subscriptionId: string, name: string): () => Promise<void> {
  const client = useQueryClient();
  const { notify } = useNotificationStore();
  const toList = { href: '/resource-groups', label: 'Go to the resource groups' };
  const toGroup = {
    href: `/resource-groups/${subscriptionId}/${encodeURIComponent(name)}`,
    label: 'Go to the resource group',
  };
  const tell = (content: Omit<NotificationContent, 'id'>): void =>
    notify({ id: `group-deletion:${subscriptionId}/${name}`.toLowerCase(), ...content });
  return async () => {
    tell({ state: 'progress', title: `The resource group ${name} is being deleted`, link: toGroup });
    try {
      const end = await groupDeletion(client, subscriptionId, name);
      if (end === 'gone')
        tell({ state: 'success', title: `The resource group ${name} was deleted`, link: toList });
      else
        tell({
          state: 'error',
          title: `The resource group ${name} could not be deleted`,
          detail: 'Azure Resource Manager has left something of it. A lock or something in use may hold it.',
          link: toGroup,
        });
    } catch (thrown) {
      const problem = asProblem(thrown);
      tell({
        state: 'warning',
        title: `It is not known what became of the resource group ${name}`,
        detail: problem.message,
        copyText: problemText(problem),
        link: toList,
      });
    }
  };
}
