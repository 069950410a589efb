import { expect, test } from 'vitest';
import { isLineDear } from './code-ahead.ts';

test.each([
  [{}, false],
  [{ effectiveType: '4g', saveData: false }, false],
  [{ effectiveType: '3g' }, true],
  [{ effectiveType: 'slow-2g' }, true],
  [{ effectiveType: '4g', saveData: true }, true],
])('a line of which the browser tells %j is dear: %j', (line, isDear) => {
  expect(isLineDear(line)).toBe(isDear);
});
