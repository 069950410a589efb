import { spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { connect, testSecret, type TestClients } from './local-cloud.test-support.ts';

/** Not `expect.poll`, which works in tests only: servers are started in hooks too. */
const startsWithin = { timeout: 90_000, interval: 100 };

const server = join(import.meta.dirname, 'server.ts');

/** A local cloud in a process of its own, on a data folder that outlives the process. */
export class ServerProcess {
  readonly dataDir: string;
  readonly #port: number;
  readonly #environment: Record<string, string>;
  child: ChildProcess | undefined;
  /** What it has logged so far, of all its lives. */
  log = '';

  private constructor(dataDir: string, port: number, environment: Record<string, string>) {
    this.dataDir = dataDir;
    this.#port = port;
    this.#environment = environment;
  }

  /** Takes a free port and an empty folder; starts nothing yet. */
  static async prepare(environment: Record<string, string> = {}): Promise<ServerProcess> {
    const dataDir = mkdtempSync(join(tmpdir(), 'slipway-restart-'));
    return new ServerProcess(dataDir, await freePort(), environment);
  }

  /** Starts the process and waits until it answers; `more` are settings for this time only. */
  async start(more: Record<string, string> = {}): Promise<TestClients> {
    this.child = spawn(process.execPath, [server], {
      env: {
        PATH: process.env.PATH,
        SLIPWAY_ARM_PORT: String(this.#port),
        SLIPWAY_DATA_DIR: this.dataDir,
        SLIPWAY_PACE: 'realistic',
        SLIPWAY_LOCAL_SECRET: testSecret,
        ...this.#environment,
        ...more,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.log += text;
    });
    const certificate = join(this.dataDir, 'local-cloud', 'certificate.pem');
    await vi.waitFor(() => expect(existsSync(certificate)).toBe(true), startsWithin);
    const clients = connect(`https://localhost:${this.#port}`, readFileSync(certificate, 'utf8'), testSecret);
    const answers = async () =>
      (
        await clients
          .send('GET', '/slipway/requests', { headers: { authorization: 'none' } })
          .catch(() => undefined)
      )?.status;
    await vi.waitFor(async () => expect(await answers()).toBe(401), startsWithin);
    return clients;
  }

  /** Ends the process without any warning. */
  async kill(): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

/**
 * A free port that stays free while the process is not there: none of those that the system lends to connections.
 */
async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(10_000, 20_000);
    const probe = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      probe.once('error', () => resolve(false));
      probe.listen(port, () => resolve(true));
    });
    if (!isFree) continue;
    probe.close();
    await once(probe, 'close');
    return port;
  }
}
