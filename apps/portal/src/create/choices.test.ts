import { describe, expect, test } from 'vitest';
import { guessSystem } from '../components/computer-system.ts';
import { groupChoices, matchingChoices } from './choices.ts';
import { bySize, sizeSummary } from './machine-choice.ts';
import { survival } from './master-counts.ts';
import { withSuggestions } from './suggestions.ts';
import { emptyDraft } from './draft.ts';
import { twoCores } from './wizard.test-support.ts';

const choices = [
  { value: 'westeurope', text: 'West Europe', group: 'Recommended' },
  { value: 'eastus', text: 'East US', group: 'Recommended' },
  { value: 'brazilsoutheast', text: 'Brazil Southeast', group: 'Other' },
];

describe('a list to choose from', () => {
  test('is found by any words of it, in any order and case', () => {
    expect(matchingChoices(choices, 'EUROPE west').map(({ value }) => value)).toEqual(['westeurope']);
    expect(matchingChoices(choices, 'east').map(({ value }) => value)).toEqual(['eastus', 'brazilsoutheast']);
    expect(matchingChoices(choices, ' ')).toHaveLength(3);
    expect(matchingChoices(choices, 'mars')).toEqual([]);
  });

  test('stands under its headings in their order', () => {
    expect(groupChoices(choices).map(({ group, members }) => [group, members.length])).toEqual([
      ['Recommended', 2],
      ['Other', 1],
    ]);
  });
});

describe('machine sizes', () => {
  test('are in order of size', () => {
    const large = { ...twoCores, name: 'Large', vCpus: 8 };
    const roomy = { ...twoCores, name: 'Roomy', memoryGiB: 16 };
    expect([large, roomy, twoCores].toSorted(bySize).map(({ name }) => name)).toEqual([
      'Standard_D2s_v5',
      'Roomy',
      'Large',
    ]);
    expect(sizeSummary(twoCores)).toBe('2 vCPUs · 8 GiB memory');
  });
});

describe('what masters survive', () => {
  test('includes a rack only where no rack holds half of them', () => {
    expect(survival(3, 3)).toContain('also survives the loss of a rack');
    expect(survival(3, 2)).toContain('one rack holds up to 2 of 3');
    expect(survival(5, 3)).toContain('also survives the loss of a rack');
    expect(survival(5, 2)).toContain('one rack holds up to 3 of 5');
    expect(survival(3, undefined)).not.toContain('rack');
  });
});

describe('what the wizard suggests', () => {
  const one = { subscriptionId: 's1', displayName: 'One', state: 'Enabled' };

  test('is the only usable subscription', () => {
    const disabled = { ...one, subscriptionId: 's0', state: 'Disabled' };
    expect(withSuggestions(emptyDraft, [disabled, one]).basics.subscriptionId).toBe('s1');
    expect(withSuggestions(emptyDraft, [one, { ...one, subscriptionId: 's2' }]).basics.subscriptionId).toBe(
      '',
    );
  });

  test('is the instructions of the system at hand', () => {
    expect(guessSystem('Mozilla/5.0 (Windows NT 10.0; Win64; x64)')).toBe('windows');
    expect(guessSystem('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)')).toBe('macos');
    expect(guessSystem('Mozilla/5.0 (X11; Linux x86_64)')).toBe('linux');
  });
});
