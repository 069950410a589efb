import { expect, test } from 'vitest';
import { cutToWidth } from './text-fit.ts';

const measure = (text: string): number => text.length * 10;

test('a text is cut where its room ends, and says so by dots', () => {
  expect(cutToWidth('Masters', 70, 'a', measure)).toBe('Masters');
  expect(cutToWidth('Masters', 69, 'a', measure)).toBe('Maste…');
  expect(cutToWidth('Load balancer', 60, 'a', measure)).toBe('Load…');
  expect(cutToWidth('Masters', 9, 'a', measure)).toBe('');
});
