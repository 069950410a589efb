import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';

const program = join(import.meta.dirname, 'clean-machines.ts');

/** An engine that notes what is asked of it; it has one of everything, twice labelled images, and a taken container. */
async function startEngine(folder: string): Promise<{ asked: string[]; close: () => void }> {
  const asked: string[] = [];
  const server = createServer(({ method = '', url = '' }, answer) => {
    const { pathname: path, searchParams } = new URL(url, 'http://engine');
    asked.push(`${method} ${path} ${searchParams.get('filters') ?? ''}`.trim());
    const send = (status: number, body: unknown): void =>
      void answer.writeHead(status).end(JSON.stringify(body));
    if (path === '/version') send(200, { ApiVersion: '1.41' });
    else if (path === '/info') send(200, { OSType: 'linux', CgroupVersion: '2' });
    else if (path === '/containers/json') send(200, [{ Id: 'node' }, { Id: 'going' }, { Id: 'gone' }]);
    else if (path === '/volumes') send(200, { Volumes: [{ Name: 'disk' }] });
    else if (path === '/networks') send(200, [{ Id: 'vnet' }]);
    else if (path === '/images/json')
      send(200, [{ RepoTags: ['slipway-node:1'] }, { RepoTags: ['slipway-fabric:1'] }]);
    else if (path === '/containers/going')
      send(409, { message: 'removal of container going is already in progress' });
    else if (path === '/containers/gone') send(404, { message: 'No such container: gone' });
    else send(path.startsWith('/images') ? 200 : 204, undefined);
  });
  await new Promise<void>((listening) => {
    server.listen(join(folder, 'engine.sock'), listening);
  });
  return { asked, close: () => server.close() };
}

let folder: string | undefined;
afterEach(() => {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

function clean(engine: string, ...options: string[]): Promise<{ code: number; said: string }> {
  const env = { ...process.env, DOCKER_HOST: `unix://${engine}` };
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...options], { env }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), said: stdout + stderr }),
    );
  });
}

test('everything with the label of a cloud goes, containers first, and is counted', async () => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-clean-'));
  const engine = await startEngine(folder);
  const { code, said } = await clean(join(folder, 'engine.sock'));
  engine.close();
  expect(code).toBe(0);
  expect(said).toContain('Removed 1 container, 1 volume and 1 network of local clouds.');
  expect(said).toContain('stop it before');
  const asked = engine.asked.filter((request) => !/version|info/.test(request));
  expect(asked).toEqual([
    'GET /containers/json {"label":["slipway.cloud"]}',
    'DELETE /containers/node',
    'DELETE /containers/going',
    'DELETE /containers/gone',
    'GET /volumes {"label":["slipway.cloud"]}',
    'DELETE /volumes/disk',
    'GET /networks {"label":["slipway.cloud"]}',
    'DELETE /networks/vnet',
  ]);
});

test('the images go only when asked for', async () => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-clean-'));
  const engine = await startEngine(folder);
  const { said } = await clean(join(folder, 'engine.sock'), '--images');
  engine.close();
  expect(said).toContain('1 network and 2 images of local clouds.');
  expect(engine.asked).toContain(
    'GET /images/json {"reference":["slipway-fabric","slipway-node","slipway-machine-base"]}',
  );
  expect(engine.asked.slice(-2)).toEqual([
    'DELETE /images/slipway-node:1',
    'DELETE /images/slipway-fabric:1',
  ]);
});

test('where there is no engine there is nothing to remove, and that is said', async () => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-clean-'));
  const { code, said } = await clean(join(folder, 'nobody.sock'));
  expect(code).toBe(0);
  expect(said).toContain('No Docker Engine answers at');
  expect(said).toContain('nothing was removed');
});
