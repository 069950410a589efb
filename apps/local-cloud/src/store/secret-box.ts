import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import type { JsonValue } from '@slipway/arm-template';
import { canonicalJson, readJson, writeJson } from '../json-text.ts';

const nonceLength = 12;
const tagLength = 16;

/** Encrypts what must not lie in the database in plain text (AES-256-GCM, bound to the row that holds it). */
export class SecretBox {
  readonly #key: Buffer;

  constructor(key: Buffer) {
    this.#key = key;
  }

  seal(value: JsonValue, row: string): Buffer {
    const nonce = randomBytes(nonceLength);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce).setAAD(Buffer.from(row));
    const content = Buffer.concat([cipher.update(writeJson(value), 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), content]);
  }

  /** Throws when the content was changed or belongs to another row or key. */
  open(sealed: Uint8Array, row: string): JsonValue {
    const bytes = Buffer.from(sealed);
    const decipher = createDecipheriv('aes-256-gcm', this.#key, bytes.subarray(0, nonceLength))
      .setAAD(Buffer.from(row))
      .setAuthTag(bytes.subarray(nonceLength, nonceLength + tagLength));
    const content = Buffer.concat([
      decipher.update(bytes.subarray(nonceLength + tagLength)),
      decipher.final(),
    ]);
    return readJson(content.toString('utf8'));
  }

  /** Tells whether two values are equal without keeping either: a keyed digest. */
  digest(value: JsonValue): string {
    return createHmac('sha256', this.#key).update(canonicalJson(value)).digest('base64url');
  }
}
