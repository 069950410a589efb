let isLeaving = false;

if ('window' in globalThis) {
  addEventListener('pagehide', () => {
    isLeaving = true;
  });
  addEventListener('pageshow', () => {
    isLeaving = false;
  });
}

/**
 * Resolves at once on a page that is there; on one that is being left, when the browser brings it back, if it does. A page
 * that is left loses the answers it waits for: that is nobody's failure, and must not be told, let alone be kept, as one.
 */
export function whilePageStays(): Promise<void> {
  if (!isLeaving) return Promise.resolve();
  return new Promise((resume) => addEventListener('pageshow', () => resume(), { once: true }));
}
