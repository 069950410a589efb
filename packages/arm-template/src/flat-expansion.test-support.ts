import { objectOf } from './conformance.test-support.ts';
import {
  expandTemplate,
  TemplateError,
  type DeploymentScope,
  type Expansion,
  type JsonObject,
  type JsonValue,
  type PlannedResource,
  type TemplateRuntime,
} from './index.ts';
import { getOwn, isObject } from './json-values.ts';

const DEPLOYMENT_TYPE = 'microsoft.resources/deployments';

/** A resource as it stands in a flat expansion: its body beside its id, type and name, its children under `resources`. */
export type FlatResource = JsonObject & { id: string; type: string; name: string };

/** What stands for the state of a resource that the template only refers to. */
const unknownState = (id: string): JsonObject => ({
  id,
  location: 'eastus',
  identity: {
    principalId: 'ffffffff-ffff-ffff-ffff-ffffffffffff',
    tenantId: 'ffffffff-ffff-ffff-ffff-ffffffffffff',
  },
  properties: {},
});

const sources = {
  now: new Date(Date.UTC(2026, 0, 1)),
  newGuid: () => 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee',
};

/**
 * Expands a template with everything nested in it to one list: the deployment itself, then its resources in the order of
 * their dependencies, nested deployments followed by their own; children stand under the resource they belong to.
 */
export function flatExpansion(
  template: JsonValue,
  parameters: JsonObject,
  scope: DeploymentScope,
): FlatResource[] {
  const state = new Map<string, JsonObject>();
  const flat = deploy(template, parameters, scope, state).resources;
  const folded: FlatResource[] = [];
  // Of two deployments of one resource the later one counts.
  const last = new Map(flat.map((resource) => [resource.id.toLowerCase(), resource] as const));
  for (const resource of flat.filter((each) => last.get(each.id.toLowerCase()) === each)) {
    const parent = folded.find(
      ({ id, type }) =>
        // A deployment into a management group is no part of it.
        ![type.toLowerCase(), resource.type.toLowerCase()].includes(DEPLOYMENT_TYPE) &&
        resource.id.toLowerCase().startsWith(`${id.toLowerCase()}/`),
    );
    if (parent === undefined) folded.push(resource);
    else parent['resources'] = [...childrenOf(parent), resource];
  }
  return folded;
}

const childrenOf = (resource: FlatResource): JsonValue[] => {
  const children = resource['resources'];
  return Array.isArray(children) ? children : [];
};

function deploy(
  template: JsonValue,
  parameters: JsonObject,
  scope: DeploymentScope,
  state: Map<string, JsonObject>,
): { resources: FlatResource[]; outputs: JsonObject } {
  const input = { parameters: knownParameters(template, parameters), scope, sources, secret: () => 'secret' };
  const expand = (written: JsonValue): Expansion =>
    expandTemplate({ ...input, template: written, extensions: 'leave out' });
  const expansion = expand(template);
  const runtime: TemplateRuntime = {
    reference: (id, _apiVersion, full) => {
      const known = state.get(id.toLowerCase()) ?? unknownState(id);
      return full ? known : (getOwn(known, 'properties') ?? {});
    },
    list: (action) => ({ action, keys: [{ keyName: 'key1', value: 'secret' }] }),
  };
  const place = scope.resourceGroup?.id ?? scope.subscription?.id ?? scope.managementGroup?.id ?? '';
  const root = `${place}/providers/Microsoft.Resources/deployments/${scope.deployment.name}`;
  const resources: FlatResource[] = [
    { id: root, type: 'Microsoft.Resources/deployments', name: scope.deployment.name },
  ];
  for (const planned of inOrder(expansion.resources.filter(({ condition }) => condition))) {
    const body = evaluated(planned, runtime);
    const properties = getOwn(body, 'properties');
    const inner = isObject(properties) ? properties : {};
    const nestedTemplate = getOwn(inner, 'template');
    if (planned.type.toLowerCase() !== DEPLOYMENT_TYPE || nestedTemplate === undefined) {
      const { id, type, name } = planned;
      state.set(id.toLowerCase(), { ...body, id, type, name });
      resources.push({ ...body, id, type, name });
      continue;
    }
    const given = getOwn(inner, 'parameters');
    const nested = deploy(nestedTemplate, isObject(given) ? given : {}, scopeInside(scope, planned), state);
    const [head, ...rest] = nested.resources;
    state.set(planned.id.toLowerCase(), { properties: { outputs: nested.outputs } });
    resources.push({ ...body, ...head, id: planned.id, type: planned.type, name: planned.name }, ...rest);
  }
  return {
    resources,
    outputs: knownOutputs(template, (written) => expand(written).evaluateOutputs(runtime)),
  };
}

/** A value of each type, for what only a running deployment knows. */
const SOMETHING: Record<string, JsonValue> = {
  string: 'something',
  securestring: 'something',
  int: 1,
  bool: true,
  array: [],
  object: {},
  secureobject: {},
};

function somethingOf(declaration: JsonValue | undefined): JsonValue {
  const type = isObject(declaration) ? getOwn(declaration, 'type') : undefined;
  return (typeof type === 'string' ? SOMETHING[type.toLowerCase()] : undefined) ?? {};
}

const sectionOf = (template: JsonValue, name: string): JsonObject => {
  const section = isObject(template) ? getOwn(template, name) : undefined;
  return isObject(section) ? section : {};
};

/** Parameters with a value in place of each expression that could not be evaluated. */
function knownParameters(template: JsonValue, parameters: JsonObject): JsonObject {
  const declarations = sectionOf(template, 'parameters');
  return Object.fromEntries(
    Object.entries(parameters).map(([name, given]) => {
      const value = isObject(given) ? getOwn(given, 'value') : undefined;
      const isUnknown =
        typeof value === 'string' && /^\[(?!\[).*\b(?:references?|list\w*)\(.*\]$/is.test(value);
      return [name, isUnknown ? { value: somethingOf(getOwn(declarations, name)) } : given];
    }),
  );
}

/** The outputs one by one, with a value in place of each that needs what only a running deployment knows. */
function knownOutputs(
  template: JsonValue,
  evaluate: (template: JsonObject) => Record<string, { type: string; value: JsonValue }>,
): JsonObject {
  const known: JsonObject = {};
  for (const [name, declaration] of Object.entries(sectionOf(template, 'outputs'))) {
    try {
      const { type, value } = evaluate({ ...objectOf(template), outputs: { [name]: declaration } })[name] ?? {
        type: 'Object',
        value: {},
      };
      known[name] = { type, value };
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      known[name] = { value: somethingOf(declaration) };
    }
  }
  return known;
}

/** The body with what is known of the running deployment; expressions about the rest stay as they are. */
function evaluated(planned: PlannedResource, runtime: TemplateRuntime): JsonObject {
  try {
    return planned.evaluate(runtime);
  } catch (error) {
    if (error instanceof TemplateError) return planned.preview();
    throw error;
  }
}

/** Where a nested deployment runs: in a group, a subscription, a management group or the tenant. */
function scopeInside(scope: DeploymentScope, planned: PlannedResource): DeploymentScope {
  const { resourceGroup: group, subscription, managementGroup: _outer, ...rest } = scope;
  const { subscriptionId, resourceGroup } = planned;
  const inside = { ...rest, deployment: { ...scope.deployment, name: planned.name } };
  if (subscriptionId === '') {
    const [id, name = ''] = /^.*\/managementGroups\/([^/]+)(?=\/providers\/)/i.exec(planned.id) ?? [];
    if (id === undefined) return { ...inside, kind: 'tenant' };
    return { ...inside, kind: 'managementGroup', managementGroup: { id, name } };
  }
  const inner = {
    tenantId: scope.tenantId,
    displayName: 'Nested',
    ...subscription,
    id: `/subscriptions/${subscriptionId}`,
    subscriptionId,
  };
  if (resourceGroup === undefined) return { ...inside, kind: 'subscription', subscription: inner };
  return {
    ...inside,
    kind: 'resourceGroup',
    subscription: inner,
    resourceGroup: {
      ...(group ?? { type: 'Microsoft.Resources/resourceGroups' }),
      id: `${inner.id}/resourceGroups/${resourceGroup}`,
      name: resourceGroup,
      location: group?.location ?? 'eastus',
    },
  };
}

function inOrder(resources: readonly PlannedResource[]): PlannedResource[] {
  const byId = new Map(resources.map((resource) => [resource.id.toLowerCase(), resource] as const));
  const done = new Set<PlannedResource>();
  const visit = (resource: PlannedResource): void => {
    if (done.has(resource)) return;
    for (const id of resource.dependsOn) {
      const needed = byId.get(id.toLowerCase());
      if (needed !== undefined) visit(needed);
    }
    done.add(resource);
  };
  resources.forEach(visit);
  return [...done];
}
