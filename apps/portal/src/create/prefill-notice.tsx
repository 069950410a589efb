import { Button, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import type { JSX } from 'react';
import { type Prefill, prefillLabels } from './prefill-link.ts';

/** Says that the values come from a link, and which of its values were left out. */
export function PrefillNotice({
  prefill: { leftOut, isEmpty, isTooLong },
  onDismiss,
}: {
  prefill: Prefill;
  onDismiss: () => void;
}): JSX.Element {
  return (
    <MessageBar intent={leftOut.length > 0 ? 'warning' : 'info'} shape="square" layout="multiline">
      <MessageBarBody>
        {isTooLong
          ? 'The link that you followed is too long to be one of this portal: nothing of it was taken. '
          : isEmpty
            ? 'The link that you followed has no valid values. '
            : 'These values come from a link. An SSH public key is never part of one: enter yours. '}
        {leftOut.length > 0 && `Left out: ${leftOut.map((name) => prefillLabels[name]).join(', ')}.`}
      </MessageBarBody>
      <MessageBarActions>
        <Button size="small" appearance="transparent" onClick={onDismiss}>
          Go on
        </Button>
      </MessageBarActions>
    </MessageBar>
  );
}
