import { useEffect } from 'react';

/** Names the page in the browser's tab and history, most particular part first. */
export function usePageTitle(...parts: readonly string[]): void {
  const title = [...parts.filter(Boolean), 'Slipway'].join(' · ');
  useEffect(() => {
    document.title = title;
  }, [title]);
}
