import { expect, test } from 'vitest';
import { roundedPath } from './rounded-path.ts';

test('a straight line stays straight', () => {
  expect(
    roundedPath([
      { x: 0, y: 0 },
      { x: 50, y: 0 },
    ]),
  ).toBe('M 0 0 L 50 0');
});

test('corners are rounded, tight ones less', () => {
  expect(
    roundedPath([
      { x: 0, y: 0 },
      { x: 20, y: 0 },
      { x: 20, y: 6 },
    ]),
  ).toBe('M 0 0 L 12 0 Q 20 0 20 3 L 20 6');
});
