import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSshPublicKey } from '@slipway/cluster';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type OpenSshKeyPair, makeKeyPair } from './key-pair.ts';

describe('a key pair made in the browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-key-'));
  const file = join(folder, 'key');
  let pair: OpenSshKeyPair;

  beforeAll(async () => {
    pair = await makeKeyPair('made-by-slipway');
    writeFileSync(file, pair.privateKey, { mode: 0o600 });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('has a private half from which ssh-keygen derives the same public half', () => {
    const derived = execFileSync('ssh-keygen', ['-y', '-f', file], { encoding: 'utf8' }).trim();
    expect(derived).toBe(pair.publicKey);
  });

  test('signs what its public half verifies', () => {
    const message = join(folder, 'message');
    writeFileSync(message, 'a message');
    execFileSync('ssh-keygen', ['-Y', 'sign', '-n', 'file', '-f', file, message], { stdio: 'pipe' });
    writeFileSync(join(folder, 'allowed'), `me ${pair.publicKey}\n`);
    const verified = execFileSync(
      'ssh-keygen',
      ['-Y', 'verify', '-f', join(folder, 'allowed'), '-I', 'me', '-n', 'file', '-s', `${message}.sig`],
      { input: 'a message', encoding: 'utf8' },
    );
    expect(verified).toContain('Good "file" signature for me');
  });

  test('has a public half that the rules of the wizard accept', () => {
    const reading = readSshPublicKey(pair.publicKey);
    expect(reading).toMatchObject({
      accepted: true,
      key: { algorithm: 'ssh-ed25519', comment: 'made-by-slipway' },
    });
  });

  test('is another one each time', async () => {
    expect((await makeKeyPair('made-by-slipway')).publicKey).not.toBe(pair.publicKey);
  });
});
