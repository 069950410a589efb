import { expect, test } from 'vitest';
import { readJson, writeJson } from './json-text.ts';

test('integers beyond a double keep their digits', () => {
  expect(readJson(writeJson({ big: 9_007_199_254_740_993n }))).toEqual({ big: 9_007_199_254_740_993n });
});

test.each([-9.826402664608284e178, 1.7976931348623157e308, 5e-324, 0.12345678901234568, -0.5])(
  'the double %d comes back as it was, beside long runs of digits too',
  (number) => {
    const value = { number, text: '12345678901234567890' };
    expect(readJson(writeJson(value))).toEqual(value);
  },
);
