import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import type { JSX } from 'react';
import type { DeploymentProgress } from './deployment-progress.ts';

/** Says when what is shown may be out of date, and since when. Nothing while all is well. */
export function LineState({ progress }: { progress: DeploymentProgress }): JSX.Element | null {
  const { line, problem, updatedAt } = progress;
  if (line !== 'cut' && problem === undefined) return null;
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>
          {line === 'cut' ? 'Reconnecting…' : 'The cloud does not tell more.'}
        </MessageBarTitle>{' '}
        {problem ?? 'The deployment goes on; only this page has lost its line to it.'}
        {updatedAt !== undefined && ` Last updated ${new Date(updatedAt).toLocaleTimeString()}.`}
      </MessageBarBody>
    </MessageBar>
  );
}
