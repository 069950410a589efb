import { PassThrough, type Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import Docker from 'dockerode';
import { z } from 'zod';
import { NoEngine, explainNoEngine, unlessGone } from './engine-errors.ts';

/** The first version of the engine's API in which a container can have the host's cgroup namespace: Docker 20.10. */
const leastApiVersion = '1.41';

const answersWithinMs = 10_000;

const versionSchema = z.object({ ApiVersion: z.string() });

const infoSchema = z.object({
  OSType: z.string(),
  CgroupVersion: z.string().optional(),
  SecurityOptions: z.array(z.string()).nullish(),
});

/** What a command inside a container left behind. */
export interface CommandOutcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A Docker Engine that can carry machines. */
export class Engine {
  readonly docker: Docker;
  readonly cgroupVersion: 1 | 2;

  private constructor(docker: Docker, cgroupVersion: 1 | 2) {
    this.docker = docker;
    this.cgroupVersion = cgroupVersion;
  }

  /**
   * Connects to the engine that `DOCKER_HOST` names, else to the one of this computer. Throws NoEngine, which says what is
   * missing and how to get it.
   */
  static async open(environment: Readonly<Record<string, string | undefined>>): Promise<Engine> {
    const place = environment['DOCKER_HOST'] ?? '/var/run/docker.sock';
    const docker = new Docker();
    try {
      const version = versionSchema.parse(await Promise.race([docker.version(), noAnswer()]));
      if (isOlder(version.ApiVersion, leastApiVersion))
        throw new NoEngine(
          `The Docker Engine at ${place} is too old (API ${version.ApiVersion}): real machines need Docker 20.10 or newer.`,
        );
      const info = infoSchema.parse(await docker.info());
      if (info.OSType !== 'linux')
        throw new NoEngine(
          `The Docker Engine at ${place} runs ${info.OSType} containers: switch it to Linux containers.`,
        );
      if (info.SecurityOptions?.some((option) => /name=(?:rootless|userns)/.test(option)))
        throw new NoEngine(
          `The Docker Engine at ${place} is rootless or remaps users: real machines need an engine that runs as root.`,
        );
      return new Engine(docker, info.CgroupVersion === '2' ? 2 : 1);
    } catch (error) {
      throw error instanceof NoEngine ? error : explainNoEngine(error, place);
    }
  }

  /** Removes a container, running or not, with the volumes that only it has; nothing where it is gone. */
  async removeContainer(containerId: string): Promise<void> {
    await unlessGone(this.docker.getContainer(containerId).remove({ force: true, v: true }));
  }

  /** Runs a command in a container and waits for its end. Throws what the engine throws. */
  async run(containerId: string, command: readonly string[]): Promise<CommandOutcome> {
    const execution = await this.docker
      .getContainer(containerId)
      .exec({ Cmd: [...command], AttachStdout: true, AttachStderr: true });
    const stream = await execution.start({});
    const stdout = new PassThrough();
    const stderr = new PassThrough();
    this.docker.modem.demuxStream(stream, stdout, stderr);
    const end = (): void => {
      stdout.end();
      stderr.end();
    };
    stream.once('close', end);
    stream.once('end', end);
    const [out, err] = await Promise.all([tailOf(stdout), tailOf(stderr)]);
    const { ExitCode } = await execution.inspect();
    return { exitCode: ExitCode ?? -1, stdout: out, stderr: err };
  }
}

/** What is kept of a command's output. */
const outputLimit = 64 * 1024;

async function tailOf(stream: Readable): Promise<string> {
  let text = '';
  for await (const chunk of stream) text = (text + String(chunk)).slice(-outputLimit);
  return text;
}

async function noAnswer(): Promise<never> {
  await delay(answersWithinMs, undefined, { ref: false });
  throw new Error(`it has not answered within ${answersWithinMs / 1000} s.`);
}

function isOlder(version: string, least: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0] = least.split('.').map(Number);
  return major < leastMajor || (major === leastMajor && minor < leastMinor);
}
