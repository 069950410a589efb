import bcrypt from 'bcrypt-pbkdf';

/** What a key is derived from. */
export interface PassphraseQuestion {
  passphrase: Uint8Array;
  salt: Uint8Array;
  rounds: number;
  bytes: number;
}

/** Derives the key that protects a private key from its passphrase, which is meant to take time. */
export function derivePassphraseKey({
  passphrase,
  salt,
  rounds,
  bytes,
}: PassphraseQuestion): Uint8Array<ArrayBuffer> {
  const key = new Uint8Array(bytes);
  if (bcrypt.pbkdf(passphrase, passphrase.length, salt, salt.length, key, bytes, rounds) !== 0)
    throw new Error('No key can be derived from this passphrase.');
  return key;
}
