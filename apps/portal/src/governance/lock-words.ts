import type { LockLevel } from '@slipway/contract';

/** What each level is called, what it forbids, and what can happen again without it. */
export const lockWords: Readonly<Record<LockLevel, { name: string; meaning: string; without: string }>> = {
  CanNotDelete: {
    name: 'Delete',
    meaning: 'It can be changed, but not deleted.',
    without: 'Without it, whoever has the right to can delete what it protects.',
  },
  ReadOnly: {
    name: 'Read-only',
    meaning: 'It can be neither changed nor deleted, and no action such as a restart is taken on it.',
    without: 'Without it, whoever has the right to can change and delete what it protects.',
  },
};

/** What a lock is on, in the middle of a sentence. */
export const lockedPlace = (scope: string): string =>
  /^\/subscriptions\/[^/]+$/i.test(scope) ? 'the subscription' : (scope.split('/').at(-1) ?? scope);
