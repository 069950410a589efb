import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSshPublicKey } from '@slipway/cluster';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type OpenSshKeyPair, type Protection, makeKeyPair, makeRsa } from './key-pair.ts';
import { derivePassphraseKey } from './passphrase-key.ts';

const folder = mkdtempSync(join(tmpdir(), 'slipway-key-'));
afterAll(() => rmSync(folder, { recursive: true }));

const passphrase = 'Grüße, "korrekt" $HOME';
const protection: Protection = { passphrase, derive: derivePassphraseKey };

describe.each<[string, string, typeof makeKeyPair, Protection | undefined]>([
  ['an Ed25519 pair', 'ssh-ed25519', makeKeyPair, undefined],
  ['an Ed25519 pair with a passphrase', 'ssh-ed25519', makeKeyPair, protection],
  ['an RSA pair, of a browser without Ed25519', 'ssh-rsa', makeRsa, undefined],
  ['an RSA pair with a passphrase', 'ssh-rsa', makeRsa, protection],
])('%s made in the browser', (title, algorithm, make, given) => {
  const file = join(folder, title.replaceAll(/\W+/g, '-'));
  const phrase = given?.passphrase ?? '';
  let pair: OpenSshKeyPair;

  beforeAll(async () => {
    pair = await make('made-by-slipway', given);
    writeFileSync(file, pair.privateKey, { mode: 0o600 });
  }, 60_000);

  test('has a private half from which ssh-keygen derives the same public half', () => {
    const derived = execFileSync('ssh-keygen', ['-y', '-P', phrase, '-f', file], { encoding: 'utf8' });
    expect(derived.trim()).toBe(pair.publicKey);
  });

  test('is opened by no other passphrase, and by none where it has one', () => {
    for (const wrong of given ? ['', `${phrase} `] : [])
      expect(() => execFileSync('ssh-keygen', ['-y', '-P', wrong, '-f', file], { stdio: 'pipe' })).toThrow(
        /incorrect passphrase/,
      );
    expect(pair.privateKey).toMatch(/^-----BEGIN OPENSSH PRIVATE KEY-----\n([\w+/=]{1,70}\n)+-----END/);
  });

  test('signs what its public half verifies', () => {
    // Without its passphrase, in a copy: ssh-keygen has no option for one here.
    const open = `${file}.open`;
    writeFileSync(open, pair.privateKey, { mode: 0o600 });
    execFileSync('ssh-keygen', ['-p', '-P', phrase, '-N', '', '-f', open], { stdio: 'pipe' });
    const message = `${file}.message`;
    writeFileSync(message, 'a message');
    execFileSync('ssh-keygen', ['-Y', 'sign', '-n', 'file', '-f', open, message], { stdio: 'pipe' });
    writeFileSync(`${file}.allowed`, `me ${pair.publicKey}\n`);
    const verified = execFileSync(
      'ssh-keygen',
      ['-Y', 'verify', '-f', `${file}.allowed`, '-I', 'me', '-n', 'file', '-s', `${message}.sig`],
      { input: 'a message', encoding: 'utf8' },
    );
    expect(verified).toContain('Good "file" signature for me');
  });

  test('has a public half that the rules of the wizard accept', () => {
    expect(readSshPublicKey(pair.publicKey)).toMatchObject({
      accepted: true,
      key: { algorithm, comment: 'made-by-slipway' },
    });
  });
});

test('each pair is another one', async () => {
  const [one, other] = await Promise.all([makeKeyPair('one'), makeKeyPair('one')]);
  expect(one.publicKey).not.toBe(other.publicKey);
});
