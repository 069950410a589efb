import { z } from 'zod';
import { linesOf, outputOf, tried } from './programs.ts';

/** A node as `docker node ls` and `docker node inspect` tell it. */
export interface SwarmNode {
  id: string;
  hostName: string;
  address: string;
  role: string;
  /** `ready` or `down`. */
  state: string;
  isLeader: boolean;
}

const nodeSchema = z.array(
  z.object({
    ID: z.string(),
    Spec: z.object({ Role: z.string() }),
    Description: z.object({ Hostname: z.string() }),
    Status: z.object({ State: z.string(), Addr: z.string() }),
    ManagerStatus: z.object({ Leader: z.boolean().optional(), Addr: z.string() }).optional(),
  }),
);

/** A Swarm as a master tells it through a tunnel that is open at a local port. */
export class Swarm {
  readonly #env: { DOCKER_HOST: string };

  constructor(localPort: number) {
    this.#env = { DOCKER_HOST: `tcp://localhost:${localPort}` };
  }

  /** Runs the docker command there. */
  docker(...args: string[]): Promise<string> {
    return outputOf('docker', args, { env: this.#env, withinMs: 120_000 });
  }

  /**
   * Every node, asked in one request of the Engine's API: `docker node ls` and then `docker node inspect` fail when a
   * node is removed between the two.
   */
  async nodes(): Promise<SwarmNode[]> {
    const answer = await fetch(`${this.#env.DOCKER_HOST.replace('tcp:', 'http:')}/nodes`, {
      signal: AbortSignal.timeout(30_000),
    });
    const said = await answer.text();
    if (!answer.ok) throw new Error(`The Swarm did not tell its nodes: ${answer.status} ${said}`);
    return nodeSchema.parse(JSON.parse(said)).map(({ ID, Spec, Description, Status, ManagerStatus }) => ({
      id: ID,
      hostName: Description.Hostname,
      // A manager's own entry may say 0.0.0.0.
      address: ManagerStatus?.Addr.replace(/:\d+$/, '') ?? Status.Addr,
      role: Spec.Role,
      state: Status.State,
      isLeader: ManagerStatus?.Leader === true,
    }));
  }

  /** The nodes in words, sorted: `manager ready`, `worker down`; why not when nobody answers. */
  async states(): Promise<string[]> {
    try {
      return (await this.nodes()).map(({ role, state }) => `${role} ${state}`).toSorted();
    } catch (error) {
      return [String(error)];
    }
  }

  /** How many tasks of a service run, and on which hosts. */
  async runningOn(service: string): Promise<string[]> {
    const filters = ['--filter', 'desired-state=running', '--format', '{{.Node}} {{.CurrentState}}'];
    const { stdout } = await tried('docker', ['service', 'ps', service, ...filters], { env: this.#env });
    return linesOf(stdout).flatMap((line) => {
      const [host = '', state = ''] = line.split(' ');
      return state === 'Running' ? [host] : [];
    });
  }
}

/** What `Swarm.states` says of a whole Swarm. */
export const wholeSwarm = (masters: number, agents: number): string[] => [
  ...Array.from({ length: masters }, () => 'manager ready'),
  ...Array.from({ length: agents }, () => 'worker ready'),
];
