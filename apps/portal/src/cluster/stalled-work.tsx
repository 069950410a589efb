import { MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import type { DeploymentSnapshot } from '@slipway/contract';
import type { JSX, ReactNode } from 'react';
import { waitedFor } from './deployment-words.ts';
import { durationText } from './durations.ts';

/** Without any change for so long, the work may never come to its end, in milliseconds. */
export const stalledAfterMs = 10 * 60_000;

/** Says that nothing has changed for long, what ARM waits for, and what can be done. `action` is the way out, if any. */
export function StalledWork({
  snapshot,
  quietMs,
  action,
}: {
  snapshot: DeploymentSnapshot;
  quietMs: number;
  action: ReactNode;
}): JSX.Element {
  const awaited = waitedFor(snapshot);
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>
          Nothing has changed for {durationText(Math.floor(quietMs / 60_000) * 60_000).replace(' 00 s', '')}.
        </MessageBarTitle>{' '}
        {awaited
          ? `Azure Resource Manager waits for ${awaited}.`
          : 'Azure Resource Manager does not tell what it waits for.'}{' '}
        {action
          ? 'Wait on if that is to be expected. Otherwise cancel the deployment, then redeploy or delete.'
          : 'It may still come to its end by itself; this page tells when it does.'}
      </MessageBarBody>
      {action && <MessageBarActions>{action}</MessageBarActions>}
    </MessageBar>
  );
}
