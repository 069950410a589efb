import type { Subscription } from '@slipway/contract';
import type { Draft } from './draft.ts';

/** The draft with the only subscription that can be used, where none was chosen: there is nothing to choose. */
export function withSuggestions(draft: Draft, subscriptions: readonly Subscription[] | undefined): Draft {
  if (draft.basics.subscriptionId !== '') return draft;
  const usable = subscriptions?.filter(({ state }) => state === 'Enabled') ?? [];
  const [only] = usable;
  if (!only || usable.length > 1) return draft;
  return { ...draft, basics: { ...draft.basics, subscriptionId: only.subscriptionId } };
}
