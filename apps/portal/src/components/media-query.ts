import { useCallback, useSyncExternalStore } from 'react';

/** Below this width navigation folds away and tables become stacked rows. */
export const narrowQuery = '(max-width: 767px)';
/** Below this width the navigation shows icons only until somebody wants its words: the page needs the room. */
export const tabletQuery = '(max-width: 1023px)';
/** Below this width a table of seven columns has no room beside the navigation: its rows become cards. */
export const cardsQuery = '(max-width: 899px)';
/** From this width the wizard shows its list of steps beside the open blade. */
export const wideQuery = '(min-width: 1366px)';
/** Where fingers are all there is: nothing is said of keys. */
export const touchQuery = '(hover: none) and (pointer: coarse)';

/** Whether a media query holds now. */
export function useMediaQuery(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = matchMedia(query);
      list.addEventListener('change', listener);
      return () => list.removeEventListener('change', listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches);
}
