import { z } from 'zod';
import { randomUuid } from '../../../components/random-uuid.ts';
import type { KeyStorage } from './browser-storage.ts';

const momentSchema = z.object({
  id: z.string(),
  /** Which cluster or group it is of. */
  place: z.string(),
  /** When it was, in milliseconds since the epoch. */
  at: z.number(),
  /** Why it was kept, for example `Kept by hand`. */
  words: z.string(),
  /** How long its text is, in characters. */
  size: z.number(),
});
/** One state of a cluster's resources, kept in this browser to be compared with later. */
export type KeptMoment = z.infer<typeof momentSchema>;

/** So many moments are kept of one place; the oldest goes for a new one. */
export const momentsOfAPlace = 8;
/** So long all texts may be together, and one of them, in characters: browsers give a page some five millions. */
const allCharacters = 3_000_000;
const oneCharacters = 1_500_000;

const indexKey = 'slipway.topology-moments';
const textKey = (id: string): string => `slipway.topology-moment.${id}`;

/** The moments that are kept of a place, the latest first; none where the browser forbids to keep anything. */
export function momentsOf(storage: KeyStorage, place: string): KeptMoment[] {
  return readIndex(storage)
    .filter((moment) => moment.place === place)
    .toSorted((a, b) => b.at - a.at);
}

/** The text of a moment; undefined when it is not kept (any more). */
export function momentText(storage: KeyStorage, id: string): string | undefined {
  try {
    return storage.getItem(textKey(id)) ?? undefined;
  } catch {
    return undefined;
  }
}

/** What came of keeping a moment; `why` tells the person in a sentence what kept it from being kept. */
export type Keeping = { isKept: true; moment: KeptMoment } | { isKept: false; why: string };

/** Keeps a moment; older ones make room, first those of the same place. */
export function keepMoment(
  storage: KeyStorage,
  { place, at, words, text }: { place: string; at: number; words: string; text: string },
): Keeping {
  if (text.length > oneCharacters) return { isKept: false, why: 'It is too much for the browser to keep.' };
  const moment: KeptMoment = { id: randomUuid(), place, at, words, size: text.length };
  const oldestFirst = readIndex(storage).toSorted((a, b) => a.at - b.at);
  const own = oldestFirst.filter((each) => each.place === place);
  let gone = own.slice(0, Math.max(0, own.length + 1 - momentsOfAPlace));
  let kept = oldestFirst.filter((each) => !gone.includes(each));
  const size = (): number => kept.reduce((sum, each) => sum + each.size, text.length);
  while (size() > allCharacters) {
    const oldest = kept.find((each) => each.place === place) ?? kept[0];
    if (!oldest) break;
    gone = [...gone, oldest];
    kept = kept.filter((each) => each !== oldest);
  }
  try {
    for (const { id } of gone) storage.removeItem(textKey(id));
    storage.setItem(textKey(moment.id), text);
    storage.setItem(indexKey, JSON.stringify([...kept, moment]));
    return { isKept: true, moment };
  } catch {
    for (const { id } of [...gone, moment]) drop(storage, id);
    return {
      isKept: false,
      why: 'The browser has no room for it, or does not allow this page to keep anything.',
    };
  }
}

/** Forgets a moment. */
export function forgetMoment(storage: KeyStorage, id: string): void {
  drop(storage, id);
}

function drop(storage: KeyStorage, id: string): void {
  try {
    storage.removeItem(textKey(id));
    storage.setItem(indexKey, JSON.stringify(readIndex(storage).filter((each) => each.id !== id)));
  } catch {
    // Where nothing can be written nothing is kept.
  }
}

function readIndex(storage: KeyStorage): KeptMoment[] {
  try {
    return z.array(momentSchema).parse(JSON.parse(storage.getItem(indexKey) ?? '[]'));
  } catch {
    // Storage forbidden, or written by something else: as good as none kept.
    return [];
  }
}
