import type { Locks } from '../../governance/locks.ts';
import {
  TemplateError,
  type JsonObject,
  type KnownRuntime,
  type PlannedResource,
} from '@slipway/arm-template';
import { ArmError } from '../../arm-error.ts';
import { canonicalJson, isJsonObject } from '../../json-text.ts';
import { withRecords } from '../../providers/compute/planned-view.ts';
import type { KeyActions } from '../../providers/generic/key-actions.ts';
import type { CloudView, PutPlan, PutRequest, ResourceRecord } from '../../providers/provider.ts';
import { parseResourceId, type ResourceId } from '../../resource-id.ts';
import { planGeneric } from '../../resources/generic-resource.ts';
import type { ProviderDirectory } from '../../resources/provider-directory.ts';
import type { PutReader } from '../../resources/put-reader.ts';
import type { ResourceGroup } from '../../store/documents.ts';
import type { Store } from '../../store/store.ts';
import { hasUnresolved } from '../planner.ts';
import { makeRuntime } from '../template-runtime.ts';
import { hiddenChanges } from './hidden-changes.ts';
import { hiddenText, withoutSecrets, withoutWriteOnly } from './hidden-values.ts';
import { mergedSnapshot } from './merged-snapshot.ts';
import { PredictedState } from './predicted-state.ts';
import { propertyChanges } from './property-changes.ts';
import { snapshotOf } from './snapshot.ts';
import type { WhatIfChange, WhatIfDiagnostic } from './what-if-change.ts';

/** What predicting works with. */
export interface PredictionParts {
  store: Store;
  directory: ProviderDirectory;
  puts: PutReader;
  view: CloudView;
  locks: Locks;
  keys: KeyActions;
}

/**
 * The same resource of the twin expansion (see `hidden-values.ts`): `same` where no secret is about, `undefined` where the
 * twin has none, or could not be made.
 */
export type Twin = PlannedResource | 'same' | undefined;

/** A resource's body, as it is worked with and as it may be looked at. */
export interface PlannedBody {
  /** With everything that is known, secrets too; never shown. */
  actual: JsonObject;
  /** Without what `list*` answers: those expressions stay. */
  open: JsonObject;
  /** Made with other secrets; `undefined` where it could not be made. */
  twin: JsonObject | undefined;
  /** Whether anything in it may depend on a secret. */
  mayHoldSecrets: boolean;
  /** Length of its text. */
  size: number;
}

/** What is foreseen of one resource; the change itself is made when all are foreseen, for they change one another. */
type Prediction = () => Omit<WhatIfChange, 'deploymentId' | 'symbolicName'>;

/**
 * Foresees what a deployment makes of resources: each is put, in the order in which the deployment would, into a state laid
 * over what is there, by the provider's own rules. So defaults, read-only values and what one resource does to another come
 * out as they will. Nothing is written.
 *
 * Azure compares the template's body itself, and leaves every `reference` as its expression; here one is answered where the
 * resource exists and what becomes of it is foreseen, since nobody wants to be told of changes that will not be.
 */
export class ResourcePredictions {
  readonly #parts: PredictionParts;
  readonly #state: PredictedState;
  readonly #planned = new Set<string>();
  readonly #foreseen = new Set<string>();
  readonly diagnostics: WhatIfDiagnostic[] = [];

  constructor(parts: PredictionParts) {
    this.#parts = parts;
    this.#state = new PredictedState(parts.view);
  }

  /** Notes what is going to be deployed, before any of it is foreseen. */
  plan(ids: readonly string[]): void {
    for (const id of ids) this.#planned.add(id.toLowerCase());
  }

  isPlanned(id: string): boolean {
    return this.#planned.has(id.toLowerCase());
  }

  /** Evaluates a resource's body as far as it is known beforehand. */
  bodyOf(resource: PlannedResource, twin: Twin): PlannedBody {
    const actual = preview(resource, this.#known({ withKeys: true }));
    const known = this.#known({ withKeys: false });
    const open = preview(resource, known);
    const other = twin === 'same' ? open : twin && previewOfTwin(twin, known);
    const text = canonicalJson(actual);
    return {
      actual,
      open,
      twin: other,
      mayHoldSecrets: other === undefined || text !== canonicalJson(other),
      size: text.length,
    };
  }

  /** Foresees what becomes of a resource. Throws ArmError where its very request makes no sense. */
  predict(resource: PlannedResource, body: PlannedBody, group: ResourceGroup | undefined): Prediction {
    const id = parseResourceId(resource.id);
    if (!id) throw new ArmError(400, 'InvalidTemplate', `The resource id '${resource.id}' is not valid.`);
    const { apiVersion } = resource;
    const kept = resource.onlyIfNotExists ? this.#parts.view.get(resource.id) : undefined;
    if (kept !== undefined) {
      this.plan([kept.id]);
      const unchanged = snapshotOf(kept, this.#parts.view, apiVersion);
      return () => existingChange(kept.id, unchanged, unchanged, []);
    }
    const request = this.#read(id, apiVersion, body.actual, group);
    this.plan([request.id.text]);
    const before = this.#parts.view.get(request.id.text);
    if (before === undefined) {
      const plan = this.#put(request);
      if (!(plan instanceof ArmError)) this.#apply(plan, request);
      return () => ({
        resourceId: request.id.text,
        changeType: 'Create',
        after: createdSnapshot(request.id, apiVersion, body),
      });
    }
    const now = snapshotOf(before, this.#parts.view, apiVersion);
    const plan = this.#isUnchanged(before, request) ? undefined : this.#put(request);
    if (plan instanceof ArmError) return this.#refused(plan, request, body, now);
    const twin = plan && body.mayHoldSecrets ? this.#twinSnapshot(request, body.twin, group, now) : now;
    if (plan) this.#apply(plan, request);
    this.#foreseen.add(request.id.text.toLowerCase());
    const hidden = plan === undefined ? [] : hiddenChanges(body.actual, before.secrets);
    return () => {
      const record = this.#state.view.get(request.id.text);
      const then = record === undefined ? now : snapshotOf(record, this.#state.view, apiVersion);
      const after = plan && body.mayHoldSecrets ? masked(then, twin, now) : then;
      return existingChange(request.id.text, now, after, hidden);
    };
  }

  /** A provider would not take it as it is: what the template says is shown over what is there, and why it may fail. */
  #refused(refusal: ArmError, request: PutRequest, body: PlannedBody, now: JsonObject): Prediction {
    if (!hasUnresolved(body.actual))
      this.diagnostics.push({
        level: 'Warning',
        code: refusal.code,
        message: reasonOf(refusal.code, refusal.message, body.mayHoldSecrets),
        target: request.id.text,
      });
    const then = mergedSnapshot(now, body.open);
    const twin = body.twin === undefined ? undefined : mergedSnapshot(now, body.twin);
    const after = body.mayHoldSecrets ? masked(then, twin, now) : then;
    return () => existingChange(request.id.text, now, after, []);
  }

  #read(id: ResourceId, apiVersion: string, body: JsonObject, group: ResourceGroup | undefined): PutRequest {
    const request = this.#parts.puts.read(id, apiVersion, body, group, { isPlanned: true });
    return {
      ...request,
      existing: this.#state.view.get(request.id.text),
      view: this.#state.view,
    };
  }

  /** Whether the engine would find that the resource was last made of exactly this. */
  #isUnchanged(before: ResourceRecord, request: PutRequest): boolean {
    return (
      before.provisioningState === 'Succeeded' &&
      request.existing === before &&
      this.#parts.store.resources.isMadeOf(before.id, request.body)
    );
  }

  #put(request: PutRequest): PutPlan | ArmError {
    try {
      return this.#parts.directory.handler(request.id.type)?.put(request) ?? planGeneric(request);
    } catch (error) {
      if (error instanceof ArmError) return error;
      throw error;
    }
  }

  #apply(plan: PutPlan, request: PutRequest): void {
    this.#state.apply({ upsert: [asRecord(plan, request)], remove: [] });
    if (plan.also) this.#state.apply(plan.also);
  }

  /** What would become of the resource with other secrets; `undefined` where that cannot be told. */
  #twinSnapshot(
    { id, apiVersion }: PutRequest,
    body: JsonObject | undefined,
    group: ResourceGroup | undefined,
    now: JsonObject,
  ): JsonObject | undefined {
    if (body === undefined) return undefined;
    try {
      const request = this.#read(id, apiVersion, body, group);
      const plan = this.#put(request);
      if (plan instanceof ArmError) return mergedSnapshot(now, body);
      const record = asRecord(plan, request);
      const view = withRecords(this.#state.view, [record, ...(plan.also?.upsert ?? [])]);
      return snapshotOf(record, view, apiVersion);
    } catch (error) {
      if (error instanceof ArmError) return undefined;
      throw error;
    }
  }

  #known({ withKeys }: { withKeys: boolean }): KnownRuntime {
    const { store, directory, locks, keys } = this.#parts;
    const runtime = makeRuntime({ store, directory, view: this.#state.view, locks, keys }, () => undefined);
    return {
      reference: (id, apiVersion, full) =>
        this.#isKnown(id) ? runtime.reference(id, apiVersion, full) : undefined,
      list: (action, id, apiVersion, body) =>
        withKeys && this.#isKnown(id) ? runtime.list(action, id, apiVersion, body) : undefined,
    };
  }

  /** Whether what a resource will be when it is referred to can be told now. */
  #isKnown(id: string): boolean {
    const key = id.toLowerCase();
    if (this.#planned.has(key)) return this.#foreseen.has(key);
    const { store, view } = this.#parts;
    return (
      view.get(id) !== undefined ||
      store.deployments.get(key) !== undefined ||
      store.groups.get(key) !== undefined
    );
  }
}

/** Why something cannot be foreseen; an error about a body with secrets may quote one. */
export const reasonOf = (code: string, message: string, mayHoldSecrets: boolean): string =>
  mayHoldSecrets ? `It would be refused: ${code}.` : message;

/** What is known already may make no sense of an expression, which then waits for the running deployment. */
function preview(resource: PlannedResource, known: KnownRuntime): JsonObject {
  try {
    return resource.preview(known);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return resource.preview();
  }
}

/** A secret's stand-in need not fit where the secret did. */
function previewOfTwin(resource: PlannedResource, known: KnownRuntime): JsonObject | undefined {
  try {
    return preview(resource, known);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return undefined;
  }
}

function asRecord(plan: PutPlan, { existing, now }: PutRequest): ResourceRecord {
  const time = now.toISOString();
  return {
    ...plan.record,
    provisioningState: 'Succeeded',
    etag: existing?.etag ?? '',
    createdAt: existing?.createdAt ?? time,
    changedAt: time,
  };
}

/** A resource that does not exist yet is shown as the template has it: what Azure adds is not known. */
export function createdSnapshot(
  id: Pick<ResourceId, 'text' | 'type' | 'names'>,
  apiVersion: string,
  body: PlannedBody,
): JsonObject {
  const shown = withoutWriteOnly(body.mayHoldSecrets ? withoutSecrets(body.open, body.twin) : body.open);
  return {
    ...(isJsonObject(shown) ? shown : { properties: hiddenText }),
    apiVersion,
    id: id.text,
    type: id.type,
    name: id.names.at(-1) ?? '',
  };
}

/** A snapshot of what will be, without what of it depends on a secret and is not there now. */
export function masked(then: JsonObject, twin: JsonObject | undefined, now: JsonObject): JsonObject {
  const shown = withoutSecrets(then, twin, now);
  return isJsonObject(shown) ? shown : now;
}

/** The change of a resource that exists. */
export function existingChange(
  resourceId: string,
  before: JsonObject,
  after: JsonObject,
  hidden: NonNullable<WhatIfChange['delta']>,
): WhatIfChange {
  const delta = [...propertyChanges(withTags(before), withTags(after)), ...hidden];
  if (delta.length === 0) return { resourceId, changeType: 'NoChange', before, after };
  return { resourceId, changeType: 'Modify', before, after, delta };
}

/** No tags are no tags, however a request says so. */
const withTags = (snapshot: JsonObject): JsonObject => ({ ...snapshot, tags: snapshot.tags ?? {} });
