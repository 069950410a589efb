import { numberAt, sameText, textAt } from '../providers/json-reading.ts';
import type { CloudView, ResourceRecord, WorkKind } from '../providers/provider.ts';
import { scaleSetType, virtualMachineType } from '../providers/compute/core-quotas.ts';
import { extensionType } from '../providers/compute/instance-view.ts';
import { instanceType, instancesOf } from '../providers/compute/scale-set-instances.ts';
import { parentIdOf, idOf } from '../providers/sub-resources.ts';
import type { Work } from '../store/documents.ts';
import { after, allOf, type MachineDriver, type Pending, type PowerAction } from './machine-driver.ts';
import {
  extensionsDigest,
  extensionSpec,
  machineSpec,
  scaleSetExtensions,
  terminateNoticeMs,
} from './machine-specs.ts';

/** Kinds of work that take as long as real machines take, and no simulated time. */
const machineKinds: ReadonlySet<WorkKind> = new Set([
  'virtualMachine',
  'extension',
  'scaleSet',
  'scaleSetInstance',
]);

/** Does with the machines what the works on resources stand for. */
export class MachineWork {
  readonly #driver: MachineDriver;
  readonly #view: CloudView;

  constructor(driver: MachineDriver, view: CloudView) {
    this.#driver = driver;
    this.#view = view;
  }

  /** Whether work of this kind takes the time that it takes, rather than the pace's. */
  takesRealTime(kind: WorkKind): boolean {
    return this.#driver.kind !== 'simulated' && machineKinds.has(kind);
  }

  /** Carries out a work on a resource, which is stored as accepted; what it throws fails the work. */
  carryOut(work: Work, record: ResourceRecord, signal: AbortSignal): Pending {
    if (work.action !== undefined) return this.#act(record, work.action);
    const isPut = work.kind === 'put';
    if (sameText(record.type, virtualMachineType))
      return isPut ? this.#create(record, signal) : this.#driver.delete(record.id);
    if (sameText(record.type, extensionType)) return isPut ? this.#extend(record, signal) : undefined;
    if (sameText(record.type, scaleSetType))
      return isPut ? this.#scale(record, signal) : this.#removeInstances(record, 0, signal);
    if (sameText(record.type, instanceType)) return isPut ? undefined : this.#removeInstance(record, signal);
    return /^microsoft\.network\//i.test(record.type) ? this.#driver.connect(this.#view) : undefined;
  }

  /** Makes the networks follow what has changed. */
  follow(): Pending {
    return this.#driver.connect(this.#view);
  }

  #create(record: ResourceRecord, signal: AbortSignal): Pending {
    return after(this.#driver.connect(this.#view), () =>
      this.#driver.create(machineSpec(record, this.#view), signal),
    );
  }

  #extend(record: ResourceRecord, signal: AbortSignal): Pending {
    const id = idOf(record.id);
    if (!id) return undefined;
    return this.#driver.runExtension(parentIdOf(id).text, extensionSpec(record), signal);
  }

  #act(record: ResourceRecord, action: PowerAction): Pending {
    if (action === 'start') return this.#driver.start(record.id);
    return action === 'restart' ? this.#driver.restart(record.id) : this.#driver.stop(record.id);
  }

  /** Starts the new instances side by side, and lets the surplus ones, the last, leave. */
  #scale(scaleSet: ResourceRecord, signal: AbortSignal): Pending {
    const capacity = numberAt(scaleSet.envelope, 'sku', 'capacity') ?? 0;
    return after(this.#driver.connect(this.#view), () =>
      allOf([
        ...instancesOf(this.#view, scaleSet.id)
          .slice(0, capacity)
          .map((instance) => this.#createInstance(scaleSet, instance, signal)),
        this.#removeInstances(scaleSet, capacity, signal),
      ]),
    );
  }

  #createInstance(scaleSet: ResourceRecord, instance: ResourceRecord, signal: AbortSignal): Pending {
    const created = this.#driver.create(machineSpec(instance, this.#view), signal);
    if (textAt(instance.secrets, 'configuredWith') === extensionsDigest(scaleSet)) return created;
    return scaleSetExtensions(scaleSet).reduce<Pending>(
      (before, extension) => after(before, () => this.#driver.runExtension(instance.id, extension, signal)),
      created,
    );
  }

  #removeInstances(scaleSet: ResourceRecord, from: number, signal: AbortSignal): Pending {
    return allOf(
      instancesOf(this.#view, scaleSet.id)
        .slice(from)
        .map((instance) => this.#removeInstance(instance, signal, scaleSet)),
    );
  }

  #removeInstance(
    instance: ResourceRecord,
    signal: AbortSignal,
    scaleSet: ResourceRecord | undefined = this.#scaleSetOf(instance),
  ): Pending {
    const noticeMs = scaleSet && terminateNoticeMs(scaleSet);
    const announced =
      noticeMs === undefined || this.#driver.state(instance.id) !== 'running'
        ? undefined
        : this.#driver.announceDeletion(machineSpec(instance, this.#view), noticeMs, signal);
    return after(announced, () => this.#driver.delete(instance.id));
  }

  #scaleSetOf(instance: ResourceRecord): ResourceRecord | undefined {
    const id = idOf(instance.id);
    return id && this.#view.get(parentIdOf(id).text);
  }
}
