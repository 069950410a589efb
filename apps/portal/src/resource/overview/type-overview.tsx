import type { ArmResource } from '@slipway/contract';
import type { JSX } from 'react';
import { KeyFacts } from './key-facts.tsx';

/** What there is to know of a resource of its type, in plain words. */
export function TypeOverview({ resource }: { resource: ArmResource }): JSX.Element {
  return <KeyFacts resource={resource} />;
}
