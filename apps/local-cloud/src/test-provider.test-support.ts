import type { JsonObject } from '@slipway/arm-template';
import { ArmError } from './arm-error.ts';
import type { Clock } from './clock.ts';
import type { CloudView, ResourceProvider, ResourceRecord } from './providers/provider.ts';

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function users(record: ResourceRecord, view: CloudView): ResourceRecord[] {
  return view
    .list({ type: 'Microsoft.Test/things' })
    .filter((other) => text(other.properties.uses)?.toLowerCase() === record.id.toLowerCase());
}

/**
 * A provider whose things do what their properties say: `refuse` at once, `refuseInPreflight`, `failLater`, `uses` another
 * thing by its id (which then cannot be deleted), and keep a `password` to themselves.
 */
export const testProvider: ResourceProvider = {
  namespace: 'Microsoft.Test',
  types: [
    {
      type: 'Microsoft.Test/things',
      apiVersions: ['2026-01-01', '2025-01-01'],
      locations: 'all',
      preflight: (request) => {
        const reason = text((request.body.properties as JsonObject | undefined)?.refuseInPreflight);
        if (reason) throw new ArmError(400, 'ThingRefused', reason, { target: request.id.text });
      },
      put: ({ id, body, existing }) => {
        const { password, ...properties } = (body.properties ?? {}) as JsonObject;
        const reason = text(properties.refuse);
        if (reason) throw new ArmError(409, 'ThingRefused', reason);
        return {
          record: {
            id: id.text,
            type: id.type,
            name: id.names.at(-1) ?? '',
            location: text(body.location) ?? '',
            ...(body.tags === undefined ? {} : { tags: body.tags as Record<string, string> }),
            envelope: body.sku === undefined ? {} : { sku: body.sku },
            properties,
            secrets: password === undefined ? (existing?.secrets ?? {}) : { password },
            listed: true,
          },
          work: 'generic',
        };
      },
      complete: (record, _view, now) => {
        const reason = text(record.properties.failLater);
        if (reason) throw new ArmError(500, 'ThingBroke', reason);
        const properties = { ...record.properties, completedAt: now.toISOString() };
        return { upsert: [{ ...record, properties }], remove: [] };
      },
      remove: (record, view) => {
        const user = users(record, view)[0];
        if (user) throw new ArmError(409, 'ThingInUse', `${record.name} is used by ${user.id}.`);
        return { upsert: [], remove: [] };
      },
      present: (record, view) => ({ usedBy: users(record, view).map(({ id }) => ({ id })) }),
      actions: { listkeys: (record) => ({ key: record.secrets.password ?? 'none' }) },
      parts: {
        inside: (record, _view, name) => (name === undefined ? [{ name: `${record.name}-part` }] : { name }),
      },
    },
    {
      type: 'Microsoft.Test/things/children',
      apiVersions: ['2026-01-01'],
      locations: 'all',
      put: ({ id, body }) => ({
        record: {
          id: id.text,
          type: id.type,
          name: id.names.at(-1) ?? '',
          envelope: {},
          properties: (body.properties ?? {}) as JsonObject,
          secrets: {},
          listed: false,
        },
        work: 'generic',
      }),
    },
  ],
  subscriptionRoutes: {
    'locations/{location}/echo': ({ params, query }) => ({
      location: params.location ?? '',
      said: query.say ?? '',
    }),
  },
};

/** A clock that stands still: what is due later runs when the test moves it on. */
export class HandClock implements Clock {
  #nowMs = Date.parse('2026-01-01T00:00:00Z');
  readonly #due = new Map<() => void, number>();

  now = (): Date => new Date(this.#nowMs);

  schedule = (delayMs: number, action: () => void): (() => void) => {
    if (delayMs <= 0) {
      const immediate = setImmediate(action);
      return () => clearImmediate(immediate);
    }
    const run = (): void => action();
    this.#due.set(run, this.#nowMs + delayMs);
    return () => void this.#due.delete(run);
  };

  /** Moves on and does what is due by then, in order. */
  advance(byMs: number): void {
    this.#nowMs += byMs;
    for (const [run, dueMs] of [...this.#due].toSorted((a, b) => a[1] - b[1])) {
      if (dueMs > this.#nowMs || !this.#due.delete(run)) continue;
      run();
    }
  }
}

const apiVersion = '2026-01-01';

/** A template of things. */
export function thingsTemplate(
  things: Record<string, { properties?: JsonObject; dependsOn?: string[] }>,
  more: JsonObject = {},
): JsonObject {
  return {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    resources: Object.entries(things).map(([name, { properties = {}, dependsOn = [] }]) => ({
      type: 'Microsoft.Test/things',
      apiVersion,
      name,
      location: '[resourceGroup().location]',
      dependsOn: dependsOn.map((other) => `[resourceId('Microsoft.Test/things', '${other}')]`),
      properties,
    })),
    ...more,
  };
}
