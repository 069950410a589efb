import { randomUUID } from 'node:crypto';
import type { JsonObject } from '@slipway/arm-template';
import { ArmError } from '../arm-error.ts';
import type { Clock } from '../clock.ts';
import { errorBody, asFailure } from '../error-body.ts';
import { workDurationMs, type Pace } from '../machines/pace.ts';
import type {
  CloudView,
  PutPlan,
  PutRequest,
  RecordChanges,
  ResourceRecord,
  WorkKind,
} from '../providers/provider.ts';
import type { ResourceId } from '../resource-id.ts';
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
  readonly #timers = new Map<string, () => void>();
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
    view: CloudView;
  }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#groups = parts.groups;
    this.#directory = parts.directory;
    this.#puts = parts.puts;
    this.#pace = parts.pace;
    this.#paceFactor = parts.paceFactor;
    this.view = parts.view;
  }

  /** Takes up the works that a stopped process left behind, with the time that remains of each. */
  resume(): void {
    for (const work of this.#store.works.inState('Running')) this.#schedule(work);
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

  /** Accepts a PUT: the resource is stored as in progress and its work scheduled. Throws ArmError. */
  put(id: ResourceId, apiVersion: string, body: JsonObject): AcceptedPut {
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
      return this.#begin(request, plan, unchanged);
    });
  }

  #begin(request: PutRequest, plan: PutPlan, unchanged: boolean): AcceptedPut {
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
    const fullMs = this.#durationMs(plan.work, plan.units ?? 1);
    const work = this.#newWork('put', record.id, isNew, unchanged ? fullMs * unchangedFactor : fullMs);
    return { record: this.#store.resources.get(record.id) ?? record, work, isNew };
  }

  /** Changes tags at once, without any work. */
  replaceTags(id: string, tags: Record<string, string>): ResourceRecord | undefined {
    return this.#store.transaction(() => {
      const record = this.#store.resources.get(id);
      if (!record) return undefined;
      const changed = { ...record, tags, etag: makeEtag(), changedAt: this.#clock.now().toISOString() };
      this.#store.resources.put(changed);
      return changed;
    });
  }

  /** Accepts a DELETE; `undefined` when there is no such resource. Throws ArmError while others use it. */
  remove(id: string): Work | undefined {
    return this.#store.transaction(() => {
      const record = this.#store.resources.get(id);
      if (!record) return undefined;
      const running = this.runningWork(record.id);
      if (running?.kind === 'delete') return running;
      const handler = this.#directory.handler(record.type);
      handler?.remove?.(record, this.view);
      if (running) this.#end(running, 'Canceled');
      this.#store.resources.put({ ...record, provisioningState: 'Deleting', etag: makeEtag() });
      const kind: WorkKind = handler?.removeWork ?? 'generic';
      return this.#newWork('delete', record.id, false, this.#durationMs(kind, 1));
    });
  }

  #durationMs(kind: WorkKind, units: number): number {
    return workDurationMs(kind, units, this.#pace, this.#paceFactor);
  }

  #newWork(kind: Work['kind'], resourceId: string, isNew: boolean, durationMs: number): Work {
    const now = this.#clock.now();
    const work: Work = {
      id: randomUUID(),
      kind,
      resourceId,
      isNew,
      startedAt: now.toISOString(),
      dueAt: new Date(now.getTime() + durationMs).toISOString(),
      state: 'Running',
    };
    this.#store.works.put(work);
    this.#store.afterCommit(() => this.#schedule(work));
    return work;
  }

  #schedule(work: Work): void {
    const delayMs = Date.parse(work.dueAt) - this.#clock.now().getTime();
    this.#timers.set(
      work.id,
      this.#clock.schedule(delayMs, () => {
        this.#timers.delete(work.id);
        this.#finish(work.id);
      }),
    );
  }

  #finish(workId: string): void {
    this.#store.transaction(() => {
      const work = this.#store.works.get(workId);
      if (work?.state !== 'Running') return;
      const record = this.#store.resources.get(work.resourceId);
      if (!record) this.#end(work, work.kind === 'delete' ? 'Succeeded' : 'Canceled');
      else if (work.kind === 'put') this.#finishPut(work, record);
      else this.#finishDelete(work, record);
    });
  }

  #finishPut(work: Work, record: ResourceRecord): void {
    const now = this.#clock.now();
    const changes = attempt(() => this.#directory.handler(record.type)?.complete?.(record, this.view, now));
    if (changes.error === undefined && changes.value) this.#apply(changes.value);
    const current = this.#store.resources.get(record.id) ?? record;
    this.#store.resources.put({
      ...current,
      provisioningState: changes.error === undefined ? 'Succeeded' : 'Failed',
      etag: makeEtag(),
      changedAt: now.toISOString(),
    });
    this.#end(work, changes.error === undefined ? 'Succeeded' : 'Failed', changes.error);
  }

  #finishDelete(work: Work, record: ResourceRecord): void {
    const changes = attempt(() => this.#directory.handler(record.type)?.remove?.(record, this.view));
    if (changes.error !== undefined) {
      this.#store.resources.put({ ...record, provisioningState: 'Succeeded', etag: makeEtag() });
      this.#end(work, 'Failed', changes.error);
      return;
    }
    if (changes.value) this.#apply(changes.value);
    this.#removeWithChildren(record.id);
    this.#end(work, 'Succeeded');
  }

  #end(work: Work, state: Work['state'], error?: ArmError): void {
    const ended: Work = { ...work, state, ...(error === undefined ? {} : { error: errorBody(error) }) };
    this.#store.works.put(ended);
    this.#store.afterCommit(() => {
      this.#timers.get(work.id)?.();
      this.#timers.delete(work.id);
      for (const listener of this.#listeners) listener(ended);
    });
  }

  #apply(changes: RecordChanges): void {
    const now = this.#clock.now().toISOString();
    for (const record of changes.upsert) {
      this.#store.resources.put({
        ...record,
        provisioningState: record.provisioningState === '' ? 'Succeeded' : record.provisioningState,
        etag: makeEtag(),
        createdAt: record.createdAt === '' ? now : record.createdAt,
        changedAt: now,
      });
    }
    for (const id of changes.remove) this.#removeWithChildren(id);
  }

  #removeWithChildren(id: string): void {
    const records = [this.#store.resources.get(id), ...this.#store.resources.list({ under: id })];
    for (const record of records) {
      if (!record) continue;
      this.#store.resources.remove(record.id);
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

function attempt<T>(work: () => T): { value?: T; error?: ArmError } {
  try {
    return { value: work() };
  } catch (error) {
    return { error: asFailure(error) };
  }
}

function makeEtag(): string {
  return `W/"${randomUUID()}"`;
}
