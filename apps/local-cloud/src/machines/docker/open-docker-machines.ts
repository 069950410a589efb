import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MachineDriver } from '../machine-driver.ts';
import { DockerMachines } from './docker-machines.ts';
import { Engine } from './engine.ts';
import { MachineImages } from './machine-images.ts';
import type { Say } from './progress.ts';

/** The driver, and what is being done to get its images. */
export interface OpenedMachines {
  readonly machines: MachineDriver;
  /** `undefined` once the images are there. */
  readonly preparation: () => string | undefined;
}

/**
 * Connects to a Docker Engine and begins to get the images. Throws NoEngine, which says what is missing and how to get it.
 *
 * @param folder where the cloud keeps its state, and with it the name by which it knows its containers again
 */
export async function openDockerMachines(
  folder: string,
  environment: Readonly<Record<string, string | undefined>>,
  say: Say,
): Promise<OpenedMachines> {
  const engine = await Engine.open(environment);
  const images = new MachineImages(engine.docker, say);
  images.ready().catch((error: unknown) => say(error instanceof Error ? error.message : String(error)));
  return {
    machines: new DockerMachines(engine, images, { cloudId: cloudIdIn(folder), folder }, say),
    preparation: () => images.progress,
  };
}

function cloudIdIn(folder: string): string {
  const file = join(folder, 'machines-id');
  try {
    const kept = readFileSync(file, 'utf8').trim();
    if (/^[0-9a-f]{8}$/.test(kept)) return kept;
  } catch {
    // A new cloud has none yet.
  }
  const made = randomBytes(4).toString('hex');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(file, `${made}\n`, { mode: 0o600 });
  return made;
}
