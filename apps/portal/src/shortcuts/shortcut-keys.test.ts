import { describe, expect, it } from 'vitest';
import { type PressedKey, createShortcutReader } from './shortcut-keys.ts';

const press = (key: string, more: Partial<PressedKey> = {}): PressedKey => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  repeat: false,
  timeStamp: 0,
  ...more,
});

/** What each key of a sequence leads to. */
function read(keys: readonly PressedKey[], singleKeys = true) {
  const reader = createShortcutReader();
  return keys.map((pressed) => reader(pressed, { singleKeys }));
}

describe('shortcuts', () => {
  it('are G and then a key', () => {
    expect(read([press('g'), press('n')])).toEqual([undefined, { kind: 'page', to: '/create' }]);
    expect(read([press('G'), press('R')])[1]).toEqual({ kind: 'page', to: '/resource-groups' });
    expect(read([press('g'), press('/')])[1]).toEqual({ kind: 'search' });
    expect(read([press('g'), press('Shift'), press('/')])[2]).toEqual({ kind: 'search' });
    expect(read([press('?')])).toEqual([{ kind: 'shortcuts' }]);
  });

  it('begin anew with every G, and are nothing after another key or after a while', () => {
    expect(read([press('g'), press('g'), press('c')])[2]).toEqual({ kind: 'page', to: '/' });
    expect(read([press('g'), press('x'), press('n')])).toEqual([undefined, undefined, undefined]);
    expect(read([press('g'), press('n', { timeStamp: 1_501 })])[1]).toBeUndefined();
    expect(read([press('n')])).toEqual([undefined]);
  });

  it('are told from what the browser does with the same letters', () => {
    for (const held of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }, { repeat: true }])
      expect(read([press('g', held), press('n')])[1]).toBeUndefined();
  });

  it('of one key can be off; the search stays', () => {
    expect(read([press('?'), press('g'), press('n')], false)).toEqual([undefined, undefined, undefined]);
    for (const held of [{ ctrlKey: true }, { metaKey: true }])
      expect(read([press('k', held)], false)).toEqual([{ kind: 'search' }]);
  });

  it('are found by the place of a letter where the keyboard writes another script', () => {
    expect(read([press('п', { code: 'KeyG' }), press('т', { code: 'KeyN' })])[1]).toEqual({
      kind: 'page',
      to: '/create',
    });
  });
});
