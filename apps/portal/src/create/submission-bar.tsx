import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  Spinner,
} from '@fluentui/react-components';
import type { JSX } from 'react';
import { Age } from '../components/age.tsx';
import { LinkButton } from '../components/link-button.tsx';
import { useIsLong } from '../components/slow-wait.tsx';
import type { SubmissionControl } from './use-submission.ts';

/** Over every blade: what has become of a submission whose answer did not come (yet), and what can be done about it. */
export function SubmissionBar({ submission }: { submission: SubmissionControl }): JSX.Element | null {
  const { state, look, stop } = submission;
  const isSlow = useIsLong(state.phase === 'sending');
  switch (state.phase) {
    case 'idle':
    case 'refused':
      return null;
    case 'sending':
      return isSlow ? (
        <MessageBar
          intent="info"
          shape="square"
          layout="multiline"
          icon={<Spinner size="tiny" aria-hidden />}
        >
          <MessageBarBody>
            <MessageBarTitle>This takes longer than usual.</MessageBarTitle> Your container service was
            submitted, and the answer has not come yet.
          </MessageBarBody>
          <MessageBarActions>
            <Button size="small" onClick={stop}>
              Stop waiting
            </Button>
          </MessageBarActions>
        </MessageBar>
      ) : null;
    case 'looking':
      return (
        <MessageBar
          intent="warning"
          shape="square"
          layout="multiline"
          icon={<Spinner size="tiny" aria-hidden />}
        >
          <MessageBarBody>
            <MessageBarTitle>
              {state.problem?.status === 429
                ? 'The cloud is busy. Trying again…'
                : 'The answer got lost. Looking for your container service…'}
            </MessageBarTitle>{' '}
            {state.problem?.message} It is created once, however often it is asked for.
          </MessageBarBody>
          <MessageBarActions>
            <Button size="small" onClick={stop}>
              Stop and edit
            </Button>
          </MessageBarActions>
        </MessageBar>
      );
    case 'unanswered':
      return (
        <MessageBar intent="warning" shape="square" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>Your submission has had no answer.</MessageBarTitle> You submitted it{' '}
            <Age at={state.sentAt} />. It may have been created: then “Look for it” leads there. If it was
            not, it is created now, once.
          </MessageBarBody>
          <MessageBarActions>
            <Button size="small" onClick={look}>
              Look for it
            </Button>
            <LinkButton size="small" to="/">
              Container services
            </LinkButton>
          </MessageBarActions>
        </MessageBar>
      );
  }
}
