import { type Ref, useCallback, useImperativeHandle, useRef } from 'react';

/**
 * The ref of an anchor for a Fluent component that can be an anchor or a button: Fluent's types then take a ref
 * of an element that is both, so of nothing.
 */
export function useAnchorRef(ref: Ref<HTMLAnchorElement | null> | undefined): (element: never) => void {
  const anchor = useRef<HTMLAnchorElement>(null);
  useImperativeHandle<HTMLAnchorElement | null, HTMLAnchorElement | null>(ref, () => anchor.current);
  return useCallback((element: never) => {
    anchor.current = element;
  }, []);
}
