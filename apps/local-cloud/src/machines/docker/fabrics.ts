import { createHash, randomUUID } from 'node:crypto';
import type { ContainerInspectInfo, NetworkInspectInfo } from 'dockerode';
import type { JsonObject, JsonValue } from '@slipway/arm-template';
import { ArmError } from '../../arm-error.ts';
import { writeJson } from '../../json-text.ts';
import type { CloudView } from '../../providers/provider.ts';
import { idOf } from '../../providers/sub-resources.ts';
import type { NetworkPlan } from '../network/network-plan.ts';
import { archive } from './archive.ts';
import { haproxyConfig } from './balancer-config.ts';
import type { Engine } from './engine.ts';
import { engineTrouble, unlessGone } from './engine-errors.ts';
import { createNetwork } from './engine-networks.ts';
import { fixedAddresses } from './engine-subnets.ts';
import { forEach } from './for-each.ts';
import { fabricCommand, tellFabric } from './fabric-program.ts';
import { nftRuleset } from './fabric-rules.ts';
import { hostsFile } from './hosts-file.ts';
import { contentOf, labelFilter, labelsOf, resourceOf } from './labels.ts';
import type { MachineImages } from './machine-images.ts';
import { containerName, shortHash } from './node-container.ts';

/** What the machines' own Docker uses, from the cluster's cloud-init: never a range of the engine's. */
const innerRanges = ['172.24.0.0/13', '192.168.0.0/16'];

/** Where the fabric's program finds what is wanted; the program itself may not have made it yet. */
const wantedFolder = 'var/lib/slipway-fabric/next';

/** A coming deletion that a machine is told of. */
interface ScheduledEvent {
  readonly eventId: string;
  readonly notBefore: Date;
}

/** Where a virtual network is carried. */
export interface Fabric {
  /** Name of the engine's network that machines are attached to. */
  readonly network: string;
  /** The machines' way to everything. */
  readonly gateway: string;
}

interface RunningFabric extends Fabric {
  readonly containerId: string;
  readonly internetAddress: string;
}

/**
 * The fabrics of a cloud: for each virtual network with machines a network of the engine and a container that is its
 * router, load balancers, security groups, name server and metadata service.
 */
export class Fabrics {
  readonly #engine: Engine;
  readonly #images: MachineImages;
  readonly #cloudId: string;
  /** By lower-case id of the virtual network. */
  readonly #running = new Map<string, RunningFabric>();
  /** What is in force in which container. */
  readonly #applied = new Map<string, string>();
  /** By lower-case id of the machine. */
  readonly #events = new Map<string, ScheduledEvent>();
  #hasRoutingMesh = true;

  constructor(engine: Engine, images: MachineImages, cloudId: string) {
    this.#engine = engine;
    this.#images = images;
    this.#cloudId = cloudId;
  }

  /** Whether the kernel balances Swarm's routing mesh; known once a fabric runs. */
  get hasRoutingMesh(): boolean {
    return this.#hasRoutingMesh;
  }

  /** The fabric of a virtual network. Throws ArmError when it does not run. */
  of(networkId: string): Fabric {
    const fabric = this.#running.get(networkId.toLowerCase());
    if (fabric) return fabric;
    throw new ArmError(500, 'MachineDriverFailed', `The network of ${networkId} does not run.`);
  }

  /** Its address in the engine's network that stands for the internet; `undefined` when it does not run. */
  internetAddressOf(networkId: string): string | undefined {
    return this.#running.get(networkId.toLowerCase())?.internetAddress;
  }

  /** Makes the fabrics of networks that have machines, and puts what has changed into force; trouble with one stops none. */
  async apply(plans: readonly NetworkPlan[], internet: NetworkInspectInfo, view: CloudView): Promise<void> {
    await forEach(plans, async (plan) => {
      try {
        const fabric = await this.#ensure(plan, internet);
        await this.#putIntoForce(fabric, plan, view);
      } catch (error) {
        throw engineTrouble(`carry the virtual network ${idOf(plan.id)?.names[0] ?? plan.id}`, error);
      }
    });
  }

  /** Removes what carries a network that is not among these any more. */
  async keepOnly(plans: readonly NetworkPlan[]): Promise<void> {
    const { docker } = this.#engine;
    const wanted = new Set(plans.map(({ id }) => id.toLowerCase()));
    const filters = labelFilter(this.#cloudId, 'fabric');
    for (const container of await docker.listContainers({ all: true, filters })) {
      if (wanted.has(resourceOf(container.Labels))) continue;
      this.#running.delete(resourceOf(container.Labels));
      this.#applied.delete(container.Id);
      await this.#engine.removeContainer(container.Id);
    }
    for (const network of await docker.listNetworks({ filters: writeJson(filters) }))
      if (!wanted.has(resourceOf(network.Labels))) await unlessGone(docker.getNetwork(network.Id).remove());
  }

  /** Announces a machine's deletion to it, with the next `apply`; returns the event's id. */
  announce(machineId: string, notBefore: Date): string {
    const event = { eventId: randomUUID().toUpperCase(), notBefore };
    this.#events.set(machineId.toLowerCase(), event);
    return event.eventId;
  }

  /** Takes the announcement back, because the machine is gone. */
  forget(machineId: string): void {
    this.#events.delete(machineId.toLowerCase());
  }

  /** Whether the machine has said that it is ready for what was announced. */
  async hasStarted(networkId: string, eventId: string): Promise<boolean> {
    const fabric = this.#running.get(networkId.toLowerCase());
    if (!fabric) return true;
    const { stdout } = await this.#engine.run(fabric.containerId, fabricCommand('started-events'));
    return stdout.includes(eventId);
  }

  async #ensure(plan: NetworkPlan, internet: NetworkInspectInfo): Promise<RunningFabric> {
    const key = plan.id.toLowerCase();
    const found = await this.#find(plan.id, internet);
    const isKnown = found !== undefined && this.#running.get(key)?.containerId === found.Id;
    const container = found ?? (await this.#create(plan, internet));
    if (!container.State.Running) {
      this.#applied.delete(container.Id);
      await unlessGone(this.#engine.docker.getContainer(container.Id).start());
    }
    const fabric = await this.#read(container.Id, internet);
    this.#running.set(key, fabric);
    if (isKnown) return fabric;
    const { exitCode } = await this.#engine.run(fabric.containerId, fabricCommand('has-ipvs'));
    this.#hasRoutingMesh = exitCode === 0;
    return fabric;
  }

  async #find(networkId: string, internet: NetworkInspectInfo): Promise<ContainerInspectInfo | undefined> {
    const { docker } = this.#engine;
    const filters = labelFilter(this.#cloudId, 'fabric', networkId);
    const [found] = await docker.listContainers({ all: true, filters });
    if (!found) return undefined;
    const { fabric } = await this.#images.ready();
    // A fabric of an older version, or one that was never finished, is replaced: its machines keep their addresses and find
    // the new one in its place.
    const isFinished = found.NetworkSettings.Networks[internet.Name] !== undefined;
    if (contentOf(found.Labels) === fabric && isFinished) return docker.getContainer(found.Id).inspect();
    await this.#engine.removeContainer(found.Id);
    return undefined;
  }

  async #create(plan: NetworkPlan, internet: NetworkInspectInfo): Promise<ContainerInspectInfo> {
    const { docker } = this.#engine;
    const images = await this.#images.ready();
    const name = containerName(this.#cloudId, `network-${idOf(plan.id)?.names[0] ?? ''}`, plan.id);
    const network = (await this.#findNetwork(plan.id)) ?? (await this.#createNetwork(plan, name));
    const { fabric: address } = fixedAddresses(network.IPAM?.Config?.[0]?.['Subnet'] ?? '');
    const gateway = internet.IPAM?.Config?.[0]?.['Gateway'] ?? '';
    const container = await docker.createContainer({
      name,
      Image: images.fabric,
      Hostname: 'fabric',
      Labels: labelsOf(this.#cloudId, 'fabric', plan.id, images.fabric),
      Cmd: ['network', '--address', address, '--internet-gateway', gateway],
      HostConfig: {
        NetworkMode: network.Name,
        CapAdd: ['NET_ADMIN'],
        RestartPolicy: { Name: 'on-failure' },
        Sysctls: {
          'net.ipv4.ip_forward': '1',
          'net.ipv4.ip_nonlocal_bind': '1',
          // Machines reach each other through here, although they share a link.
          'net.ipv4.conf.all.send_redirects': '0',
          'net.ipv4.conf.default.send_redirects': '0',
          'net.ipv4.conf.all.rp_filter': '0',
          'net.ipv4.conf.default.rp_filter': '0',
        },
        LogConfig: { Type: 'json-file', Config: { 'max-size': '1m', 'max-file': '2' } },
      },
      NetworkingConfig: {
        EndpointsConfig: { [network.Name]: { IPAMConfig: { IPv4Address: address } } },
      },
    });
    await docker.getNetwork(internet.Id).connect({ Container: container.id });
    return container.inspect();
  }

  async #findNetwork(networkId: string): Promise<NetworkInspectInfo | undefined> {
    const filters = labelFilter(this.#cloudId, 'fabric', networkId);
    const [found] = await this.#engine.docker.listNetworks({ filters: writeJson(filters) });
    return found && this.#engine.docker.getNetwork(found.Id).inspect();
  }

  #createNetwork(plan: NetworkPlan, name: string): Promise<NetworkInspectInfo> {
    return createNetwork(this.#engine, [...plan.addressPrefixes, ...innerRanges], {
      Name: name,
      Labels: labelsOf(this.#cloudId, 'fabric', plan.id),
      // What leaves goes through the fabric, which has a way of its own.
      Options: { 'com.docker.network.bridge.enable_ip_masquerade': 'false' },
    });
  }

  async #read(containerId: string, internet: NetworkInspectInfo): Promise<RunningFabric> {
    const { NetworkSettings, Id } = await this.#engine.docker.getContainer(containerId).inspect();
    const networks = Object.entries(NetworkSettings.Networks);
    const inside = networks.find(([, { NetworkID }]) => NetworkID !== internet.Id);
    const outside = networks.find(([, { NetworkID }]) => NetworkID === internet.Id);
    if (!inside || !outside) throw new Error('its container has lost a network');
    return {
      containerId: Id,
      network: inside[0],
      gateway: inside[1].IPAddress,
      internetAddress: outside[1].IPAddress,
    };
  }

  async #putIntoForce(fabric: RunningFabric, plan: NetworkPlan, view: CloudView): Promise<void> {
    const files = [
      { path: `${wantedFolder}/rules.nft`, content: nftRuleset(plan) },
      { path: `${wantedFolder}/haproxy.cfg`, content: haproxyConfig(plan) },
      { path: `${wantedFolder}/hosts`, content: hostsFile(plan) },
      { path: `${wantedFolder}/network.json`, content: writeJson(this.#describe(plan, view)) },
    ];
    const hash = createHash('sha256');
    for (const { content } of files) hash.update(content).update('\0');
    const content = hash.digest('hex');
    if (this.#applied.get(fabric.containerId) === content) return;
    const container = this.#engine.docker.getContainer(fabric.containerId);
    await container.putArchive(archive(files), { path: '/' });
    await tellFabric(this.#engine, fabric.containerId, 'apply');
    this.#applied.set(fabric.containerId, content);
  }

  /** What the fabric's own program reads: addresses, and what the metadata service tells each machine. */
  #describe(plan: NetworkPlan, view: CloudView): JsonObject {
    return {
      publicAddresses: [...new Set(plan.listeners.map(({ publicAddress }) => publicAddress))],
      machines: plan.interfaces.map(({ machineId, address }): JsonValue => {
        const record = view.get(machineId);
        const id = idOf(machineId);
        const event = this.#events.get(machineId.toLowerCase());
        const name = record?.name ?? '';
        return {
          address,
          instance: {
            compute: {
              name,
              location: record?.location ?? '',
              osType: 'Linux',
              resourceGroupName: id?.resourceGroup ?? '',
              resourceId: machineId,
              subscriptionId: id?.subscriptionId ?? '',
              vmId: record?.properties['vmId'] ?? '',
              vmScaleSetName: /\/virtualMachineScaleSets\/([^/]+)/i.exec(machineId)?.[1] ?? '',
            },
          },
          incarnation: event ? 2 : 1,
          events: event ? [terminateEvent(event, name)] : [],
        };
      }),
    };
  }
}

/** A scheduled event as the metadata service words it. Source: "Scheduled Events for Linux VMs". */
const terminateEvent = ({ eventId, notBefore }: ScheduledEvent, machineName: string): JsonObject => ({
  EventId: eventId,
  EventStatus: 'Scheduled',
  EventType: 'Terminate',
  ResourceType: 'VirtualMachine',
  Resources: [machineName],
  NotBefore: notBefore.toUTCString(),
  Description: 'The scale set deletes this instance.',
  EventSource: 'Platform',
  DurationInSeconds: -1,
});

/** A cloud's number from 0 to 127, for addresses that are to differ between clouds on one computer. */
export const blockOf = (cloudId: string): number => Number.parseInt(shortHash(cloudId), 16) % 128;
