import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Files that Slipway may have left behind for machines: in its folder, and where temporary ones go. */
export function filesAround(dataDir: string): string[] {
  const inData = readdirSync(dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    // SQLite comes and goes with files of its own beside the database.
    .filter(({ name }) => !/\.sqlite-(?:wal|shm|journal)$/.test(name))
    .map((entry) => join(entry.parentPath, entry.name));
  const temporary = [...new Set([tmpdir(), '/var/tmp'])].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.startsWith('slipway-'))
      .map((name) => join(folder, name)),
  );
  return [...inData, ...temporary].toSorted();
}

/** Whether somebody listens there. */
export function listens(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port, timeout: 2_000 });
    const end = (isTaken: boolean) => (): void => {
      socket.destroy();
      resolve(isTaken);
    };
    socket.once('connect', end(true));
    socket.once('timeout', end(true));
    socket.once('error', end(false));
  });
}
