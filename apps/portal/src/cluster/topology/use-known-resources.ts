import { useState } from 'react';
import { type KnownResources, type Look, knownAfter } from './known-resources.ts';

/** The resources of a place, with those that have gone while ARM is at work there. */
export function useKnownResources(look: Look, atWork: boolean): KnownResources {
  const [known, setKnown] = useState<KnownResources>({
    place: look.place,
    current: look.resources,
    gone: [],
    missedAt: 0,
  });
  const next = knownAfter(known, look, atWork);
  if (next !== known) setKnown(next);
  return next;
}
