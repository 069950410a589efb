// Starts the local cloud and the API as processes of their own and keeps them running.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { node24, root, toolEnvironment } from './workspace.mjs';

const readyWithinMs = 60_000;
const probeEveryMs = 100;
const restartAfterMs = 500;
/** A service that ends by itself this soon after its start several times in a row is given up. */
const shortLifeMs = 5_000;
const shortLives = 5;
/** What only comes from outside, and so says nothing about the service. */
const outsideSignals = ['SIGKILL', 'SIGTERM', 'SIGINT'];

const settingsOf = (environment) => ({
  cloud: environment.SLIPWAY_CLOUD ?? 'local',
  host: environment.SLIPWAY_HOST ?? 'localhost',
  port: environment.SLIPWAY_PORT ?? '8080',
  armHost: environment.SLIPWAY_ARM_HOST ?? 'localhost',
  armPort: environment.SLIPWAY_ARM_PORT ?? '8443',
  dataDir: resolve(root, environment.SLIPWAY_DATA_DIR ?? '.slipway'),
});

function answers(request, url, options) {
  return new Promise((resolveAnswer) => {
    // An address that cannot be made from the settings is refused by the service itself, in its own words.
    if (!URL.canParse(url)) return resolveAnswer(false);
    const call = request(url, { ...options, timeout: 2_000 }, (answer) => {
      answer.resume();
      resolveAnswer((answer.statusCode ?? 500) < 500);
    });
    call.once('error', () => resolveAnswer(false));
    call.once('timeout', () => call.destroy());
    call.end();
  });
}

function localCloudAnswers({ armPort, dataDir }) {
  let certificate;
  try {
    certificate = readFileSync(join(dataDir, 'local-cloud', 'certificate.pem'));
  } catch {
    return Promise.resolve(false);
  }
  const url = `https://localhost:${armPort}/metadata/endpoints?api-version=2015-01-01`;
  return answers(httpsRequest, url, { ca: certificate });
}

/**
 * Throws when another program, which may be a Slipway that runs already, has the port. A port or host that cannot be is
 * refused by the service itself, in its own words.
 */
async function refuseTakenPort(setting, host, port) {
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) return;
  const code = await new Promise((resolveCode) => {
    const server = createServer();
    server.once('error', (error) => resolveCode(error.code));
    server.listen({ host, port: Number(port) }, () => server.close(() => resolveCode(undefined)));
  });
  if (code === 'EADDRINUSE')
    throw new Error(
      `Port ${port} is in use, by a Slipway that runs already or by another program: stop it, or set ${setting} to another port.`,
    );
}

/** Where the API can be asked from this machine: a wildcard address is asked at loopback. */
function probeHost(host) {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

/**
 * Starts what the settings ask for and resolves when everything answers; a service that dies later is started again.
 * `extraNodeArgs` go to each process, for example `--watch`; `environment` is added to this process's own. The result
 * has the addresses, `stop`, `gaveUp` (rejects when a service cannot be kept alive) and `kill`, which ends a service
 * (`API` or `local cloud`) with a signal. Rejects when a port is taken, or when a process ends before it answers.
 */
export async function startServices({ extraNodeArgs = [], onNote = console.log, environment = {} } = {}) {
  const { cloud, host, port, armHost, armPort, dataDir } = settingsOf({ ...process.env, ...environment });
  const env = toolEnvironment({ ...environment, SLIPWAY_DATA_DIR: dataDir });
  const wanted = [
    ...(cloud === 'azure' ? [] : [{ name: 'local cloud', entry: 'apps/local-cloud/src/server.ts' }]),
    { name: 'API', entry: 'apps/api/src/server.ts' },
  ];
  const children = new Map();
  let stopping = false;
  let ready = false;
  let failed;
  const gaveUp = new Promise((_, reject) => (failed = reject));
  gaveUp.catch(() => undefined);

  const launch = (service, earlyDeaths = 0) => {
    const startedAt = Date.now();
    const end = (how, byItself, hint = '') => {
      children.delete(service.name);
      if (stopping) return;
      const livedShort = Date.now() - startedAt < shortLifeMs;
      const deaths = livedShort ? earlyDeaths + (byItself ? 1 : 0) : 0;
      if (!ready || deaths >= shortLives) {
        failed(new Error(`The ${service.name} ${how}${hint}.`));
        return;
      }
      onNote(`The ${service.name} ${how} and is started again.`);
      setTimeout(() => !stopping && launch(service, deaths), restartAfterMs);
    };
    const child = spawn(node24, [...extraNodeArgs, join(root, service.entry)], {
      cwd: root,
      env,
      // The channel tells a service when this process has died: it must not outlive it.
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    children.set(service.name, child);
    child.once('exit', (code, signal) =>
      end(
        `ended (${signal ?? `exit code ${code}`})`,
        !outsideSignals.includes(signal),
        '; the lines above say why',
      ),
    );
    // A computer that is short of processes or memory for a moment does not start one: there is no exit then.
    child.on('error', (error) => {
      if (child.pid === undefined) end(`could not be started (${error.message})`, true);
    });
  };

  const stop = async () => {
    stopping = true;
    await Promise.all(
      [...children.values()].map(
        (child) =>
          new Promise((done) => {
            child.once('exit', done);
            child.kill('SIGTERM');
            setTimeout(() => child.kill('SIGKILL'), 10_000).unref();
          }),
      ),
    );
  };

  const kill = (name, signal) => {
    const child = children.get(name);
    if (!child) throw new Error(`The ${name} is not running.`);
    child.kill(signal);
  };

  const allAnswer = async () => {
    const deadline = Date.now() + readyWithinMs;
    const portal = `http://${probeHost(host)}:${port}`;
    while (Date.now() < deadline) {
      const cloudReady = cloud === 'azure' || (await localCloudAnswers({ armPort, dataDir }));
      if (cloudReady && (await answers(httpRequest, `${portal}/api/health`, {}))) return portal;
      await delay(probeEveryMs);
    }
    throw new Error(`Slipway did not answer within ${readyWithinMs / 1000} s.`);
  };

  await refuseTakenPort('SLIPWAY_PORT', host, port);
  if (cloud !== 'azure') await refuseTakenPort('SLIPWAY_ARM_PORT', armHost, armPort);
  wanted.forEach((service) => launch(service));
  try {
    const portal = await Promise.race([allAnswer(), gaveUp]);
    ready = true;
    const arm = cloud === 'azure' ? undefined : `https://localhost:${armPort}`;
    return { portal, arm, stop, gaveUp, kill };
  } catch (error) {
    await stop();
    throw error;
  }
}
