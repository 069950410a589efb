import { z } from 'zod';
import { linesOf, outputOf, tried } from './programs.ts';

/** A machine as the engine of this computer has it. */
export interface MachineContainer {
  id: string;
  hostName: string;
  isRunning: boolean;
  /** When it was started last, as the engine writes it: another time is another boot. */
  startedAt: string;
}

const inspected = z.array(
  z.object({
    Id: z.string(),
    Config: z.object({ Hostname: z.string() }),
    State: z.object({ Running: z.boolean(), StartedAt: z.string() }),
  }),
);

/** The Docker Engine of this computer, on which a local cloud's machines are containers; asked by its own command. */
export class HostEngine {
  readonly #cloudId: string;

  constructor(cloudId: string) {
    this.#cloudId = cloudId;
  }

  #labelled(...labels: string[]): string[] {
    return [`slipway.cloud=${this.#cloudId}`, ...labels].flatMap((label) => ['--filter', `label=${label}`]);
  }

  /** The machines of all clusters, or of those behind resources of one group. */
  async machines(resourceGroup?: string): Promise<MachineContainer[]> {
    const filters = this.#labelled('slipway.kind=node');
    const format = '{{.ID}} {{.Label "slipway.resource"}}';
    const listed = linesOf(await docker('ps', '--all', '--no-trunc', '--format', format, ...filters));
    const ids = listed
      .map((line) => line.split(' '))
      .filter(([, resource = '']) => resourceGroup === undefined || inGroup(resource, resourceGroup))
      .flatMap(([id = '']) => id);
    if (ids.length === 0) return [];
    return inspected.parse(JSON.parse(await docker('inspect', ...ids))).map(({ Id, Config, State }) => ({
      id: Id,
      hostName: Config.Hostname,
      isRunning: State.Running,
      startedAt: State.StartedAt,
    }));
  }

  /** Pulls the plug of a machine. */
  async kill(hostName: string, resourceGroup: string): Promise<void> {
    const machine = (await this.machines(resourceGroup)).find((each) => each.hostName === hostName);
    if (!machine) throw new Error(`There is no machine ${hostName}.`);
    await docker('kill', machine.id);
  }

  /** What a machine has written to its serial console. */
  async console(id: string): Promise<string> {
    return (await tried('docker', ['logs', id])).said;
  }

  /** Everything that the engine holds for this cloud, a line each. */
  async everything(): Promise<string[]> {
    const filters = this.#labelled();
    const format = '{{.Name}}';
    const lists = await Promise.all([
      docker('ps', '--all', '--format', 'container {{.Names}}', ...filters),
      docker('volume', 'ls', '--format', `volume ${format}`, ...filters),
      docker('network', 'ls', '--format', `network ${format}`, ...filters),
    ]);
    return lists.flatMap(linesOf);
  }

  /** All that `docker inspect` tells of this cloud's containers, volumes and networks. */
  async inspectEverything(): Promise<string> {
    const names = (await this.everything()).map((line) => line.split(' '));
    const told = await Promise.all(
      names.map(([type = '', name = '']) => docker('inspect', '--type', type, name)),
    );
    return told.join('\n');
  }
}

const inGroup = (resource: string, group: string): boolean =>
  resource.includes(`/resourcegroups/${group.toLowerCase()}/`);

/** Runs the docker command against the engine of this computer. */
export const docker = (...args: string[]): Promise<string> => outputOf('docker', args);
