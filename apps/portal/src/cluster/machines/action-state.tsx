import { MessageBar, MessageBarBody, Spinner } from '@fluentui/react-components';
import type { Machine } from '@slipway/contract';
import type { JSX } from 'react';
import type { OwnAction } from '../../api/machine-action.ts';
import { LongWait } from '../../components/slow-wait.tsx';
import { ProblemBar } from '../../components/problem-bar.tsx';
import { actionWords } from './machine-words.ts';

/** How far the last action of this visit on a machine is. */
export function ActionState({ own, machine }: { own: OwnAction; machine: Machine }): JSX.Element | null {
  const words = actionWords[own.action];
  switch (own.state) {
    case 'pending':
      return (
        <MessageBar intent="info" icon={<Spinner size="tiny" aria-hidden />} layout="multiline">
          <MessageBarBody>
            {machine.name} {words.going}… <LongWait>Machines take minutes at times.</LongWait>
          </MessageBarBody>
        </MessageBar>
      );
    case 'refused':
      return <ProblemBar problem={own.problem} title={`${machine.name} ${words.failed}.`} />;
    case 'over':
      // Of a failure the machine itself tells, as long as it is one.
      if (own.machine?.provisioningState === 'Failed') return null;
      return (
        <MessageBar intent="success">
          <MessageBarBody>
            {machine.name} {words.done}.
          </MessageBarBody>
        </MessageBar>
      );
  }
}
