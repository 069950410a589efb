import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import type { ScopeLock } from '@slipway/contract';
import type { JSX } from 'react';
import { useLocks } from '../api/governance.ts';
import { lockWords } from './lock-words.ts';

/** Tells of the locks that will stop a deletion before it is asked for; nothing where there are none. */
export function LocksInTheWay({
  scope,
  goes,
}: {
  /** What is deleted, or the resource group of what is deleted. */
  scope: string;
  /** The ids of what is deleted, where that is not all in the scope. */
  goes?: readonly string[];
}): JSX.Element | null {
  const { data } = useLocks(scope);
  const locks = data?.filter((lock) => isInTheWay(lock, goes)) ?? [];
  if (locks.length === 0) return null;
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{locks.length === 1 ? 'A lock stops this.' : 'Locks stop this.'}</MessageBarTitle>{' '}
        Azure refuses the deletion until {locks.length === 1 ? 'it is' : 'they are'} removed:{' '}
        {locks
          .map(({ name, level, on }) => `${name} (${lockWords[level].name}, on ${placeOf(on)})`)
          .join('; ')}
        .
      </MessageBarBody>
    </MessageBar>
  );
}

function isInTheWay({ place, on }: ScopeLock, goes: readonly string[] | undefined): boolean {
  if (place !== 'below' || goes === undefined) return true;
  const lockedId = `${on.toLowerCase()}/`;
  return goes.some((id) => lockedId.startsWith(`${id.toLowerCase()}/`));
}

const placeOf = (scope: string): string =>
  /^\/subscriptions\/[^/]+$/i.test(scope) ? 'the subscription' : (scope.split('/').at(-1) ?? scope);
