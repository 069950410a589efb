import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  Spinner,
} from '@fluentui/react-components';
import type { ResourceDeletion } from '@slipway/contract';
import type { JSX } from 'react';
import { useStopDeletion } from '../api/delete-resource.ts';
import { ProblemBar } from '../components/problem-bar.tsx';
import { placeOf } from './resource-id.ts';

/** Says on a resource's page how far its deletion is, whoever has asked for it, and lets it end early where there is an early end. */
export function DeletionUnderway({
  id,
  deletion,
}: {
  id: string;
  deletion: ResourceDeletion;
}): JSX.Element | null {
  const stop = useStopDeletion(id);
  const { state, done, count, current } = deletion;
  if (state !== 'running' && state !== 'stopping') return null;
  const isStopping = state === 'stopping' || stop.isPending;
  return (
    <>
      <MessageBar intent="info" icon={<Spinner size="tiny" aria-hidden />} layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>{placeOf(id).ownName} is being deleted.</MessageBarTitle>{' '}
          {count > 1 &&
            `${done + 1} of ${count}: ${placeOf(current).name}. ${isStopping ? 'It stops after this one.' : 'It goes on when this page is closed.'}`}
        </MessageBarBody>
        {done + 1 < count && (
          <MessageBarActions>
            <Button size="small" disabledFocusable={isStopping} onClick={() => !isStopping && stop.mutate()}>
              {isStopping ? 'Stopping…' : 'Stop after this one'}
            </Button>
          </MessageBarActions>
        )}
      </MessageBar>
      {stop.error && <ProblemBar problem={stop.error} title="It could not be stopped." />}
    </>
  );
}
