/**
 * Which submission this tab is waiting for. It outlives a reload, not the tab: who comes back later, in another tab, is
 * asked before anything is sent again, for meanwhile the cluster may have been deleted on purpose.
 */
const storageKey = 'slipway.awaited-submission';

type TabStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Remembers that this tab waits for an answer. */
export function awaitSubmission(storage: TabStorage, requestId: string): void {
  try {
    storage.setItem(storageKey, requestId);
  } catch {
    // Storage full or forbidden: after a reload the person is asked.
  }
}

/** Whether this tab waits for the answer to a submission. */
export function isAwaited(storage: TabStorage, requestId: string): boolean {
  try {
    return storage.getItem(storageKey) === requestId;
  } catch {
    return false;
  }
}

/** There is an answer, or nobody waits for it any more. */
export function awaitNoSubmission(storage: TabStorage): void {
  try {
    storage.removeItem(storageKey);
  } catch {
    // See above.
  }
}
