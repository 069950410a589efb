// What every command of this project needs first: installed packages, Node 24, a built portal.
// Runs on the Node.js that the person happens to have (20.18 or newer), so it uses only built-in modules.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the checkout. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The Node.js 24 that the workspace installs for itself. */
export const node24 = join(
  root,
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);

const bin = join(root, 'node_modules', '.bin');
const windows = process.platform === 'win32';

/**
 * The package manager, fetched by npx when it is not there. Not in package.json's `packageManager`: pnpm would then want
 * its own download recorded in the lockfile.
 */
export const pnpm = 'pnpm@12.21.0';

/** The environment in which package scripts run: Node 24 and the workspace's own tools come first on the path. */
export function toolEnvironment(extra = {}) {
  const separator = windows ? ';' : ':';
  return { ...process.env, PATH: [bin, process.env.PATH ?? ''].join(separator), ...extra };
}

/** Runs a program to its end with its output on this terminal; resolves to its exit code. */
export function run(command, args, { env = toolEnvironment(), cwd = root } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: 'inherit', shell: windows });
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? (signal ? 1 : 0)));
  });
}

function filesUnder(folder, keep) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'node_modules' || entry.name === 'dist' || entry.name.startsWith('.')) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesUnder(path, keep);
    return keep(path) ? [path] : [];
  });
}

function contentHash(paths) {
  const hash = createHash('sha256');
  for (const path of paths.toSorted())
    hash.update(relative(root, path)).update('\0').update(readFileSync(path));
  return hash.digest('hex');
}

/** Does `work` unless the files have the same content as when it last succeeded. */
async function onceFor(stampFile, paths, work) {
  const hash = contentHash(paths);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === hash) return;
  await work();
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, hash);
}

/** Every package.json of the workspace. */
export function manifestPaths() {
  return [
    '.',
    'e2e',
    'bench',
    ...['apps', 'packages'].flatMap((kind) => readdirSync(join(root, kind)).map((name) => join(kind, name))),
  ]
    .map((folder) => join(root, folder, 'package.json'))
    .filter((path) => existsSync(path));
}

/** Installs the packages that the lockfile names, unless they are there already (then no network is needed). */
export async function ensureInstalled() {
  const inputs = [...manifestPaths(), join(root, 'pnpm-lock.yaml'), join(root, 'pnpm-workspace.yaml')];
  await onceFor(join(root, 'node_modules', '.slipway-installed'), inputs, async () => {
    console.log('Installing packages…');
    const code = await run('npx', ['--yes', pnpm, 'install', '--frozen-lockfile'], {
      env: { ...process.env, CI: 'true' },
    });
    if (code !== 0) throw new Error('The packages could not be installed; the lines above say why.');
  });
  if (!existsSync(node24))
    throw new Error(`Node.js 24 is missing at ${node24}. Remove node_modules and start again.`);
}

/** Builds the portal unless the build is current. */
export async function ensureBuilt() {
  const portal = join(root, 'apps', 'portal');
  const dist = join(portal, 'dist');
  const sources = [portal, join(root, 'packages')].flatMap((folder) =>
    filesUnder(folder, (path) => statSync(path).isFile() && !/\.test\.tsx?$/.test(path)),
  );
  if (!existsSync(join(dist, 'index.html'))) writeStamp(join(dist, '.built-from'), '');
  await onceFor(join(dist, '.built-from'), [...sources, join(root, 'pnpm-lock.yaml')], async () => {
    console.log('Building the portal…');
    const code = await run(join(bin, 'vite'), ['build', '--logLevel', 'warn'], { cwd: portal });
    if (code !== 0) throw new Error('The portal could not be built; the lines above say why.');
  });
}

function writeStamp(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
