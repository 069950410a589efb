/** The building blocks of OpenSSH's key formats (RFC 4251, and OpenSSH's `PROTOCOL.key`). */
export type Bytes = Uint8Array<ArrayBuffer>;

export const textBytes = (value: string): Bytes => new TextEncoder().encode(value);

export function uint32(value: number): Bytes {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

/** A length-prefixed field (“string”). */
export const field = (value: Uint8Array): Bytes => joined(uint32(value.length), value);

/** A positive number of any size (“mpint”): without leading zeros, but one where the first bit would read as a sign. */
export function mpint(value: Uint8Array): Bytes {
  const start = value.findIndex((byte) => byte !== 0);
  const bytes = start === -1 ? new Uint8Array() : value.subarray(start);
  return field((bytes[0] ?? 0) >= 0x80 ? joined(new Uint8Array(1), bytes) : bytes);
}

export function joined(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function base64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

/** The bytes of a JSON Web Key's member. */
export function bytesOfMember(value: string | undefined): Bytes {
  if (value === undefined) throw new Error('WebCrypto left a part of the key out.');
  return Uint8Array.from(atob(value.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
    character.charCodeAt(0),
  );
}
