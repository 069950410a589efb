import { useEffect, useLayoutEffect, useRef } from 'react';

/**
 * Gives the focus back to what had it when a question over the page is answered. What opened the question is not always a
 * button that Fluent knows of: a link that was followed, an address that was opened.
 */
export function useFocusBack(isOpen: boolean): void {
  const before = useRef<Element | null>(null);
  // Before the question takes the focus.
  useLayoutEffect(() => {
    if (isOpen) before.current = document.activeElement;
  }, [isOpen]);
  useEffect(() => {
    if (!isOpen) return;
    return () => {
      if (before.current instanceof HTMLElement && before.current.isConnected) before.current.focus();
    };
  }, [isOpen]);
}
