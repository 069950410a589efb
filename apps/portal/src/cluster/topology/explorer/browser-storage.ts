/** Where a browser forbids to keep anything even asking for its storage fails. */
const forbidden: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> = {
  getItem: () => null,
  setItem: () => {
    throw new Error('This browser keeps nothing for this page.');
  },
  removeItem: () => undefined,
};

/** What this browser keeps for the portal. */
export function browserStorage(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  try {
    return window.localStorage;
  } catch {
    return forbidden;
  }
}
