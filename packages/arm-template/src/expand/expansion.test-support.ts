import { expect } from 'vitest';
import { deploymentScope } from '../conformance.test-support.ts';
import {
  expandTemplate,
  TemplateError,
  type Expansion,
  type JsonObject,
  type JsonValue,
  type PlannedResource,
  type TemplateRuntime,
} from '../index.ts';

export const group = deploymentScope().resourceGroup!.id;
export const sources = {
  now: new Date(Date.UTC(2026, 4, 6, 7, 8, 9)),
  newGuid: () => 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee',
};

export function expand(
  template: JsonObject,
  parameters: JsonObject = {},
  kind: 'resourceGroup' | 'subscription' = 'resourceGroup',
): Expansion {
  return expandTemplate({ template, parameters, scope: deploymentScope(kind), sources });
}

export function failureOf(template: JsonObject, parameters: JsonObject = {}): TemplateError {
  try {
    expand(template, parameters);
  } catch (error) {
    if (error instanceof TemplateError) return error;
    throw error;
  }
  throw new Error('The template was accepted.');
}

export const thing = (name: string, more: JsonObject = {}): JsonObject => ({
  type: 'Test.Rp/things',
  apiVersion: '2020-01-01',
  name,
  ...more,
});
export const thingId = (name: string): string => `${group}/providers/Test.Rp/things/${name}`;
export const dependenciesOf = (expansion: Expansion): Record<string, string[]> =>
  Object.fromEntries(
    expansion.resources.map(({ name, dependsOn }) => [
      name,
      dependsOn.map((id) => id.slice(id.lastIndexOf('/') + 1)),
    ]),
  );
export const output = (value: JsonValue, type = 'string'): JsonObject => ({
  outputs: { result: { type, value } },
});

/** A runtime that answers with what it was asked. */
export const echo: TemplateRuntime = {
  reference: (id, apiVersion, full) => ({ id, apiVersion: apiVersion ?? 'none', full }),
  list: (action, id, apiVersion, body) => ({
    action,
    id,
    apiVersion,
    ...(body === undefined ? {} : { body }),
  }),
};

export function resultOf(template: JsonObject, parameters: JsonObject = {}): JsonValue {
  return expand({ resources: [], ...template }, parameters).evaluateOutputs(echo)['result']!.value;
}

export const only = (expansion: Expansion): PlannedResource => {
  expect(expansion.resources).toHaveLength(1);
  return expansion.resources[0]!;
};
