import { spawn } from 'node:child_process';
import { PassThrough } from 'node:stream';
import type Docker from 'dockerode';
import { followProgress, type Say } from './progress.ts';

/** Makes an image of all that is in a folder of this computer; throws when that fails, and leaves no half an image. */
export async function importFolder(
  docker: Docker,
  folder: string,
  image: { repo: string; tag: string },
  say: Say,
): Promise<void> {
  const tar = spawn('tar', ['--numeric-owner', '-C', folder, '-c', '.'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complaint = '';
  tar.stderr.on('data', (chunk: Buffer) => (complaint = (complaint + chunk.toString()).slice(-2_000)));
  // An archive ends only when tar says that it is whole: the engine would take a part of it for all.
  const archive = new PassThrough();
  let trouble: Error | undefined;
  const fail = (error: Error): void => {
    trouble ??= error;
    archive.destroy(error);
  };
  archive.on('error', fail);
  tar.stdout.on('error', fail).pipe(archive, { end: false });
  tar.once('error', (error) => fail(new Error(`tar cannot be run: ${error.message}`)));
  tar.once('close', (code) => {
    if (code === 0) archive.end();
    else fail(new Error(`tar failed: ${complaint.trim()}`));
  });
  try {
    await followProgress(await docker.importImage(archive, image), say);
  } catch (error) {
    // The engine's client only sees that its request broke off.
    throw trouble ?? error;
  } finally {
    archive.destroy();
    tar.kill();
  }
}
