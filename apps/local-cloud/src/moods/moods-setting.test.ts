import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readSettings } from '../settings.ts';
import { matchesGlob } from './glob.ts';

const folder = mkdtempSync(join(tmpdir(), 'slipway-moods-'));
afterAll(() => rmSync(folder, { recursive: true }));

const moods = { requests: [{ mood: 'status', status: 429, method: 'get' }] };
const read = { requests: [{ mood: 'status', status: 429, method: 'GET' }], work: [] };

test('moods are read from the setting itself or from the file that it names', () => {
  expect(readSettings({}).moods).toBeUndefined();
  expect(readSettings({ SLIPWAY_MOODS: ` ${JSON.stringify(moods)}` }).moods).toEqual(read);
  const file = join(folder, 'moods.json');
  writeFileSync(file, JSON.stringify(moods));
  expect(readSettings({ SLIPWAY_MOODS: file }).moods).toEqual(read);
});

test.each([
  ['', /must not be empty/],
  ['no-such-file.json', /must be JSON or name a JSON file that can be read/],
  ['{"requests":', /the JSON cannot be read/],
  ['{"requests":[{"mood":"angry"}]}', /at requests\[0\]\.mood/],
  ['{"work":[{"mood":"slow"}]}', /at work\[0\]\.delayMs/],
  ['{"moods":[]}', /"moods" at the top level/],
])('with %j the start is refused in one sentence that says what is wrong', (setting, reason) => {
  const start = () => readSettings({ SLIPWAY_MOODS: setting });
  expect(start).toThrow(/^The setting SLIPWAY_MOODS [^\n]+\.$/);
  expect(start).toThrow(reason);
});

test.each([
  ['*', '', true],
  ['abc', 'ABC', true],
  ['abc', 'abcd', false],
  ['a*c', 'ac', true],
  ['a*c', 'a/b/c', true],
  ['a*a', 'a', false],
  ['*a*b*', 'xaxbx', true],
  ['*a*b*', 'xbxax', false],
  ['a.c', 'abc', false],
])('the glob %j and the text %j', (glob, text, expected) => {
  expect(matchesGlob(glob, text)).toBe(expected);
});

test('a glob of many stars is decided at once', () => {
  expect(matchesGlob(`${'*a'.repeat(5_000)}b`, 'a'.repeat(20_000))).toBe(false);
});
