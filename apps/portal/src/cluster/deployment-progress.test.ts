import type { DeploymentSnapshot, StreamEvent } from '@slipway/contract';
import { describe, expect, test } from 'vitest';
import { ApiProblem } from '../api/client.ts';
import {
  type DeploymentProgress,
  type ProgressChange,
  initialProgress,
  isGone,
  isOver,
  needsPolling,
  progressAfter,
} from './deployment-progress.ts';

type State = 'Running' | 'Succeeded' | 'Deleting';
const snapshot = (state: State, changedAt?: string): DeploymentSnapshot => ({
  deployment: { state, id: '/d' },
  rows: [{ id: '/a', type: 'T/t', name: 'a', state, ...(changedAt ? { changedAt } : {}) }],
});
const after = (...changes: ProgressChange[]): DeploymentProgress =>
  changes.reduce(progressAfter, initialProgress);
const received = (event: StreamEvent, at = 1): ProgressChange => ({ kind: 'received', at, event });
const told = (state: State, at = 1): ProgressChange =>
  received({ type: 'snapshot', snapshot: snapshot(state) }, at);
const polled = (state: State, at = 1): ProgressChange => ({ kind: 'polled', at, snapshot: snapshot(state) });
const silent: ProgressChange = { kind: 'lost', how: 'silent' };
const broken: ProgressChange = { kind: 'lost', how: 'broken' };

describe('the progress of a deployment', () => {
  test('grows with each event, and an event twice changes nothing', () => {
    const row: StreamEvent = { type: 'row', row: { id: '/A', type: 'T/t', name: 'a', state: 'Succeeded' } };
    const once = after(told('Running'), received(row));
    expect(once.snapshot?.rows).toEqual([row.row]);
    expect(progressAfter(once, received(row))).toEqual(once);
  });

  test('is told to be cut only when the line stays away', () => {
    const lost = after(told('Running'), broken);
    expect(lost.line).toBe('lost');
    expect(needsPolling(lost)).toBe(false);
    const overdue = progressAfter(lost, { kind: 'overdue' });
    expect(overdue.line).toBe('cut');
    expect(needsPolling(overdue)).toBe(true);
    expect(progressAfter(overdue, broken).line).toBe('cut');
    expect(progressAfter(overdue, received({ type: 'alive' })).line).toBe('live');
  });

  test('that comes back in time is not told to be cut', () => {
    expect(after(broken, told('Running'), { kind: 'overdue' }).line).toBe('live');
  });

  test('is told to be cut at once when a line that looks open has been silent', () => {
    expect(after(told('Running'), silent).line).toBe('cut');
  });

  test('once ended stays ended, whatever the line does', () => {
    const ended = after(told('Succeeded'), received({ type: 'ended' }));
    expect(isOver(ended)).toBe(true);
    expect(
      [broken, silent, { kind: 'overdue' } as const, polled('Running')].reduce(progressAfter, ended),
    ).toEqual(ended);
  });

  test('takes an asked-for answer only while the stream is away', () => {
    const live = after(told('Succeeded'));
    expect(progressAfter(live, polled('Running', 2))).toBe(live);
    expect(progressAfter(after({ kind: 'overdue' }), polled('Running', 2))).toMatchObject({
      snapshot: snapshot('Running'),
      updatedAt: 2,
    });
  });

  test('says that live updates do not get through when asking works again and again', () => {
    const once = after(silent, polled('Running'));
    expect(once.line).toBe('cut');
    const twice = progressAfter(once, polled('Running'));
    expect(twice.line).toBe('polled');
    expect(needsPolling(twice)).toBe(true);
    // Each further attempt of the stream that comes to nothing changes nothing of that.
    expect(progressAfter(twice, silent).line).toBe('polled');
    expect(progressAfter(twice, { kind: 'pollFailed' }).line).toBe('cut');
  });

  test('does not count answers from before a cut', () => {
    expect(after(silent, polled('Running'), { kind: 'pollFailed' }, polled('Running')).line).toBe('cut');
    expect(after(silent, polled('Running'), told('Running'), silent, polled('Running')).line).toBe('cut');
  });

  test('is carried to its end by asking alone', () => {
    const ended = after(silent, polled('Running'), polled('Running'), polled('Succeeded'));
    expect(ended.line).toBe('ended');
    expect(needsPolling(ended)).toBe(false);
  });

  test('that is refused is not asked for again, until it is followed anew', () => {
    const problem = new ApiProblem(401, {
      code: 'SignInRequired',
      message: '',
      remedy: '',
      correlationId: '',
    });
    const refused = after(told('Running'), { kind: 'refused', problem });
    expect(isOver(refused)).toBe(true);
    expect(refused.refusal).toBe(problem);
    expect(progressAfter(refused, { kind: 'restarted' })).toMatchObject({
      line: 'connecting',
      refusal: undefined,
      snapshot: snapshot('Running'),
    });
  });

  test('shows a problem until the next good event; that the server lives is none', () => {
    const troubled = after(received({ type: 'problem', message: 'The cloud does not answer.' }));
    expect(troubled.problem).toBe('The cloud does not answer.');
    expect(progressAfter(troubled, received({ type: 'alive' })).problem).toBe('The cloud does not answer.');
    const good = progressAfter(troubled, received({ type: 'deployment', deployment: { state: 'Running' } }));
    expect(good.problem).toBeUndefined();
  });

  test('is as old as the last reading of the cloud, not as the last sign of life', () => {
    const read = after(told('Running', 1), received({ type: 'alive', readAt: 'a' }, 5));
    expect(read.updatedAt).toBe(5);
    const unread = progressAfter(read, received({ type: 'alive', readAt: 'a' }, 9));
    expect(unread.updatedAt).toBe(5);
    expect(progressAfter(unread, received({ type: 'alive', readAt: 'b' }, 11)).updatedAt).toBe(11);
  });

  test('ends with nothing when the cluster was being deleted', () => {
    expect(isGone(after(told('Deleting'), received({ type: 'ended' })))).toBe(true);
    expect(isGone(after(told('Succeeded'), received({ type: 'ended' })))).toBe(false);
  });
});

describe('how long nothing has changed', () => {
  const noon = Date.parse('2026-01-01T12:00:00Z');
  const opened = received({ type: 'snapshot', snapshot: snapshot('Running', '2026-01-01T11:50:00Z') }, noon);

  test('counts from ARM’s last change, also on a page that opens later', () => {
    expect(after(opened).quietSince).toBe(Date.parse('2026-01-01T11:50:00Z'));
  });

  test('counts on when the line comes back with the same, and anew with every change', () => {
    const again = received(
      { type: 'snapshot', snapshot: snapshot('Running', '2026-01-01T11:50:00Z') },
      noon + 9,
    );
    expect(after(opened, silent, again).quietSince).toBe(Date.parse('2026-01-01T11:50:00Z'));
    const changed = received({ type: 'snapshot', snapshot: snapshot('Succeeded') }, noon + 9);
    expect(after(opened, changed).quietSince).toBe(noon + 9);
  });

  test('does not trust the clock of this computer', () => {
    const byTheServer = received({ type: 'alive', readAt: '2026-01-01T11:51:00Z' }, noon);
    expect(after(opened, byTheServer).quietSince).toBe(noon - 60_000);
  });
});
