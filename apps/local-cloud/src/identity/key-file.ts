import { hkdfSync, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** The keys of one data folder, derived from its key file. */
export interface CloudKeys {
  /** Encrypts secrets in the database (32 bytes). */
  readonly storage: Buffer;
  /** Signs access tokens (32 bytes). */
  readonly tokens: Buffer;
  /** Signs the addresses of boot logs (32 bytes). */
  readonly bootLogs: Buffer;
  /** Signs where the next page of a query's result is (32 bytes). */
  readonly queryPages: Buffer;
  /** Makes the keys of resources without a provider (32 bytes). */
  readonly resources: Buffer;
}

/** Writes a file that only its owner can read, whole or not at all. */
export function writePrivateFile(path: string, content: string | Buffer): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const unfinished = `${path}.${process.pid}.new`;
  writeFileSync(unfinished, content, { mode: 0o600 });
  renameSync(unfinished, path);
}

/** Reads the key file, or makes it. Throws when the file is damaged: what it encrypted could not be read. */
export function loadKeys(path: string): CloudKeys {
  if (!existsSync(path)) writePrivateFile(path, randomBytes(32));
  chmodSync(path, 0o600);
  const root = readFileSync(path);
  if (root.length !== 32)
    throw new Error(
      `The key file ${path} is damaged: it must hold 32 bytes. Restore it, or remove the data folder.`,
    );
  const derive = (purpose: string): Buffer => Buffer.from(hkdfSync('sha256', root, '', purpose, 32));
  return {
    storage: derive('slipway storage'),
    tokens: derive('slipway tokens'),
    bootLogs: derive('slipway boot logs'),
    queryPages: derive('slipway query pages'),
    resources: derive('slipway resources'),
  };
}
