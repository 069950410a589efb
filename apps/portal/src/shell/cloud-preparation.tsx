import { MessageBar, MessageBarBody, MessageBarTitle, makeStyles } from '@fluentui/react-components';
import type { JSX } from 'react';

const useStyles = makeStyles({ bar: { flexShrink: 0 } });

/** Says that real machines cannot be made yet, and how far that is; nothing once they can. */
export function CloudPreparation({ preparation }: { preparation: string | undefined }): JSX.Element | null {
  const styles = useStyles();
  if (preparation === undefined) return null;
  return (
    <MessageBar intent="info" layout="multiline" shape="square" className={styles.bar}>
      <MessageBarBody>
        <MessageBarTitle>The machines are being prepared.</MessageBarTitle>
        {preparation}. This happens once; deployments wait for it.
      </MessageBarBody>
    </MessageBar>
  );
}
