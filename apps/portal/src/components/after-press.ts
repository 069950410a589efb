/**
 * Does what moves the page about, but not while a mouse button is down: what is being pressed would go away from under the
 * pointer, and the press would be lost.
 */
export function afterPress(action: () => void): void {
  if (document.querySelector(':active') === null) {
    action();
    return;
  }
  const over = new AbortController();
  const run = (): void => {
    over.abort();
    // The click comes right after the button has come up.
    setTimeout(action);
  };
  for (const end of ['mouseup', 'dragend', 'pointercancel'])
    window.addEventListener(end, run, { capture: true, signal: over.signal });
}
