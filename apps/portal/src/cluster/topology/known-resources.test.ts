import type { ArmResource } from '@slipway/contract';
import { describe, expect, it } from 'vitest';
import { type KnownResources, knownAfter } from './known-resources.ts';

const resource = (name: string): ArmResource => ({ id: `/Things/${name}`, name, type: 'thing' });
const [one, two, three] = [resource('one'), resource('two'), resource('three')];
const nothing: KnownResources = { place: 'here', current: [], gone: [] };
const names = (resources: readonly ArmResource[]) => resources.map(({ name }) => name);

describe('what is known of resources', () => {
  it('keeps what goes while ARM is at work, each once, and forgets it when all is at rest', () => {
    const all = knownAfter(nothing, 'here', [one, two, three], true);
    const without = knownAfter(all, 'here', [one, three], true);
    expect(names(without.gone)).toEqual(['two']);
    const still = knownAfter(without, 'here', [one], true);
    expect(names(still.gone)).toEqual(['two', 'three']);
    expect(names(still.current)).toEqual(['one']);
    expect(knownAfter(still, 'here', still.current, false).gone).toEqual([]);
  });

  it('has back what comes again, however its id is written', () => {
    const without = knownAfter(knownAfter(nothing, 'here', [one, two], true), 'here', [one], true);
    const back = knownAfter(without, 'here', [one, { ...two, id: two.id.toUpperCase() }], true);
    expect(back.gone).toEqual([]);
    expect(names(back.current)).toEqual(['one', 'two']);
  });

  it('is the same while nothing changes, and begins anew in another place', () => {
    const known = knownAfter(knownAfter(nothing, 'here', [one, two], true), 'here', [one], true);
    expect(knownAfter(known, 'here', known.current, true)).toBe(known);
    expect(knownAfter(known, 'there', [three], true)).toEqual({ place: 'there', current: [three], gone: [] });
  });
});
