import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import type { JSX } from 'react';
import { asProblem } from '../api/client.ts';
import { Age } from './age.tsx';
import { CopyButton } from './copy-button.tsx';
import type { ProblemProps } from './problem-bar.tsx';
import { problemText } from './problem-text.ts';

const useStyles = makeStyles({
  code: { color: tokens.colorNeutralForeground3, overflowWrap: 'anywhere' },
});

/** What `ProblemBar` shows. */
export function ProblemMessage({ problem: thrown, title, readAt, onRetry }: ProblemProps): JSX.Element {
  const styles = useStyles();
  const problem = asProblem(thrown);
  return (
    <MessageBar intent="error" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>{title}</MessageBarTitle>
        {problem.message} {problem.remedy}
        {readAt !== undefined && readAt > 0 && (
          <>
            {' '}
            Out of date since {new Date(readAt).toLocaleTimeString()} (<Age at={readAt} />
            ).
          </>
        )}
        {problem.correlationId && (
          <div className={styles.code}>
            {problem.arm?.code ?? problem.code} · correlation id {problem.correlationId}
          </div>
        )}
      </MessageBarBody>
      <MessageBarActions containerAction={<CopyButton text={problemText(problem)} label="Copy the error" />}>
        {onRetry && (
          <Button size="small" onClick={onRetry}>
            Try again
          </Button>
        )}
      </MessageBarActions>
    </MessageBar>
  );
}
