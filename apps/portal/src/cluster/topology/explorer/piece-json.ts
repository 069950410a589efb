import type { TopologyNode, TopologyResource } from '@slipway/topology';

/**
 * What ARM says of a piece: its resource, or for a part the place in its resource's properties where it stands.
 * Undefined for what is no resource, such as the internet.
 */
export function jsonOf(
  node: TopologyNode,
  byId: ReadonlyMap<string, TopologyNode>,
  resources: readonly TopologyResource[],
): unknown {
  const own = resources.find(({ id }) => id.toLowerCase() === node.id);
  if (own) return own;
  for (let at = node.parent; at !== undefined; at = byId.get(at)?.parent) {
    const around = at;
    const whole = resources.find(({ id }) => id.toLowerCase() === around);
    if (whole) return partWithId(whole.properties, node.id);
  }
  return undefined;
}

/** The object with this id, at any depth, that says more than its id alone: that would be a reference to it. */
function partWithId(value: unknown, id: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  if (
    'id' in value &&
    typeof value.id === 'string' &&
    value.id.toLowerCase() === id &&
    Object.keys(value).length > 1
  )
    return value;
  for (const inner of Object.values(value)) {
    const found = partWithId(inner, id);
    if (found !== undefined) return found;
  }
  return undefined;
}
