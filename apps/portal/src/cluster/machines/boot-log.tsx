import { makeStyles, tokens } from '@fluentui/react-components';
import type { Machine } from '@slipway/contract';
import { type JSX, useId } from 'react';
import { useBootLog } from '../../api/boot-log.ts';
import type { MachineHome } from '../../api/machines.ts';
import { useSession } from '../../api/session.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { ProblemBar } from '../../components/problem-bar.tsx';
import { useShownProblem } from '../../components/shown-problem.ts';
import { SlowWait } from '../../components/slow-wait.tsx';
import { agoText } from '../durations.ts';
import { usePageStyles } from '../page-styles.ts';
import { useNow } from '../use-now.ts';
import { ConsoleText } from './console-text.tsx';

const useStyles = makeStyles({
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalM,
    minHeight: '32px',
  },
});

/** What a machine writes to its serial console, live. */
export function BootLog({ home, machine }: { home: MachineHome; machine: Machine }): JSX.Element {
  const styles = usePageStyles();
  const headingId = useId();
  const { data: session } = useSession();
  return (
    <section className={styles.section} aria-labelledby={headingId}>
      <h3 className={styles.heading} id={headingId}>
        Boot log
      </h3>
      {session?.cloud?.machines === 'simulated' && (
        <p className={styles.text}>
          The machines of this local cloud are simulated: nothing boots here. A real machine’s console is
          shown in this place as it is written.
        </p>
      )}
      {machine.bootDiagnostics ? (
        <LiveLog home={home} machineId={machine.id} labelledBy={headingId} />
      ) : (
        <p className={styles.text}>
          Boot diagnostics are off for this machine, so nothing of what it writes is kept.
        </p>
      )}
    </section>
  );
}

function LiveLog({
  home,
  machineId,
  labelledBy,
}: {
  home: MachineHome;
  machineId: string;
  labelledBy: string;
}): JSX.Element {
  const pageStyles = usePageStyles();
  const styles = useStyles();
  const log = useBootLog(home, machineId);
  const problem = useShownProblem(log);
  if (log.isPending && !problem) return <SlowWait inline size="tiny" label="Reading the boot log…" />;
  return (
    <>
      {problem && (
        <ProblemBar
          problem={problem}
          readAt={log.dataUpdatedAt}
          title={log.data ? 'The boot log may be out of date.' : 'The boot log could not be read.'}
          onRetry={() => void log.refetch()}
        />
      )}
      {log.data && (
        <>
          <div className={styles.head}>
            <span className={pageStyles.quiet}>
              <Updated at={log.dataUpdatedAt} />
              {log.data.truncated && ' Only the newest megabyte is shown.'}
            </span>
            {log.data.text !== '' && <CopyButton text={log.data.text} label="Copy the boot log" />}
          </div>
          {log.data.text === '' ? (
            <p className={pageStyles.text}>It has written nothing yet.</p>
          ) : (
            <ConsoleText text={log.data.text} labelledBy={labelledBy} />
          )}
        </>
      )}
    </>
  );
}

function Updated({ at }: { at: number }): JSX.Element {
  const now = useNow(true);
  return (
    <>
      Last updated{' '}
      <time dateTime={new Date(at).toISOString()} title={new Date(at).toLocaleString()}>
        {agoText(at, now)}
      </time>
      .
    </>
  );
}
