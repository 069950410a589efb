import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { docker, HostEngine } from './host-engine.ts';
import { outputOf } from './programs.ts';
import { type SlipwayProcess, startSlipway } from './slipway-process.ts';
import { openTerminal, type Terminal } from './terminal.ts';
import { makeTestImage, testImage } from './test-image.ts';

/** What a person has in front of them: Slipway in a browser, a terminal, a key pair and an image of their own. */
export interface Stage {
  slipway: SlipwayProcess;
  page: Page;
  terminal: Terminal;
  engine: HostEngine;
  /** The terminal's folder, which is empty at first. */
  folder: string;
  keyFile: string;
  publicKey: string;
  /** A file that `docker load` takes. */
  imageFile: string;
  /** Has files removed at the end that a command leaves outside of the folder; `~` is the home folder. */
  removeAtEnd: (path: string) => void;
  close: () => Promise<void>;
}

/** Sets everything up; `busybox` is a statically linked one. */
export async function openStage(browser: Browser, busybox: string): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-story-'));
  const keyFile = join(folder, 'story_ed25519');
  await outputOf('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'story', '-f', keyFile]);
  const imageFile = await makeTestImage(folder, busybox);
  const slipway = await startSlipway();
  const context = await browser.newContext({
    baseURL: slipway.address,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const terminal = openTerminal(folder);
  const strewn: string[] = [];
  return {
    slipway,
    page: await context.newPage(),
    terminal,
    engine: new HostEngine(slipway.cloudId()),
    folder,
    keyFile,
    publicKey: readFileSync(`${keyFile}.pub`, 'utf8').trim(),
    imageFile,
    removeAtEnd: (path) => void strewn.push(path.replace(/^~/, homedir())),
    close: async () => {
      await context.close();
      terminal.close();
      endProcessesNaming(keyFile);
      await slipway.stop();
      slipway.remove();
      await docker('rmi', '--force', testImage);
      for (const path of [...strewn, folder]) rmSync(path, { recursive: true, force: true });
    },
  };
}

/** Ends the tunnels, which run in the background: they are the processes that name this very key. */
function endProcessesNaming(keyFile: string): void {
  for (const id of readdirSync('/proc').filter(
    (name) => /^\d+$/.test(name) && Number(name) !== process.pid,
  )) {
    try {
      if (readFileSync(`/proc/${id}/cmdline`, 'utf8').split('\0').includes(keyFile)) process.kill(Number(id));
    } catch {
      // It has ended meanwhile.
    }
  }
}
