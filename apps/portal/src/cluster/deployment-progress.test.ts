import type { DeploymentSnapshot, StreamEvent } from '@slipway/contract';
import { describe, expect, test } from 'vitest';
import {
  type DeploymentProgress,
  type ProgressChange,
  initialProgress,
  needsPolling,
  progressAfter,
} from './deployment-progress.ts';

const snapshot = (state: 'Running' | 'Succeeded'): DeploymentSnapshot => ({
  deployment: { state },
  rows: [{ id: '/a', type: 'T/t', name: 'a', state }],
});
const after = (...changes: ProgressChange[]): DeploymentProgress =>
  changes.reduce(progressAfter, initialProgress);
const received = (event: StreamEvent, at = 1): ProgressChange => ({ kind: 'received', at, event });

describe('the progress of a deployment', () => {
  test('grows with each event, and an event twice changes nothing', () => {
    const row: StreamEvent = { type: 'row', row: { id: '/A', type: 'T/t', name: 'a', state: 'Succeeded' } };
    const once = after(received({ type: 'snapshot', snapshot: snapshot('Running') }), received(row));
    expect(once.snapshot?.rows).toEqual([row.row]);
    expect(progressAfter(once, received(row))).toEqual(once);
  });

  test('is told to be cut only when the line stays away', () => {
    const lost = after({ kind: 'opened', at: 1 }, { kind: 'lost' });
    expect(lost.line).toBe('lost');
    expect(needsPolling(lost)).toBe(false);
    const overdue = progressAfter(lost, { kind: 'overdue' });
    expect(overdue.line).toBe('cut');
    expect(needsPolling(overdue)).toBe(true);
    expect(progressAfter(overdue, { kind: 'lost' }).line).toBe('cut');
    expect(progressAfter(overdue, { kind: 'opened', at: 2 }).line).toBe('live');
  });

  test('that comes back in time is not told to be cut', () => {
    expect(after({ kind: 'lost' }, { kind: 'opened', at: 2 }, { kind: 'overdue' }).line).toBe('live');
  });

  test('once ended stays ended, whatever the line does', () => {
    const ended = after(
      received({ type: 'snapshot', snapshot: snapshot('Succeeded') }),
      received({ type: 'ended' }),
    );
    expect(progressAfter(progressAfter(ended, { kind: 'lost' }), { kind: 'overdue' }).line).toBe('ended');
  });

  test('takes an asked-for answer only while the stream is away', () => {
    const live = after(received({ type: 'snapshot', snapshot: snapshot('Succeeded') }));
    const polled: ProgressChange = { kind: 'polled', at: 2, snapshot: snapshot('Running') };
    expect(progressAfter(live, polled)).toBe(live);
    const cut = after({ kind: 'overdue' });
    expect(progressAfter(cut, polled)).toMatchObject({ snapshot: snapshot('Running'), updatedAt: 2 });
  });

  test('shows a problem until the next good event', () => {
    const troubled = after(received({ type: 'problem', message: 'The cloud does not answer.' }));
    expect(troubled.problem).toBe('The cloud does not answer.');
    const good = progressAfter(troubled, received({ type: 'deployment', deployment: { state: 'Running' } }));
    expect(good.problem).toBeUndefined();
  });
});
