import { describe, expect, test } from 'vitest';
import { workDurationMs } from './pace.ts';
import type { Pace } from './pace.ts';

/** The longest chain of a cluster with three masters, which come up side by side, and two agents. */
function clusterMs(pace: Pace): number {
  const chain = ['publicIp', 'loadBalancer', 'networkInterface', 'virtualMachine', 'extension'] as const;
  return chain.reduce(
    (sum, work) => sum + workDurationMs(work, 1, pace),
    workDurationMs('scaleSet', 2, pace),
  );
}

describe('a whole cluster takes', () => {
  test('about a minute at the pace realistic', () => {
    expect(clusterMs('realistic')).toBeGreaterThan(50_000);
    expect(clusterMs('realistic')).toBeLessThan(70_000);
  });

  test('four to six seconds at the pace fast', () => {
    expect(clusterMs('fast')).toBeGreaterThan(4000);
    expect(clusterMs('fast')).toBeLessThan(6000);
  });

  test('no time at the pace instant', () => {
    expect(clusterMs('instant')).toBe(0);
  });
});

test('more instances take longer, none no time', () => {
  expect(workDurationMs('scaleSet', 100, 'realistic')).toBeGreaterThan(
    workDurationMs('scaleSet', 1, 'realistic'),
  );
  expect(workDurationMs('scaleSet', 0, 'realistic')).toBe(0);
});

test('a factor slows every pace down alike', () => {
  expect(workDurationMs('virtualMachine', 1, 'fast', 2)).toBe(
    2 * workDurationMs('virtualMachine', 1, 'fast'),
  );
  expect(workDurationMs('virtualMachine', 1, 'instant', 100)).toBe(0);
});
