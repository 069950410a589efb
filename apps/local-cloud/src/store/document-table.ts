import type { JsonValue } from '@slipway/arm-template';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { z } from 'zod';
import { readJson, writeJson } from '../json-text.ts';
import type { SecretBox } from './secret-box.ts';

/** How a kind of document is found again: all three are compared as they are. */
export interface DocumentKeys<T> {
  key: (document: T) => string;
  /** What it belongs to, for lists. */
  scope: (document: T) => string;
  /** For finding what is unfinished after a restart. */
  state: (document: T) => string;
}

/** A table of JSON documents, each with an optional encrypted part. */
export class DocumentTable<T extends object> {
  readonly #name: string;
  /** The table is written by this class alone, so its rows are known to be documents. */
  readonly #schema = z.custom<T>((value) => typeof value === 'object' && value !== null);
  readonly #keys: DocumentKeys<T>;
  readonly #box: SecretBox;
  readonly #get: StatementSync;
  readonly #stateOf: StatementSync;
  readonly #put: StatementSync;
  readonly #putSecret: StatementSync;
  readonly #remove: StatementSync;
  readonly #byScope: StatementSync;
  readonly #byState: StatementSync;
  readonly #countByScope: StatementSync;

  constructor(database: DatabaseSync, name: string, keys: DocumentKeys<T>, box: SecretBox) {
    this.#name = name;
    this.#keys = keys;
    this.#box = box;
    this.#get = database.prepare(`SELECT json, secret FROM ${name} WHERE key = ?`);
    this.#stateOf = database.prepare(`SELECT state FROM ${name} WHERE key = ?`);
    this.#put = database.prepare(
      `INSERT INTO ${name} (key, scope, state, json) VALUES (?, ?, ?, ?)
       ON CONFLICT (key) DO UPDATE SET scope = excluded.scope, state = excluded.state, json = excluded.json`,
    );
    this.#putSecret = database.prepare(`UPDATE ${name} SET secret = ? WHERE key = ?`);
    this.#remove = database.prepare(`DELETE FROM ${name} WHERE key = ?`);
    this.#byScope = database.prepare(`SELECT json FROM ${name} WHERE scope = ? ORDER BY rowid`);
    this.#byState = database.prepare(`SELECT json FROM ${name} WHERE state = ? ORDER BY rowid`);
    this.#countByScope = database.prepare(`SELECT count(*) AS count FROM ${name} WHERE scope = ?`);
  }

  get(key: string): T | undefined {
    const row = this.#get.get(key);
    return row === undefined ? undefined : this.#read(row.json);
  }

  /** The state alone: what a document holds can be large. */
  stateOf(key: string): string | undefined {
    const row = this.#stateOf.get(key);
    return row === undefined ? undefined : String(row.state);
  }

  put(document: T): void {
    const { key, scope, state } = this.#keys;
    this.#put.run(key(document), scope(document), state(document), writeJson(document));
  }

  remove(key: string): void {
    this.#remove.run(key);
  }

  /** In the order in which they were first put. */
  inScope(scope: string): T[] {
    return this.#byScope.all(scope).map((row) => this.#read(row.json));
  }

  inState(...states: string[]): T[] {
    return states.flatMap((state) => this.#byState.all(state).map((row) => this.#read(row.json)));
  }

  countInScope(scope: string): number {
    return Number(this.#countByScope.get(scope)?.count ?? 0);
  }

  /** Keeps the encrypted part of a document that is in the table. */
  putSecret(key: string, secret: JsonValue): void {
    this.#putSecret.run(this.#box.seal(secret, `${this.#name}:${key}`), key);
  }

  getSecret(key: string): JsonValue | undefined {
    const sealed = this.#get.get(key)?.secret;
    return sealed instanceof Uint8Array ? this.#box.open(sealed, `${this.#name}:${key}`) : undefined;
  }

  #read(json: unknown): T {
    return this.#schema.parse(readJson(String(json)));
  }
}
