import { describe, expect, test } from 'vitest';
import { type Raster, blendBox, fillBox, mixed, opaque, outlineBox } from './raster.ts';

const white = opaque(255, 255, 255);
const black = opaque(0, 0, 0);
const raster = (width: number, height: number): Raster => ({
  pixels: new Uint32Array(width * height).fill(white),
  width,
  height,
});
const picture = ({ pixels, width }: Raster): string[] =>
  Array.from({ length: pixels.length / width }, (_, row) =>
    [...pixels.subarray(row * width, (row + 1) * width)]
      .map((pixel) => (pixel === white ? '.' : '#'))
      .join(''),
  );

describe('a raster', () => {
  test('is filled up to, not including, the far corner', () => {
    const drawn = raster(5, 3);
    fillBox(drawn, 1, 0, 3, 2, black);
    expect(picture(drawn)).toEqual(['.##..', '.##..', '.....']);
  });

  test('is not touched beside its borders', () => {
    const drawn = raster(4, 2);
    fillBox(drawn, -3, -3, 1, 9, black);
    fillBox(drawn, 3, 1, 90, 90, black);
    fillBox(drawn, 9, 0, 12, 2, black);
    blendBox(drawn, -5, 5, 5, 9, black, 128);
    expect(picture(drawn)).toEqual(['#...', '#..#']);
  });

  test('takes a border inwards', () => {
    const drawn = raster(5, 5);
    outlineBox(drawn, 0, 0, 5, 5, black);
    expect(picture(drawn)).toEqual(['#####', '#...#', '#...#', '#...#', '#####']);
  });
});

test('colours mix by their share', () => {
  expect(mixed(white, black, 0)).toBe(white);
  expect(mixed(white, black, 256)).toBe(black);
  expect(mixed(opaque(0, 100, 200), opaque(200, 0, 100), 128)).toBe(opaque(100, 50, 150));
  const drawn = raster(1, 1);
  blendBox(drawn, 0, 0, 1, 1, opaque(10, 20, 30), 128);
  expect(drawn.pixels[0]).toBe(mixed(white, opaque(10, 20, 30), 128));
});
