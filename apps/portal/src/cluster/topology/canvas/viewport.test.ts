import { describe, expect, test } from 'vitest';
import { around, between, fitted, inDrawing, isWhole, minZoom, shownPart, zoomedAt } from './viewport.ts';

const window = { width: 800, height: 600 };

describe('a viewport', () => {
  test('zoomed around a point leaves that point where it is', () => {
    const before = { x: 30, y: -20, zoom: 0.5 };
    const at = { x: 200, y: 100 };
    const after = zoomedAt(before, 1.5, at);
    expect(after.zoom).toBe(1.5);
    expect(inDrawing(after, at).x).toBeCloseTo(inDrawing(before, at).x);
    expect(inDrawing(after, at).y).toBeCloseTo(inDrawing(before, at).y);
  });

  test('fitted to a box shows all of it in the middle, and not larger than allowed', () => {
    const box = { x: 100, y: 100, width: 1_600, height: 300 };
    const view = fitted(box, window);
    const part = shownPart(view, window);
    expect(part.x).toBeLessThan(box.x);
    expect(part.x + part.width).toBeGreaterThan(box.x + box.width);
    expect(part.y + part.height / 2).toBeCloseTo(box.y + box.height / 2);
    expect(fitted({ ...box, width: 10, height: 10 }, window, 1).zoom).toBe(1);
  });

  test('shows a part of the drawing, with a margin in pixels of the screen', () => {
    expect(shownPart({ x: -100, y: 50, zoom: 0.5 }, window)).toEqual({
      x: 200,
      y: -100,
      width: 1_600,
      height: 1_200,
    });
    expect(shownPart({ x: 0, y: 0, zoom: 2 }, window, 100)).toEqual({
      x: -50,
      y: -50,
      width: 500,
      height: 400,
    });
  });

  test('goes from one place to another and arrives', () => {
    const from = { x: 0, y: 0, zoom: 0.2 };
    const to = { x: -900, y: -300, zoom: 1.4 };
    for (const [share, end] of [[0, from] as const, [1, to] as const]) {
      const view = between(from, to, share, window);
      expect(view.x).toBeCloseTo(end.x);
      expect(view.y).toBeCloseTo(end.y);
      expect(view.zoom).toBeCloseTo(end.zoom);
    }
    const halfway = between(from, { ...from, x: 100 }, 0.5, window);
    expect(halfway.x).toBeCloseTo(50);
  });

  test('tells whether the whole drawing is in the window', () => {
    const drawing = { width: 1_000, height: 500 };
    expect(isWhole(drawing, { x: 0, y: 0, zoom: 0.8 }, window)).toBe(true);
    expect(isWhole(drawing, { x: 0, y: 0, zoom: 0.81 }, window)).toBe(false);
    expect(isWhole(drawing, { x: -1, y: 0, zoom: 0.5 }, window)).toBe(false);
  });
});

test('a large drawing may become smaller than a tenth, so that the whole can be seen', () => {
  expect(minZoom({ width: 1_000, height: 500 }, window)).toBe(0.1);
  const huge = { width: 100_000, height: 5_000 };
  expect(minZoom(huge, window) * huge.width).toBeLessThan(window.width);
});

test('the box around others', () => {
  expect(around([])).toBeUndefined();
  expect(
    around([
      { x: 0, y: 10, width: 10, height: 10 },
      { x: 30, y: -5, width: 5, height: 5 },
    ]),
  ).toEqual({ x: 0, y: -5, width: 35, height: 25 });
});
