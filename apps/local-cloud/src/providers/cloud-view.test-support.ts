import type { JsonObject } from '@slipway/arm-template';
import { ArmError } from '../arm-error.ts';
import type { MachineView } from '../machines/machine-driver.ts';
import { simulatedMachines } from '../machines/simulated/simulated-machines.ts';
import { parseResourceId } from '../resource-id.ts';
import type { CloudView, PutRequest, RecordChanges, ResourceRecord } from './provider.ts';
import { providers } from './registry.ts';

export const subscription = '11111111-1111-1111-1111-111111111111';
export const group = `/subscriptions/${subscription}/resourceGroups/rg1`;

/** The id of a resource in the test's group, for example `idIn('Microsoft.Network/loadBalancers', 'lb')`. */
export function idIn(type: string, ...names: string[]): string {
  const [namespace = '', ...types] = type.split('/');
  return `${group}/providers/${namespace}${types.map((part, index) => `/${part}/${names[index] ?? ''}`).join('')}`;
}

/** Resources in memory, changed by the providers' own handlers as the engine does it, without any delay. */
export class MemoryCloud implements CloudView {
  readonly dnsSuffix = 'cloudapp.slipway.internal';
  readonly armEndpoint = 'https://localhost:8443';
  readonly machines: MachineView;
  readonly #records = new Map<string, ResourceRecord>();
  readonly #now = new Date('2026-01-02T03:04:05.000Z');

  constructor(machines: MachineView = simulatedMachines) {
    this.machines = machines;
  }

  get(id: string): ResourceRecord | undefined {
    return this.#records.get(id.toLowerCase());
  }

  list(filter: Parameters<CloudView['list']>[0]): ResourceRecord[] {
    const { subscriptionId, resourceGroup, type, under } = filter;
    return [...this.#records.values()].filter((record) => {
      const id = record.id.toLowerCase();
      return (
        (subscriptionId === undefined || id.startsWith(`/subscriptions/${subscriptionId.toLowerCase()}/`)) &&
        (resourceGroup === undefined || id.includes(`/resourcegroups/${resourceGroup.toLowerCase()}/`)) &&
        (type === undefined || record.type.toLowerCase() === type.toLowerCase()) &&
        (under === undefined || id.startsWith(`${under.toLowerCase()}/`))
      );
    });
  }

  request(id: string, body: JsonObject, apiVersion = '2025-05-01'): PutRequest {
    const parsed = parseResourceId(id);
    if (!parsed) throw new Error(`${id} is no resource id`);
    return {
      id: parsed,
      apiVersion,
      body: { location: 'eastus', ...body },
      existing: this.get(id),
      view: this,
      now: this.#now,
    };
  }

  /** Accepts a PUT without finishing it. */
  accept(id: string, body: JsonObject): ResourceRecord {
    const request = this.request(id, body);
    const plan = handlerOf(request.id.type).put(request);
    const record: ResourceRecord = {
      ...plan.record,
      provisioningState: request.existing ? 'Updating' : 'Creating',
      etag: 'W/"1"',
      createdAt: request.existing?.createdAt ?? this.#now.toISOString(),
      changedAt: this.#now.toISOString(),
    };
    this.#records.set(record.id.toLowerCase(), record);
    if (plan.also) this.#apply(plan.also);
    return record;
  }

  /** Accepts a PUT and finishes its work. */
  put(id: string, body: JsonObject): ResourceRecord {
    this.accept(id, body);
    const accepted = this.must(id);
    const changes = handlerOf(accepted.type).complete?.(accepted, this, this.#now);
    if (changes) this.#apply(changes);
    const done = { ...this.must(id), provisioningState: 'Succeeded' };
    this.#records.set(id.toLowerCase(), done);
    return done;
  }

  remove(id: string): void {
    const record = this.must(id);
    this.#apply(handlerOf(record.type).remove?.(record, this) ?? { upsert: [], remove: [id] });
  }

  must(id: string): ResourceRecord {
    const record = this.get(id);
    if (!record) throw new Error(`${id} does not exist`);
    return record;
  }

  /** The properties that GET returns. */
  shown(id: string): JsonObject {
    const record = this.must(id);
    return { ...record.properties, ...handlerOf(record.type).present?.(record, this) };
  }

  part(id: string, segment: string, name?: string) {
    const record = this.must(id);
    return handlerOf(record.type).parts?.[segment]?.(record, this, name);
  }

  preflight(requests: readonly PutRequest[]): void {
    for (const request of requests) handlerOf(request.id.type).preflight?.(request, requests);
  }

  #apply(changes: RecordChanges): void {
    for (const record of changes.upsert) this.#records.set(record.id.toLowerCase(), record);
    for (const id of changes.remove) {
      for (const key of this.#records.keys()) {
        if (key === id.toLowerCase() || key.startsWith(`${id.toLowerCase()}/`)) this.#records.delete(key);
      }
    }
  }
}

export function handlerOf(type: string) {
  const handler = providers
    .flatMap((provider) => provider.types)
    .find((candidate) => candidate.type.toLowerCase() === type.toLowerCase());
  if (!handler) throw new Error(`no handler for ${type}`);
  return handler;
}

/** The refusal that an action ends with. */
export function refusal(action: () => unknown): ArmError {
  try {
    action();
  } catch (error) {
    if (error instanceof ArmError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
