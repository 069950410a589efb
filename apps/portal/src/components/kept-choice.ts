import { useSyncExternalStore } from 'react';
import { browserStorage, onBrowserStorageChange } from '../cluster/topology/explorer/browser-storage.ts';

/** One of a few words that is kept in this browser. */
export interface KeptChoice<Choice extends string> {
  current: () => Choice;
  choose: (next: Choice) => void;
  /** The same as `current`, for a component: it is drawn again when another word is chosen, in whatever tab. */
  use: () => Choice;
}

/** Keeps which of `choices` was chosen last, under `key`; `fallback` until then. */
export function keptChoice<Choice extends string>(
  key: string,
  choices: readonly Choice[],
  fallback: Choice,
): KeptChoice<Choice> {
  const listeners = new Set<() => void>();
  // Storage can be forbidden: the choice then holds for this visit.
  let unkept: Choice | undefined;

  const read = (): Choice => {
    try {
      const kept = browserStorage().getItem(key);
      return choices.find((choice) => choice === kept) ?? fallback;
    } catch {
      return fallback;
    }
  };
  const current = (): Choice => unkept ?? read();
  const subscribe = (listener: () => void): (() => void) => {
    listeners.add(listener);
    const endStorage = onBrowserStorageChange(listener);
    return () => {
      listeners.delete(listener);
      endStorage();
    };
  };
  return {
    current,
    choose: (next) => {
      try {
        browserStorage().setItem(key, next);
        unkept = undefined;
      } catch {
        unkept = next;
      }
      for (const listener of listeners) listener();
    },
    use: () => useSyncExternalStore(subscribe, current),
  };
}
