import { useSyncExternalStore } from 'react';
import { browserStorage, browserStorageVersion, onBrowserStorageChange } from './browser-storage.ts';
import { type KeptMoment, momentsOf } from './kept-moments.ts';
import { type MissedMoment, missedMomentsOf } from './missed-moments.ts';

/** The moments of a place that this browser keeps, and those that it could not keep, as they come and go. */
export function useMoments(place: string): { kept: readonly KeptMoment[]; missed: readonly MissedMoment[] } {
  useSyncExternalStore(onBrowserStorageChange, browserStorageVersion);
  const storage = browserStorage();
  return { kept: momentsOf(storage, place), missed: missedMomentsOf(storage, place) };
}
