import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { z } from 'zod';
import { readJson, writeJson } from '../json-text.ts';
import type { ActivityEvent } from './documents.ts';

/** Which events are wanted; all texts are compared without regard to case, times are ISO 8601 in UTC. */
export interface ActivityQuery {
  from: string;
  to: string;
  correlationId?: string;
  resourceGroup?: string;
  /** The resource, what lies under it and what is put on it. */
  resourceId?: string;
  /** Namespace of the resources. */
  provider?: string;
  caller?: string;
  status?: string;
  levels?: readonly string[];
  /** Only events older than the one with this number. */
  before?: number;
  limit: number;
}

/** An event with its number: a later event has a greater one. */
export interface NumberedEvent {
  sequence: number;
  event: ActivityEvent;
}

/** So many events are kept, whatever their age. */
const mostEvents = 50_000;

const fold = (text: string): string => text.toLowerCase();

/** The events of the activity log: only ever added and, when they are too old or too many, removed. */
export class ActivityTable {
  readonly #database: DatabaseSync;
  /** The table is written by this class alone, so its rows are known to be events. */
  readonly #schema = z.custom<ActivityEvent>((value) => typeof value === 'object' && value !== null);
  readonly #add: StatementSync;
  readonly #trim: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#add = database.prepare(
      `INSERT INTO activity (time, correlation_id, resource_group, resource_id, provider, caller, status, level, json)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#trim = database.prepare('DELETE FROM activity WHERE sequence <= ?');
  }

  add(event: ActivityEvent): void {
    const { lastInsertRowid } = this.#add.run(
      event.time,
      fold(event.correlationId),
      fold(event.resourceGroup ?? ''),
      fold(event.resourceId),
      fold(event.resourceType.split('/')[0] ?? ''),
      fold(event.caller),
      fold(event.status),
      fold(event.level),
      writeJson(event),
    );
    this.#trim.run(Number(lastInsertRowid) - mostEvents);
  }

  /** The newest first. */
  find(query: ActivityQuery): NumberedEvent[] {
    const conditions = ['time >= ?', 'time <= ?'];
    const values: SQLInputValue[] = [query.from, query.to];
    const require = (condition: string, ...wanted: SQLInputValue[]): void => {
      conditions.push(condition);
      values.push(...wanted);
    };
    for (const [column, value] of [
      ['correlation_id', query.correlationId],
      ['resource_group', query.resourceGroup],
      ['provider', query.provider],
      ['caller', query.caller],
      ['status', query.status],
    ] as const)
      if (value !== undefined) require(`${column} = ?`, fold(value));
    if (query.resourceId !== undefined) {
      const id = fold(query.resourceId);
      // All texts that begin with the id and a slash lie between it and what follows the slash in order.
      require('(resource_id = ? OR (resource_id > ? AND resource_id < ?))', id, `${id}/`, `${id}0`);
    }
    if (query.levels !== undefined)
      require(`level IN (${query.levels.map(() => '?').join(', ')})`, ...query.levels.map(fold));
    if (query.before !== undefined) require('sequence < ?', query.before);
    return this.#database
      .prepare(
        `SELECT sequence, json FROM activity WHERE ${conditions.join(' AND ')} ORDER BY sequence DESC LIMIT ?`,
      )
      .all(...values, query.limit)
      .map((row) => ({
        sequence: Number(row.sequence),
        event: this.#schema.parse(readJson(String(row.json))),
      }));
  }

  /** When the newest event was. */
  newestTime(): string | undefined {
    const row = this.#database.prepare('SELECT max(time) AS newest FROM activity').get();
    return typeof row?.newest === 'string' ? row.newest : undefined;
  }

  /** Forgets events that are older than `before` (ISO 8601). */
  removeBefore(before: string): void {
    this.#database.prepare('DELETE FROM activity WHERE time < ?').run(before);
  }
}
