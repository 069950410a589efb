import type { NetworkInspectInfo } from 'dockerode';
import type { LocalEndpoint } from '../machine-driver.ts';
import type { PublicAddressPlan } from '../network/public-plan.ts';
import type { Engine } from './engine.ts';
import { engineMessage, engineTrouble } from './engine-errors.ts';
import { tellFabric } from './fabric-program.ts';
import { blockOf, type Fabrics } from './fabrics.ts';
import { forEach } from './for-each.ts';
import { contentOf, labelFilter, labelsOf, resourceOf } from './labels.ts';
import { localPortFor, loopbackAddress } from './local-ports.ts';
import type { MachineImages } from './machine-images.ts';
import { containerName } from './node-container.ts';

/** How often another port is tried when the engine finds that one is taken after all. */
const attempts = 5;

interface Edge {
  readonly containerId: string;
  readonly endpoints: readonly LocalEndpoint[];
  /** Address of the fabric that it forwards to. */
  via: string | undefined;
}

/**
 * The edges of a cloud: for each public address a container that publishes its ports on this computer and forwards to the
 * fabric. Ports of a container cannot change, so it is made anew when they do; the fabric goes on.
 */
export class Edges {
  readonly #engine: Engine;
  readonly #images: MachineImages;
  readonly #cloudId: string;
  /** By lower-case id of the public address. */
  readonly #edges = new Map<string, Edge>();

  constructor(engine: Engine, images: MachineImages, cloudId: string) {
    this.#engine = engine;
    this.#images = images;
    this.#cloudId = cloudId;
  }

  endpoints(publicAddressId: string): readonly LocalEndpoint[] {
    return this.#edges.get(publicAddressId.toLowerCase())?.endpoints ?? [];
  }

  /** Lets the next `apply` tell an edge anew where its address is: it has started again and does not know any more. */
  forgetRoute(containerId: string): void {
    for (const edge of this.#edges.values()) if (edge.containerId === containerId) edge.via = undefined;
  }

  /** Removes the edges of addresses that nothing listens at any more. */
  async keepOnly(plans: readonly PublicAddressPlan[]): Promise<void> {
    const { docker } = this.#engine;
    const wanted = new Set(plans.filter(({ ports }) => ports.length > 0).map(({ id }) => id.toLowerCase()));
    const filters = labelFilter(this.#cloudId, 'edge');
    for (const { Id, Labels } of await docker.listContainers({ all: true, filters })) {
      if (wanted.has(resourceOf(Labels))) continue;
      this.#edges.delete(resourceOf(Labels));
      await this.#engine.removeContainer(Id);
    }
  }

  /** Publishes the ports of all addresses, and sends each to the fabric that it leads to. */
  async apply(
    plans: readonly PublicAddressPlan[],
    internet: NetworkInspectInfo,
    fabrics: Fabrics,
  ): Promise<void> {
    const published = plans.filter(({ ports }) => ports.length > 0);
    await forEach(published, async (plan) => {
      try {
        const edge = await this.#ensure(plan, internet);
        const via = plan.networkId === undefined ? undefined : fabrics.internetAddressOf(plan.networkId);
        if (via === undefined || via === edge.via) return;
        await tellFabric(this.#engine, edge.containerId, 'route', '--via', via);
        edge.via = via;
      } catch (error) {
        throw engineTrouble(`publish the ports of ${plan.address}`, error);
      }
    });
  }

  async #ensure(plan: PublicAddressPlan, internet: NetworkInspectInfo): Promise<Edge> {
    const { docker } = this.#engine;
    const key = plan.id.toLowerCase();
    const images = await this.#images.ready();
    const content = [images.fabric, plan.address, ...plan.ports.map(({ port }) => port)].join(' ');
    const filters = labelFilter(this.#cloudId, 'edge', plan.id);
    const [found] = await docker.listContainers({ all: true, filters });
    const known = this.#edges.get(key);
    if (found && contentOf(found.Labels) === content && found.State === 'running') {
      if (known?.containerId === found.Id) return known;
      const edge = { containerId: found.Id, endpoints: await this.#endpointsOf(found.Id), via: undefined };
      this.#edges.set(key, edge);
      return edge;
    }
    const before = known?.endpoints ?? (found ? await this.#endpointsOf(found.Id) : []);
    if (found) await this.#engine.removeContainer(found.Id);
    const edge = await this.#publish(plan, { internet, image: images.fabric, content, before });
    this.#edges.set(key, edge);
    return edge;
  }

  /** Starts the container with the ports that are free, those that it had before first. */
  async #publish(
    plan: PublicAddressPlan,
    made: {
      internet: NetworkInspectInfo;
      image: string;
      content: string;
      before: readonly LocalEndpoint[];
    },
  ): Promise<Edge> {
    const { docker } = this.#engine;
    const address = loopbackAddress(plan.address, blockOf(this.#cloudId), process.platform);
    const refused = new Set<number>();
    for (let attempt = 1; ; attempt += 1) {
      const endpoints = await this.#choosePorts(plan, address, made.before, refused);
      const container = await docker.createContainer({
        name: containerName(this.#cloudId, `edge-${plan.address}`, plan.id),
        Image: made.image,
        Hostname: 'edge',
        Labels: labelsOf(this.#cloudId, 'edge', plan.id, made.content),
        Cmd: [
          'edge',
          '--public-address',
          plan.address,
          ...plan.ports.flatMap(({ port }) => ['--port', String(port)]),
        ],
        ExposedPorts: Object.fromEntries(plan.ports.map(({ port }) => [`${port}/tcp`, {}])),
        HostConfig: {
          NetworkMode: made.internet.Name,
          CapAdd: ['NET_ADMIN'],
          RestartPolicy: { Name: 'on-failure' },
          Sysctls: { 'net.ipv4.ip_forward': '1' },
          PortBindings: Object.fromEntries(
            endpoints.map(({ port, localPort }) => [
              `${port}/tcp`,
              [{ HostIp: address, HostPort: String(localPort) }],
            ]),
          ),
          LogConfig: { Type: 'json-file', Config: { 'max-size': '1m', 'max-file': '2' } },
        },
      });
      try {
        await container.start();
        return { containerId: container.id, endpoints, via: undefined };
      } catch (error) {
        await this.#engine.removeContainer(container.id);
        const taken = takenPort(engineMessage(error));
        if (taken === undefined || attempt === attempts) throw error;
        refused.add(taken);
      }
    }
  }

  async #choosePorts(
    plan: PublicAddressPlan,
    address: string,
    before: readonly LocalEndpoint[],
    refused: ReadonlySet<number>,
  ): Promise<LocalEndpoint[]> {
    const endpoints: LocalEndpoint[] = [];
    for (const { port } of plan.ports) {
      const kept = before.find((endpoint) => endpoint.port === port && !refused.has(endpoint.localPort));
      const others = new Set([...refused, ...endpoints.map(({ localPort }) => localPort)]);
      const localPort = kept?.localPort ?? (await localPortFor(address, port, others));
      if (localPort !== undefined) endpoints.push({ protocol: 'Tcp', port, address, localPort });
    }
    return endpoints;
  }

  async #endpointsOf(containerId: string): Promise<LocalEndpoint[]> {
    const { HostConfig } = await this.#engine.docker.getContainer(containerId).inspect();
    const bindings: Record<string, { HostIp?: string; HostPort?: string }[]> = HostConfig.PortBindings ?? {};
    return Object.entries(bindings)
      .flatMap(([port, [binding]]): LocalEndpoint[] =>
        binding?.HostIp === undefined
          ? []
          : [
              {
                protocol: 'Tcp',
                port: Number.parseInt(port, 10),
                address: binding.HostIp,
                localPort: Number(binding.HostPort),
              },
            ],
      )
      .toSorted((one, other) => one.port - other.port);
  }
}

/** The port that the engine says is taken: "… 127.0.0.5:80 failed: port is already allocated", "… address already in use". */
export function takenPort(message: string): number | undefined {
  if (!/already allocated|already in use|ports are not available/i.test(message)) return undefined;
  const port = /\d+\.\d+\.\d+\.\d+:(\d+)/.exec(message)?.[1];
  return port === undefined ? undefined : Number(port);
}
