import { setTimeout as delay } from 'node:timers/promises';
import type { ContainerInspectInfo } from 'dockerode';
import { ArmError } from '../../arm-error.ts';
import { writeJson } from '../../json-text.ts';
import { textAt } from '../../providers/json-reading.ts';
import type { CloudView } from '../../providers/provider.ts';
import type {
  ExtensionSpec,
  LocalEndpoint,
  MachineDriver,
  MachineSpec,
  MachineState,
} from '../machine-driver.ts';
import { networkPlans } from '../network/network-plan.ts';
import { readNetworks } from '../network/networks-reading.ts';
import { publicAddressPlans } from '../network/public-plan.ts';
import { archive } from './archive.ts';
import { failedScript, isCustomScript, scriptFolder, scriptOf } from './custom-script.ts';
import { Edges } from './edges.ts';
import type { Engine } from './engine.ts';
import { engineTrouble, isThere, unlessGone } from './engine-errors.ts';
import { Fabrics } from './fabrics.ts';
import { ensureInternet, removeInternet } from './internet.ts';
import { KeyedQueue } from './keyed-queue.ts';
import { contentOf, labelFilter, resourceOf } from './labels.ts';
import type { MachineImages } from './machine-images.ts';
import { MachineStates } from './machine-states.ts';
import { nodeContainer } from './node-container.ts';
import type { Say } from './progress.ts';
import { machineSeed, provisionedFile } from './seed.ts';

/** Azure gives a VM so long to be provisioned. */
const provisionWithinMs = 20 * 60_000;
const lookEveryMs = 250;
/** How often the fabric is asked whether a machine is ready to be deleted. */
const askEveryMs = 1_000;
/** A machine that shuts down is given so long. */
const stopWithinSeconds = 60;

/** How many lines of the console are read to take the newest bytes of. */
const consoleLines = 5_000;

/** Machines that are containers with systemd, SSH and Docker Engine, and the networks that they are in. */
export class DockerMachines implements MachineDriver {
  readonly kind = 'docker';
  readonly #engine: Engine;
  readonly #images: MachineImages;
  readonly #cloudId: string;
  readonly #folder: string;
  readonly #say: Say;
  readonly #states: MachineStates;
  readonly #fabrics: Fabrics;
  readonly #edges: Edges;
  readonly #queue = new KeyedQueue();
  readonly #closing = new AbortController();
  /** The newest view that the networks were made from. */
  #view: CloudView | undefined;
  /** The round that has not begun yet, for whoever asks while another one runs. */
  #nextRound: Promise<void> | undefined;
  #round: Promise<void> = Promise.resolve();

  constructor(
    engine: Engine,
    images: MachineImages,
    { cloudId, folder }: { cloudId: string; folder: string },
    say: Say,
  ) {
    this.#folder = folder;
    this.#engine = engine;
    this.#images = images;
    this.#cloudId = cloudId;
    this.#say = say;
    const report = this.#report;
    this.#states = new MachineStates(engine, cloudId, {
      ended: (id) => void this.#startIfRebooting(id).catch(report),
      networkStarted: (containerId) => {
        this.#edges.forgetRoute(containerId);
        if (this.#view) this.connect(this.#view).catch(report);
      },
      engineBack: () => void this.#revive().catch(report),
    });
    this.#fabrics = new Fabrics(engine, images, cloudId);
    this.#edges = new Edges(engine, images, cloudId);
  }

  readonly #report = (error: unknown): void =>
    this.#say(error instanceof Error ? error.message : String(error));

  get hasRoutingMesh(): boolean {
    return this.#fabrics.hasRoutingMesh;
  }

  state(id: string): MachineState {
    return this.#states.of(id);
  }

  endpoints(publicAddressId: string): readonly LocalEndpoint[] {
    return this.#edges.endpoints(publicAddressId);
  }

  create(machine: MachineSpec, signal: AbortSignal): Promise<void> {
    return this.#inTurn(machine.id, `make the machine ${machine.name}`, async () => {
      const container = await this.#ensureContainer(machine, signal);
      if (container) await this.#untilProvisioned(machine, container, signal);
    });
  }

  start(id: string): Promise<void> {
    return this.#inTurn(id, 'start the machine', async () => {
      await unlessGone(this.#engine.docker.getContainer(await this.#containerOf(id)).start());
      this.#states.set(id, 'running');
    });
  }

  stop(id: string): Promise<void> {
    return this.#inTurn(id, 'stop the machine', async () => {
      const container = this.#engine.docker.getContainer(await this.#containerOf(id));
      await unlessGone(container.stop({ t: stopWithinSeconds }));
      this.#states.set(id, 'stopped');
    });
  }

  restart(id: string): Promise<void> {
    return this.#inTurn(id, 'restart the machine', async () => {
      const container = this.#engine.docker.getContainer(await this.#containerOf(id));
      await container.restart({ t: stopWithinSeconds });
      this.#states.set(id, 'running');
    });
  }

  delete(id: string): Promise<void> {
    return this.#inTurn(id, 'delete the machine', async () => {
      const found = await this.#find(id);
      if (found) await this.#remove(found);
      this.#states.set(id, 'absent');
      this.#fabrics.forget(id);
    });
  }

  runExtension(id: string, extension: ExtensionSpec, signal: AbortSignal): Promise<void> {
    // Not in turn: a machine can be deleted while its extension runs, which then fails.
    return inWords(`run the extension ${extension.name}`, async () => {
      if (!isCustomScript(extension) || signal.aborted) return;
      const script = scriptOf(extension);
      const container = await this.#containerOf(id);
      // Secrets are in it: only root may read it, and nothing of it stands on a command line.
      const files = [{ path: `${scriptFolder}/script.sh`, content: script, mode: 0o700 }];
      await this.#engine.docker.getContainer(container).putArchive(archive(files), { path: '/' });
      // One at a time: what a killed control plane has begun goes on, and is waited for before it is done again.
      const command = `cd /${scriptFolder} && chmod 700 . && flock .lock ./script.sh > >(tee stdout) 2> >(tee stderr >&2)`;
      const outcome = await this.#engine.run(container, ['/bin/bash', '-c', command]);
      if (outcome.exitCode !== 0) throw failedScript(extension, outcome);
    });
  }

  async consoleLog(id: string, limitBytes: number): Promise<string> {
    const found = await this.#find(id);
    if (!found) return '';
    const log = await this.#engine.docker
      .getContainer(found.Id)
      .logs({ stdout: true, stderr: true, follow: false, tail: consoleLines });
    return log.subarray(-limitBytes).toString('utf8');
  }

  async announceDeletion(machine: MachineSpec, withinMs: number, signal: AbortSignal): Promise<void> {
    const deadline = Date.now() + withinMs;
    const eventId = this.#fabrics.announce(machine.id, new Date(deadline));
    try {
      if (this.#view) await this.connect(this.#view);
      while (Date.now() < deadline && !signal.aborted && !this.#closing.signal.aborted) {
        if (this.#states.of(machine.id) !== 'running') return;
        if (await this.#fabrics.hasStarted(machine.networkId, eventId)) return;
        await delay(askEveryMs);
      }
    } catch (error) {
      // A machine that cannot be told any more goes without.
      this.#report(error);
    }
  }

  connect(view: CloudView): Promise<void> {
    this.#view = view;
    this.#nextRound ??= this.#afterRound(view);
    return this.#nextRound;
  }

  async #afterRound(view: CloudView): Promise<void> {
    await this.#round.catch(() => undefined);
    this.#nextRound = undefined;
    this.#round = this.#connectNow(view);
    await this.#round;
  }

  async #connectNow(view: CloudView): Promise<void> {
    const read = readNetworks(view);
    const networks = networkPlans(view, read).filter(({ interfaces }) => interfaces.length > 0);
    const addresses = publicAddressPlans(view, read);
    const isNeeded = networks.length > 0 || addresses.some(({ ports }) => ports.length > 0);
    if (isNeeded) {
      await this.#images.ready().catch((error: unknown) => {
        throw engineTrouble("get the machines' images", error);
      });
      const internet = await ensureInternet(this.#engine, this.#cloudId, this.#folder);
      await this.#fabrics.apply(networks, internet, view);
      await this.#edges.apply(addresses, internet, this.#fabrics);
    }
    await this.#edges.keepOnly(addresses);
    await this.#fabrics.keepOnly(networks);
    if (!isNeeded) await removeInternet(this.#engine, this.#cloudId);
  }

  async recover(view: CloudView): Promise<void> {
    const { docker } = this.#engine;
    const filters = labelFilter(this.#cloudId, 'node');
    const nodes = await docker.listContainers({ all: true, filters });
    const isKnown = (machineId: string, vmId: string): boolean =>
      vmId !== '' && textAt(view.get(machineId)?.properties, 'vmId') === vmId;
    for (const node of nodes)
      if (!isKnown(resourceOf(node.Labels), contentOf(node.Labels)))
        await this.#engine.removeContainer(node.Id);
    const volumes = (await docker.listVolumes({ filters: writeJson(filters) })).Volumes;
    for (const volume of volumes)
      if (!isKnown(resourceOf(volume.Labels), contentOf(volume.Labels)))
        await unlessGone(docker.getVolume(volume.Name).remove({ force: true }));
    this.#view = view;
    // First, so that machines are known to run or not whatever comes of their networks.
    await this.#states.watch();
    await this.#revive();
  }

  /** Starts what should run: after this computer, the engine or Slipway was started again. */
  async #revive(): Promise<void> {
    const { docker } = this.#engine;
    const view = this.#view;
    if (!view) return;
    await this.connect(view);
    const filters = labelFilter(this.#cloudId, 'node');
    for (const { Id, Labels, State } of await docker.listContainers({ all: true, filters })) {
      const record = view.get(resourceOf(Labels));
      const shouldRun = (textAt(record?.secrets, 'power') ?? 'running') === 'running';
      if (record && State !== 'running' && State !== 'created' && shouldRun)
        await unlessGone(docker.getContainer(Id).start());
    }
  }

  /** A machine that restarts itself ends as a container; what it wrote last tells that from an end. */
  async #startIfRebooting(id: string): Promise<void> {
    const lastWords = await this.consoleLog(id, 400);
    if (/\bRebooting\.\s/.test(lastWords)) await this.start(id);
  }

  close(): Promise<void> {
    this.#closing.abort();
    this.#states.close();
    const running = this.#states.running;
    if (running > 0)
      this.#say(
        `${running === 1 ? '1 machine goes' : `${running} machines go`} on running; "npm run machines:clean" removes what is left of a stopped Slipway.`,
      );
    return Promise.resolve();
  }

  #inTurn(id: string, doing: string, task: () => Promise<void>): Promise<void> {
    return this.#queue.run(id.toLowerCase(), () => inWords(doing, task));
  }

  /** The machine's container; `undefined` when it is there and was stopped on purpose. */
  async #ensureContainer(machine: MachineSpec, signal: AbortSignal): Promise<string | undefined> {
    const { docker, cgroupVersion } = this.#engine;
    const found = await this.#find(machine.id);
    // What was never started has not got its seed, and another vmId is another machine.
    const isUsable = found?.State !== 'created' && contentOf(found?.Labels) === machine.vmId;
    if (found && isUsable) return found.State === 'running' ? found.Id : undefined;
    if (found) await this.#remove(found);
    if (signal.aborted) return undefined;
    const { node: image } = await this.#images.ready();
    const { network, gateway } = this.#fabrics.of(machine.networkId);
    const container = await docker.createContainer(
      nodeContainer(this.#cloudId, machine, { image, network, cgroupVersion }),
    );
    await container.putArchive(archive(machineSeed(machine, gateway)), { path: '/' });
    await container.start();
    this.#states.set(machine.id, 'running');
    return container.id;
  }

  async #untilProvisioned(machine: MachineSpec, containerId: string, signal: AbortSignal): Promise<void> {
    const container = this.#engine.docker.getContainer(containerId);
    const deadline = Date.now() + provisionWithinMs;
    while (!signal.aborted && !this.#closing.signal.aborted) {
      if (await isThere(container.infoArchive({ path: provisionedFile(machine) }))) return;
      const { State }: ContainerInspectInfo = await container.inspect();
      if (!State.Running)
        throw new ArmError(
          409,
          'VMStartFailed',
          `The machine ${machine.name} ended while it booted (exit code ${State.ExitCode}). The last lines of its console:\n${await this.#consoleTail(machine.id)}`,
        );
      if (Date.now() > deadline)
        throw new ArmError(
          409,
          'OSProvisioningTimedOut',
          `OS Provisioning for VM '${machine.name}' did not finish in the allotted time. The last lines of its console:\n${await this.#consoleTail(machine.id)}`,
        );
      await delay(lookEveryMs);
    }
  }

  async #consoleTail(id: string): Promise<string> {
    return (await this.consoleLog(id, 4_000)).trim().split('\n').slice(-20).join('\n');
  }

  async #find(id: string) {
    const filters = labelFilter(this.#cloudId, 'node', id);
    const [found] = await this.#engine.docker.listContainers({ all: true, filters });
    return found;
  }

  async #containerOf(id: string): Promise<string> {
    const found = await this.#find(id);
    if (found) return found.Id;
    throw new ArmError(
      409,
      'OperationNotAllowed',
      `There is no machine behind ${id} any more: delete the resource and create it again.`,
    );
  }

  async #remove(found: { Id: string; Labels: Record<string, string> }): Promise<void> {
    const { docker } = this.#engine;
    await this.#engine.removeContainer(found.Id);
    const filters = writeJson(labelFilter(this.#cloudId, 'node', resourceOf(found.Labels)));
    const { Volumes } = await docker.listVolumes({ filters });
    for (const { Name } of Volumes) await unlessGone(docker.getVolume(Name).remove({ force: true }));
  }
}

async function inWords(doing: string, task: () => Promise<void>): Promise<void> {
  try {
    await task();
  } catch (error) {
    throw engineTrouble(doing, error);
  }
}
