import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * The rows of every table of a stopped or running local cloud whose key, scope or content holds a text: their keys, by
 * table. A running one has its database for itself, so this looks into a copy.
 */
export function rowsNaming(dataDir: string, text: string): Record<string, string[]> {
  const folder = join(dataDir, 'local-cloud');
  const copy = mkdtempSync(join(tmpdir(), 'slipway-rows-'));
  for (const name of readdirSync(folder).filter((file) => /^state\.sqlite(?:-wal)?$/.test(file)))
    copyFileSync(join(folder, name), join(copy, name));
  const database = new DatabaseSync(join(copy, 'state.sqlite'));
  try {
    const tables = database
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'migrations' ORDER BY name")
      .all()
      .map(({ name }) => String(name));
    const found = tables.map((table): [string, string[]] => [
      table,
      database
        .prepare(`SELECT * FROM ${table}`)
        .all()
        .filter((row) => JSON.stringify(row).toLowerCase().includes(text.toLowerCase()))
        .map(({ key }) => String(key)),
    ]);
    return Object.fromEntries(found.filter(([, keys]) => keys.length > 0));
  } finally {
    database.close();
    rmSync(copy, { recursive: true });
  }
}
