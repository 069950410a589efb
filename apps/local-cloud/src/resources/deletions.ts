import { randomUUID } from 'node:crypto';
import type { ArmError } from '../arm-error.ts';
import type { Clock } from '../clock.ts';
import { asFailure, errorBody, type ErrorBody } from '../error-body.ts';
import type { Deletion, ResourceGroup } from '../store/documents.ts';
import type { Store } from '../store/store.ts';
import type { ResourceManager } from './resource-manager.ts';

/** What ends with a deletion; called inside the transaction that ends it. */
export type DeletionEnd = (deletion: Deletion) => void;

/**
 * Deletes many resources in an order that their providers accept: whatever is refused because something else still
 * uses it is tried again when something has gone. Goes on after a restart.
 */
export class Deletions {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #manager: ResourceManager;
  readonly #ends = new Map<Deletion['purpose'], DeletionEnd>();

  constructor(store: Store, clock: Clock, manager: ResourceManager) {
    this.#store = store;
    this.#clock = clock;
    this.#manager = manager;
    manager.onWorkEnded(() => this.#advanceAll());
  }

  /** Says what happens when a deletion of this purpose ends. */
  onEnd(purpose: Deletion['purpose'], end: DeletionEnd): void {
    this.#ends.set(purpose, end);
  }

  /** Goes on with what a stopped process left behind. */
  resume(): void {
    this.#advanceAll();
  }

  get(id: string): Deletion | undefined {
    return this.#store.deletions.get(id);
  }

  /** Starts to delete; what its owner is shows with which `onEnd` it ends. */
  start(request: Pick<Deletion, 'purpose' | 'ownerId' | 'subscriptionId' | 'resourceIds'>): Deletion {
    const deletion: Deletion = {
      ...request,
      id: randomUUID(),
      state: 'Running',
      failures: [],
      startedAt: this.#clock.now().toISOString(),
    };
    this.#store.transaction(() => {
      this.#store.deletions.put(deletion);
      this.#store.afterCommit(() => this.#clock.schedule(0, () => this.#advance(deletion.id)));
    });
    return deletion;
  }

  /** The deletion of a whole group that is under way. */
  runningFor(group: ResourceGroup): Deletion | undefined {
    return this.#store.deletions
      .inScope(group.id.toLowerCase())
      .find((deletion) => deletion.state === 'Running');
  }

  #advanceAll(): void {
    for (const { id } of this.#store.deletions.inState('Running')) this.#advance(id);
  }

  #advance(id: string): void {
    this.#store.transaction(() => {
      const deletion = this.#store.deletions.get(id);
      if (deletion?.state !== 'Running') return;
      const remaining = this.#remaining(deletion);
      if (remaining.length === 0) {
        this.#end({ ...deletion, state: 'Succeeded' });
        return;
      }
      const refusals: { id: string; error: ErrorBody }[] = [];
      let busy = 0;
      for (const resourceId of outermost(remaining)) {
        const refusal = this.#tryRemove(resourceId);
        if (refusal) refusals.push({ id: resourceId, error: errorBody(refusal) });
        else busy += 1;
      }
      if (busy === 0) this.#end({ ...deletion, state: 'Failed', failures: refusals });
    });
  }

  #remaining(deletion: Deletion): string[] {
    if (deletion.purpose !== 'resourceGroup')
      return deletion.resourceIds.filter((id) => this.#store.resources.get(id) !== undefined);
    const resourceGroup = deletion.ownerId.split('/').at(-1) ?? '';
    return this.#store.resources
      .list({ subscriptionId: deletion.subscriptionId, resourceGroup })
      .map((record) => record.id);
  }

  #tryRemove(resourceId: string): ArmError | undefined {
    try {
      this.#manager.remove(resourceId);
      return undefined;
    } catch (error) {
      return asFailure(error);
    }
  }

  #end(deletion: Deletion): void {
    const ended = { ...deletion, finishedAt: this.#clock.now().toISOString() };
    this.#store.deletions.put(ended);
    this.#ends.get(deletion.purpose)?.(ended);
  }
}

/** The ids without those that lie under another one: children go with their parents. */
function outermost(ids: readonly string[]): string[] {
  const all = new Set(ids.map((id) => id.toLowerCase()));
  return ids.filter((id) => {
    const segments = id.toLowerCase().split('/');
    for (let length = segments.length - 2; length > 2; length -= 2)
      if (all.has(segments.slice(0, length).join('/'))) return false;
    return true;
  });
}
