import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { JsonObject } from '@slipway/arm-template';
import { failedScript, isCustomScript, scriptOf } from './custom-script.ts';

const extension = (settings: JsonObject, protectedSettings: JsonObject = {}) => ({
  name: 'configure',
  publisher: 'Microsoft.Azure.Extensions',
  type: 'CustomScript',
  settings,
  protectedSettings,
});
const base64 = (text: string | Buffer): string => Buffer.from(text).toString('base64');

test('a script is taken from the protected settings, in base64, also gzipped', () => {
  expect(scriptOf(extension({}, { script: base64('#!/bin/bash\ntrue\n') }))).toBe('#!/bin/bash\ntrue\n');
  expect(scriptOf(extension({ script: base64(gzipSync('echo ünder')) }))).toBe('echo ünder');
});

test('a command becomes a script, so that it stands on no command line', () => {
  expect(scriptOf(extension({}, { commandToExecute: 'echo "$HOME" && exit 3' }))).toBe(
    '#!/bin/sh\necho "$HOME" && exit 3\n',
  );
});

test.each([
  ['neither', extension({}), /not specified/],
  ['both', extension({ commandToExecute: 'true' }, { script: base64('true') }), /both specified/],
  [
    'files to fetch',
    extension({ fileUris: ['https://example.org/x.sh'], commandToExecute: 'sh x.sh' }),
    /fileUris/,
  ],
  ['a broken archive', extension({ script: base64(Buffer.from([0x1f, 0x8b, 1, 2])) }), /decompressed/],
])('%s is refused as an error of the extension', (_name, given, words) => {
  expect(() => scriptOf(given)).toThrow(expect.objectContaining({ code: 'VMExtensionProvisioningError' }));
  expect(() => scriptOf(given)).toThrow(words);
});

test('a failed script is an error with its exit status and the tail of both streams', () => {
  const error = failedScript(extension({}), {
    exitCode: 9,
    stdout: `${'x'.repeat(9_000)}\nlast line\n`,
    stderr: 'why\n',
  });
  expect(error.message).toMatch(/exit status=9\n\[stdout\]\nx+\nlast line\n\n\[stderr\]\nwhy/);
  expect(error.message.length).toBeLessThan(4_000);
});

test('only scripts for Linux are carried out', () => {
  expect(isCustomScript(extension({}))).toBe(true);
  expect(
    isCustomScript({ ...extension({}), publisher: 'microsoft.azure.extensions', type: 'customscript' }),
  ).toBe(true);
  expect(isCustomScript({ ...extension({}), type: 'AzureMonitorLinuxAgent' })).toBe(false);
});
