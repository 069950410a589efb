import type { JsonObject, JsonValue } from '@slipway/arm-template';
import { ArmError } from '../arm-error.ts';
import type { ObjectShape } from '../providers/body-shape.ts';
import { sameText } from '../providers/json-reading.ts';
import type { ResourceProvider, ResourceTypeHandler } from '../providers/provider.ts';
import { graphApiVersions, graphNamespace } from '../resource-graph/graph-api.ts';
import { azureNamespaces, type AzureNamespace } from './azure-namespaces.ts';
import { regionDisplayNames } from './places.ts';

/** A namespace that the control plane itself serves. */
interface OwnNamespace {
  namespace: string;
  types: readonly string[];
  /** Newest first. */
  apiVersions: readonly string[];
}

const typesOfResources = [
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
  'deploymentScripts',
  'templateSpecs',
  'templateSpecs/versions',
  'tags',
  'tagNames',
  'checkResourceName',
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
  { namespace: 'Microsoft.Resources', types: typesOfResources, apiVersions: resourceApiVersions },
  { namespace: graphNamespace, types: ['resources'], apiVersions: graphApiVersions },
  {
    namespace: 'Microsoft.Features',
    types: ['features', 'providers', 'featureProviders', 'subscriptionFeatureRegistrations'],
    apiVersions: ['2021-07-01', '2015-12-01', '2014-08-01-preview'],
  },
];
const genericApiVersion = '2025-04-01';

const byName = <T extends { namespace: string }>(namespaces: readonly T[]): ReadonlyMap<string, T> =>
  new Map(namespaces.map((each) => [each.namespace.toLowerCase(), each]));
const ownByName = byName(ownNamespaces);
const knownByName = byName(azureNamespaces);

const ownNamespace = (namespace: string): OwnNamespace | undefined => ownByName.get(namespace.toLowerCase());
const knownNamespace = (namespace: string): AzureNamespace | undefined =>
  knownByName.get(namespace.toLowerCase());

/** Namespaces of Azure's are of this form: words, joined by dots. */
const namespaceForm = /^[a-z][\w-]{0,62}(?:\.[a-z][\w-]{0,62}){1,4}$/i;

/** Catalogued types end with this where their resources are in a region. */
const regional = /\*$/;

type SubscriptionRoute = NonNullable<ResourceProvider['subscriptionRoutes']>[string];

/** A provider as ARM returns it. */
type DescribedProvider = JsonObject & { namespace: string };

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

  /** Who answers `POST /subscriptions/{s}/providers/{namespace}/{name}`. */
  subscriptionAction(
    namespace: string,
    name: string,
  ): NonNullable<ResourceProvider['subscriptionActions']>[string] | undefined {
    return this.#providers.get(namespace.toLowerCase())?.subscriptionActions?.[name.toLowerCase()];
  }

  /** Whether the namespace has a provider here that computes what its resources are. */
  hasProvider(namespace: string): boolean {
    return this.#providers.has(namespace.toLowerCase());
  }

  /** What kinds of values the bodies of a type have, where its provider says so. */
  shape(type: string): ObjectShape | undefined {
    const canonical = this.handler(type)?.type;
    const provider = this.#providers.get(type.split('/')[0]?.toLowerCase() ?? '');
    return canonical === undefined ? undefined : provider?.shapes?.[canonical];
  }

  /**
   * The type with canonical casing, as far as it is known: one that is not is kept as it is written. Throws
   * InvalidResourceNamespace for what cannot be a namespace.
   */
  canonicalType(type: string): string {
    const known = this.handler(type);
    if (known) return known.type;
    const [written = '', ...rest] = type.split('/');
    const namespace = this.#namespace(written);
    const path = rest.join('/');
    const catalogued = knownNamespace(namespace)?.types.map((each) => each.replace(regional, ''));
    const types = [...(catalogued ?? []), ...(ownNamespace(namespace)?.types ?? [])];
    return `${namespace}/${types.find((each) => sameText(each, path)) ?? path}`;
  }

  /** Whether Azure is known to have such a type. */
  isKnownType(type: string): boolean {
    if (this.handler(type)) return true;
    const [namespace = '', ...rest] = type.split('/');
    const types = [...(knownNamespace(namespace)?.types ?? []), ...(ownNamespace(namespace)?.types ?? [])];
    return types.some((each) => sameText(each.replace(regional, ''), rest.join('/')));
  }

  #namespace(written: string): string {
    const known = this.#knownNamespace(written);
    if (known !== undefined) return known;
    if (namespaceForm.test(written)) return written;
    throw invalidNamespace(written);
  }

  #knownNamespace(namespace: string): string | undefined {
    return (
      this.#providers.get(namespace.toLowerCase())?.namespace ??
      ownNamespace(namespace)?.namespace ??
      knownNamespace(namespace)?.namespace
    );
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

  /** All providers as ARM lists them; `isRegistered` is asked for those that need to be. */
  list(
    subscriptionId: string | undefined,
    isRegistered: (namespace: string) => boolean,
  ): DescribedProvider[] {
    const named = new Map(
      [...ownNamespaces, ...this.#providers.values(), ...azureNamespaces].map(({ namespace }) => [
        namespace.toLowerCase(),
        namespace,
      ]),
    );
    return [...named.values()].map((namespace) => this.#describe(namespace, subscriptionId, isRegistered));
  }

  /** The provider as ARM returns it; throws InvalidResourceNamespace when there is none. */
  get(
    namespace: string,
    subscriptionId: string | undefined,
    isRegistered: (namespace: string) => boolean,
  ): DescribedProvider {
    const canonical = this.#knownNamespace(namespace);
    if (canonical === undefined) throw invalidNamespace(namespace);
    return this.#describe(canonical, subscriptionId, isRegistered);
  }

  #describe(
    namespace: string,
    subscriptionId: string | undefined,
    isRegistered: (namespace: string) => boolean,
  ): DescribedProvider {
    const scope = subscriptionId === undefined ? '' : `/subscriptions/${subscriptionId}`;
    const own = ownNamespace(namespace);
    const known = knownNamespace(namespace);
    const handled = this.#providers.get(namespace.toLowerCase())?.types ?? [];
    const isHandled = (type: string): boolean => this.handler(`${namespace}/${type}`) !== undefined;
    const resourceTypes: JsonValue[] = [
      ...(own?.types ?? []).map((resourceType) => ({
        resourceType,
        locations: resourceType === 'deployments' ? regionDisplayNames() : [],
        apiVersions: [...(own?.apiVersions ?? [])],
        capabilities: 'None',
      })),
      ...handled.map((type) => ({
        resourceType: type.type.slice(namespace.length + 1),
        locations: type.locations === 'all' ? regionDisplayNames() : [...type.locations],
        apiVersions: [...type.apiVersions],
        defaultApiVersion: type.apiVersions[0] ?? genericApiVersion,
        capabilities: 'SupportsTags, SupportsLocation',
      })),
      ...(known?.types ?? [])
        .filter((type) => !isHandled(type.replace(regional, '')))
        .map((type) => ({
          resourceType: type.replace(regional, ''),
          locations: regional.test(type) ? regionDisplayNames() : [],
          apiVersions: [...(known?.apiVersions ?? [])],
          defaultApiVersion: known?.apiVersions[0] ?? genericApiVersion,
          capabilities: regional.test(type) ? 'SupportsTags, SupportsLocation' : 'None',
        })),
    ];
    return {
      id: `${scope}/providers/${namespace}`,
      namespace,
      registrationPolicy: own === undefined ? 'RegistrationRequired' : 'RegistrationFree',
      resourceTypes,
      registrationState: own !== undefined || isRegistered(namespace) ? 'Registered' : 'NotRegistered',
    };
  }

  /** The newest API version of a type. */
  newestApiVersion(type: string): string {
    const [namespace = ''] = type.split('/');
    return (
      this.handler(type)?.apiVersions[0] ?? knownNamespace(namespace)?.apiVersions[0] ?? genericApiVersion
    );
  }
}

function invalidNamespace(namespace: string): ArmError {
  return new ArmError(
    404,
    'InvalidResourceNamespace',
    `The resource namespace '${namespace.slice(0, 80)}' is invalid.`,
  );
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
