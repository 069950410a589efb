import { type JSX, Suspense, lazy, useSyncExternalStore } from 'react';
import { patiently } from '../api/page-code.ts';
import { useNotificationStore } from './use-notifications.ts';

const Toasts = lazy(patiently(async () => ({ default: (await import('./toasts.tsx')).Toasts })));

/** Toasts for this visit's notifications. What shows them is loaded with the first one. */
export function LateToasts(): JSX.Element | null {
  const store = useNotificationStore();
  const isWanted = useSyncExternalStore(store.subscribe, store.hasAnnounced);
  if (!isWanted) return null;
  return (
    <Suspense fallback={null}>
      <Toasts />
    </Suspense>
  );
}
