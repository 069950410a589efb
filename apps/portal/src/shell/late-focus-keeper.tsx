import { type JSX, Suspense, lazy, useEffect, useState } from 'react';
import { patiently } from '../api/page-code.ts';

const FocusKeeper = lazy(
  patiently(async () => ({ default: (await import('./focus-keeper.ts')).FocusKeeper })),
);

/** Loads `FocusKeeper` when a person first presses anything: nothing opens over the page before that. */
export function LateFocusKeeper(): JSX.Element | null {
  const [isWanted, setIsWanted] = useState(false);
  useEffect(() => {
    const want = (): void => setIsWanted(true);
    addEventListener('pointerdown', want, { once: true });
    addEventListener('keydown', want, { once: true });
    return () => {
      removeEventListener('pointerdown', want);
      removeEventListener('keydown', want);
    };
  }, []);
  if (!isWanted) return null;
  return (
    <Suspense fallback={null}>
      <FocusKeeper />
    </Suspense>
  );
}
