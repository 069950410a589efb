import type { ArmResource } from '@slipway/contract';

/** What is known of the resources of one place, as they come and go. */
export interface KnownResources {
  /** Which place: a change of it begins anew. */
  place: string;
  current: readonly ArmResource[];
  /** What was there a moment ago, as it was read last. */
  gone: readonly ArmResource[];
}

/**
 * What is known after another look. As long as ARM is `atWork`, what has gone stays known, so that one sees it go; when
 * all is at rest it is forgotten. The same object when nothing has changed.
 */
export function knownAfter(
  known: KnownResources,
  place: string,
  current: readonly ArmResource[],
  atWork: boolean,
): KnownResources {
  if (place !== known.place) return { place, current, gone: [] };
  const before = atWork ? goneSince(known, current) : [];
  const sameGone = before.length === known.gone.length && before.every((one, at) => one === known.gone[at]);
  if (current === known.current && sameGone) return known;
  return { place, current, gone: sameGone ? known.gone : before };
}

function goneSince(known: KnownResources, current: readonly ArmResource[]): readonly ArmResource[] {
  if (current === known.current) return known.gone;
  const there = new Set(current.map(({ id }) => id.toLowerCase()));
  return [...known.gone, ...known.current].filter(({ id }) => !there.has(id.toLowerCase()));
}
