import { expect, test } from 'vitest';
import { mayBecomePublicKey } from './key-typing.ts';

test.each(['', 's', 'ssh', 'ssh-ed25519 AAAA', 'ecd', 'ecdsa-sha2-nistp256', 'sk-ssh'])(
  '%j may become a public key',
  (text) => expect(mayBecomePublicKey(text)).toBe(true),
);

test.each(['-', '-----END', 'MC4CAQAwBQYDK2Vw', 'sX', 'eA', '\n'])(
  '%j may be the rest of a private key',
  (text) => expect(mayBecomePublicKey(text)).toBe(false),
);
