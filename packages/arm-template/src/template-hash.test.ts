import { expect, it } from 'vitest';
import { templateHash } from './index.ts';

it('hashes a template to a decimal string, whatever the order of its keys', () => {
  const hash = templateHash({ a: 1, b: [{ c: 'x', d: 9007199254740993n }] });
  expect(hash).toMatch(/^\d{1,20}$/);
  expect(templateHash({ b: [{ d: 9007199254740993n, c: 'x' }], a: 1 })).toBe(hash);
  expect(templateHash({ a: 1, b: [{ c: 'x', d: 9007199254740994n }] })).not.toBe(hash);
});

it('hashes a template with half of a surrogate pair', () => {
  expect(templateHash({ a: '\ud800' })).toMatch(/^\d{1,20}$/);
});
