import type { ArmResource } from '@slipway/contract';

/** What is known of the resources of one place, as they come and go. */
export interface KnownResources {
  /** Which place: a change of it begins anew. */
  place: string;
  current: readonly ArmResource[];
  /** What was there a moment ago, as it was read last. */
  gone: readonly ArmResource[];
  /** When something was missed last that had been there before; 0 while nothing is gone. */
  missedAt: number;
}

/** One look at a place. */
export interface Look {
  place: string;
  resources: readonly ArmResource[];
  /** In milliseconds since the epoch. */
  readAt: number;
}

/** Something that goes may be the first sign of a deletion: so long it takes at most to learn of that, in milliseconds. */
const learnedWithinMs = 16_000;

/**
 * What is known after another look. As long as ARM is `atWork`, what has gone stays known, so that one sees it go; when all
 * is at rest it is forgotten. The same object when nothing has changed.
 */
export function knownAfter(known: KnownResources, look: Look, atWork: boolean): KnownResources {
  const { place, resources: current, readAt } = look;
  if (place !== known.place) return { place, current, gone: [], missedAt: 0 };
  const gone = atWork || !isForgotten(known, readAt) ? goneSince(known, current) : [];
  const isSame = gone.length === known.gone.length && gone.every((one, at) => one === known.gone[at]);
  if (current === known.current && isSame) return known;
  const isMore = gone.length > known.gone.length;
  return {
    place,
    current,
    gone: isSame ? known.gone : gone,
    missedAt: gone.length === 0 ? 0 : isMore ? readAt : known.missedAt,
  };
}

const isForgotten = ({ gone, missedAt }: KnownResources, readAt: number): boolean =>
  gone.length > 0 && readAt - missedAt > learnedWithinMs;

function goneSince(known: KnownResources, current: readonly ArmResource[]): readonly ArmResource[] {
  if (current === known.current) return known.gone;
  const there = new Set(current.map(({ id }) => id.toLowerCase()));
  return [...known.gone, ...known.current].filter(({ id }) => !there.has(id.toLowerCase()));
}
