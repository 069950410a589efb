import { z } from 'zod';
import { randomUuid } from '../../../components/random-uuid.ts';
import type { KeyStorage } from './browser-storage.ts';

const missedSchema = z.object({
  id: z.string(),
  /** Which cluster or group it would have been of. */
  place: z.string(),
  /** When it was, in milliseconds since the epoch. */
  at: z.number(),
  /** Why it was to be kept, for example `Before a deployment`. */
  words: z.string(),
  /** What kept it from being kept, in a sentence. */
  why: z.string(),
});
/** A moment that was to be kept by itself and could not be: nobody was there to be told at once. */
export type MissedMoment = z.infer<typeof missedSchema>;

const key = 'slipway.topology-moments-missed';
/** So many notes are kept of all places together; the oldest goes for a new one. */
export const mostMissedMoments = 40;

/** Where a browser keeps nothing, not even this, the page remembers it as long as it is open. */
const unwritten = new WeakMap<KeyStorage, readonly MissedMoment[]>();

/** The moments of a place that could not be kept, the latest first. */
export function missedMomentsOf(storage: KeyStorage, place: string): MissedMoment[] {
  return readAll(storage)
    .filter((missed) => missed.place === place)
    .toSorted((a, b) => b.at - a.at);
}

/** Notes that a moment could not be kept. */
export function noteMissedMoment(storage: KeyStorage, missed: Omit<MissedMoment, 'id'>): void {
  const latestFirst = [...readAll(storage), { ...missed, id: randomUuid() }].toSorted((a, b) => b.at - a.at);
  writeAll(storage, latestFirst.slice(0, mostMissedMoments));
}

/** Forgets that a moment could not be kept. */
export function forgetMissedMoment(storage: KeyStorage, id: string): void {
  writeAll(
    storage,
    readAll(storage).filter((missed) => missed.id !== id),
  );
}

function writeAll(storage: KeyStorage, all: readonly MissedMoment[]): void {
  try {
    storage.setItem(key, JSON.stringify(all));
    unwritten.delete(storage);
  } catch {
    unwritten.set(storage, all);
  }
}

function readAll(storage: KeyStorage): readonly MissedMoment[] {
  const inMemory = unwritten.get(storage);
  if (inMemory) return inMemory;
  try {
    return z.array(missedSchema).parse(JSON.parse(storage.getItem(key) ?? '[]'));
  } catch {
    // Storage forbidden, or written by something else: as good as none missed.
    return [];
  }
}
