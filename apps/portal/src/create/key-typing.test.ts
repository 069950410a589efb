import { expect, test } from 'vitest';
import { typedOn } from './key-typing.ts';

/** What comes into the field of a text that is typed, character by character; empty when nothing does. */
function typedInto(text: string): string {
  let held = '';
  for (const [index, character] of Array.from(text).entries()) {
    const answer = typedOn(held, character);
    if ('text' in answer) return answer.text + text.slice(index + 1);
    held = answer.held;
  }
  return '';
}

test.each(['ssh-ed25519 AAAA', 'ecdsa-sha2-nistp256 AAAA', 'sk-ssh-ed25519@openssh.com AAAA'])(
  '%j comes whole into the field, whatever was typed before it',
  (text) => {
    for (const before of ['', 's', 'MC4CAQe', 'sks'])
      expect(typedInto(before + text), `after ${before}`).toBe(text);
  },
);

test.each([
  '',
  's',
  'ssh',
  'ecdsa',
  '-',
  '-----END PRIVATE KEY-----',
  'MC4CAQAwBQYDK2Vws',
  'sX',
  'eA\n',
  'sshsk\n-----END',
])('nothing of %j comes into the field: it may be the rest of a private key', (text) =>
  expect(typedInto(text)).toBe(''),
);
