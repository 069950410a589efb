/** What the portal needs of a browser's storage; each call throws where the browser forbids to keep anything. */
export type KeyStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const listeners = new Set<() => void>();
let version = 0;

function tell(): void {
  version += 1;
  for (const listener of listeners) listener();
}

const storage: KeyStorage = {
  getItem: (key) => window.localStorage.getItem(key),
  setItem: (key, value) => {
    try {
      window.localStorage.setItem(key, value);
    } finally {
      // What could not be written is news, too.
      tell();
    }
  },
  removeItem: (key) => {
    window.localStorage.removeItem(key);
    tell();
  },
};

/** What this browser keeps for the portal. */
export const browserStorage = (): KeyStorage => storage;

/** Grows with every change of what `browserStorage` keeps, in this tab and in others. */
export const browserStorageVersion = (): number => version;

/** Calls `listener` at every change; the answer ends that. */
export function onBrowserStorageChange(listener: () => void): () => void {
  listeners.add(listener);
  // The browser tells of what other tabs do.
  window.addEventListener('storage', tell);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.removeEventListener('storage', tell);
  };
}
