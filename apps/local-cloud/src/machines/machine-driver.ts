import type { JsonObject } from '@slipway/arm-template';
import type { CloudView } from '../providers/provider.ts';

/** Work of a driver: a promise, or `undefined` when it is done already. */
export type Pending = Promise<void> | undefined;

/** What really is behind a VM, whatever the control plane knows of it. */
export type MachineState = 'running' | 'stopped' | 'absent';

/** What the control plane may do with a machine that is there. */
export type PowerAction = 'start' | 'restart' | 'powerOff' | 'deallocate';

/** A virtual machine or a scale-set instance as a driver has to make it. */
export interface MachineSpec {
  /** ARM id of the VM or of the scale-set instance. */
  readonly id: string;
  /** The machine's name in ARM, which its metadata service and its scheduled events use. */
  readonly name: string;
  readonly hostName: string;
  /** Azure's unique id of the machine; another one is another machine, also under the same name. */
  readonly vmId: string;
  /** ARM id of the virtual network that its interfaces are in. */
  readonly networkId: string;
  /** Private IPv4 addresses, the primary one first. */
  readonly addresses: readonly string[];
  readonly adminUsername: string;
  /** Lines of `authorized_keys`. */
  readonly publicKeys: readonly string[];
  /** As ARM got it, in base64. */
  readonly customData: string | undefined;
}

/** An extension of a machine as the template declares it. */
export interface ExtensionSpec {
  readonly name: string;
  readonly publisher: string;
  readonly type: string;
  readonly settings: JsonObject;
  readonly protectedSettings: JsonObject;
}

/** Where a port of a public address is really reached from this computer. */
export interface LocalEndpoint {
  readonly protocol: 'Tcp';
  readonly port: number;
  /** A loopback address of this computer. */
  readonly address: string;
  readonly localPort: number;
}

/**
 * What stands behind the VMs of the local cloud. Machines are named by their ARM ids, without regard to case. Every
 * method that a machine already satisfies does nothing, so that work which a stopped process left behind can simply be
 * done again. All of them throw ArmError with what the control plane is to answer; after `signal` no further step of a
 * machine's making is begun.
 */
export interface MachineDriver {
  readonly kind: 'simulated' | 'docker';
  /** Makes a machine and starts it; ends once its admin user and SSH key are in place, as on Azure. */
  create: (machine: MachineSpec, signal: AbortSignal) => Pending;
  start: (id: string) => Pending;
  /** Shuts the machine down; what is on its disk stays. */
  stop: (id: string) => Pending;
  restart: (id: string) => Pending;
  /** Removes the machine with everything on it. */
  delete: (id: string) => Pending;
  state: (id: string) => MachineState;
  /** Runs an extension inside the machine and throws with the tail of its output when it fails. */
  runExtension: (id: string, extension: ExtensionSpec, signal: AbortSignal) => Pending;
  /** What the machine has written to its serial console; the newest `limitBytes` of it. */
  consoleLog: (id: string, limitBytes: number) => Promise<string>;
  /** Announces a machine's deletion to it as a scheduled event, and ends when it is ready or `withinMs` are over. */
  announceDeletion: (machine: MachineSpec, withinMs: number, signal: AbortSignal) => Pending;
  /** Makes networks, load balancers, security groups and public addresses follow the resources. */
  connect: (view: CloudView) => Pending;
  /** Where the ports of a public address are reached; nothing where nobody listens. */
  endpoints: (publicAddressId: string) => readonly LocalEndpoint[];
  /** Whether a port that Swarm publishes through its routing mesh answers on every node. */
  readonly hasRoutingMesh: boolean;
  /** Removes what belongs to no resource any more and starts what should run: at a start, before anything else. */
  recover: (view: CloudView) => Promise<void>;
  /** Lets go of the machines, which stay as they are. */
  close: () => Promise<void>;
}

/** What the providers see of the driver. */
export type MachineView = Pick<MachineDriver, 'kind' | 'state' | 'endpoints' | 'hasRoutingMesh'>;

/** Goes on with `next` once something is done, at once where it is done already. */
export function after(pending: Pending, next: () => Pending): Pending {
  return pending === undefined ? next() : bothOf(pending, next);
}

async function bothOf(pending: Promise<void>, next: () => Pending): Promise<void> {
  await pending;
  await next();
}

/** Ends when all of them have ended; throws what the first of them throws, after the others have ended too. */
export function allOf(pending: readonly Pending[]): Pending {
  const open = pending.filter((one) => one !== undefined);
  if (open.length === 0) return undefined;
  return endOf(open);
}

async function endOf(open: readonly Promise<void>[]): Promise<void> {
  const results = await Promise.allSettled(open);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}
