import {
  Dialog,
  DialogSurface,
  Field,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Radio,
  RadioGroup,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import type { ArmResource, ResourceRelations } from '@slipway/contract';
import { displayNameOfType } from '@slipway/topology';
import { type JSX, useState } from 'react';
import { useResourceRelations } from '../api/resource.ts';
import { DeleteConfirmation } from '../cluster/delete-confirmation.tsx';
import { LocksInTheWay } from '../governance/locks-in-the-way.tsx';
import { ProblemBar } from '../components/problem-bar.tsx';
import { useShownProblem } from '../components/shown-problem.ts';
import { SlowWait } from '../components/slow-wait.tsx';
import { placeOf } from './resource-id.ts';
import { useDeletion } from './use-deletion.ts';

const useStyles = makeStyles({
  list: { margin: 0, paddingLeft: '24px', fontSize: tokens.fontSizeBase200 },
});

/** Asks before a resource is deleted: what goes with it, what is in the way, to whom it belongs, and its name. */
export function DeleteResourceDialog({
  resource,
  open,
  onClose,
}: {
  resource: ArmResource;
  open: boolean;
  onClose: () => void;
}): JSX.Element {
  return (
    <Dialog open={open} onOpenChange={(_, data) => !data.open && onClose()} modalType="modal">
      <DialogSurface>
        <DeleteForm resource={resource} onClose={onClose} />
      </DialogSurface>
    </Dialog>
  );
}

function DeleteForm({ resource, onClose }: { resource: ArmResource; onClose: () => void }): JSX.Element {
  const styles = useStyles();
  const { ownName } = placeOf(resource.id);
  const relations = useResourceRelations(resource.id);
  const unread = useShownProblem(relations);
  const [extent, setExtent] = useState<'one' | 'all'>('one');
  const remove = useDeletion(resource);
  const inTheWay = relations.data?.inTheWay ?? [];
  return (
    <DeleteConfirmation
      name={ownName}
      question={
        <>
          <strong>{ownName}</strong> ({displayNameOfType(resource.type)}) will be deleted. This cannot be
          undone.
        </>
      }
      isPending={remove.isPending}
      wait={<SlowWait inline size="tiny" label="Deleting… It goes on when you close this, or the portal." />}
      problem={remove.error}
      onConfirm={() => remove.mutate(extent === 'all' ? inTheWay.map(({ id }) => id) : [])}
      onClose={onClose}
    >
      {relations.isPending && !unread && <SlowWait inline size="tiny" label="Reading who uses it…" />}
      {unread && !relations.data && (
        <ProblemBar
          problem={unread}
          title="Who uses it could not be read."
          onRetry={() => void relations.refetch()}
        />
      )}
      <LocksInTheWay scope={resource.id} />
      {relations.data && <Consequences relations={relations.data} />}
      {inTheWay.length > 0 && (
        <>
          <Field label="Resources that use it are in the way. Delete">
            <RadioGroup
              value={extent}
              onChange={(_, { value }) => setExtent(value === 'all' ? 'all' : 'one')}
            >
              <Radio value="one" label={`Only ${ownName}: Azure refuses this as long as it is in use`} />
              <Radio
                value="all"
                label={`Also the ${inTheWay.length === 1 ? 'one' : inTheWay.length} in the way, in this order`}
              />
            </RadioGroup>
          </Field>
          <ol className={styles.list} aria-label="What is in the way">
            {inTheWay.map(({ id, type }) => (
              <li key={id}>
                {placeOf(id).name} ({displayNameOfType(type)})
              </li>
            ))}
          </ol>
        </>
      )}
    </DeleteConfirmation>
  );
}

/** What a deletion means beyond the resource itself. */
function Consequences({ relations: { cluster, contains } }: { relations: ResourceRelations }): JSX.Element {
  const styles = useStyles();
  return (
    <>
      {cluster && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>It belongs to the container service {cluster.name}.</MessageBarTitle> Without it
            the container service may not work.{' '}
            {cluster.isManaged && 'The next deployment, such as scaling, makes it again.'}{' '}
            {cluster.denies.toLowerCase() !== 'none' &&
              `Its deployment stack forbids others to delete it (${cluster.denies}), so Azure may refuse.`}
          </MessageBarBody>
        </MessageBar>
      )}
      {contains.length > 0 && (
        <div>
          With it goes:
          <ul className={styles.list} aria-label="What goes with it">
            {contains.map(({ id, type }) => (
              <li key={id}>
                {placeOf(id).name} ({displayNameOfType(type)})
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
