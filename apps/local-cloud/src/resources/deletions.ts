import { randomUUID } from 'node:crypto';
import type { ActivityLog } from '../activity/activity-log.ts';
import type { Clock } from '../clock.ts';
import { asFailure, errorBody, type ErrorBody } from '../error-body.ts';
import type { Denials } from '../governance/denials.ts';
import { parseResourceId } from '../resource-id.ts';
import type { Deletion, ResourceGroup, Work } from '../store/documents.ts';
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
  readonly #activity: ActivityLog;
  readonly #denials: Denials;
  readonly #patienceMs: number;
  /** Deletions in which nothing is left that could end, and how to call off their giving up. */
  readonly #stuck = new Map<string, () => void>();
  readonly #ends = new Map<Deletion['purpose'], DeletionEnd>();
  #removeEmptyGroup: (group: ResourceGroup) => void = () => undefined;

  constructor(parts: {
    store: Store;
    clock: Clock;
    manager: ResourceManager;
    activity: ActivityLog;
    denials: Denials;
    /** How long a deletion waits once nothing is left of it that could end. */
    patienceMs: number;
  }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#manager = parts.manager;
    this.#activity = parts.activity;
    this.#denials = parts.denials;
    this.#patienceMs = parts.patienceMs;
    parts.manager.onWorkEnded((work) => this.#workEnded(work));
  }

  /** Says what happens when a deletion of this purpose ends. */
  onEnd(purpose: Deletion['purpose'], end: DeletionEnd): void {
    this.#ends.set(purpose, end);
  }

  /**
   * Says how a resource group goes that is to be deleted, once what else is to be deleted in it has gone; throws ArmError
   * where something is left in it.
   */
  onGroupEmptied(remove: (group: ResourceGroup) => void): void {
    this.#removeEmptyGroup = remove;
  }

  /** Goes on with what a stopped process left behind. */
  resume(): void {
    for (const { id } of this.#store.deletions.inState('Running')) this.#advance(id);
  }

  get(id: string): Deletion | undefined {
    return this.#store.deletions.get(id);
  }

  /** Starts to delete; what its owner is shows with which `onEnd` it ends. */
  start(
    request: Pick<Deletion, 'purpose' | 'ownerId' | 'subscriptionId' | 'resourceIds' | 'cause'>,
  ): Deletion {
    const deletion: Deletion = {
      ...request,
      id: randomUUID(),
      state: 'Running',
      failures: [],
      startedAt: this.#clock.now().toISOString(),
    };
    this.#store.transaction(() => {
      this.#store.deletions.put(deletion);
      // Locks go first: they would keep what they are put on, and what is above it.
      for (const id of deletion.resourceIds) this.#store.locks.remove(id.toLowerCase());
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

  /** Only work on what a deletion takes away can bring it further: without any it would have ended. */
  #workEnded(work: Work): void {
    for (const deletion of this.#store.deletions.inState('Running'))
      if (isPartOf(deletion, work.resourceId)) this.#advance(deletion.id, work);
  }

  /** Notes what has gone and what could not, deletes what can be, and ends the deletion when nothing is left to do. */
  #advance(id: string, ended?: Work): void {
    this.#store.transaction(() => {
      const deletion = this.#store.deletions.get(id);
      if (deletion?.state !== 'Running') return;
      const keptGroups = this.#removeGroups(deletion);
      const remaining = this.#remaining(deletion);
      if (remaining.length === 0) {
        this.#end({ ...deletion, state: 'Succeeded' });
        return;
      }
      const failedWorks = this.#noteFailure(deletion, remaining, ended);
      const failures: Deletion['failures'] = [];
      const busy: string[] = [];
      for (const resourceId of outermost(remaining.filter((each) => this.#group(each) === undefined))) {
        const failed = failedWorks.find((work) => sameId(work.id, resourceId));
        // What failed is tried again only when something has gone since: that may have been in its way.
        const error =
          failed && failed.left <= remaining.length ? failed.error : this.#tryRemove(deletion, resourceId);
        if (error) failures.push({ id: resourceId, error });
        else busy.push(resourceId);
      }
      if (busy.length === 0)
        this.#end({ ...deletion, state: 'Failed', failures: [...failures, ...keptGroups] });
      else if (busy.every((resourceId) => this.#manager.isHeld(resourceId))) this.#beginToWait(deletion.id);
      else this.#stopWaiting(deletion.id);
    });
  }

  #group(id: string): ResourceGroup | undefined {
    return this.#store.groups.get(id.toLowerCase());
  }

  /** Takes away the groups of a deletion that nothing is left in, and tells why the others are still there. */
  #removeGroups({ purpose, resourceIds, cause }: Deletion): Deletion['failures'] {
    if (purpose === 'resourceGroup') return [];
    return resourceIds.flatMap((id) => {
      const group = this.#group(id);
      if (group === undefined) return [];
      try {
        this.#removeEmptyGroup(group);
      } catch (error) {
        return [{ id, error: errorBody(asFailure(error)) }];
      }
      if (cause)
        this.#activity.note(
          { ...cause, operationId: randomUUID() },
          { id, type: 'Microsoft.Resources/subscriptions/resourceGroups', verb: 'delete' },
          { status: 'Succeeded', httpStatus: 200 },
        );
      return [];
    });
  }

  #beginToWait(id: string): void {
    if (this.#stuck.has(id)) return;
    this.#stuck.set(
      id,
      this.#clock.schedule(this.#patienceMs, () => this.#giveUp(id)),
    );
  }

  #stopWaiting(id: string): void {
    this.#stuck.get(id)?.();
    this.#stuck.delete(id);
  }

  #giveUp(id: string): void {
    this.#store.transaction(() => {
      const deletion = this.#store.deletions.get(id);
      if (deletion?.state !== 'Running') return;
      const remaining = this.#remaining(deletion);
      if (remaining.length === 0) {
        this.#end({ ...deletion, state: 'Succeeded' });
        return;
      }
      const failures = remaining.map((resourceId) => ({
        id: resourceId,
        error: {
          code: 'ResourceDeletionTimeout',
          message: `The resource '${resourceId}' was not deleted within the allowed time. Its deletion may still go on; delete it again later.`,
        },
      }));
      this.#end({ ...deletion, state: 'Failed', failures, gaveUp: true });
    });
  }

  /** What failed so far, also with the work that has just ended. */
  #noteFailure(
    deletion: Deletion,
    remaining: readonly string[],
    ended: Work | undefined,
  ): NonNullable<Deletion['failedWorks']> {
    const known = deletion.failedWorks ?? [];
    if (ended?.kind !== 'delete' || ended.state !== 'Failed' || ended.error === undefined) return known;
    const id = remaining.find((resourceId) => sameId(resourceId, ended.resourceId));
    if (id === undefined) return known;
    const others = known.filter((work) => !sameId(work.id, id));
    const failedWorks = [...others, { id, error: ended.error, left: remaining.length }];
    this.#store.deletions.put({ ...deletion, failedWorks });
    return failedWorks;
  }

  #remaining(deletion: Deletion): string[] {
    if (deletion.purpose !== 'resourceGroup')
      return deletion.resourceIds.filter((id) => this.#store.isThere(id));
    const resourceGroup = deletion.ownerId.split('/').at(-1) ?? '';
    return this.#store.resources
      .list({ subscriptionId: deletion.subscriptionId, resourceGroup })
      .map((record) => record.id);
  }

  #tryRemove(deletion: Deletion, resourceId: string): ErrorBody | undefined {
    const cause = deletion.cause && { ...deletion.cause, operationId: randomUUID() };
    const type = parseResourceId(resourceId)?.type ?? '';
    const isOfStack = deletion.purpose === 'stack' || deletion.purpose === 'stackUpdate';
    try {
      if (cause)
        this.#denials.refuse(
          { id: resourceId, type, verb: 'delete' },
          cause.caller,
          isOfStack ? deletion.ownerId : undefined,
        );
      const work = this.#manager.remove(resourceId, cause);
      // A delete that is under way already is somebody else's.
      if (cause && work?.cause?.operationId === cause.operationId)
        this.#activity.note(
          cause,
          { id: resourceId, type, verb: 'delete' },
          { status: 'Accepted', httpStatus: 202 },
        );
      return undefined;
    } catch (error) {
      return errorBody(asFailure(error));
    }
  }

  #end(deletion: Deletion): void {
    this.#stopWaiting(deletion.id);
    const { failedWorks: _failedWorks, ...rest } = deletion;
    const ended: Deletion = { ...rest, finishedAt: this.#clock.now().toISOString() };
    this.#store.deletions.put(ended);
    this.#ends.get(deletion.purpose)?.(ended);
    this.#activity.deletionEnded(this.#store.deletions.get(ended.id) ?? ended);
  }
}

const sameId = (first: string, second: string): boolean => first.toLowerCase() === second.toLowerCase();

/** Whether a resource goes with a deletion, by itself or under something that does. */
function isPartOf({ purpose, ownerId, resourceIds }: Deletion, resourceId: string): boolean {
  const id = resourceId.toLowerCase();
  const roots = purpose === 'resourceGroup' ? [ownerId] : resourceIds;
  return roots.map((root) => root.toLowerCase()).some((root) => id === root || id.startsWith(`${root}/`));
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
