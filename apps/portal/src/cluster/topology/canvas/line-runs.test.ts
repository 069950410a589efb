import type { Box, Point } from '@slipway/topology';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { runsWithin } from './line-runs.ts';

const part: Box = { x: 0, y: 0, width: 100, height: 100 };
const at = (x: number, y: number): Point => ({ x, y });

test('a line within the part is one run', () => {
  const line = [at(10, 10), at(50, 10), at(50, 90)];
  expect(runsWithin(line, part)).toEqual([{ points: line, from: 0 }]);
});

test('a line that leaves and comes back is cut where it leaves', () => {
  const line = [at(50, 50), at(50, 300), at(80, 300), at(80, -40)];
  expect(runsWithin(line, part)).toEqual([
    { points: [at(50, 50), at(50, 100)], from: 0 },
    { points: [at(80, 100), at(80, 0)], from: 250 + 30 + 200 },
  ]);
});

test('a line beside the part has no run', () => {
  expect(runsWithin([at(-10, -50), at(-10, 150), at(300, 150)], part)).toEqual([]);
});

test('runs hold exactly as much of a line as lies within', () => {
  const turns = fc.array(fc.integer({ min: -150, max: 250 }), { minLength: 2, maxLength: 9 });
  fc.assert(
    fc.property(turns, turns, fc.boolean(), (xs, ys, isFirstLevel) => {
      const line: Point[] = [at(xs[0] ?? 0, ys[0] ?? 0)];
      for (let index = 1; index < Math.min(xs.length, ys.length); index += 1) {
        const last = line.at(-1) ?? at(0, 0);
        line.push(
          (index % 2 === 0) === isFirstLevel ? at(last.x, ys[index] ?? 0) : at(xs[index] ?? 0, last.y),
        );
      }
      // A quarter pixel beside whole numbers, so that no stretch runs along the part's edge.
      const moved = line.map(({ x, y }) => at(x + 0.25, y + 0.25));
      const runs = runsWithin(moved, part);
      const within = runs.reduce((sum, { points }) => sum + lengthOf(points), 0);
      expect(within).toBeCloseTo(sampled(moved), 0);
      for (const { x, y } of runs.flatMap(({ points }) => points)) {
        expect(x >= 0 && x <= 100 && y >= 0 && y <= 100).toBe(true);
      }
    }),
  );
});

const lengthOf = (points: readonly Point[]): number =>
  points
    .slice(1)
    .reduce(
      (sum, { x, y }, index) =>
        sum + Math.abs(x - (points[index]?.x ?? 0)) + Math.abs(y - (points[index]?.y ?? 0)),
      0,
    );

/** How much of a line lies within the part, pixel by pixel. */
function sampled(line: readonly Point[]): number {
  let within = 0;
  for (const [index, end] of line.entries()) {
    const start = line[index - 1];
    if (!start) continue;
    const length = lengthOf([start, end]);
    for (let step = 0.125; step < length; step += 0.25) {
      const x = start.x + ((end.x - start.x) * step) / length;
      const y = start.y + ((end.y - start.y) * step) / length;
      if (x > 0 && x < 100 && y > 0 && y < 100) within += 0.25;
    }
  }
  return within;
}
