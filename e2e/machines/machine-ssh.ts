import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SshWay } from './connect-page.ts';
import { linesOf, type Outcome, outputOf, tried } from './programs.ts';

/** The user's own way onto machines: masters by their entrances, agents, which have none, through a master. */
export class MachineSsh {
  readonly #options: readonly string[];
  #jump: string;

  /** `ways` are the masters' entrances; the name of a master is its entrance's port. */
  constructor(folder: string, keyFile: string, ways: readonly SshWay[]) {
    const file = join(folder, `ssh-config-${ways[0]?.host ?? ''}`);
    const user = ways[0]?.user ?? '';
    writeFileSync(
      file,
      [
        ...ways.flatMap(({ host, port }) => [`Host ${port}`, `HostName ${host}`, `Port ${port}`]),
        'Host *',
        `User ${user}`,
        `IdentityFile ${keyFile}`,
        'IdentitiesOnly yes',
        // Agents come and go at the same private addresses, and are reached through a master whose key is checked.
        'UserKnownHostsFile /dev/null',
        'StrictHostKeyChecking no',
        'LogLevel ERROR',
        'ConnectTimeout 10',
        '',
      ].join('\n'),
      { mode: 0o600 },
    );
    this.#options = ['-F', file];
    this.#jump = String(ways.at(-1)?.port ?? '');
  }

  /** The entrance's port of the master through which agents are reached. */
  get jump(): number {
    return Number(this.#jump);
  }

  /** From now on agents are reached through the master with this entrance. */
  jumpThrough(port: number): void {
    this.#jump = String(port);
  }

  #to(machine: string | number): string[] {
    const target = String(machine);
    return [...this.#options, ...(target.includes('.') ? ['-J', this.#jump] : []), target];
  }

  /** What a command of a machine writes; throws when it fails. `machine` is an entrance's port or a private address. */
  run(machine: string | number, command: string, input?: string): Promise<string> {
    return outputOf('ssh', [...this.#to(machine), command], input === undefined ? {} : { input });
  }

  /** Runs a command on a machine, whatever becomes of it. */
  attempt(machine: string | number, command: string, input = ''): Promise<Outcome> {
    return tried('ssh', [...this.#to(machine), command], { input });
  }

  /** Brings an image to a machine's engine. */
  async load(machine: string | number, file: string): Promise<void> {
    const quoted = [...this.#to(machine), 'docker load'].map((word) => `'${word}'`).join(' ');
    await outputOf('bash', ['-c', `ssh ${quoted} <'${file}'`]);
  }

  /** Lines of a command's output on a machine. */
  async lines(machine: string | number, command: string): Promise<string[]> {
    return linesOf(await this.run(machine, command));
  }
}
