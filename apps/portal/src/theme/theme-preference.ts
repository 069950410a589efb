import { useSyncExternalStore } from 'react';
import { z } from 'zod';

export const themeChoices = ['light', 'dark', 'auto'] as const;
export type ThemeChoice = (typeof themeChoices)[number];

const storageKey = 'slipway.theme';
const choiceSchema = z.enum(themeChoices).catch('auto');
const listeners = new Set<() => void>();

let choice: ThemeChoice = read();

function read(): ThemeChoice {
  try {
    return choiceSchema.parse(localStorage.getItem(storageKey));
  } catch {
    // Storage can be forbidden: the choice then holds for this visit.
    return 'auto';
  }
}

/** Chooses the theme and keeps the choice in this browser. */
export function chooseTheme(next: ThemeChoice): void {
  choice = next;
  try {
    localStorage.setItem(storageKey, next);
  } catch {
    // As above: without storage the choice holds for this visit.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  const query = matchMedia('(prefers-color-scheme: dark)');
  listeners.add(listener);
  query.addEventListener('change', listener);
  return () => {
    listeners.delete(listener);
    query.removeEventListener('change', listener);
  };
}

const isDark = (): boolean =>
  choice === 'dark' || (choice === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);

export const useThemeChoice = (): ThemeChoice => useSyncExternalStore(subscribe, () => choice);

/** Whether the page is dark now: by choice, or because the computer is. */
export const useIsDark = (): boolean => useSyncExternalStore(subscribe, isDark);
