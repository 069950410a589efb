import type { ArmResource } from '@slipway/contract';
import { describe, expect, it } from 'vitest';
import { type KnownResources, knownAfter } from './known-resources.ts';

const resource = (name: string): ArmResource => ({ id: `/Things/${name}`, name, type: 'thing' });
const [one, two, three] = [resource('one'), resource('two'), resource('three')];
const nothing: KnownResources = { place: 'here', current: [], gone: [], missedAt: 0 };
const names = (resources: readonly ArmResource[]) => resources.map(({ name }) => name);
const look = (resources: readonly ArmResource[], readAt = 0, place = 'here') => ({
  place,
  resources,
  readAt,
});

describe('what is known of resources', () => {
  it('keeps what goes while ARM is at work, each once, however long it takes', () => {
    const all = knownAfter(nothing, look([one, two, three]), true);
    const without = knownAfter(all, look([one, three], 1_000), true);
    expect(names(without.gone)).toEqual(['two']);
    const still = knownAfter(without, look([one], 900_000), true);
    expect(names(still.gone)).toEqual(['two', 'three']);
    expect(names(still.current)).toEqual(['one']);
    expect(knownAfter(still, look(still.current, 990_000), true)).toBe(still);
    expect(knownAfter(still, look(still.current, 1_990_000), false).gone).toEqual([]);
  });

  it('keeps what goes at rest until it is known whether a deletion has begun', () => {
    const without = knownAfter(knownAfter(nothing, look([one, two]), false), look([one], 10_000), false);
    expect(names(without.gone)).toEqual(['two']);
    expect(names(knownAfter(without, look(without.current, 20_000), false).gone)).toEqual(['two']);
    expect(knownAfter(without, look(without.current, 30_000), false).gone).toEqual([]);
    expect(names(knownAfter(without, look(without.current, 30_000), true).gone)).toEqual(['two']);
  });

  it('has back what comes again, however its id is written', () => {
    const without = knownAfter(knownAfter(nothing, look([one, two]), true), look([one]), true);
    const back = knownAfter(without, look([one, { ...two, id: two.id.toUpperCase() }]), true);
    expect(back.gone).toEqual([]);
    expect(names(back.current)).toEqual(['one', 'two']);
  });

  it('is the same while nothing changes, and begins anew in another place', () => {
    const known = knownAfter(knownAfter(nothing, look([one, two]), true), look([one], 5), true);
    expect(knownAfter(known, look(known.current, 6), true)).toBe(known);
    expect(knownAfter(known, look([three], 7, 'there'), true)).toEqual({
      place: 'there',
      current: [three],
      gone: [],
      missedAt: 0,
    });
  });
});
