import type { MachinePrices, MachineSize } from '@slipway/contract';
import { describe, expect, test } from 'vitest';
import { clusterPerMonth, pricePerHour } from './machine-cost.ts';
import { inOrder, matchingSizes, nextOrder, smallestFirst } from './size-order.ts';
import { twoCores } from './wizard.test-support.ts';

const four: MachineSize = { ...twoCores, name: 'Standard_D4s_v5', vCpus: 4, memoryGiB: 16, maxDataDisks: 8 };
const burst: MachineSize = { ...twoCores, name: 'Standard_B2s', family: 'standardBSFamily', memoryGiB: 4 };
const sizes = [four, twoCores, burst];
const names = (found: readonly MachineSize[]) => found.map(({ name }) => name);
const prices: MachinePrices = {
  known: true,
  source: 'A list',
  date: '2026-11-01',
  currency: 'EUR',
  perHour: { Standard_D4s_v5: 0.2, standard_b2s: 0.05 },
};

describe('machine sizes', () => {
  test('are found by name, family, vCPUs and memory', () => {
    expect(names(matchingSizes(sizes, 'DSv5'))).toEqual(['Standard_D4s_v5', 'Standard_D2s_v5']);
    expect(names(matchingSizes(sizes, '4 vcpus'))).toContain('Standard_D4s_v5');
    expect(names(matchingSizes(sizes, '16 gib'))).toEqual(['Standard_D4s_v5']);
    expect(matchingSizes(sizes, 'GPU')).toEqual([]);
  });

  test('are sorted by each column, either way, unknown values last', () => {
    expect(names(inOrder(sizes, smallestFirst, prices))).toEqual([
      'Standard_B2s',
      'Standard_D2s_v5',
      'Standard_D4s_v5',
    ]);
    expect(names(inOrder(sizes, { column: 'name', descending: true }, prices))[0]).toBe('Standard_D4s_v5');
    const byPrice = { column: 'price', descending: false } as const;
    expect(names(inOrder(sizes, byPrice, prices))).toEqual([
      'Standard_B2s',
      'Standard_D4s_v5',
      'Standard_D2s_v5',
    ]);
    expect(names(inOrder(sizes, { ...byPrice, descending: true }, prices))).toEqual([
      'Standard_D4s_v5',
      'Standard_B2s',
      'Standard_D2s_v5',
    ]);
  });

  test('change their order at the second press of a column', () => {
    const once = nextOrder(smallestFirst, 'memory');
    expect(once).toEqual({ column: 'memory', descending: false });
    expect(nextOrder(once, 'memory')).toEqual({ column: 'memory', descending: true });
  });
});

describe('the cost of a cluster', () => {
  test('is that of all its machines in 730 hours', () => {
    expect(clusterPerMonth(four, { masters: 3, agents: 2 }, prices)).toBeCloseTo(0.2 * 730 * 5);
    expect(pricePerHour('Standard_B2s', prices)).toBe(0.05);
  });

  test('is unknown without a price or a number of machines: none is made up', () => {
    expect(clusterPerMonth(twoCores, { masters: 3, agents: 2 }, prices)).toBeUndefined();
    expect(clusterPerMonth(four, { masters: 3, agents: Number.NaN }, prices)).toBeUndefined();
    expect(clusterPerMonth(four, { masters: 3, agents: 2 }, { known: false, reason: '' })).toBeUndefined();
  });
});
