import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isInUse, Store } from './store.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'slipway-store-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const open = () =>
  new Store(join(dataDir, 'local-cloud', 'state.sqlite'), Buffer.alloc(32), new Date('2026-01-01T00:00:00Z'));

test('a data folder serves one local cloud at a time, and the second is told which folder it is', () => {
  const first = open();
  expect(open).toThrow(
    `The data folder ${dataDir} is in use by a Slipway that runs already: stop it, or set SLIPWAY_DATA_DIR to another folder.`,
  );
  first.close();
  open().close();
});

test('whether somebody uses a folder can be seen from outside, and looking changes nothing', () => {
  const folder = join(dataDir, 'local-cloud');
  expect(isInUse(folder)).toBe(false);
  expect(existsSync(folder)).toBe(false);
  const store = open();
  expect(isInUse(folder)).toBe(true);
  store.close();
  expect(isInUse(folder)).toBe(false);
  open().close();
});
