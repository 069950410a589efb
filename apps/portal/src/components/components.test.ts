import { describe, expect, test } from 'vitest';
import { ApiProblem } from '../api/client.ts';
import { armMessages } from '../create/arm-messages.ts';
import { problemText } from './problem-text.ts';
import { relativeAge } from './relative-age.ts';

const minuteMs = 60_000;

describe('the age of something', () => {
  test.each([
    [0, 'just now'],
    [-5 * minuteMs, 'just now'],
    [minuteMs, '1 minute ago'],
    [59 * minuteMs, '59 minutes ago'],
    [60 * minuteMs, '1 hour ago'],
    [49 * 60 * minuteMs, '2 days ago'],
    [800 * 24 * 60 * minuteMs, '2 years ago'],
  ])('of %d ms reads %s', (ageMs, words) => {
    expect(relativeAge(1_000_000_000_000 - ageMs, 1_000_000_000_000)).toBe(words);
  });
});

describe('an error of ARM', () => {
  const arm = {
    code: 'Outer',
    message: 'See details.',
    details: [{ code: 'Inner', message: 'Sold out.', target: 'vm-0' }],
  };

  test('is copied in full, to its last detail', () => {
    const text = problemText(
      new ApiProblem(502, {
        code: 'ArmError',
        message: 'ARM refused.',
        remedy: 'Read it.',
        correlationId: 'c1',
        arm,
      }),
    );
    expect(text.split('\n')).toEqual([
      'ArmError: ARM refused.',
      'Read it.',
      'Azure Resource Manager:',
      '  Outer: See details.',
      '    Inner: Sold out. (vm-0)',
      'Correlation id: c1',
    ]);
  });

  test('shows its innermost reasons', () => {
    expect(armMessages(arm)).toEqual([{ code: 'Inner', message: 'Sold out.' }]);
  });
});
