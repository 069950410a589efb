import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
} from '@fluentui/react-components';
import type { JSX } from 'react';
import type { ApiProblem } from '../../api/client.ts';
import { ProblemBar } from '../../components/problem-bar.tsx';
import { usePageStyles } from '../page-styles.ts';
import type { UpdateState } from './use-cluster-update.ts';

/** What keeps an update from being started: it was refused, or its answer got lost. Nothing while all is well. */
export function UpdateTrouble({ state, title }: { state: UpdateState; title: string }): JSX.Element | null {
  const styles = usePageStyles();
  switch (state.phase) {
    case 'refused': {
      const { problem } = state;
      const more = problem.fields.filter(({ message }) => !problem.message.includes(message));
      return (
        <>
          <ProblemBar problem={problem} title={title} />
          {more.length > 0 && (
            <ul className={styles.list}>
              {more.map(({ path, message }) => (
                <li key={`${path} ${message}`}>{message}</li>
              ))}
            </ul>
          )}
        </>
      );
    }
    case 'looking':
      return (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>The answer got lost. Asking again…</MessageBarTitle> {state.problem.message} It
            is started once, however often it is asked for.
          </MessageBarBody>
        </MessageBar>
      );
    case 'idle':
    case 'sending':
      return null;
  }
}

/** Says that somebody else was quicker, so that nothing was started. */
export function OvertakenBar({
  problem,
  onDismiss,
}: {
  problem: ApiProblem;
  onDismiss: () => void;
}): JSX.Element {
  return (
    <MessageBar intent="warning" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>Nothing was started: something else has happened meanwhile.</MessageBarTitle>{' '}
        {problem.message} What you see here is how it is now.
      </MessageBarBody>
      <MessageBarActions>
        <Button size="small" onClick={onDismiss}>
          Understood
        </Button>
      </MessageBarActions>
    </MessageBar>
  );
}
