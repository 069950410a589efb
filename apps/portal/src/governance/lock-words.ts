import type { LockLevel } from '@slipway/contract';

/** What each level is called, and what it forbids. */
export const lockWords: Readonly<Record<LockLevel, { name: string; meaning: string }>> = {
  CanNotDelete: { name: 'Delete', meaning: 'It can be changed, but not deleted.' },
  ReadOnly: {
    name: 'Read-only',
    meaning: 'It can be neither changed nor deleted, and no action such as a restart is taken on it.',
  },
};
