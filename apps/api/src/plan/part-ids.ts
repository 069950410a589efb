import type { ArmResource } from '@slipway/contract';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A planned resource whose parts carry the ids that ARM will give them: the rules, pools and frontends of a load balancer,
 * the subnets of a network, and so on. Every part of a resource of Microsoft.Network has the id
 * `{resource}/{collection}/{name}`, which is how other resources refer to it.
 */
export function withPartIds(resource: ArmResource): ArmResource {
  const { id, type, properties } = resource;
  if (!/^Microsoft\.Network\//i.test(type) || properties === undefined) return resource;
  const identified = Object.entries(properties).map(([collection, value]): [string, unknown] => [
    collection,
    Array.isArray(value) ? value.map((part: unknown) => withId(part, `${id}/${collection}`)) : value,
  ]);
  return { ...resource, properties: Object.fromEntries(identified) };
}

function withId(part: unknown, collection: string): unknown {
  if (!isRecord(part) || 'id' in part || typeof part['name'] !== 'string' || !('properties' in part))
    return part;
  return { id: `${collection}/${part['name']}`, ...part };
}
