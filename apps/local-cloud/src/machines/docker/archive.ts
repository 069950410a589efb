import { Readable } from 'node:stream';
import { pack } from 'tar-stream';

/** A file as it is put into a container or a build. */
export interface ArchiveFile {
  /** Path below the folder that the archive is unpacked in, without a leading slash. */
  readonly path: string;
  readonly content: string | Buffer;
  /** Octal permissions; readable by everybody when absent. */
  readonly mode?: number;
}

/** A tar archive of files that belong to root, with the folders that lead to them. */
export function archive(files: readonly ArchiveFile[]): Readable {
  const packed = pack();
  for (const folder of foldersOf(files)) packed.entry({ name: folder, type: 'directory', mode: 0o755 });
  for (const { path, content, mode = 0o644 } of files) packed.entry({ name: path, mode }, content);
  packed.finalize();
  return Readable.from(packed, { objectMode: false });
}

function foldersOf(files: readonly ArchiveFile[]): string[] {
  const folders = new Set<string>();
  for (const { path } of files) {
    const parts = path.split('/').slice(0, -1);
    for (let length = 1; length <= parts.length; length += 1) folders.add(parts.slice(0, length).join('/'));
  }
  return [...folders];
}
