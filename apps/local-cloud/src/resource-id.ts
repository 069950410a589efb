/** The parts of an ARM resource id. */
export interface ResourceId {
  /** Canonical text: `/subscriptions/…/resourceGroups/…/providers/…`. */
  readonly text: string;
  /**
   * Id of what the resource is in or, for an extension resource, what it is put on: a group, a subscription, another
   * resource, a management group; empty for the tenant.
   */
  readonly scope: string;
  /** Empty for resources above subscriptions. */
  readonly subscriptionId: string;
  /** Absent for resources outside of groups. */
  readonly resourceGroup?: string;
  readonly namespace: string;
  /** Full type, for example `Microsoft.Compute/virtualMachines/extensions`. */
  readonly type: string;
  /** Name segments, one per type segment: `['vm0', 'configuremaster']`. */
  readonly names: readonly string[];
}

/** Where a resource can be, beside in the tenant itself and on another resource. */
const container = /^\/subscriptions\/([^/]+)(?:\/resourceGroups\/([^/]+))?/i;

/**
 * Takes a resource id apart; `undefined` for a text that is none. What follows the last `providers` is the resource itself:
 * what comes before it is its scope.
 */
export function parseResourceId(text: string): ResourceId | undefined {
  const [, subscriptionId, resourceGroup] = container.exec(text) ?? [];
  const start = container.exec(text)?.[0] ?? '';
  const path = text.slice(start.length).replace(/\/$/, '');
  if (!path.startsWith('/')) return undefined;
  const read = readProviders(path.slice(1).split('/'));
  if (read === undefined) return undefined;
  const group = resourceGroup === undefined ? '' : `/resourceGroups/${resourceGroup}`;
  const base = subscriptionId === undefined ? '' : `/subscriptions/${subscriptionId}${group}`;
  return makeResourceId({
    ...read,
    scope: `${base}${read.scope}`,
    subscriptionId: subscriptionId ?? '',
    resourceGroup,
  });
}

/** What follows a container, taken apart at its last `providers`. */
interface ProviderParts {
  /** What comes before that, with a slash at its front; empty where there is nothing. */
  scope: string;
  namespace: string;
  types: string[];
  names: string[];
}

/** Reads `providers/{namespace}/{type}/{name}…`, once or with extension resources; `undefined` for anything else. */
function readProviders(segments: readonly string[]): ProviderParts | undefined {
  let scope = '';
  let found: ProviderParts | undefined;
  for (let at = 0; at < segments.length;) {
    const namespace = segments[at + 1];
    if (!isProviders(segments[at]) || namespace === undefined || namespace === '') return undefined;
    found = { scope, namespace, types: [], names: [] };
    for (at += 2; at < segments.length && !isProviders(segments[at]); at += 2) {
      const [type, name] = [segments[at], segments[at + 1]];
      if (type === undefined || type === '' || name === undefined || name === '') return undefined;
      found.types.push(type);
      found.names.push(name);
    }
    if (found.types.length === 0) return undefined;
    scope = `${scope}/providers/${namespace}${found.types.map((type, index) => `/${type}/${found?.names[index] ?? ''}`).join('')}`;
  }
  return found;
}

const isProviders = (segment: string | undefined): boolean => segment?.toLowerCase() === 'providers';

/** Builds a resource id from its parts, one name per type. `scope` is needed only for what is put on another resource. */
export function makeResourceId(parts: {
  scope?: string | undefined;
  subscriptionId: string;
  resourceGroup: string | undefined;
  namespace: string;
  types: readonly string[];
  names: readonly string[];
}): ResourceId {
  const { subscriptionId, resourceGroup, namespace, types, names } = parts;
  const scope = parts.scope ?? containerId(subscriptionId, resourceGroup);
  const path = types.map((type, index) => `/${type}/${names[index] ?? ''}`).join('');
  return {
    text: `${scope}/providers/${namespace}${path}`,
    scope,
    subscriptionId,
    ...(resourceGroup === undefined ? {} : { resourceGroup }),
    namespace,
    type: [namespace, ...types].join('/'),
    names,
  };
}

/** The id of a group or a subscription; empty, the tenant's, without either. */
export function containerId(subscriptionId: string, resourceGroup: string | undefined): string {
  if (subscriptionId === '') return '';
  const group = resourceGroup === undefined ? '' : `/resourceGroups/${resourceGroup}`;
  return `/subscriptions/${subscriptionId}${group}`;
}

/** Whether a resource is put on another one, or on a management group. */
export const isExtension = ({ scope }: ResourceId): boolean => scope.toLowerCase().includes('/providers/');
