import { spawn } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type Docker from 'dockerode';
import { readPackageSources, sourcesOfRelease, type PackageSource } from './debian-sources.ts';
import { engineMessage, isThere } from './engine-errors.ts';
import { importFolder } from './import-folder.ts';
import { followProgress, type Say } from './progress.ts';

const ubuntuImage = 'ubuntu:24.04';
/** Repository of the image made from Debian's packages. */
export const baseImageName = 'slipway-machine-base';

/** The release whose packages the images are made of when there is no registry. */
const debianRelease = 'bookworm';

/** A registry that has said nothing for so long is not there, or not any more. */
const registrySilenceMs = 30_000;

/**
 * The image that machines are built from: Ubuntu 24.04, as on Azure, where it is here or can be fetched; else Debian 12 from
 * this computer's own package mirror. Throws an Error that says why neither could be had.
 */
export async function baseImage(docker: Docker, say: Say): Promise<string> {
  if (await isThere(docker.getImage(ubuntuImage).inspect())) return ubuntuImage;
  say(`Fetching ${ubuntuImage}`);
  const refused = await pull(docker, say);
  if (refused === undefined) return ubuntuImage;
  say(`No registry gives ${ubuntuImage} (${refused}); taking Debian 12 from this computer's package mirror`);
  return makeDebian(docker, say, refused);
}

/** Fetches Ubuntu's image; resolves to why that is not possible. */
async function pull(docker: Docker, say: Say): Promise<string | undefined> {
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(), registrySilenceMs);
  try {
    const stream = await docker.pull(ubuntuImage, { abortSignal: silence.signal });
    await followProgress(stream, (line) => {
      // A slow line takes its time; only one that is dead is given up.
      timer.refresh();
      say(line);
    });
    return undefined;
  } catch (error) {
    return silence.signal.aborted ? 'no answer' : (engineMessage(error).split('\n')[0] ?? '').slice(0, 200);
  } finally {
    clearTimeout(timer);
  }
}

async function makeDebian(docker: Docker, say: Say, refused: string): Promise<string> {
  const name = `${baseImageName}:${debianRelease}`;
  if (await isThere(docker.getImage(name).inspect())) return name;
  const sources = sourcesOfRelease(hostSources(), debianRelease);
  const main = sources.find(({ suite }) => suite === debianRelease);
  if (!main || process.getuid?.() !== 0)
    throw new Error(
      `The machines' image needs ${ubuntuImage} from a registry (${refused}), or root on Debian 12 with debootstrap to make one: neither is here.`,
    );
  const folder = await mkdtemp('/var/tmp/slipway-base-');
  try {
    await finished('debootstrap', ['--variant=minbase', debianRelease, folder, main.uri], say);
    writeFileSync(join(folder, 'etc/apt/sources.list'), sources.map(sourceLine).join(''));
    await importFolder(docker, folder, { repo: baseImageName, tag: debianRelease }, say);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return name;
}

const sourceLine = ({ uri, suite, components }: PackageSource): string =>
  `deb ${uri} ${suite} ${components.join(' ')}\n`;

function hostSources(): PackageSource[] {
  const files = ['/etc/apt/sources.list', ...listed('/etc/apt/sources.list.d')];
  return files.flatMap((file) => {
    try {
      return readPackageSources(readFileSync(file, 'utf8'));
    } catch {
      return [];
    }
  });
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /\.(?:list|sources)$/.test(name))
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}

/** Runs a program of this computer to its end; throws with the last lines of what it wrote. */
function finished(program: string, options: readonly string[], say: Say): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, options, { stdio: ['ignore', 'pipe', 'pipe'] });
    let tail = '';
    const hear = (chunk: Buffer): void => {
      const text = chunk.toString();
      tail = (tail + text).slice(-2_000);
      const line = text.trim().split('\n').at(-1);
      if (line) say(line);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('error', (error) =>
      reject(
        new Error(
          `${program} cannot be run (${error.message}): install it with "apt-get install ${program}".`,
        ),
      ),
    );
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${program} failed: ${tail.trim()}`)),
    );
  });
}
