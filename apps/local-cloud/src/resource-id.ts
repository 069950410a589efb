/** The parts of an ARM resource id. */
export interface ResourceId {
  /** Canonical text: `/subscriptions/…/resourceGroups/…/providers/…`. */
  readonly text: string;
  readonly subscriptionId: string;
  /** Absent for resources at subscription level. */
  readonly resourceGroup?: string;
  readonly namespace: string;
  /** Full type, for example `Microsoft.Compute/virtualMachines/extensions`. */
  readonly type: string;
  /** Name segments, one per type segment: `['vm0', 'configuremaster']`. */
  readonly names: readonly string[];
}

/** Takes a resource id apart; `undefined` for a text that is none. Only the outermost `providers` part counts. */
export function parseResourceId(text: string): ResourceId | undefined {
  const match =
    /^\/subscriptions\/([^/]+)(?:\/resourceGroups\/([^/]+))?\/providers\/([^/]+)((?:\/[^/]+\/[^/]+)+)\/?$/i.exec(
      text,
    );
  if (!match) return undefined;
  const [, subscriptionId = '', resourceGroup, namespace = '', path = ''] = match;
  const segments = path.slice(1).split('/');
  const types = segments.filter((_, index) => index % 2 === 0);
  const names = segments.filter((_, index) => index % 2 === 1);
  return makeResourceId({ subscriptionId, resourceGroup, namespace, types, names });
}

/** Builds a resource id from its parts, one name per type. */
export function makeResourceId(parts: {
  subscriptionId: string;
  resourceGroup: string | undefined;
  namespace: string;
  types: readonly string[];
  names: readonly string[];
}): ResourceId {
  const { subscriptionId, resourceGroup, namespace, types, names } = parts;
  const group = resourceGroup === undefined ? '' : `/resourceGroups/${resourceGroup}`;
  const path = types.map((type, index) => `/${type}/${names[index] ?? ''}`).join('');
  return {
    text: `/subscriptions/${subscriptionId}${group}/providers/${namespace}${path}`,
    subscriptionId,
    ...(resourceGroup === undefined ? {} : { resourceGroup }),
    namespace,
    type: [namespace, ...types].join('/'),
    names,
  };
}
