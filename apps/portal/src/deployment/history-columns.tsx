import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { DeleteRegular } from '@fluentui/react-icons';
import type { DeploymentEntry } from '@slipway/contract';
import type { JSX } from 'react';
import { durationText, elapsedMs } from '../cluster/durations.ts';
import { RowIcon } from '../cluster/row-icon.tsx';
import { Age } from '../components/age.tsx';
import { PageLink } from '../components/page-link.tsx';
import type { ListColumn } from '../components/resource-list/list-column.ts';
import { DeleteEntry } from './delete-entry.tsx';
import { deploymentPathOf } from './deployment-path.ts';
import { causeOf } from './failure-words.ts';

const useStyles = makeStyles({
  name: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalXS, minWidth: 0 },
  link: { flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere' },
  state: { display: 'inline-flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
});

/** A deployment of a history, with the moment at which it is looked at. */
export interface HistoryRow {
  entry: DeploymentEntry;
  nowMs: number;
}

const startMs = ({ entry }: HistoryRow): number => Date.parse(entry.startedAt ?? '') || 0;
const isAtWork = ({ state }: DeploymentEntry): boolean => state === 'Accepted' || state === 'Running';

function takenMs({ entry, nowMs }: HistoryRow): number | undefined {
  const atWork = isAtWork(entry);
  return elapsedMs(atWork ? { changedAt: entry.startedAt } : { durationMs: entry.durationMs }, atWork, nowMs);
}

/** The columns of a group's deployments. */
export const historyColumns: readonly ListColumn<HistoryRow>[] = [
  {
    id: 'name',
    label: 'Name',
    width: 280,
    text: ({ entry }) => entry.name,
    cell: ({ entry }) => <NameCell entry={entry} />,
  },
  {
    id: 'state',
    label: 'State',
    width: 120,
    text: ({ entry }) => entry.state,
    cell: ({ entry }) => <StateCell entry={entry} />,
    isShared: true,
    isGroup: true,
  },
  {
    id: 'start',
    label: 'Start time',
    width: 160,
    text: ({ entry }) => (entry.startedAt === undefined ? '' : new Date(entry.startedAt).toLocaleString()),
    order: startMs,
    cell: ({ entry }) => <Age at={entry.startedAt} />,
  },
  {
    id: 'duration',
    label: 'Duration',
    width: 110,
    text: (row) => {
      const taken = takenMs(row);
      return taken === undefined ? '' : durationText(taken);
    },
    order: (row) => takenMs(row) ?? -1,
  },
  {
    id: 'error',
    label: 'Error',
    width: 220,
    text: ({ entry: { error } }) => (error ? causeOf(error).code : ''),
    isShared: true,
  },
  {
    id: 'correlation',
    label: 'Correlation ID',
    width: 290,
    text: ({ entry }) => entry.correlationId ?? '',
    isExtra: true,
  },
];

function NameCell({ entry }: { entry: DeploymentEntry }): JSX.Element {
  const styles = useStyles();
  const path = deploymentPathOf(entry.id);
  if (!path) return <>{entry.name}</>;
  return (
    <span className={styles.name}>
      <PageLink
        to="/resource-groups/$subscriptionId/$resourceGroup/deployments/$deployment"
        params={{ ...path }}
        className={styles.link}
      >
        {entry.name}
      </PageLink>
      {!isAtWork(entry) && (
        <DeleteEntry
          path={path}
          button={
            <Button
              appearance="subtle"
              size="small"
              icon={<DeleteRegular />}
              aria-label={`Delete ${entry.name}`}
            />
          }
        />
      )}
    </span>
  );
}

function StateCell({ entry }: { entry: DeploymentEntry }): JSX.Element {
  const styles = useStyles();
  return (
    <span className={styles.state}>
      <RowIcon state={entry.state === 'Accepted' ? 'Running' : entry.state} /> {entry.state}
    </span>
  );
}
