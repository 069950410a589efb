import type { WhatIfOutcome } from '@slipway/contract';

/** What each outcome is called, where nothing of it has been done yet. */
export const outcomeWords: Readonly<Record<WhatIfOutcome, string>> = {
  removed: 'To be removed',
  changed: 'To be changed',
  uncertain: 'Perhaps to be changed',
  added: 'To be added',
  unknown: 'Not foreseeable',
  unchanged: 'Unchanged',
  untouched: 'Not part of it',
};

/** What needs most attention comes first. */
export const outcomeOrder: readonly WhatIfOutcome[] = [
  'removed',
  'changed',
  'uncertain',
  'added',
  'unknown',
  'unchanged',
  'untouched',
];
