import {
  type Bytes,
  base64,
  bytesOfMember,
  field,
  joined,
  mpint,
  textBytes,
  uint32,
} from './openssh-format.ts';
import type { PassphraseQuestion } from './passphrase-key.ts';

/** A key pair in OpenSSH's own formats, as `ssh-keygen` writes them. */
export interface OpenSshKeyPair {
  algorithm: KeyAlgorithm;
  /** One line, for `authorized_keys` and for the wizard. */
  publicKey: string;
  /** The text of the private key's file. */
  privateKey: string;
}

export type KeyAlgorithm = 'ssh-ed25519' | 'ssh-rsa';

/** Protects the private key's file. */
export interface Protection {
  passphrase: string;
  /** OpenSSH's `bcrypt_pbkdf`, where it may take its time. */
  derive: (question: PassphraseQuestion) => Promise<Bytes> | Bytes;
}

/** As `ssh-keygen` does it without being told otherwise. */
const protectionRounds = 24;
const saltBytes = 16;
const keyBytes = 32;
const ivBytes = 16;
/** What a file without a cipher is padded to, and one with `aes256-ctr`. */
const plainBlockBytes = 8;
const cipherBlockBytes = 16;

const rsaBits = 4096;

/**
 * Makes a key pair with WebCrypto: Ed25519, or RSA with 4096 bits in a browser that does not know it. Throws when the
 * browser cannot at all: WebCrypto is missing on pages that are neither HTTPS nor this computer's own.
 */
export async function makeKeyPair(comment: string, protection?: Protection): Promise<OpenSshKeyPair> {
  return (await canEd25519()) ? makeEd25519(comment, protection) : makeRsa(comment, protection);
}

async function canEd25519(): Promise<boolean> {
  try {
    await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
    return true;
  } catch {
    return false;
  }
}

async function makeEd25519(comment: string, protection: Protection | undefined): Promise<OpenSshKeyPair> {
  const pair = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
  if (!('privateKey' in pair)) throw new Error('WebCrypto made a single key where a pair was asked for.');
  const { d, x } = await crypto.subtle.exportKey('jwk', pair.privateKey);
  const [seed, publicPart] = [bytesOfMember(d), bytesOfMember(x)];
  return filesOf(
    {
      algorithm: 'ssh-ed25519',
      publicFields: field(publicPart),
      privateFields: joined(field(publicPart), field(joined(seed, publicPart))),
    },
    comment,
    protection,
  );
}

/** An RSA pair, for browsers without Ed25519. */
export async function makeRsa(comment: string, protection?: Protection): Promise<OpenSshKeyPair> {
  const pair = await crypto.subtle.generateKey(
    {
      name: 'RSASSA-PKCS1-v1_5',
      modulusLength: rsaBits,
      publicExponent: new Uint8Array([1, 0, 1]),
      hash: 'SHA-256',
    },
    true,
    ['sign', 'verify'],
  );
  const jwk = await crypto.subtle.exportKey('jwk', pair.privateKey);
  return filesOf(
    {
      algorithm: 'ssh-rsa',
      publicFields: joined(part(jwk.e), part(jwk.n)),
      privateFields: joined(part(jwk.n), part(jwk.e), part(jwk.d), part(jwk.qi), part(jwk.p), part(jwk.q)),
    },
    comment,
    protection,
  );
}

const part = (value: string | undefined): Bytes => mpint(bytesOfMember(value));

interface RawKeyPair {
  algorithm: KeyAlgorithm;
  publicFields: Bytes;
  privateFields: Bytes;
}

async function filesOf(
  { algorithm, publicFields, privateFields }: RawKeyPair,
  comment: string,
  protection: Protection | undefined,
): Promise<OpenSshKeyPair> {
  const publicBlob = joined(field(textBytes(algorithm)), publicFields);
  const check = crypto.getRandomValues(new Uint8Array(4));
  const secret = joined(check, check, field(textBytes(algorithm)), privateFields, field(textBytes(comment)));
  return {
    algorithm,
    publicKey: [algorithm, base64(publicBlob), comment].filter(Boolean).join(' '),
    privateKey: privateKeyFile(
      publicBlob,
      protection
        ? await encrypted(secret, protection)
        : {
            cipher: 'none',
            kdf: 'none',
            kdfOptions: new Uint8Array(),
            content: padded(secret, plainBlockBytes),
          },
    ),
  };
}

interface FileContent {
  cipher: string;
  kdf: string;
  kdfOptions: Bytes;
  content: Bytes;
}

/** OpenSSH's protection by a passphrase: `aes256-ctr` with a key of `bcrypt`. */
async function encrypted(secret: Bytes, { passphrase, derive }: Protection): Promise<FileContent> {
  const salt = crypto.getRandomValues(new Uint8Array(saltBytes));
  const derived = await derive({
    passphrase: textBytes(passphrase),
    salt,
    rounds: protectionRounds,
    bytes: keyBytes + ivBytes,
  });
  const key = await crypto.subtle.importKey('raw', derived.slice(0, keyBytes), 'AES-CTR', false, ['encrypt']);
  const content = await crypto.subtle.encrypt(
    // The whole of the counter counts.
    { name: 'AES-CTR', counter: derived.slice(keyBytes), length: ivBytes * 8 },
    key,
    padded(secret, cipherBlockBytes),
  );
  return {
    cipher: 'aes256-ctr',
    kdf: 'bcrypt',
    kdfOptions: joined(field(salt), uint32(protectionRounds)),
    content: new Uint8Array(content),
  };
}

function padded(secret: Bytes, blockBytes: number): Bytes {
  const paddingBytes = (blockBytes - (secret.length % blockBytes)) % blockBytes;
  return joined(
    secret,
    Uint8Array.from({ length: paddingBytes }, (_, index) => index + 1),
  );
}

function privateKeyFile(publicBlob: Bytes, { cipher, kdf, kdfOptions, content }: FileContent): string {
  const body = joined(
    textBytes('openssh-key-v1\0'),
    field(textBytes(cipher)),
    field(textBytes(kdf)),
    field(kdfOptions),
    uint32(1),
    field(publicBlob),
    field(content),
  );
  const lines = base64(body).match(/.{1,70}/g) ?? [];
  return ['-----BEGIN OPENSSH PRIVATE KEY-----', ...lines, '-----END OPENSSH PRIVATE KEY-----', ''].join(
    '\n',
  );
}
