import type { MachineSizes } from '@slipway/contract';
import { describe, expect, test } from 'vitest';
import { quotaTaken } from './scale-quota.ts';

const sizes: MachineSizes = {
  sizes: [{ name: 'Standard_D2s_v5', family: 'dsv5', vCpus: 2, memoryGiB: 8, familyCoresLeft: 10 }],
  regionCoresLeft: 90,
  regionCoresLimit: 100,
  faultDomains: 3,
};
const taken = (now: number, wanted: number, of = sizes) => quotaTaken(of, 'standard_d2s_v5', { now, wanted });

describe('what another number of agents means for the quotas', () => {
  test('is told with what is left', () => {
    expect(taken(2, 4)).toEqual({
      words: [
        '2 machines more need 4 vCPUs.',
        'The region’s quota has 90 of 100 vCPUs left.',
        'The quota of the family of Standard_D2s_v5 has 10 left.',
      ],
      obstacle: undefined,
    });
    expect(taken(2, 1)?.words[0]).toBe('1 machine less gives 2 vCPUs back.');
    expect(taken(2, 2)?.words).toHaveLength(2);
  });

  test('keeps it from being done where they do not allow it, but never from having less', () => {
    expect(taken(2, 7)?.obstacle).toBeUndefined();
    expect(taken(2, 8)?.obstacle).toMatch(/^This needs 12 vCPUs more, and the quota leaves 10\./);
    const used = { ...sizes, sizes: [{ ...sizes.sizes[0]!, familyCoresLeft: 0, unavailable: 'Used up.' }] };
    expect(taken(2, 3, used)?.obstacle).toContain('the quota leaves 0');
    expect(taken(3, 2, used)?.obstacle).toBeUndefined();
    const restricted = { ...sizes, sizes: [{ ...sizes.sizes[0]!, unavailable: 'Not available.' }] };
    expect(taken(2, 3, restricted)?.obstacle).toContain('Not available.');
  });

  test('is not made up where ARM states none, or does not know the size', () => {
    const unlimited = {
      sizes: [{ name: 'Standard_D2s_v5', family: 'x', vCpus: 2, memoryGiB: 8 }],
      faultDomains: 2,
    };
    expect(taken(1, 100, unlimited)).toEqual({
      words: ['99 machines more need 198 vCPUs.'],
      obstacle: undefined,
    });
    expect(quotaTaken(sizes, 'Standard_Other', { now: 1, wanted: 2 })).toBeUndefined();
  });
});
