import { Button, Link, Spinner, makeStyles, tokens } from '@fluentui/react-components';
import { CheckmarkCircle16Filled, Warning16Filled } from '@fluentui/react-icons';
import type { Entrance } from '@slipway/cluster';
import type { ClusterPath } from '@slipway/contract';
import type { JSX } from 'react';
import { Breakable } from '../components/breakable.tsx';
import { checkAdvice } from './check-advice.ts';
import { type CheckState, useEntranceCheck } from './use-entrance-check.ts';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gap: tokens.spacingVerticalS },
  row: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 20rem) auto minmax(0, 1fr)',
    alignItems: 'start',
    columnGap: tokens.spacingHorizontalM,
    '@media (max-width: 767px)': { gridTemplateColumns: 'minmax(0, 1fr) auto' },
  },
  place: { overflowWrap: 'anywhere', paddingBlock: '2px' },
  address: { fontFamily: tokens.fontFamilyMonospace },
  // A target of its own, not a link within a sentence.
  link: { display: 'inline-block' },
  leadsTo: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  button: { minWidth: '72px' },
  seen: {
    display: 'grid',
    gridTemplateColumns: '16px minmax(0, 1fr)',
    alignItems: 'start',
    gap: tokens.spacingHorizontalXS,
    paddingBlock: '2px',
    overflowWrap: 'anywhere',
    // Level with the first line of the words.
    '& > :first-child': { marginTop: '2px' },
    '&:empty': { padding: 0 },
    '@media (max-width: 767px)': { gridColumn: '1 / -1' },
  },
  good: { color: tokens.colorStatusSuccessForeground1 },
  bad: { color: tokens.colorStatusWarningForeground1 },
});

/** The entrances that a step goes through, each with a button that has the portal's own computer try it. */
export function EntranceChecks({
  path,
  entrances,
  serviceStep,
}: {
  path: ClusterPath;
  entrances: readonly Entrance[];
  /** See `checkAdvice`. */
  serviceStep: number;
}): JSX.Element {
  const styles = useStyles();
  return (
    <ul className={styles.list} aria-label="Addresses">
      {entrances.map((entrance) => (
        <EntranceRow
          key={`${entrance.kind} ${entrance.address}`}
          path={path}
          entrance={entrance}
          serviceStep={serviceStep}
        />
      ))}
    </ul>
  );
}

function EntranceRow({
  path,
  entrance,
  serviceStep,
}: {
  path: ClusterPath;
  entrance: Entrance;
  serviceStep: number;
}): JSX.Element {
  const styles = useStyles();
  const { state, start, stop } = useEntranceCheck(path, entrance);
  const isChecking = state.phase === 'checking';
  return (
    <li className={styles.row}>
      <span className={styles.place}>
        {entrance.url === undefined ? (
          <span className={styles.address}>
            <Breakable text={entrance.address} />
          </span>
        ) : (
          <Link className={styles.link} href={entrance.url} target="_blank" rel="noreferrer">
            <Breakable text={entrance.url} />
          </Link>
        )}{' '}
        <span className={styles.leadsTo}>{entrance.leadsTo}</span>
      </span>
      <Button
        className={styles.button}
        size="small"
        aria-label={`${isChecking ? 'Stop checking' : 'Check'} ${entrance.address}`}
        onClick={isChecking ? stop : start}
      >
        {isChecking ? 'Stop' : 'Check'}
      </Button>
      <output className={styles.seen}>
        <Seen state={state} entrance={entrance} serviceStep={serviceStep} />
      </output>
    </li>
  );
}

function Seen({
  state,
  entrance,
  serviceStep,
}: {
  state: CheckState;
  entrance: Entrance;
  serviceStep: number;
}): JSX.Element | null {
  const styles = useStyles();
  switch (state.phase) {
    case 'idle':
      return null;
    case 'checking':
      return (
        <>
          <Spinner size="extra-tiny" aria-hidden />
          <span>Checking…</span>
        </>
      );
    case 'failed':
      return (
        <>
          <Warning16Filled aria-hidden className={styles.bad} />
          <span>
            The check could not be made. {state.problem.message} {state.problem.remedy}
          </span>
        </>
      );
    case 'seen': {
      const { outcome, detail } = state.check;
      const isGood = outcome === 'answered';
      return (
        <>
          {isGood ? (
            <CheckmarkCircle16Filled aria-hidden className={styles.good} />
          ) : (
            <Warning16Filled aria-hidden className={styles.bad} />
          )}
          <span>
            {detail} {checkAdvice(entrance, outcome, serviceStep)}
          </span>
        </>
      );
    }
  }
}
