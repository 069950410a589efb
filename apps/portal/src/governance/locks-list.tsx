import { Button, makeStyles, useRestoreFocusTarget } from '@fluentui/react-components';
import { AddRegular, DeleteRegular } from '@fluentui/react-icons';
import type { ScopeLock } from '@slipway/contract';
import { type JSX, useId, useState } from 'react';
import { useLocks } from '../api/governance.ts';
import { usePageStyles } from '../cluster/page-styles.ts';
import { useTableStyles } from '../cluster/table-styles.ts';
import { ProblemBar } from '../components/problem-bar.tsx';
import { ScopeLink } from '../components/scope-link.tsx';
import { useShownProblem } from '../components/shown-problem.ts';
import { SlowWait } from '../components/slow-wait.tsx';
import { LockForm } from './lock-form.tsx';
import { lockWords } from './lock-words.ts';
import { RemoveLockQuestion } from './remove-lock-question.tsx';

const useStyles = makeStyles({ add: { justifySelf: 'start' }, level: { whiteSpace: 'nowrap' } });

/** The locks on a scope, those that it inherits, and those on what is in it. */
export function LocksList({ scope }: { scope: string }): JSX.Element {
  const pageStyles = usePageStyles();
  const styles = useStyles();
  const headingId = useId();
  const locks = useLocks(scope);
  const problem = useShownProblem(locks);
  const [isAdding, setIsAdding] = useState(false);
  return (
    <section className={pageStyles.section} aria-labelledby={headingId}>
      <h2 className={pageStyles.heading} id={headingId}>
        Locks
      </h2>
      <p className={pageStyles.text}>
        A lock keeps everybody, whatever their rights, from deleting or changing something by mistake. It
        holds for all that is in what is locked.
      </p>
      {locks.isPending && !problem && <SlowWait inline size="tiny" label="Reading the locks…" />}
      {problem && (
        <ProblemBar
          problem={problem}
          readAt={locks.dataUpdatedAt}
          title={locks.data ? 'The locks may be out of date.' : 'The locks could not be read.'}
          onRetry={() => void locks.refetch()}
        />
      )}
      {locks.data && <LockTable scope={scope} locks={locks.data} labelledBy={headingId} />}
      {locks.data &&
        (isAdding ? (
          <LockForm
            scope={scope}
            taken={locks.data.filter(({ place }) => place === 'here').map(({ name }) => name)}
            onClose={() => setIsAdding(false)}
          />
        ) : (
          <Button className={styles.add} icon={<AddRegular />} onClick={() => setIsAdding(true)}>
            Add a lock
          </Button>
        ))}
    </section>
  );
}

function LockTable({
  scope,
  locks,
  labelledBy,
}: {
  scope: string;
  locks: readonly ScopeLock[];
  labelledBy: string;
}): JSX.Element {
  const pageStyles = usePageStyles();
  const styles = useStyles();
  const table = useTableStyles();
  const restoreFocus = useRestoreFocusTarget();
  const [asked, setAsked] = useState<ScopeLock>();
  const question = <RemoveLockQuestion scope={scope} lock={asked} onClose={() => setAsked(undefined)} />;
  if (locks.length === 0)
    return (
      <>
        <p className={pageStyles.text}>Nothing is locked here.</p>
        {question}
      </>
    );
  return (
    <>
      {question}
      <table className={table.table} aria-labelledby={labelledBy}>
        <thead className={table.head}>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Level</th>
            <th scope="col">Where</th>
            <th scope="col">Notes</th>
            <th scope="col">Remove</th>
          </tr>
        </thead>
        <tbody>
          {locks.map((lock) => (
            <tr key={lock.id} className={table.row}>
              <td data-label="Name" className={table.name}>
                {lock.name}
              </td>
              <td data-label="Level" className={styles.level}>
                {lockWords[lock.level].name}
              </td>
              <td data-label="Where">
                <Where lock={lock} />
              </td>
              <td data-label="Notes">{lock.notes ?? '—'}</td>
              <td data-label="Remove">
                {lock.place === 'above' ? (
                  'Only where it was made'
                ) : (
                  <Button
                    {...restoreFocus}
                    appearance="subtle"
                    icon={<DeleteRegular />}
                    aria-label={`Remove the lock ${lock.name}`}
                    onClick={() => setAsked(lock)}
                  />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function Where({ lock }: { lock: ScopeLock }): JSX.Element {
  switch (lock.place) {
    case 'here':
      return <>Here</>;
    case 'above':
      return (
        <span>
          Inherited from <ScopeLink scope={lock.on} />
        </span>
      );
    case 'below':
      return (
        <span>
          On <ScopeLink scope={lock.on} />
        </span>
      );
  }
}
