import { expect, test } from 'vitest';
import { fitsReadably, readableZoom, startViewport, viewportShowing } from './start-viewport.ts';

test('the whole diagram is shown in the middle where it fits', () => {
  expect(startViewport({ width: 800, height: 400 }, { width: 1_000, height: 600 }, 'right')).toEqual({
    x: 100,
    y: 100,
    zoom: 1,
  });
});

test('a tall diagram keeps a readable size and begins at the top', () => {
  const { zoom, y } = startViewport({ width: 1_400, height: 3_000 }, { width: 1_400, height: 600 }, 'right');
  expect(zoom).toBe(readableZoom);
  expect(y).toBe(8);
});

test('a phone shows the full width', () => {
  const { zoom, x } = startViewport({ width: 400, height: 1_500 }, { width: 380, height: 600 }, 'down');
  expect(zoom).toBeCloseTo(0.91);
  expect(x).toBeCloseTo(8);
});

test('nothing is ever smaller than can be read, however little room there is', () => {
  for (const direction of ['right', 'down'] as const) {
    const { zoom, x, y } = startViewport(
      { width: 1_319, height: 900 },
      { width: 320, height: 200 },
      direction,
    );
    expect(zoom).toBe(readableZoom);
    expect([x, y]).toEqual([8, 8]);
  }
  expect(12.5 * readableZoom).toBeGreaterThanOrEqual(10);
});

test('what cannot be seen and read at once is told from what can', () => {
  expect(fitsReadably({ width: 1_319, height: 704 }, { width: 1_182, height: 640 })).toBe(true);
  expect(fitsReadably({ width: 1_319, height: 916 }, { width: 1_182, height: 640 })).toBe(false);
});

test('a box is brought into the window by the shortest way, and the beginning of one that is too large', () => {
  const window = { width: 400, height: 300 };
  const start = { x: 0, y: 0, zoom: 1 };
  const seen = { x: 100, y: 100, width: 50, height: 50 };
  expect(viewportShowing(seen, start, window)).toEqual(start);
  expect(viewportShowing({ ...seen, x: 900 }, start, window)).toEqual({ ...start, x: -558 });
  expect(viewportShowing({ ...seen, y: -70 }, { ...start, zoom: 2 }, window)).toEqual({
    x: 0,
    y: 148,
    zoom: 2,
  });
  expect(viewportShowing({ ...seen, width: 2_000 }, start, window)).toEqual({ ...start, x: -92 });
});

test('three masters are wholly seen, and read, in a window of 1440 × 900', () => {
  const drawing = { width: 1_319, height: 704 };
  const { x, y, zoom } = startViewport(drawing, { width: 1_182, height: 640 }, 'right');
  expect(zoom).toBeGreaterThan(0.88);
  expect(x + drawing.width * zoom).toBeLessThanOrEqual(1_182);
  expect(y + drawing.height * zoom).toBeLessThanOrEqual(640);
});
