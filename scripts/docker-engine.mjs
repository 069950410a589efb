// The Docker Engine for tests with real machines: the one that answers, else one that is started for them.
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const startWithinMs = 60_000;
const stopWithinMs = 30_000;
const lookEveryMs = 200;

const ends = (command, args) =>
  spawnSync(command, args, { stdio: 'ignore', timeout: 20_000, killSignal: 'SIGKILL' }).status;
const isInstalled = (command) => ends('sh', ['-c', `command -v ${command}`]) === 0;
const answers = () => ends('docker', ['version']) === 0;

/** A BusyBox without shared libraries: the Debian package busybox-static has one. */
export function staticBusybox() {
  return ['/bin/busybox', '/usr/bin/busybox'].find(
    (path) => existsSync(path) && ends('ldd', [path]) !== 0 && ends(path, ['true']) === 0,
  );
}

/** Why the tests cannot run on this computer whatever its engine does, a sentence each, with what helps. */
export function missingForMachines() {
  if (process.platform !== 'linux')
    return ['They look at machines from the outside, which they can on Linux only.'];
  const host = process.env.DOCKER_HOST ?? 'unix://';
  const packages = [
    ['docker', 'docker.io'],
    ['ssh', 'openssh-client'],
    ['ssh-keygen', 'openssh-client'],
  ].filter(([command]) => !isInstalled(command));
  const wanted = [...packages.map(([, name]) => name), ...(staticBusybox() ? [] : ['busybox-static'])];
  return [
    ...(host.startsWith('unix://') ? [] : [`DOCKER_HOST is ${host}; they need the engine of this computer.`]),
    ...(wanted.length === 0
      ? []
      : [
          `Not everything they need is installed (on Debian and Ubuntu: sudo apt-get install ${[...new Set(wanted)].join(' ')}).`,
        ]),
  ];
}

/**
 * Makes sure that an engine answers. The result has `stop`, which ends the engine when it was started here, or `missing`,
 * which says why there is none.
 */
export async function ensureEngine() {
  if (answers()) return { stop: async () => undefined };
  if (process.getuid?.() !== 0)
    return {
      missing:
        'No Docker Engine answers this user: start it (sudo systemctl start docker), and let the user use it (sudo usermod -aG docker "$USER", then sign in again).',
    };
  if (!isInstalled('dockerd'))
    return {
      missing:
        'No Docker Engine answers, and none is installed (on Debian and Ubuntu: sudo apt-get install docker.io iptables).',
    };
  return startEngine();
}

async function startEngine() {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-engine-'));
  const log = join(folder, 'dockerd.log');
  const output = openSync(log, 'a');
  console.log('No Docker Engine answers: starting dockerd for these tests.');
  const engine = spawn('dockerd', [], { stdio: ['ignore', output, output] });
  closeSync(output);
  const hasEnded = new Promise((resolve) => {
    engine.once('exit', resolve);
    engine.once('error', resolve);
  });
  // It must not outlive this process either, when somebody ends that.
  const endBoth = () => {
    engine.kill('SIGTERM');
    process.exit(1);
  };
  process.on('SIGTERM', endBoth).on('SIGINT', endBoth);
  const stop = async () => {
    process.off('SIGTERM', endBoth).off('SIGINT', endBoth);
    engine.kill('SIGTERM');
    await Promise.race([hasEnded, delay(stopWithinMs, undefined, { ref: false })]);
    engine.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  const deadline = Date.now() + startWithinMs;
  while (engine.exitCode === null && engine.signalCode === null && Date.now() < deadline) {
    if (answers()) return { stop };
    await delay(lookEveryMs);
  }
  const said = readFileSync(log, 'utf8').trim().split('\n').slice(-5).join('\n');
  await stop();
  return { missing: `dockerd could not be started. Its last lines:\n${said}` };
}
