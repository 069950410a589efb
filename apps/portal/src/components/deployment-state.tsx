import type { JSX } from 'react';
import { StateMark, type StateTone } from './cluster-state.tsx';

/** ARM's words for a deployment that has come to its end; with any other it is still at work. */
const tones: ReadonlyMap<string, StateTone> = new Map([
  ['succeeded', 'good'],
  ['failed', 'bad'],
  ['canceled', 'neutral'],
]);

/** Whether ARM is still at work on a deployment, by its word for the state. */
export const isDeploymentAtWork = (state: string): boolean => !tones.has(state.toLowerCase());

/** How a deployment is doing, in ARM's word with its sign. */
export function DeploymentStateMark({ state }: { state: string }): JSX.Element {
  return <StateMark tone={tones.get(state.toLowerCase()) ?? 'working'}>{state}</StateMark>;
}
