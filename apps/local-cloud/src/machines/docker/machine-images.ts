import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type Docker from 'dockerode';
import { archive, type ArchiveFile } from './archive.ts';
import { baseImage } from './base-image.ts';
import { isThere } from './engine-errors.ts';
import { labelsOf } from './labels.ts';
import { followProgress, type Say } from './progress.ts';

export const imageStages = ['fabric', 'node'] as const;
export type ImageStage = (typeof imageStages)[number];

/** Repository of the images of a stage. */
export const imageName = (stage: ImageStage): string => `slipway-${stage}`;

const sources = join(import.meta.dirname, 'image');

/** The files that the images are made of. */
function imageFiles(): ArchiveFile[] {
  return readdirSync(sources, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.pyc'))
    .map((entry) => {
      const file = join(entry.parentPath, entry.name);
      return { path: file.slice(sources.length + 1).replaceAll('\\', '/'), content: readFileSync(file) };
    })
    .toSorted((one, other) => (one.path < other.path ? -1 : 1));
}

/** The images of machines and networks: built when they are first needed, kept by what they are made of. */
export class MachineImages {
  readonly #docker: Docker;
  readonly #say: Say;
  readonly #files = imageFiles();
  readonly #version: string;
  #ready: Promise<Readonly<Record<ImageStage, string>>> | undefined;
  #progress: string | undefined;

  constructor(docker: Docker, say: Say) {
    this.#docker = docker;
    this.#say = say;
    const hash = createHash('sha256');
    for (const { path, content } of this.#files) hash.update(`${path}\0`).update(content).update('\0');
    this.#version = hash.digest('hex').slice(0, 12);
  }

  /** What is being done to get the images; `undefined` once they are there. */
  get progress(): string | undefined {
    return this.#progress;
  }

  /** The names of the images. Builds them first where they are missing; a failed attempt is made again by the next call. */
  ready(): Promise<Readonly<Record<ImageStage, string>>> {
    this.#ready ??= this.#prepare().catch((error: unknown) => {
      this.#ready = undefined;
      this.#progress = undefined;
      throw error;
    });
    return this.#ready;
  }

  #name(stage: ImageStage): string {
    return `${imageName(stage)}:${this.#version}`;
  }

  async #prepare(): Promise<Readonly<Record<ImageStage, string>>> {
    const missing: ImageStage[] = [];
    for (const stage of imageStages)
      if (!(await isThere(this.#docker.getImage(this.#name(stage)).inspect()))) missing.push(stage);
    if (missing.length > 0) {
      const startedAt = performance.now();
      this.#tell("Preparing the machines' images; this is done once and takes a few minutes");
      const base = await baseImage(this.#docker, (line) => this.#tell(line));
      for (const stage of missing) await this.#build(stage, base);
      const seconds = Math.round((performance.now() - startedAt) / 1000);
      this.#say(`The machines' images are ready after ${seconds} s.`);
    }
    this.#progress = undefined;
    return { node: this.#name('node'), fabric: this.#name('fabric') };
  }

  #tell(line: string): void {
    this.#progress = line;
    this.#say(line);
  }

  async #build(stage: ImageStage, base: string): Promise<void> {
    const stream = await this.#docker.buildImage(archive(this.#files), {
      t: this.#name(stage),
      target: stage,
      buildargs: { BASE: base },
      labels: labelsOf('', 'image', '', this.#version),
      forcerm: true,
    });
    await followProgress(stream, (line) => {
      // Of the thousands of lines that packages write, the steps are what tells how far it is.
      const step = /^Step (\d+)\/(\d+) : (\S+)/.exec(line);
      if (step) this.#tell(`Building the ${stage} image: step ${step[1]} of ${step[2]}`);
      else this.#progress = `Building the ${stage} image: ${line.slice(0, 100)}`;
    });
  }
}
