import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import {
  ArrowSyncRegular,
  CheckmarkCircleFilled,
  ChevronDownRegular,
  ChevronRightRegular,
  DismissCircleFilled,
} from '@fluentui/react-icons';
import type { ActivityOperation, ActivityStatus } from '@slipway/contract';
import { operationWords } from '@slipway/topology';
import { Fragment, type JSX, useState } from 'react';
import { ArmErrorDetails } from '../cluster/arm-error-details.tsx';
import { Essentials } from '../cluster/essentials.tsx';
import { usePageStyles } from '../cluster/page-styles.ts';
import { useTableStyles } from '../cluster/table-styles.ts';
import { Age } from '../components/age.tsx';
import { ScopeLink } from '../components/scope-link.tsx';
import type { ActivityEntry } from './activity-entries.ts';
import { scopeOfOperation } from './activity-scope.ts';

const useStyles = makeStyles({
  state: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    whiteSpace: 'nowrap',
  },
  icon: { fontSize: '18px', display: 'flex', flexShrink: 0 },
  done: { color: tokens.colorStatusSuccessForeground1 },
  failed: { color: tokens.colorStatusDangerForeground1 },
  underway: { color: tokens.colorNeutralForeground3 },
  toggle: {
    justifyContent: 'flex-start',
    textAlign: 'left',
    // On one line with the cells beside it.
    padding: 0,
    minHeight: '24px',
    marginBlock: '-2px',
    minWidth: 0,
    maxWidth: '100%',
  },
  detail: { display: 'grid', gap: tokens.spacingVerticalM, gridTemplateColumns: 'minmax(0, 1fr)' },
  followed: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gap: tokens.spacingVerticalXS },
  item: {
    display: 'grid',
    gridTemplateColumns: '20px minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalS,
    overflowWrap: 'anywhere',
  },
});

/** Requests in rows; each can be opened on its details and on what followed from it. */
export function ActivityTable({ entries }: { entries: readonly ActivityEntry[] }): JSX.Element {
  const table = useTableStyles();
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string): void => {
    const next = new Set(open);
    if (!next.delete(id)) next.add(id);
    setOpen(next);
  };
  return (
    <table className={table.table} aria-label="Activity log">
      <thead className={table.head}>
        <tr>
          <th scope="col">Operation</th>
          <th scope="col">Resource</th>
          <th scope="col">Status</th>
          <th scope="col">Time</th>
          <th scope="col">Initiated by</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <Fragment key={entry.correlationId}>
            <EntryRow
              entry={entry}
              isOpen={open.has(entry.correlationId)}
              onToggle={() => toggle(entry.correlationId)}
            />
            {open.has(entry.correlationId) && (
              <tr className={table.detail}>
                <td colSpan={5}>
                  <EntryDetails entry={entry} />
                </td>
              </tr>
            )}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

function EntryRow({
  entry: { head, rest },
  isOpen,
  onToggle,
}: {
  entry: ActivityEntry;
  isOpen: boolean;
  onToggle: () => void;
}): JSX.Element {
  const styles = useStyles();
  const pageStyles = usePageStyles();
  const table = useTableStyles();
  const failed = rest.filter(({ status }) => status === 'Failed').length;
  return (
    <tr className={table.row}>
      <td data-label="Operation">
        <div>
          <Button
            appearance="transparent"
            className={styles.toggle}
            icon={isOpen ? <ChevronDownRegular /> : <ChevronRightRegular />}
            aria-expanded={isOpen}
            onClick={onToggle}
          >
            {operationWords(head.operation)}
          </Button>
          {rest.length > 0 && (
            <div className={pageStyles.quiet}>
              and {rest.length} more of the same request{failed > 0 && `, ${failed} of them failed`}
            </div>
          )}
        </div>
      </td>
      <td data-label="Resource">
        <ScopeLink scope={scopeOfOperation(head.resourceId)} />
      </td>
      <td data-label="Status">
        <Status status={head.status} />
      </td>
      <td data-label="Time">
        <Age at={head.startedAt} />
      </td>
      <td data-label="Initiated by">{head.caller || '—'}</td>
    </tr>
  );
}

function EntryDetails({ entry: { head, rest } }: { entry: ActivityEntry }): JSX.Element {
  const styles = useStyles();
  return (
    <div className={styles.detail}>
      {head.error && <ArmErrorDetails error={head.error} />}
      <Essentials
        items={[
          { label: 'Operation', value: head.operation },
          { label: 'Answer', value: head.httpStatus },
          { label: 'Began', value: new Date(head.startedAt).toLocaleString() },
          { label: 'Ended', value: head.endedAt && new Date(head.endedAt).toLocaleString() },
          { label: 'From address', value: head.clientIpAddress },
          { label: 'Correlation ID', value: head.correlationId, copyText: head.correlationId },
          { label: 'Resource ID', value: head.resourceId, copyText: head.resourceId },
        ]}
      />
      {rest.length > 0 && (
        <ul className={styles.followed} aria-label="What else the request brought about">
          {rest.map((operation) => (
            <Followed
              key={`${operation.operationId} ${operation.operation} ${operation.resourceId}`}
              {...operation}
            />
          ))}
        </ul>
      )}
    </div>
  );
}

function Followed({ operation, resourceId, status, startedAt, error }: ActivityOperation): JSX.Element {
  const styles = useStyles();
  const pageStyles = usePageStyles();
  return (
    <li className={styles.item}>
      <StatusIcon status={status} />
      <span>
        {operationWords(operation)} <ScopeLink scope={scopeOfOperation(resourceId)} />{' '}
        <span className={pageStyles.quiet}>
          {status}, <Age at={startedAt} />
        </span>
        {error && <ArmErrorDetails error={error} />}
      </span>
    </li>
  );
}

function Status({ status }: { status: ActivityStatus }): JSX.Element {
  const styles = useStyles();
  return (
    <span className={styles.state}>
      <StatusIcon status={status} /> {status}
    </span>
  );
}

function StatusIcon({ status }: { status: ActivityStatus }): JSX.Element {
  const styles = useStyles();
  switch (status) {
    case 'Succeeded':
      return <CheckmarkCircleFilled className={mergeClasses(styles.icon, styles.done)} aria-hidden />;
    case 'Failed':
      return <DismissCircleFilled className={mergeClasses(styles.icon, styles.failed)} aria-hidden />;
    case 'Underway':
      return <ArrowSyncRegular className={mergeClasses(styles.icon, styles.underway)} aria-hidden />;
  }
}
