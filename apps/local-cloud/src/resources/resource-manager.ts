import { randomUUID } from 'node:crypto';
import type { JsonObject } from '@slipway/arm-template';
import type { Cause } from '../activity/cause.ts';
import { ArmError } from '../arm-error.ts';
import type { Clock } from '../clock.ts';
import { asFailure, errorBody, type ErrorBody } from '../error-body.ts';
import type { Locks } from '../governance/locks.ts';
import type { Pending, PowerAction } from '../machines/machine-driver.ts';
import { scaleSetIdOf } from '../machines/machine-specs.ts';
import type { MachineWork } from '../machines/machine-work.ts';
import {
  withActionFailure,
  withoutPowerAction,
  withPowerAction,
  withPowerAfter,
} from '../machines/machine-power.ts';
import { workDurationMs, type Pace } from '../machines/pace.ts';
import { workError } from '../moods/mood-errors.ts';
import type { Moods, MoodyWork } from '../moods/moods.ts';
import type {
  CloudView,
  PutPlan,
  PutRequest,
  RecordChanges,
  ResourceRecord,
  WorkKind,
} from '../providers/provider.ts';
import { parseResourceId, type ResourceId } from '../resource-id.ts';
import type { Work } from '../store/documents.ts';
import type { Store } from '../store/store.ts';
import type { ProviderDirectory } from './provider-directory.ts';
import { planGeneric } from './generic-resource.ts';
import type { PutReader } from './put-reader.ts';
import type { ResourceGroups } from './resource-groups.ts';

/** What is left of the time of a PUT that changes nothing. */
const unchangedFactor = 0.05;

export interface AcceptedPut {
  record: ResourceRecord;
  work: Work;
  isNew: boolean;
}

/** Accepts, carries out and finishes changes of resources. */
export class ResourceManager {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #groups: ResourceGroups;
  readonly #directory: ProviderDirectory;
  readonly #puts: PutReader;
  readonly #pace: Pace;
  readonly #paceFactor: number;
  readonly #moods: Moods;
  readonly #machines: MachineWork;
  readonly #locks: Locks;
  readonly #timers = new Map<string, () => void>();
  /** What is really being done for a work, and how to call off what has not begun of it. */
  readonly #underWay = new Map<string, AbortController>();
  #isClosed = false;
  readonly #listeners = new Set<(work: Work) => void>();
  readonly view: CloudView;

  constructor(parts: {
    store: Store;
    clock: Clock;
    groups: ResourceGroups;
    directory: ProviderDirectory;
    puts: PutReader;
    pace: Pace;
    /** What every duration is multiplied by. */
    paceFactor: number;
    moods: Moods;
    machines: MachineWork;
    locks: Locks;
    view: CloudView;
  }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#groups = parts.groups;
    this.#directory = parts.directory;
    this.#puts = parts.puts;
    this.#pace = parts.pace;
    this.#paceFactor = parts.paceFactor;
    this.#moods = parts.moods;
    this.#machines = parts.machines;
    this.#locks = parts.locks;
    this.view = parts.view;
    this.#moods.onSet(() => this.#letGo());
  }

  /** Takes up the works that a stopped process left behind, with the time that remains of each. */
  resume(): void {
    for (const work of this.#store.works.inState('Running')) if (!isHeld(work)) this.#schedule(work);
    this.#letGo();
  }

  /** Begins nothing any more; what is under way with machines is taken up again by the next `resume`. */
  close(): void {
    this.#isClosed = true;
    for (const controller of this.#underWay.values()) controller.abort();
  }

  /** Lets works end that a mood held and no mood holds any more. */
  #letGo(): void {
    this.#store.transaction(() => {
      for (const work of this.#store.works.inState('Running')) {
        if (!isHeld(work) || this.#moods.holds(asMoodyWork(work.kind, work.resourceId))) continue;
        const { mood: _mood, ...free } = work;
        const now = this.#clock.now().toISOString();
        const due: Work = { ...free, dueAt: free.dueAt > now ? free.dueAt : now };
        this.#store.works.put(due);
        this.#store.afterCommit(() => this.#schedule(due));
      }
    });
  }

  /** `listener` hears of each work that has ended, after its effects are stored. */
  onWorkEnded(listener: (work: Work) => void): void {
    this.#listeners.add(listener);
  }

  get(id: string): ResourceRecord | undefined {
    return this.#store.resources.get(id);
  }

  work(id: string): Work | undefined {
    return this.#store.works.get(id);
  }

  /** The work that is being done on a resource. */
  runningWork(resourceId: string): Work | undefined {
    return this.#store.works.inScope(resourceId.toLowerCase()).find((work) => work.state === 'Running');
  }

  /** Whether the work that is being done on a resource will not end as long as a mood holds it. */
  isHeld(resourceId: string): boolean {
    const running = this.runningWork(resourceId);
    return running !== undefined && isHeld(running);
  }

  /** Accepts a PUT: the resource is stored as in progress and its work scheduled. Throws ArmError. */
  put(id: ResourceId, apiVersion: string, body: JsonObject, cause?: Cause): AcceptedPut {
    return this.#store.transaction(() => {
      const group =
        id.resourceGroup === undefined
          ? undefined
          : this.#groups.getForWrite(id.subscriptionId, id.resourceGroup);
      const request = this.#puts.read(id, apiVersion, body, group, { isPlanned: false });
      this.#puts.checkParent(request.id);
      this.#refuseWhileBusy(request.id.text);
      const plan: PutPlan = this.#directory.handler(request.id.type)?.put(request) ?? planGeneric(request);
      const unchanged =
        request.existing?.provisioningState === 'Succeeded' &&
        this.#store.resources.isMadeOf(request.id.text, request.body);
      return this.#begin(request, plan, unchanged, cause);
    });
  }

  #begin(request: PutRequest, plan: PutPlan, unchanged: boolean, cause: Cause | undefined): AcceptedPut {
    const fullMs = this.#durationMs(plan.work, plan.units ?? 1);
    if (unchanged && request.existing) {
      const work = this.#newWork('put', request.existing.id, fullMs * unchangedFactor, {
        isUnchanged: true,
        cause,
      });
      return { record: request.existing, work, isNew: false };
    }
    const now = request.now.toISOString();
    const isNew = request.existing === undefined;
    const record: ResourceRecord = {
      ...plan.record,
      provisioningState: isNew ? 'Creating' : 'Updating',
      etag: makeEtag(),
      createdAt: request.existing?.createdAt ?? now,
      changedAt: now,
    };
    this.#store.resources.put(record, request.body);
    if (plan.also) this.#apply(plan.also);
    const work = this.#newWork('put', record.id, fullMs, { isNew, cause });
    return { record: this.#store.resources.get(record.id) ?? record, work, isNew };
  }

  /** Changes tags at once, without any work. */
  replaceTags(id: string, tags: Record<string, string>): ResourceRecord | undefined {
    return this.#store.transaction(() => {
      const record = this.#store.resources.get(id);
      if (!record) return undefined;
      const changed = { ...record, tags, etag: makeEtag(), changedAt: this.#clock.now().toISOString() };
      this.#store.resources.put(changed, null);
      return changed;
    });
  }

  /**
   * Stores at once, without any work, what an action makes of a resource. Throws ArmError where there is none, and while
   * something else is being done to it.
   */
  change(id: string, becomes: (record: ResourceRecord, now: Date) => ResourceRecord): ResourceRecord {
    return this.#store.transaction(() => {
      const record = this.#store.resources.get(id);
      if (!record) throw new ArmError(404, 'ResourceNotFound', `The resource '${id}' was not found.`);
      this.#refuseWhileBusy(record.id);
      const now = this.#clock.now();
      const changed = { ...becomes(record, now), etag: makeEtag(), changedAt: now.toISOString() };
      this.#store.resources.put(changed);
      return changed;
    });
  }

  /**
   * Accepts a DELETE; `undefined` when there is no such resource. Throws ArmError while others use it, and while something
   * that would go with it is locked.
   * With `atOnce` it is over when this returns, where no mood makes more of it.
   */
  remove(id: string, cause?: Cause, atOnce = false): Work | undefined {
    return this.#store.transaction(() => {
      const record = this.#store.resources.get(id);
      if (!record) return undefined;
      const running = this.runningWork(record.id);
      if (running?.kind === 'delete') return running;
      const handler = this.#directory.handler(record.type);
      const going = handler?.remove?.(record, this.view)?.remove ?? [];
      for (const goingId of [record.id, ...going]) this.#locks.refuseDelete(goingId);
      if (running) this.#end(running, 'Canceled');
      this.#store.resources.put({
        ...record,
        secrets: withoutPowerAction(record.secrets),
        provisioningState: 'Deleting',
        etag: makeEtag(),
      });
      const kind: WorkKind = handler?.removeWork ?? 'generic';
      const work = this.#newWork('delete', record.id, this.#durationMs(kind, 1), { cause });
      if (!atOnce || work.mood !== undefined) return work;
      this.#finish(work.id);
      return this.#store.works.get(work.id);
    });
  }

  /** Accepts an action on a machine. Throws ArmError while something else is being done to it or to its scale set. */
  act(id: string, action: PowerAction, cause?: Cause): Work {
    return this.#store.transaction(() => {
      const record = this.#store.resources.get(id);
      if (!record) throw new ArmError(404, 'ResourceNotFound', `The resource '${id}' was not found.`);
      this.#refuseWhileBusy(record.id);
      const scaleSetId = scaleSetIdOf(record.id);
      if (scaleSetId !== undefined) this.#refuseWhileBusy(scaleSetId);
      this.#store.resources.put({
        ...record,
        secrets: withPowerAction(record.secrets, action),
        provisioningState: 'Updating',
        etag: makeEtag(),
      });
      return this.#newWork('action', record.id, this.#durationMs('power', 1), { action, cause });
    });
  }

  #durationMs(kind: WorkKind, units: number): number {
    if (this.#machines.takesRealTime(kind)) return 0;
    return workDurationMs(kind, units, this.#pace, this.#paceFactor);
  }

  #newWork(
    kind: Work['kind'],
    resourceId: string,
    durationMs: number,
    {
      isNew = false,
      isUnchanged = false,
      action,
      cause,
    }: { isNew?: boolean; isUnchanged?: boolean; action?: PowerAction; cause?: Cause | undefined },
  ): Work {
    const now = this.#clock.now();
    const moody = asMoodyWork(kind, resourceId);
    const mood = this.#moods.strikeWork(moody);
    const delayMs = mood?.mood === 'slow' ? mood.delayMs : 0;
    const work: Work = {
      id: randomUUID(),
      kind,
      resourceId,
      isNew,
      ...(isUnchanged ? { isUnchanged } : {}),
      ...(action === undefined ? {} : { action }),
      ...(cause === undefined ? {} : { cause }),
      startedAt: now.toISOString(),
      dueAt: new Date(now.getTime() + durationMs + delayMs).toISOString(),
      state: 'Running',
      ...(mood?.mood === 'never-ends' ? { mood: 'never-ends' } : {}),
      ...(mood?.mood === 'fails' ? { mood: { fails: workError(mood, moody) } } : {}),
    };
    this.#store.works.put(work);
    if (!isHeld(work)) this.#store.afterCommit(() => this.#schedule(work));
    return work;
  }

  #schedule(work: Work): void {
    const delayMs = Date.parse(work.dueAt) - this.#clock.now().getTime();
    this.#timers.set(
      work.id,
      this.#clock.schedule(delayMs, () => {
        this.#timers.delete(work.id);
        this.#carryOut(work.id);
      }),
    );
  }

  /** Does with the machines what a work stands for, and finishes it then. */
  #carryOut(workId: string): void {
    const work = this.#store.works.get(workId);
    const record = work && this.#store.resources.get(work.resourceId);
    if (work?.state !== 'Running' || !record || work.isUnchanged || work.mood !== undefined) {
      this.#finish(workId);
      return;
    }
    const controller = new AbortController();
    let pending: Pending;
    try {
      pending = this.#machines.carryOut(work, record, controller.signal);
    } catch (error) {
      this.#finish(workId, error);
      return;
    }
    if (pending === undefined) {
      this.#finish(workId);
      return;
    }
    this.#underWay.set(workId, controller);
    const end = (error?: unknown): void => {
      this.#underWay.delete(workId);
      if (!this.#isClosed) this.#finish(workId, error);
    };
    pending.then(() => end(), end);
  }

  /** `trouble` is what went wrong with the machines. */
  #finish(workId: string, trouble?: unknown): void {
    this.#store.transaction(() => {
      const work = this.#store.works.get(workId);
      if (work?.state !== 'Running') return;
      const record = this.#store.resources.get(work.resourceId);
      if (!record) this.#end(work, work.kind === 'delete' ? 'Succeeded' : 'Canceled');
      else if (work.kind === 'put') this.#finishPut(work, record, trouble);
      else if (work.kind === 'delete') this.#finishDelete(work, record, trouble);
      else this.#finishAction(work, record, trouble);
    });
  }

  #finishPut(work: Work, record: ResourceRecord, trouble: unknown): void {
    const now = this.#clock.now();
    const changes = attempt(work, trouble, () =>
      work.isUnchanged ? undefined : this.#directory.handler(record.type)?.complete?.(record, this.view, now),
    );
    if (work.isUnchanged && changes.error === undefined) {
      this.#end(work, 'Succeeded');
      return;
    }
    if (changes.error === undefined && changes.value) this.#apply(changes.value, 'complete');
    const current = this.#store.resources.get(record.id) ?? record;
    this.#store.resources.put({
      ...current,
      provisioningState: changes.error === undefined ? 'Succeeded' : 'Failed',
      etag: makeEtag(),
      changedAt: now.toISOString(),
    });
    this.#end(work, changes.error === undefined ? 'Succeeded' : 'Failed', changes.error);
  }

  #finishDelete(work: Work, record: ResourceRecord, trouble: unknown): void {
    const changes = attempt(work, trouble, () =>
      this.#directory.handler(record.type)?.remove?.(record, this.view),
    );
    if (changes.error !== undefined) {
      this.#store.resources.put({ ...record, provisioningState: 'Failed', etag: makeEtag() });
      this.#end(work, 'Failed', changes.error);
      return;
    }
    if (changes.value) this.#apply(changes.value);
    this.#removeWithChildren(record.id);
    this.#end(work, 'Succeeded');
  }

  #finishAction(work: Work, record: ResourceRecord, trouble: unknown): void {
    const { error } = attempt(work, trouble, () => undefined);
    const secrets = withoutPowerAction(record.secrets);
    const etag = makeEtag();
    this.#store.resources.put({
      ...record,
      secrets:
        error === undefined ? withPowerAfter(secrets, work.action) : withActionFailure(secrets, etag, error),
      provisioningState: error === undefined ? 'Succeeded' : 'Failed',
      etag,
    });
    this.#end(work, error === undefined ? 'Succeeded' : 'Failed', error);
  }

  #end(work: Work, state: Work['state'], error?: ErrorBody): void {
    const ended: Work = { ...work, state, ...(error === undefined ? {} : { error }) };
    delete ended.mood;
    this.#store.works.put(ended);
    this.#store.afterCommit(() => {
      this.#timers.get(work.id)?.();
      this.#timers.delete(work.id);
      this.#underWay.get(work.id)?.abort();
      for (const listener of this.#listeners) listener(ended);
    });
  }

  /**
   * What completes a resource (addresses and the like that it gets) leaves those that it touches what they were made
   * of; whatever else changes a resource makes it differ from its last request.
   */
  #apply(changes: RecordChanges, kind: 'change' | 'complete' = 'change'): void {
    const now = this.#clock.now().toISOString();
    for (const record of changes.upsert) {
      const changed: ResourceRecord = {
        ...record,
        provisioningState: record.provisioningState === '' ? 'Succeeded' : record.provisioningState,
        etag: makeEtag(),
        createdAt: record.createdAt === '' ? now : record.createdAt,
        changedAt: now,
      };
      this.#store.resources.put(changed, kind === 'complete' ? undefined : null);
    }
    for (const id of changes.remove) this.#removeWithChildren(id);
  }

  #removeWithChildren(id: string): void {
    const records = [this.#store.resources.get(id), ...this.#store.resources.list({ under: id })];
    for (const record of records) {
      if (!record) continue;
      this.#store.resources.remove(record.id);
      this.#store.removeGuardsAt(record.id);
      const running = this.runningWork(record.id);
      if (running && record.id.toLowerCase() !== id.toLowerCase())
        this.#end(running, running.kind === 'delete' ? 'Succeeded' : 'Canceled');
    }
  }

  #refuseWhileBusy(id: string): void {
    if (this.runningWork(id) === undefined) return;
    throw new ArmError(
      409,
      'AnotherOperationInProgress',
      `Another operation on this or dependent resource is in progress. To retrieve status of the operation use the resource's state: ${id}.`,
    );
  }
}

/** Whether a mood keeps a work from ever ending. */
function isHeld(work: Work): boolean {
  return work.mood === 'never-ends';
}

function asMoodyWork(kind: Work['kind'], resourceId: string): MoodyWork {
  const id = parseResourceId(resourceId);
  return {
    type: id?.type ?? '',
    name: id?.names.join('/') ?? '',
    action: kind === 'put' ? 'write' : kind,
  };
}

/**
 * What comes out at the end of a work: the error that a mood makes of it, the trouble with its machines, or what `finish`
 * gives or throws.
 */
function attempt<T>(work: Work, trouble: unknown, finish: () => T): { value?: T; error?: ErrorBody } {
  if (work.mood !== undefined && work.mood !== 'never-ends') return { error: work.mood.fails };
  if (trouble !== undefined) return { error: errorBody(asFailure(trouble)) };
  try {
    return { value: finish() };
  } catch (error) {
    return { error: errorBody(asFailure(error)) };
  }
}

function makeEtag(): string {
  return `W/"${randomUUID()}"`;
}
