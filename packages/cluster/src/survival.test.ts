import { describe, expect, it } from 'vitest';
import { masterSurvival } from './survival.ts';

describe('what a cluster survives', () => {
  it.each([
    [1, 2, 0, false],
    [1, 3, 0, false],
    [3, 2, 1, false],
    [3, 3, 1, true],
    [5, 2, 2, false],
    [5, 3, 2, true],
  ] as const)('%i masters over %i fault domains', (masters, domains, mastersLost, rackLost) => {
    expect(masterSurvival(masters, domains)).toMatchObject({ mastersLost, rackLost });
  });

  it('says that one of two fault domains holds two of three masters', () => {
    expect(masterSurvival(3, 2).text).toContain('one of them holds 2 of the 3 masters');
  });

  it('says that one master is for testing', () => {
    expect(masterSurvival(1, 2).text).toMatch(/^For testing/);
  });
});
