import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
} from '@fluentui/react-components';
import type { JSX } from 'react';

const useStyles = makeStyles({ bar: { flexShrink: 0 } });

/** Says over every page why the cloud cannot be used at the moment. */
export function CloudProblem({
  problem,
  onRetry,
}: {
  problem: string | undefined;
  onRetry: () => void;
}): JSX.Element | null {
  const styles = useStyles();
  if (!problem) return null;
  return (
    <MessageBar intent="warning" layout="multiline" shape="square" className={styles.bar}>
      <MessageBarBody>
        <MessageBarTitle>The cloud cannot be used at the moment.</MessageBarTitle>
        {problem}
      </MessageBarBody>
      <MessageBarActions>
        <Button size="small" onClick={onRetry}>
          Check again
        </Button>
      </MessageBarActions>
    </MessageBar>
  );
}
