import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
} from '@fluentui/react-components';
import type { JSX } from 'react';
import { ProblemBar } from '../components/problem-bar.tsx';
import type { DeploymentProgress } from './deployment-progress.ts';
import { agoText } from './durations.ts';
import { useNow } from './use-now.ts';

/** Says when what is shown may be out of date, and since when. Nothing while all is well. */
export function LineState({
  progress,
  onRetry,
}: {
  progress: DeploymentProgress;
  /** Tries at once, instead of waiting for the next attempt. */
  onRetry: () => void;
}): JSX.Element | null {
  const { line, problem, refusal } = progress;
  if (line === 'refused' && refusal) {
    return <ProblemBar problem={refusal} title="The server does not tell how far it is." onRetry={onRetry} />;
  }
  if (line === 'cut') {
    return (
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>Reconnecting…</MessageBarTitle> The work goes on; only this page has lost its line
          to it. <LastUpdated progress={progress} />
        </MessageBarBody>
        <MessageBarActions>
          <Button size="small" onClick={onRetry}>
            Try now
          </Button>
        </MessageBarActions>
      </MessageBar>
    );
  }
  if (problem !== undefined) {
    return (
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>The cloud does not tell more at the moment.</MessageBarTitle> {problem}{' '}
          <LastUpdated progress={progress} />
        </MessageBarBody>
      </MessageBar>
    );
  }
  if (line === 'polled') {
    return (
      <MessageBar intent="info" layout="multiline">
        <MessageBarBody>
          Live updates do not get through; asked every few seconds. <LastUpdated progress={progress} />
        </MessageBarBody>
      </MessageBar>
    );
  }
  return null;
}

/** When the cloud was last known to be as shown, as an age that runs on. */
export function LastUpdated({ progress }: { progress: DeploymentProgress }): JSX.Element | null {
  const now = useNow(true);
  const { updatedAt } = progress;
  if (updatedAt === undefined) return null;
  return (
    <span aria-live="off">
      Last updated{' '}
      <time dateTime={new Date(updatedAt).toISOString()} title={new Date(updatedAt).toLocaleString()}>
        {agoText(updatedAt, now)}
      </time>
      .
    </span>
  );
}
