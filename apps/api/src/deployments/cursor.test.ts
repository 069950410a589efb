import type { DeploymentRow } from '@slipway/contract';
import { describe, expect, it } from 'vitest';
import { cursorAt, lastPoint, rowsAfter } from './cursor.ts';
import type { Progress } from './progress.ts';

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
const row = (
  id: string,
  state: DeploymentRow['state'],
  second?: number,
  operationId = id,
): DeploymentRow => ({
  id,
  type: 'T',
  name: id,
  state,
  ...(second === undefined ? {} : { operationId, changedAt: at(second) }),
});
const progress = (rows: DeploymentRow[], correlationId = 'c'): Progress => ({
  phase: 'deployment',
  head: { state: 'Running', correlationId },
  rows,
  ended: false,
});
const cursorOf = (of: Progress) => cursorAt(of, lastPoint(of.rows));

describe('a cursor', () => {
  const before = progress([row('a', 'Succeeded', 1), row('b', 'Running', 2), row('c', 'Waiting')]);

  it('gives nothing when nothing has changed', () => {
    expect(rowsAfter(before, cursorOf(before))).toEqual([]);
  });

  it('gives exactly what changed after it, in the order of the changes', () => {
    const now = progress([row('a', 'Succeeded', 1), row('b', 'Succeeded', 5), row('c', 'Running', 4)]);
    expect(rowsAfter(now, cursorOf(before))?.map(({ id }) => id)).toEqual(['c', 'b']);
  });

  it('orders changes of the same moment by their operation', () => {
    const now = progress([row('a', 'Succeeded', 1), row('b', 'Succeeded', 5), row('c', 'Failed', 5)]);
    const between = cursorAt(now, { changedAt: at(5), operationId: 'b' });
    expect(rowsAfter(now, between)?.map(({ id }) => id)).toEqual(['c']);
  });

  it('does not hold for another deployment', () => {
    expect(rowsAfter(progress([...before.rows], 'other'), cursorOf(before))).toBeUndefined();
  });

  it('does not hold when ARM shows late what ended before it', () => {
    const now = progress([row('a', 'Succeeded', 1), row('b', 'Running', 2), row('c', 'Succeeded', 1)]);
    expect(rowsAfter(now, cursorOf(before))).toBeUndefined();
  });

  it('does not hold when the plan has other resources', () => {
    expect(rowsAfter(progress([...before.rows, row('d', 'Waiting')]), cursorOf(before))).toBeUndefined();
  });

  it.each(['', 'x', '~~~', 'c~~~~', 'c~2026~a', `c~${at(2)}~b~wrong`])(
    'that is %j does not hold',
    (cursor) => {
      expect(rowsAfter(before, cursor)).toBeUndefined();
    },
  );
});
