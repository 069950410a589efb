import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import type { ScopeLock } from '@slipway/contract';
import type { JSX } from 'react';
import { useLocks } from '../api/governance.ts';
import { lockWords, lockedPlace } from './lock-words.ts';

/** Tells of the locks that will stop a deletion or a change before it is asked for; nothing where there are none. */
export function LocksInTheWay({
  scope,
  work = 'deletion',
  goes,
}: {
  /** What is deleted or changed, or the resource group of it. */
  scope: string;
  work?: 'deletion' | 'change';
  /** The ids of what is deleted or changed, where that is not all in the scope. */
  goes?: readonly string[];
}): JSX.Element | null {
  const { data } = useLocks(scope);
  const locks =
    data?.filter((lock) => (work === 'deletion' || lock.level === 'ReadOnly') && isInTheWay(lock, goes)) ??
    [];
  if (locks.length === 0) return null;
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{locks.length === 1 ? 'A lock stops this.' : 'Locks stop this.'}</MessageBarTitle>{' '}
        Azure refuses the {work} until {locks.length === 1 ? 'it is' : 'they are'} removed:{' '}
        {locks
          .map(({ name, level, on }) => `${name} (${lockWords[level].name}, on ${lockedPlace(on)})`)
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
