import type { JSX } from 'react';
import { SlowWait } from '../components/slow-wait.tsx';

/** Shown while a page's code is on its way. */
export function PagePending(): JSX.Element {
  return <SlowWait label="Loading…" onRetry={() => location.reload()} />;
}
