import { expect, test } from 'vitest';
import { startViewport } from './start-viewport.ts';

test('the whole diagram is shown in the middle where it fits', () => {
  expect(startViewport({ width: 800, height: 400 }, { width: 1_000, height: 600 }, 'right')).toEqual({
    x: 100,
    y: 100,
    zoom: 1,
  });
});

test('a tall diagram keeps a readable size and begins at the top', () => {
  const { zoom, y } = startViewport({ width: 1_400, height: 3_000 }, { width: 1_400, height: 600 }, 'right');
  expect(zoom).toBe(0.6);
  expect(y).toBe(8);
});

test('a phone shows the full width', () => {
  const { zoom, x } = startViewport({ width: 400, height: 1_500 }, { width: 356, height: 600 }, 'down');
  expect(zoom).toBeCloseTo(0.85);
  expect(x).toBeCloseTo(8);
});

test('three masters are wholly seen, and read, in a window of 1440 × 900', () => {
  const drawing = { width: 1_319, height: 704 };
  const { x, y, zoom } = startViewport(drawing, { width: 1_182, height: 640 }, 'right');
  expect(zoom).toBeGreaterThan(0.88);
  expect(x + drawing.width * zoom).toBeLessThanOrEqual(1_182);
  expect(y + drawing.height * zoom).toBeLessThanOrEqual(640);
});
