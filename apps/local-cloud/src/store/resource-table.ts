import type { JsonValue } from '@slipway/arm-template';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { z } from 'zod';
import { isJsonObject, readJson, writeJson } from '../json-text.ts';
import type { CloudView, ResourceRecord } from '../providers/provider.ts';
import type { SecretBox } from './secret-box.ts';

type ResourceFilter = Parameters<CloudView['list']>[0];

interface Kept {
  record: ResourceRecord;
  /** Digest of the request that the resource was last made of. */
  requestDigest: string | undefined;
}

/** All resources: in memory for reading, in the database for keeps. */
export class ResourceTable {
  readonly #box: SecretBox;
  readonly #kept = new Map<string, Kept>();
  readonly #put: StatementSync;
  readonly #remove: StatementSync;
  #undo: (() => void)[] = [];

  constructor(database: DatabaseSync, box: SecretBox) {
    this.#box = box;
    this.#put = database.prepare(
      `INSERT INTO resources (key, json, secret, request_digest) VALUES (?, ?, ?, ?)
       ON CONFLICT (key) DO UPDATE SET
         json = excluded.json, secret = excluded.secret, request_digest = excluded.request_digest`,
    );
    this.#remove = database.prepare('DELETE FROM resources WHERE key = ?');
    for (const row of database.prepare('SELECT * FROM resources ORDER BY rowid').all()) {
      const key = String(row.key);
      const opened = row.secret instanceof Uint8Array ? box.open(row.secret, rowName(key)) : {};
      const secrets = isJsonObject(opened) ? opened : {};
      this.#kept.set(key, {
        record: { ...openPartSchema.parse(readJson(String(row.json))), secrets },
        requestDigest: row.request_digest === null ? undefined : String(row.request_digest),
      });
    }
  }

  get(id: string): ResourceRecord | undefined {
    return this.#kept.get(id.toLowerCase())?.record;
  }

  list(filter: ResourceFilter): ResourceRecord[] {
    const type = filter.type?.toLowerCase();
    const prefix = listPrefix(filter);
    const within = filter.under === undefined ? undefined : `${filter.under.toLowerCase()}/`;
    const found: ResourceRecord[] = [];
    for (const [key, { record }] of this.#kept) {
      if (prefix !== undefined && !prefix.test(key)) continue;
      if (within !== undefined && !key.startsWith(within)) continue;
      if (type !== undefined && record.type.toLowerCase() !== type) continue;
      found.push(record);
    }
    return found;
  }

  /** `request` is what the resource was made of; without it the digest of the last request stays. */
  put(record: ResourceRecord, request?: JsonValue): void {
    const key = record.id.toLowerCase();
    const before = this.#kept.get(key);
    const requestDigest = request === undefined ? before?.requestDigest : this.#box.digest(request);
    const { secrets, ...open } = record;
    const sealed = Object.keys(secrets).length === 0 ? null : this.#box.seal(secrets, rowName(key));
    this.#put.run(key, writeJson(open), sealed, requestDigest ?? null);
    this.#kept.set(key, { record, requestDigest });
    this.#undo.push(() => (before === undefined ? this.#kept.delete(key) : this.#kept.set(key, before)));
  }

  /** Whether the resource was last made of exactly this request. */
  isMadeOf(id: string, request: JsonValue): boolean {
    const kept = this.#kept.get(id.toLowerCase());
    return kept?.requestDigest !== undefined && kept.requestDigest === this.#box.digest(request);
  }

  remove(id: string): void {
    const key = id.toLowerCase();
    const before = this.#kept.get(key);
    if (before === undefined) return;
    this.#remove.run(key);
    this.#kept.delete(key);
    this.#undo.push(() => this.#kept.set(key, before));
  }

  /** What was changed since the last end of a transaction stays (`commit`) or is taken back. */
  endTransaction(commit: boolean): void {
    const undo = this.#undo;
    this.#undo = [];
    if (!commit) for (const step of undo.toReversed()) step();
  }
}

/** The table is written by this class alone, so its rows are known to be records. */
const openPartSchema = z.custom<Omit<ResourceRecord, 'secrets'>>(
  (value) => typeof value === 'object' && value !== null,
);

const rowName = (key: string): string => `resources:${key}`;

const quote = (text: string): string => text.toLowerCase().replaceAll(/[^\w]/g, '\\$&');

function listPrefix({ subscriptionId, resourceGroup }: ResourceFilter): RegExp | undefined {
  if (subscriptionId === undefined && resourceGroup === undefined) return undefined;
  const subscription = subscriptionId === undefined ? '[^/]+' : quote(subscriptionId);
  const group = resourceGroup === undefined ? '' : `resourcegroups/${quote(resourceGroup)}/`;
  return new RegExp(`^/subscriptions/${subscription}/${group}`);
}
