import type { PlannedResource } from '@slipway/arm-template';
import type { Deployment, DeploymentOperation } from '../store/documents.ts';

/**
 * How far an active deployment is: kept in memory, so that the end of one resource costs the same among 10 and among 800.
 * Ids are in lower case.
 */
export class DeploymentProgress {
  /** As it was when it became active: of what changes while it runs only the store tells. */
  readonly deployment: Deployment;
  readonly #planned = new Map<string, PlannedResource>();
  readonly #writes = new Map<string, DeploymentOperation>();
  readonly #running = new Set<string>();
  /** How many resources each that has not begun still waits for. */
  readonly #unmet = new Map<string, number>();
  readonly #dependents = new Map<string, string[]>();
  readonly #ready = new Set<string>();

  /** `planned` is what is written at all; `writes` the operations that were begun before. */
  constructor(
    deployment: Deployment,
    planned: readonly PlannedResource[],
    writes: Iterable<DeploymentOperation>,
  ) {
    this.deployment = deployment;
    for (const resource of planned) this.#planned.set(resource.id.toLowerCase(), resource);
    for (const [id, { dependsOn }] of this.#planned) {
      const needed = new Set(dependsOn.map((each) => each.toLowerCase()));
      for (const each of needed) {
        const dependents = this.#dependents.get(each) ?? [];
        dependents.push(id);
        this.#dependents.set(each, dependents);
      }
      this.#unmet.set(id, needed.size);
      if (needed.size === 0) this.#ready.add(id);
    }
    for (const operation of writes) this.note(operation);
  }

  get planned(): readonly PlannedResource[] {
    return [...this.#planned.values()];
  }

  get writes(): ReadonlyMap<string, DeploymentOperation> {
    return this.#writes;
  }

  /** The operations that have begun and not ended. */
  get running(): DeploymentOperation[] {
    return [...this.#running].flatMap((id) => this.#writes.get(id) ?? []);
  }

  get isRunning(): boolean {
    return this.#running.size > 0;
  }

  /** The running operation that writes a resource. */
  runningWrite(id: string): DeploymentOperation | undefined {
    return this.#running.has(id) ? this.#writes.get(id) : undefined;
  }

  /** The resources that have not begun and wait for nothing; the set grows with what is noted meanwhile. */
  *ready(): Iterable<PlannedResource> {
    for (const id of this.#ready) {
      const resource = this.#planned.get(id);
      if (resource) yield resource;
    }
  }

  /** Notes that an operation has begun, or ended. */
  note(operation: DeploymentOperation): void {
    const id = operation.target?.id.toLowerCase() ?? '';
    this.#writes.set(id, operation);
    this.#ready.delete(id);
    if (operation.state === 'Running') this.#running.add(id);
    else this.#running.delete(id);
    if (operation.state !== 'Succeeded') return;
    for (const dependent of this.#dependents.get(id) ?? []) {
      const unmet = (this.#unmet.get(dependent) ?? 0) - 1;
      this.#unmet.set(dependent, unmet);
      if (unmet === 0 && !this.#writes.has(dependent)) this.#ready.add(dependent);
    }
  }
}
