import type { JsonObject, JsonValue } from '@slipway/arm-template';
import { ArmError } from '../arm-error.ts';
import type { ObjectShape } from '../providers/body-shape.ts';
import type { ResourceProvider, ResourceTypeHandler } from '../providers/provider.ts';
import { graphApiVersions, graphNamespace } from '../resource-graph/graph-api.ts';
import { regionDisplayNames } from './places.ts';

/** A namespace that the control plane itself serves. */
interface OwnNamespace {
  namespace: string;
  types: readonly string[];
  /** Newest first. */
  apiVersions: readonly string[];
}

const resourceTypes = [
  'tenants',
  'subscriptions',
  'resourceGroups',
  'subscriptions/resourceGroups',
  'subscriptions/locations',
  'subscriptions/providers',
  'subscriptions/resources',
  'deployments',
  'deployments/operations',
  'deploymentStacks',
  'tags',
  'links',
];
const resourceApiVersions = [
  '2026-06-01',
  '2025-04-01',
  '2025-03-01',
  '2024-03-01',
  '2022-12-01',
  '2021-04-01',
  '2019-11-01',
];
const ownNamespaces: readonly OwnNamespace[] = [
  { namespace: 'Microsoft.Resources', types: resourceTypes, apiVersions: resourceApiVersions },
  { namespace: graphNamespace, types: ['resources'], apiVersions: graphApiVersions },
  {
    namespace: 'Microsoft.Authorization',
    types: ['locks'],
    apiVersions: ['2020-05-01', '2017-04-01', '2016-09-01', '2015-01-01'],
  },
  {
    namespace: 'Microsoft.Insights',
    types: ['eventtypes', 'eventtypes/values'],
    apiVersions: ['2015-04-01'],
  },
];
const genericApiVersion = '2025-04-01';

const ownNamespace = (namespace: string): OwnNamespace | undefined =>
  ownNamespaces.find((own) => own.namespace.toLowerCase() === namespace.toLowerCase());

type SubscriptionRoute = NonNullable<ResourceProvider['subscriptionRoutes']>[string];

/** Which namespaces and types there are, and who serves them. */
export class ProviderDirectory {
  readonly #providers: ReadonlyMap<string, ResourceProvider>;
  readonly #handlers: ReadonlyMap<string, ResourceTypeHandler>;

  constructor(providers: readonly ResourceProvider[]) {
    this.#providers = new Map(providers.map((provider) => [provider.namespace.toLowerCase(), provider]));
    this.#handlers = new Map(
      providers.flatMap((provider) => provider.types.map((type) => [type.type.toLowerCase(), type])),
    );
  }

  handler(type: string): ResourceTypeHandler | undefined {
    return this.#handlers.get(type.toLowerCase());
  }

  /** What kinds of values the bodies of a type have, where its provider says so. */
  shape(type: string): ObjectShape | undefined {
    const canonical = this.handler(type)?.type;
    const provider = this.#providers.get(type.split('/')[0]?.toLowerCase() ?? '');
    return canonical === undefined ? undefined : provider?.shapes?.[canonical];
  }

  /** The type with canonical casing; throws InvalidResourceNamespace for a namespace that nobody serves. */
  canonicalType(type: string): string {
    const known = this.handler(type);
    if (known) return known.type;
    const [namespace = '', ...rest] = type.split('/');
    return [this.#namespace(namespace), ...rest].join('/');
  }

  #namespace(namespace: string): string {
    const canonical = this.#providers.get(namespace.toLowerCase())?.namespace;
    if (canonical === undefined)
      throw new ArmError(
        404,
        'InvalidResourceNamespace',
        `The resource namespace '${namespace}' is invalid.`,
      );
    return canonical;
  }

  /** Finds who answers `GET /subscriptions/{s}/providers/{namespace}/{path…}`. */
  subscriptionRoute(
    namespace: string,
    path: readonly string[],
  ): { pattern: string; answer: SubscriptionRoute; params: Record<string, string> } | undefined {
    const routes = this.#providers.get(namespace.toLowerCase())?.subscriptionRoutes ?? {};
    for (const [pattern, answer] of Object.entries(routes)) {
      const params = matchPattern(pattern.split('/'), path);
      if (params) return { pattern: `${namespace}/${pattern}`, answer, params };
    }
    return undefined;
  }

  list(subscriptionId: string | undefined): JsonObject[] {
    return [...ownNamespaces, ...this.#providers.values()].map(({ namespace }) =>
      this.#describe(namespace, subscriptionId),
    );
  }

  /** The provider as ARM returns it; throws when there is none. */
  get(namespace: string, subscriptionId: string | undefined): JsonObject {
    const canonical = ownNamespace(namespace)?.namespace ?? this.#namespace(namespace);
    return this.#describe(canonical, subscriptionId);
  }

  #describe(namespace: string, subscriptionId: string | undefined): JsonObject {
    const scope = subscriptionId === undefined ? '' : `/subscriptions/${subscriptionId}`;
    const own = ownNamespace(namespace);
    const types = this.#providers.get(namespace.toLowerCase())?.types ?? [];
    const describedTypes: JsonValue[] =
      own !== undefined
        ? own.types.map((resourceType) => ({
            resourceType,
            locations: resourceType === 'deployments' ? regionDisplayNames() : [],
            apiVersions: [...own.apiVersions],
            capabilities: 'None',
          }))
        : types.map((type) => ({
            resourceType: type.type.slice(namespace.length + 1),
            locations: type.locations === 'all' ? regionDisplayNames() : [...type.locations],
            apiVersions: [...type.apiVersions],
            defaultApiVersion: type.apiVersions[0] ?? genericApiVersion,
            capabilities: 'SupportsTags, SupportsLocation',
          }));
    return {
      id: `${scope}/providers/${namespace}`,
      namespace,
      registrationPolicy: own === undefined ? 'RegistrationRequired' : 'RegistrationFree',
      resourceTypes: describedTypes,
      registrationState: 'Registered',
    };
  }

  /** The newest API version of a type. */
  newestApiVersion(type: string): string {
    return this.handler(type)?.apiVersions[0] ?? genericApiVersion;
  }
}

function matchPattern(
  pattern: readonly string[],
  path: readonly string[],
): Record<string, string> | undefined {
  if (pattern.length !== path.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const segment = path[index] ?? '';
    const placeholder = /^\{(\w+)\}$/.exec(part)?.[1];
    if (placeholder !== undefined) params[placeholder] = segment;
    else if (part.toLowerCase() !== segment.toLowerCase()) return undefined;
  }
  return params;
}
