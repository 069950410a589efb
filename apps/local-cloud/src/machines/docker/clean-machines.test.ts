import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { stateFile, Store } from '../../store/store.ts';

const program = join(import.meta.dirname, 'clean-machines.ts');

/**
 * An engine that notes what is asked of it. It has things of a cloud that is gone, of which one container is being removed
 * and one is gone by itself, and things of another cloud, which keeps its state in a folder under `folder`.
 */
async function startEngine(folder: string): Promise<{ asked: string[]; close: () => void }> {
  const gone = { 'slipway.cloud': 'aaaaaaaa' };
  const other = { 'slipway.cloud': 'bbbbbbbb' };
  const asked: string[] = [];
  const server = createServer(({ method = '', url = '' }, answer) => {
    const { pathname: path, searchParams } = new URL(url, 'http://engine');
    asked.push(`${method} ${path} ${searchParams.get('filters') ?? ''}`.trim());
    const send = (status: number, body: unknown): void =>
      void answer.writeHead(status).end(JSON.stringify(body));
    if (path === '/version') send(200, { ApiVersion: '1.41' });
    else if (path === '/info') send(200, { OSType: 'linux', CgroupVersion: '2' });
    else if (path === '/containers/json')
      send(200, [
        { Id: 'node', Labels: gone },
        { Id: 'others-node', Labels: other },
        { Id: 'going', Labels: gone },
        { Id: 'gone', Labels: gone },
      ]);
    else if (path === '/volumes')
      send(200, {
        Volumes: [
          { Name: 'disk', Labels: gone },
          { Name: 'others-disk', Labels: other },
        ],
      });
    else if (path === '/networks')
      send(200, [
        { Id: 'vnet', Labels: gone },
        { Id: 'others-internet', Labels: { ...other, 'slipway.folder': join(folder, 'other') } },
      ]);
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

let folder: string;
let engine: Awaited<ReturnType<typeof startEngine>>;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-clean-'));
  engine = await startEngine(folder);
});
afterEach(() => {
  engine.close();
  rmSync(folder, { recursive: true, force: true });
});

function clean(socket: string, ...options: string[]): Promise<{ code: number; said: string }> {
  const env = { ...process.env, DOCKER_HOST: `unix://${socket}` };
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...options], { env }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), said: stdout + stderr }),
    );
  });
}

const removals = (): string[] => engine.asked.filter((request) => request.startsWith('DELETE'));

test('everything with the label of a cloud goes, containers first, and is counted', async () => {
  const { code, said } = await clean(join(folder, 'engine.sock'));
  expect(code).toBe(0);
  expect(said).toBe('Removed 2 containers, 2 volumes and 2 networks of local clouds.\n');
  for (const path of ['/containers/json', '/volumes', '/networks'])
    expect(engine.asked).toContain(`GET ${path} {"label":["slipway.cloud"]}`);
  expect(removals()).toEqual([
    'DELETE /containers/node',
    'DELETE /containers/others-node',
    'DELETE /containers/going',
    'DELETE /containers/gone',
    'DELETE /volumes/disk',
    'DELETE /volumes/others-disk',
    'DELETE /networks/vnet',
    'DELETE /networks/others-internet',
  ]);
});

test('what a local cloud has that is running stays, and so do the images', async () => {
  const store = new Store(stateFile(join(folder, 'other')), Buffer.alloc(32), new Date());
  const { code, said } = await clean(join(folder, 'engine.sock'), '--images');
  store.close();
  expect(code).toBe(0);
  expect(said).toContain('Removed 1 container, 1 volume, 1 network and 0 images of local clouds.');
  expect(said).toContain(`A Slipway is running with its state in ${join(folder, 'other')}`);
  expect(removals()).toEqual([
    'DELETE /containers/node',
    'DELETE /containers/going',
    'DELETE /containers/gone',
    'DELETE /volumes/disk',
    'DELETE /networks/vnet',
  ]);
});

test('the images go only when asked for', async () => {
  const { said } = await clean(join(folder, 'engine.sock'), '--images');
  expect(said).toContain('2 networks and 2 images of local clouds.');
  expect(engine.asked).toContain(
    'GET /images/json {"reference":["slipway-fabric","slipway-node","slipway-machine-base"]}',
  );
  expect(removals().slice(-2)).toEqual(['DELETE /images/slipway-node:1', 'DELETE /images/slipway-fabric:1']);
});

test('where there is no engine there is nothing to remove, and that is said', async () => {
  const { code, said } = await clean(join(folder, 'nobody.sock'));
  expect(code).toBe(0);
  expect(said).toContain('No Docker Engine answers at');
  expect(said).toContain('nothing was removed');
});
