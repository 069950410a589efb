import type { ArmResource } from '@slipway/contract';
import { useState } from 'react';
import { type KnownResources, knownAfter } from './known-resources.ts';

/** The resources of a place, with those that have gone while ARM is at work there. */
export function useKnownResources(
  place: string,
  current: readonly ArmResource[],
  atWork: boolean,
): KnownResources {
  const [known, setKnown] = useState<KnownResources>({ place, current, gone: [] });
  const next = knownAfter(known, place, current, atWork);
  if (next !== known) setKnown(next);
  return next;
}
