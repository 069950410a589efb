import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { chooseMachines } from './choose-machines.ts';

let folder: string;
const before = process.env['DOCKER_HOST'];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-engine-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  if (before === undefined) delete process.env['DOCKER_HOST'];
  else process.env['DOCKER_HOST'] = before;
});

/** Something that answers as an engine would, with these facts of itself. */
async function engineThatIs(version: object, info: object): Promise<() => void> {
  const socket = join(folder, 'engine.sock');
  const server = createServer(({ url = '' }, answer) => {
    answer.setHeader('content-type', 'application/json');
    answer.end(JSON.stringify(url.includes('/version') ? version : info));
  }).listen(socket);
  await once(server, 'listening');
  process.env['DOCKER_HOST'] = `unix://${socket}`;
  return () => server.close();
}

const refusalOf = async (setting: 'docker' | 'auto'): Promise<string> => {
  const said: string[] = [];
  try {
    const { machines } = await chooseMachines(setting, folder, (line) => said.push(line));
    expect(machines.kind).toBe('simulated');
    return said.join('\n');
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

test('without an engine docker is refused with what is missing and how to get it, and auto says why it simulates', async () => {
  process.env['DOCKER_HOST'] = `unix://${join(folder, 'nobody.sock')}`;
  const refusal = await refusalOf('docker');
  expect(refusal).toContain('SLIPWAY_MACHINES is docker');
  expect(refusal).toContain(join(folder, 'nobody.sock'));
  expect(refusal).toMatch(/apt-get install docker\.io.*DOCKER_HOST/);
  expect(await refusalOf('auto')).toMatch(/^Machines are simulated: No Docker Engine answers/);
});

test.each([
  ['too old', { ApiVersion: '1.39' }, { OSType: 'linux' }, /too old \(API 1\.39\).*20\.10/],
  ['for Windows containers', { ApiVersion: '1.47' }, { OSType: 'windows' }, /windows containers.*Linux/],
  [
    'rootless',
    { ApiVersion: '1.47' },
    { OSType: 'linux', SecurityOptions: ['name=seccomp,profile=builtin', 'name=rootless'] },
    /rootless/,
  ],
])('an engine that is %s is refused in words', async (_name, version, info, words) => {
  const close = await engineThatIs(version, info);
  expect(await refusalOf('docker')).toMatch(words);
  close();
});

test('simulated asks no engine', async () => {
  process.env['DOCKER_HOST'] = 'unix:///nowhere';
  const { machines, preparation } = await chooseMachines('simulated', folder, () => undefined);
  expect(machines.kind).toBe('simulated');
  expect(preparation()).toBeUndefined();
});
