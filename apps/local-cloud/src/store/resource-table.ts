import type { JsonObject, JsonValue } from '@slipway/arm-template';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { z } from 'zod';
import { readJson, writeJson } from '../json-text.ts';
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
  /** The same by lower-case type and by group: most lists are of one of them. */
  readonly #byType = new Map<string, Map<string, Kept>>();
  readonly #byGroup = new Map<string, Map<string, Kept>>();
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
      const open = rowSchema.parse(readJson(String(row.json)));
      // Older versions sealed the secrets alone and kept the rest in plain.
      const sealed = sealedSchema.safeParse(opened).data ?? { ...open, secrets: opened };
      this.#keep(key, {
        record: recordSchema.parse({ ...open, ...sealed }),
        requestDigest: row.request_digest === null ? undefined : String(row.request_digest),
      });
    }
  }

  get(id: string): ResourceRecord | undefined {
    return this.#kept.get(id.toLowerCase())?.record;
  }

  /** Whether there is any resource of a namespace. */
  hasNamespace(namespace: string): boolean {
    const start = `${namespace.toLowerCase()}/`;
    for (const [type, kept] of this.#byType) if (kept.size > 0 && type.startsWith(start)) return true;
    return false;
  }

  list(filter: ResourceFilter): ResourceRecord[] {
    const type = filter.type?.toLowerCase();
    const prefix = listPrefix(filter);
    const within = filter.under === undefined ? undefined : `${filter.under.toLowerCase()}/`;
    const found: ResourceRecord[] = [];
    for (const [key, { record }] of this.#among(type, groupOf(filter))) {
      if (type !== undefined && record.type.toLowerCase() !== type) continue;
      if (prefix !== undefined && !prefix.test(key)) continue;
      if (within !== undefined && !key.startsWith(within)) continue;
      found.push(record);
    }
    return found;
  }

  /** The fewest that a list has to go through. */
  #among(type: string | undefined, group: string | undefined): Iterable<[string, Kept]> {
    const ofType = type === undefined ? this.#kept : (this.#byType.get(type) ?? none);
    const ofGroup = group === undefined ? this.#kept : (this.#byGroup.get(group) ?? none);
    return ofGroup.size < ofType.size ? ofGroup : ofType;
  }

  #keep(key: string, kept: Kept): void {
    const type = kept.record.type.toLowerCase();
    const before = this.#kept.get(key)?.record.type.toLowerCase();
    if (before !== undefined && before !== type) this.#drop(key);
    this.#kept.set(key, kept);
    const ofType = this.#byType.get(type) ?? new Map<string, Kept>();
    this.#byType.set(type, ofType.set(key, kept));
    const group = groupKey(key);
    const ofGroup = this.#byGroup.get(group) ?? new Map<string, Kept>();
    this.#byGroup.set(group, ofGroup.set(key, kept));
  }

  #drop(key: string): void {
    const type = this.#kept.get(key)?.record.type.toLowerCase();
    this.#kept.delete(key);
    if (type !== undefined) this.#byType.get(type)?.delete(key);
    const group = groupKey(key);
    const ofGroup = this.#byGroup.get(group);
    ofGroup?.delete(key);
    if (ofGroup?.size === 0) this.#byGroup.delete(group);
  }

  /**
   * `request` is what the resource was made of; without it the last request still counts, and with `null` none does any
   * more: the resource is no longer what it was made of.
   */
  put(record: ResourceRecord, request?: JsonValue): void {
    const key = record.id.toLowerCase();
    const before = this.#kept.get(key);
    const requestDigest =
      request === undefined
        ? before?.requestDigest
        : request === null
          ? undefined
          : this.#box.digest(request);
    const { secrets, properties, envelope, ...open } = record;
    const sealed = this.#box.seal({ sealed: true, secrets, properties, envelope }, rowName(key));
    this.#put.run(key, writeJson(open), sealed, requestDigest ?? null);
    this.#keep(key, { record, requestDigest });
    this.#undo.push(() => (before === undefined ? this.#drop(key) : this.#keep(key, before)));
  }

  /** Whether the resource was last made of exactly this request, and not changed by anything else since. */
  isMadeOf(id: string, request: JsonValue): boolean {
    const kept = this.#kept.get(id.toLowerCase());
    return kept?.requestDigest !== undefined && kept.requestDigest === this.#box.digest(request);
  }

  remove(id: string): void {
    const key = id.toLowerCase();
    const before = this.#kept.get(key);
    if (before === undefined) return;
    this.#remove.run(key);
    this.#drop(key);
    this.#undo.push(() => this.#keep(key, before));
  }

  /** What was changed since the last end of a transaction stays (`commit`) or is taken back. */
  endTransaction(commit: boolean): void {
    const undo = this.#undo;
    this.#undo = [];
    if (!commit) for (const step of undo.toReversed()) step();
  }
}

const object = z.custom<JsonObject>((value) => typeof value === 'object' && value !== null);

/** The table is written by this class alone, so its rows are known to be parts of records. */
const rowSchema = object;
const recordSchema = z.custom<ResourceRecord>((value) => object.safeParse(value).success);

/** What is encrypted of a resource: anything of what it was made of may have been a secure parameter. */
const sealedSchema = z
  .object({ sealed: z.literal(true), secrets: object, properties: object, envelope: object })
  .transform(({ secrets, properties, envelope }) => ({ secrets, properties, envelope }));

const rowName = (key: string): string => `resources:${key}`;

const none: ReadonlyMap<string, Kept> = new Map();

/** The id of the resource group that a lower-case id lies in; the empty text outside of all groups. */
const groupKey = (key: string): string =>
  /^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+/.exec(key)?.[0] ?? '';

/** The group that all of a list lie in, where it is one. */
function groupOf({ subscriptionId, resourceGroup, under }: ResourceFilter): string | undefined {
  if (subscriptionId !== undefined && resourceGroup !== undefined)
    return `/subscriptions/${subscriptionId}/resourcegroups/${resourceGroup}`.toLowerCase();
  return under === undefined ? undefined : groupKey(under.toLowerCase()) || undefined;
}

const quote = (text: string): string => text.toLowerCase().replaceAll(/[^\w]/g, '\\$&');

function listPrefix({ subscriptionId, resourceGroup }: ResourceFilter): RegExp | undefined {
  if (subscriptionId === undefined && resourceGroup === undefined) return undefined;
  const subscription = subscriptionId === undefined ? '[^/]+' : quote(subscriptionId);
  const group = resourceGroup === undefined ? '' : `resourcegroups/${quote(resourceGroup)}/`;
  return new RegExp(`^/subscriptions/${subscription}/${group}`);
}
