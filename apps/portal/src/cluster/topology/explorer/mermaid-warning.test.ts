import { expect, test } from 'vitest';
import { mermaidWarning } from './mermaid-warning.ts';

const chart = (characters: number, lines: number) => ({ source: 'x'.repeat(characters), lines });

test('nothing is said of what every viewer draws', () => {
  expect(mermaidWarning(chart(50_000, 500))).toBeUndefined();
});

test('what is too large is said, and what to do about it', () => {
  const both = mermaidWarning(chart(61_234, 812));
  expect(both).toContain(
    'it has 61,234 characters (Mermaid reads 50,000) and 812 lines between its boxes (Mermaid draws 500).',
  );
  expect(both).toContain('Close containers');
  expect(both).toContain('maxTextSize and maxEdges');
  const lines = mermaidWarning(chart(10, 501));
  expect(lines).toContain('501 lines');
  expect(lines).toContain('maxEdges');
  expect(lines).not.toContain('characters');
});
