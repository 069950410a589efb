import { makeStyles, tokens } from '@fluentui/react-components';
import type { DeploymentHead, DeploymentRow } from '@slipway/contract';
import { displayNameOfType } from '@slipway/topology';
import type { JSX } from 'react';
import { CopyButton } from '../components/copy-button.tsx';
import { SidePane } from '../components/side-pane.tsx';
import { ArmErrorDetails } from './arm-error-details.tsx';
import { rowStateWord } from './deployment-words.ts';
import { durationText, elapsedMs } from './durations.ts';
import { usePageStyles } from './page-styles.ts';
import { fullResourceName } from './resource-name.ts';
import { RowIcon } from './row-icon.tsx';
import { RowLink } from './row-link.tsx';

const useStyles = makeStyles({
  name: { overflowWrap: 'anywhere' },
  facts: { margin: 0, display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)' },
  fact: {
    display: 'grid',
    gridTemplateColumns: '136px minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalM,
    alignItems: 'center',
    minHeight: '32px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  value: {
    margin: 0,
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    overflowWrap: 'anywhere',
    minWidth: 0,
  },
  state: { display: 'inline-flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  awaited: { overflowWrap: 'anywhere' },
});

/** A pane with everything that ARM tells of its work on one resource. */
export function OperationDetails({
  row,
  rows,
  deployment,
  now,
  atWork,
  onClose,
}: {
  /** Nothing is open without it. */
  row: DeploymentRow | undefined;
  /** All of the deployment, for what this one waited for. */
  rows: readonly DeploymentRow[];
  deployment: DeploymentHead;
  now: number;
  atWork: boolean;
  onClose: () => void;
}): JSX.Element {
  const styles = useStyles();
  return (
    <SidePane title="Operation details" size="medium" open={row !== undefined} onClose={onClose}>
      {row && (
        <>
          <strong className={styles.name}>
            {displayNameOfType(row.type)} {fullResourceName(row)}
          </strong>
          <span>
            <RowLink row={row}>Go to resource</RowLink>
          </span>
          <Facts row={row} deployment={deployment} now={now} atWork={atWork} />
          <AwaitedRows row={row} rows={rows} atWork={atWork} />
          {row.error && <ArmErrorDetails error={row.error} />}
        </>
      )}
    </SidePane>
  );
}

function Facts({
  row,
  deployment,
  now,
  atWork,
}: {
  row: DeploymentRow;
  deployment: DeploymentHead;
  now: number;
  atWork: boolean;
}): JSX.Element {
  const styles = useStyles();
  const isRunning = atWork && (row.state === 'Running' || row.state === 'Deleting');
  const taken = row.state === 'Waiting' ? undefined : elapsedMs(row, isRunning, now);
  const endMs = Date.parse(row.changedAt ?? '');
  const startMs = endMs - (row.durationMs ?? 0);
  const moment = (ms: number): string | undefined =>
    Number.isNaN(ms) || row.state === 'Waiting' ? undefined : new Date(ms).toLocaleString();
  const facts: readonly { label: string; value: string | undefined; copied?: boolean }[] = [
    { label: 'Status code', value: row.statusCode },
    { label: 'Start time', value: moment(startMs) },
    { label: 'End time', value: isRunning ? undefined : moment(endMs) },
    { label: 'Duration', value: taken === undefined ? undefined : durationText(taken) },
    { label: 'Operation ID', value: row.operationId, copied: true },
    { label: 'Service request ID', value: row.serviceRequestId, copied: true },
    { label: 'Correlation ID', value: deployment.correlationId, copied: true },
    { label: 'Resource ID', value: row.id, copied: true },
  ];
  return (
    <dl className={styles.facts}>
      <div className={styles.fact}>
        <dt>State</dt>
        <dd className={styles.value}>
          <RowIcon state={row.state} /> {rowStateWord(row.state, atWork)}
        </dd>
      </div>
      {facts.map(({ label, value, copied }) => (
        <div key={label} className={styles.fact}>
          <dt>{label}</dt>
          <dd className={styles.value}>
            <span>{value ?? '—'}</span>
            {copied && value !== undefined && <CopyButton text={value} label={`Copy: ${label}`} />}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** What ARM finishes before it begins with a resource. */
function AwaitedRows({
  row,
  rows,
  atWork,
}: {
  row: DeploymentRow;
  rows: readonly DeploymentRow[];
  atWork: boolean;
}): JSX.Element | null {
  const styles = useStyles();
  const pageStyles = usePageStyles();
  const ids = new Set(row.waitsFor?.map((id) => id.toLowerCase()));
  const awaited = rows.filter(({ id }) => ids.has(id.toLowerCase()));
  if (awaited.length === 0) return null;
  return (
    <section className={pageStyles.section} aria-labelledby="awaited">
      <h3 className={pageStyles.heading} id="awaited">
        {row.state === 'Waiting' && atWork ? 'Waits for' : 'Waited for'}
      </h3>
      <ul className={pageStyles.list}>
        {awaited.map((each) => (
          <li key={each.id} className={styles.awaited}>
            {displayNameOfType(each.type)} {fullResourceName(each)}:{' '}
            <span className={styles.state}>{rowStateWord(each.state, atWork)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
