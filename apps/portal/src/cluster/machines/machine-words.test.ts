import type { Machine, MachineAction, MachinePower } from '@slipway/contract';
import { describe, expect, test } from 'vitest';
import { interrupts, interruptionText, obstacleTo } from './machine-words.ts';

const machine = (
  number: number,
  role: 'master' | 'agent' | 'none' = 'master',
  power: MachinePower = 'running',
): Machine => ({
  id: `/machines/${role}-${number}`,
  name: `${role}-${number}`,
  ...(role === 'none' ? {} : { role }),
  provisioningState: 'Succeeded',
  power,
  addresses: [],
  bootDiagnostics: true,
});

const possible = (power: MachinePower): MachineAction[] =>
  (['start', 'restart', 'powerOff', 'deallocate'] as const).filter(
    (action) => obstacleTo(action, { power }) === undefined,
  );

describe('what can be done', () => {
  test.each([
    ['running', ['restart', 'powerOff', 'deallocate']],
    ['stopped', ['start', 'deallocate']],
    ['deallocated', ['start']],
    ['starting', []],
    ['stopping', []],
    ['deallocating', []],
    ['unknown', ['start', 'restart', 'powerOff', 'deallocate']],
  ] as const)('with a machine that is %s', (power, actions) => {
    expect(possible(power)).toEqual(actions);
  });

  test('is nothing while the container service is being deleted', () => {
    expect(obstacleTo('start', { power: 'stopped' }, 'deleting')).toMatch(/being deleted/);
  });

  test('is confirmed only where it interrupts', () => {
    expect(interrupts('powerOff', { power: 'running' })).toBe(true);
    expect(interrupts('deallocate', { power: 'stopped' })).toBe(false);
    expect(interrupts('start', { power: 'unknown' })).toBe(false);
  });
});

const masters = (powers: readonly MachinePower[]): Machine[] =>
  powers.map((power, index) => machine(index, 'master', power));

describe('what an interruption means', () => {
  test.each([
    ['the only master', ['running'], /the only master.*nothing can be changed/],
    [
      'one of three masters',
      ['running', 'running', 'running'],
      /2 of 3 masters remain.*goes on.*no other master may be lost/,
    ],
    ['the second of three masters', ['running', 'stopped', 'running'], /1 of 3 masters remains.*no majority/],
    [
      'one of five masters',
      ['running', 'running', 'running', 'running', 'running'],
      /goes on.*one more may be lost/,
    ],
    [
      'the third of five masters',
      ['running', 'stopped', 'starting', 'running', 'running'],
      /2 of 5.*no majority/,
    ],
  ] as const)('for %s', (_which, powers, words) => {
    const all = masters(powers);
    expect(interruptionText(all[0]!, [...all, machine(0, 'agent'), machine(1, 'agent')])).toMatch(words);
  });

  test('for an agent, with others and without', () => {
    const agents = [machine(0, 'agent'), machine(1, 'agent'), machine(2, 'agent', 'stopped')];
    expect(interruptionText(agents[0]!, [machine(0), ...agents])).toMatch(/on the other agent;/);
    expect(interruptionText(agents[0]!, [agents[0]!, agents[2]!])).toMatch(/no other agent runs/);
  });

  test('for a machine of which nobody knows what it is for', () => {
    expect(interruptionText(machine(0, 'none'), [])).toBe('What runs on this machine stops.');
  });
});
