import type { KeyStorage } from './browser-storage.ts';

/** A browser's storage with room for so many characters. */
export function storageOf(room = 5_000_000): KeyStorage & { items: ReadonlyMap<string, string> } {
  const items = new Map<string, string>();
  return {
    items,
    getItem: (key) => items.get(key) ?? null,
    removeItem: (key) => void items.delete(key),
    setItem: (key, value) => {
      const others = [...items]
        .filter(([other]) => other !== key)
        .reduce((sum, [, text]) => sum + text.length, 0);
      if (others + value.length > room) throw new Error('QuotaExceededError');
      items.set(key, value);
    },
  };
}

const refuse = (): never => {
  throw new Error('SecurityError');
};

/** The storage of a browser that forbids to keep anything. */
export const forbiddenStorage = (): KeyStorage => ({ getItem: refuse, setItem: refuse, removeItem: refuse });
