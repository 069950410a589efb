import { describe, expect, it } from 'vitest';
import { type DeploymentRow, type StreamEvent, applyStreamEvent } from './deployments.ts';

const row = (id: string, state: DeploymentRow['state']): DeploymentRow => ({
  id,
  type: 'T',
  name: id,
  state,
});
const snapshot: StreamEvent = {
  type: 'snapshot',
  snapshot: { deployment: { state: 'Running' }, rows: [row('/A', 'Running'), row('/B', 'Waiting')] },
};
const events: StreamEvent[] = [
  snapshot,
  { type: 'row', row: row('/a', 'Succeeded') },
  { type: 'row', row: row('/c', 'Running') },
  { type: 'problem', message: 'For a moment nobody answered.' },
  { type: 'deployment', deployment: { state: 'Succeeded' } },
  { type: 'ended' },
];

describe('applyStreamEvent', () => {
  it('keeps one row a resource, whatever the case of its id, and the newest head', () => {
    const known = events.reduce<ReturnType<typeof applyStreamEvent>>(applyStreamEvent, undefined);
    expect(known?.rows.map(({ id, state }) => [id, state])).toEqual([
      ['/a', 'Succeeded'],
      ['/B', 'Waiting'],
      ['/c', 'Running'],
    ]);
    expect(known?.deployment.state).toBe('Succeeded');
  });

  it('changes nothing when an event comes twice', () => {
    const once = events.reduce<ReturnType<typeof applyStreamEvent>>(applyStreamEvent, undefined);
    const twice = events
      .flatMap((event) => [event, event])
      .reduce<ReturnType<typeof applyStreamEvent>>(applyStreamEvent, undefined);
    expect(twice).toEqual(once);
  });

  it('knows nothing before the first snapshot', () => {
    expect(applyStreamEvent(undefined, { type: 'row', row: row('/a', 'Running') })).toBeUndefined();
  });
});
