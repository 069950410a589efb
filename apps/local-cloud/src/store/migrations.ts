import type { DatabaseSync } from 'node:sqlite';

const documentTable = (name: string): string => `
  CREATE TABLE ${name} (
    key TEXT PRIMARY KEY,
    scope TEXT NOT NULL,
    state TEXT NOT NULL,
    json TEXT NOT NULL,
    secret BLOB
  ) STRICT;
  CREATE INDEX ${name}_by_scope ON ${name} (scope);
  CREATE INDEX ${name}_by_state ON ${name} (state);`;

/** Each is applied once, in this order; one that was released is never changed. */
const migrations: readonly string[] = [
  [
    'CREATE TABLE resources (key TEXT PRIMARY KEY, json TEXT NOT NULL, secret BLOB, request_digest TEXT) STRICT;',
    ...['resource_groups', 'works', 'deployments', 'operations', 'stacks', 'deletions'].map(documentTable),
  ].join('\n'),
  documentTable('subscriptions'),
  documentTable('locks'),
  `
  CREATE TABLE activity (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    time TEXT NOT NULL,
    correlation_id TEXT NOT NULL,
    resource_group TEXT NOT NULL,
    resource_id TEXT NOT NULL,
    provider TEXT NOT NULL,
    caller TEXT NOT NULL,
    status TEXT NOT NULL,
    level TEXT NOT NULL,
    json TEXT NOT NULL
  ) STRICT;
  CREATE INDEX activity_by_time ON activity (time);
  CREATE INDEX activity_by_correlation ON activity (correlation_id);
  CREATE INDEX activity_by_group ON activity (resource_group);
  CREATE INDEX activity_by_resource ON activity (resource_id);`,
  documentTable('deny_assignments'),
];

/** Brings the database's tables to what this version needs; throws when a newer version made them. */
export function migrate(database: DatabaseSync, now: Date): void {
  database.exec(
    'CREATE TABLE IF NOT EXISTS migrations (version INTEGER PRIMARY KEY, applied_at TEXT NOT NULL) STRICT;',
  );
  const row = database.prepare('SELECT max(version) AS version FROM migrations').get();
  const applied = Number(row?.version ?? 0);
  if (applied > migrations.length)
    throw new Error(
      `The data folder was written by a newer version of Slipway (schema ${applied}, this one knows ${migrations.length}). Use that version, or another SLIPWAY_DATA_DIR.`,
    );
  migrations.slice(applied).forEach((sql, index) => {
    database.exec('BEGIN IMMEDIATE');
    database.exec(sql);
    database
      .prepare('INSERT INTO migrations (version, applied_at) VALUES (?, ?)')
      .run(applied + index + 1, now.toISOString());
    database.exec('COMMIT');
  });
}
