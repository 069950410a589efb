/** A key pair in OpenSSH's own formats, as `ssh-keygen -t ed25519` writes them. */
export interface OpenSshKeyPair {
  /** One line, for `authorized_keys` and for the wizard. */
  publicKey: string;
  /** The text of the private key's file, without a passphrase. */
  privateKey: string;
}

const algorithm = 'ssh-ed25519';
const cipherBlockBytes = 8;

/**
 * Makes an Ed25519 key pair with WebCrypto. Throws when the browser cannot: Ed25519 is missing in older ones, and
 * WebCrypto altogether on pages that are neither HTTPS nor this computer's own.
 * The private key's format is OpenSSH's `PROTOCOL.key`.
 */
export async function makeKeyPair(comment: string): Promise<OpenSshKeyPair> {
  const pair = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
  if (!('privateKey' in pair)) throw new Error('WebCrypto made a single key where a pair was asked for.');
  const publicPart = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const { d } = await crypto.subtle.exportKey('jwk', pair.privateKey);
  if (d === undefined) throw new Error('WebCrypto gave no private half.');
  const seed = bytesOfBase64(d.replaceAll('-', '+').replaceAll('_', '/'));

  const publicBlob = joined(field(text(algorithm)), field(publicPart));
  return {
    publicKey: [algorithm, base64(publicBlob), comment].filter(Boolean).join(' '),
    privateKey: privateKeyFile(publicBlob, publicPart, seed, comment),
  };
}

function privateKeyFile(
  publicBlob: Uint8Array,
  publicPart: Uint8Array,
  seed: Uint8Array,
  comment: string,
): string {
  const check = crypto.getRandomValues(new Uint8Array(4));
  const secret = joined(
    check,
    check,
    field(text(algorithm)),
    field(publicPart),
    field(joined(seed, publicPart)),
    field(text(comment)),
  );
  const paddingBytes = (cipherBlockBytes - (secret.length % cipherBlockBytes)) % cipherBlockBytes;
  const padding = Uint8Array.from({ length: paddingBytes }, (_, index) => index + 1);
  const body = joined(
    text('openssh-key-v1\0'),
    field(text('none')),
    field(text('none')),
    field(new Uint8Array()),
    uint32(1),
    field(publicBlob),
    field(joined(secret, padding)),
  );
  const lines = base64(body).match(/.{1,70}/g) ?? [];
  return ['-----BEGIN OPENSSH PRIVATE KEY-----', ...lines, '-----END OPENSSH PRIVATE KEY-----', ''].join(
    '\n',
  );
}

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

/** A length-prefixed field (RFC 4251, “string”). */
const field = (value: Uint8Array): Uint8Array => joined(uint32(value.length), value);

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
const bytesOfBase64 = (value: string): Uint8Array =>
  Uint8Array.from(atob(value), (character) => character.charCodeAt(0));
