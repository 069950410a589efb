import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { looksLikePrivateKey, readSshPublicKey, type SshKeyRefusal } from './ssh-public-key.ts';

/** Public halves of keys made with ssh-keygen, and what ssh-keygen and puttygen make of them. */
const fixture = (name: string): string =>
  readFileSync(new URL(`../fixtures/ssh-keys/${name}`, import.meta.url), 'utf8');

const ed25519 = fixture('ed25519-256.pub').trim();
const rsa = fixture('rsa-2048.pub').trim();

const reasonOf = (text: string): SshKeyRefusal | 'accepted' => {
  const reading = readSshPublicKey(text);
  return reading.accepted ? 'accepted' : reading.reason;
};

/** An OpenSSH wire-format key from its fields. */
const wireKey = (...fields: (string | Uint8Array)[]): string => {
  const parts = fields.map((field) => (typeof field === 'string' ? Buffer.from(field) : Buffer.from(field)));
  return Buffer.concat(
    parts.flatMap((part) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(part.length);
      return [length, part];
    }),
  ).toString('base64');
};

describe('a key that Azure takes', () => {
  it.each([
    ['ed25519-256.pub', 'ssh-ed25519', 256, 'SHA256:eFN76DVLRP4A0HUnAlCVUHrlNn1olBPYSpGC3NnU6Hg'],
    ['rsa-2048.pub', 'ssh-rsa', 2048, 'SHA256:qVHcv5F0vcw+A/xizSQWLLJcy7BI0JsM9VfYJR9O0KY'],
    ['rsa-4096.pub', 'ssh-rsa', 4096, 'SHA256:FxQFJNIYAK5UVq7uU8Y78ufRF0C2s7h3+CiUofhmmx8'],
  ])('%s is read as ssh-keygen reads it', (file, algorithm, bits, fingerprint) => {
    const comment = `slipway test ${file.replace('.pub', '')}`;
    expect(readSshPublicKey(fixture(file))).toEqual({
      accepted: true,
      key: { algorithm, bits, fingerprint, comment, line: fixture(file).trim() },
    });
  });

  it('needs no comment', () => {
    const [algorithm, data] = ed25519.split(' ');
    expect(readSshPublicKey(`${algorithm} ${data}`)).toMatchObject({ accepted: true, key: { comment: '' } });
  });

  it('may have white space around it, tabs between its parts and a byte order mark', () => {
    const [algorithm, data] = rsa.split(' ');
    expect(readSshPublicKey(`\uFEFF  ${algorithm}\t${data}   me@home \r\n`)).toMatchObject({
      accepted: true,
      key: { line: `${algorithm} ${data} me@home` },
    });
  });
});

describe('a text that is no key Azure takes is refused with its own reason', () => {
  const data = ed25519.split(' ')[1]!;
  const cases: [string, string, SshKeyRefusal][] = [
    ['nothing', ' \n', 'empty'],
    [
      'an OpenSSH private key',
      '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n',
      'private-key',
    ],
    [
      'a PEM private key',
      '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----',
      'private-key',
    ],
    ['an encrypted PKCS #8 key', '-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIE', 'private-key'],
    ['the body of a private key', 'b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQ', 'private-key'],
    [
      'a PuTTY key file',
      'PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nPrivate-Lines: 1\n',
      'putty-file',
    ],
    ['a public key saved by PuTTYgen', fixture('rsa-2048.ssh2'), 'ssh2-file'],
    ['a PEM public key', fixture('rsa-2048.pem'), 'pem-public-key'],
    ['a SHA-256 fingerprint as ssh-keygen prints it', fixture('ed25519-256.fingerprint'), 'fingerprint'],
    ['a bare SHA-256 fingerprint', 'SHA256:eFN76DVLRP4A0HUnAlCVUHrlNn1olBPYSpGC3NnU6Hg', 'fingerprint'],
    ['an MD5 fingerprint as ssh-keygen prints it', fixture('rsa-2048.md5'), 'fingerprint'],
    ['a bare MD5 fingerprint', '32:9d:5f:2d:36:0f:d8:21:ef:9e:84:09:45:96:bc:27', 'fingerprint'],
    ['two keys', `${ed25519}\n${rsa}`, 'several-keys'],
    ['a key broken by a terminal', `${rsa.slice(0, 90)}\n${rsa.slice(90)}`, 'broken-line'],
    ['a certificate', fixture('rsa-2048-cert.pub'), 'certificate'],
    ['an ECDSA key', fixture('ecdsa-256.pub'), 'ecdsa'],
    ['a DSA key', fixture('dsa.pub'), 'dsa'],
    [
      'a security key',
      'sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29t me',
      'security-key',
    ],
    ['an unknown word', 'hello world', 'unknown-algorithm'],
    ['a key without its algorithm', data, 'missing-algorithm'],
    ['a line of authorized_keys with options', `no-pty ${ed25519}`, 'leading-text'],
    ['an algorithm alone', 'ssh-ed25519', 'missing-key'],
    ['a key with a stray character', `ssh-ed25519 ${data.slice(0, 20)}*${data.slice(20)}`, 'bad-base64'],
    ['a key cut at a byte', `ssh-ed25519 ${data.slice(0, 40)}`, 'truncated'],
    ['a key cut inside a byte', `ssh-rsa ${rsa.split(' ')[1]!.slice(0, 101)}`, 'truncated'],
    ['an RSA key that calls itself Ed25519', `ssh-ed25519 ${rsa.split(' ')[1]}`, 'algorithm-mismatch'],
    ['an Ed25519 key that calls itself RSA', `ssh-rsa ${data}`, 'algorithm-mismatch'],
    [
      'an Ed25519 point of another length',
      `ssh-ed25519 ${wireKey('ssh-ed25519', new Uint8Array(31))}`,
      'malformed',
    ],
    ['bytes after the key', `ssh-ed25519 ${wireKey('ssh-ed25519', new Uint8Array(32), 'x')}`, 'malformed'],
    [
      'an even RSA modulus',
      `ssh-rsa ${wireKey('ssh-rsa', Uint8Array.of(1, 0, 1), new Uint8Array(256).fill(2))}`,
      'malformed',
    ],
    ['an RSA key of 1024 bits', fixture('rsa-1024.pub'), 'weak-rsa'],
    [
      'an RSA key longer than SSH can use',
      `ssh-rsa ${wireKey('ssh-rsa', Uint8Array.of(1, 0, 1), new Uint8Array(2049).fill(1))}`,
      'oversized-rsa',
    ],
    ['a control character in the comment', `${ed25519}\u0007`, 'bad-comment'],
  ];

  it.each(cases)('%s', (_name, text, reason) => {
    expect(reasonOf(text)).toBe(reason);
  });

  it('and every reason has a message of its own', () => {
    const messages = cases.map(([, text]) => {
      const reading = readSshPublicKey(text);
      return reading.accepted ? '' : reading.message;
    });
    expect(messages.every((message) => message.length > 20)).toBe(true);
    expect(new Set(messages).size).toBe(new Set(cases.map(([, , reason]) => reason)).size);
  });

  it('also when it is cut at any place', () => {
    const [algorithm, body = ''] = rsa.split(' ');
    for (let length = 0; length < body.length; length++)
      expect(reasonOf(`${algorithm} ${body.slice(0, length)}`)).not.toBe('accepted');
  });
});

describe('looksLikePrivateKey', () => {
  it.each([
    ['PEM', '-----BEGIN EC PRIVATE KEY-----'],
    ['PKCS #8', '-----BEGIN PRIVATE KEY-----'],
    ['OpenSSH', '-----BEGIN OPENSSH PRIVATE KEY-----'],
    ['PuTTY', 'PuTTY-User-Key-File-2: ssh-rsa'],
    ['SSH2', '---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----'],
    ['the middle of a PuTTY file', 'some text\nPrivate-Lines: 14\nAAAB'],
  ])('sees a private key as %s', (_form, text) => {
    expect(looksLikePrivateKey(text)).toBe(true);
  });

  it.each(['ed25519-256.pub', 'rsa-2048.pub', 'rsa-2048.ssh2', 'rsa-2048.pem'])('sees none in %s', (file) => {
    expect(looksLikePrivateKey(fixture(file))).toBe(false);
  });
});
