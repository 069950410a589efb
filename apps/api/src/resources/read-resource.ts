import type { ArmResource, ReadResource } from '@slipway/contract';
import { ApiError } from '../api-error.ts';
import type { Arm } from '../arm/arm.ts';
import { namedResource } from '../arm/deployments.ts';
import { ownerOf, readAnyResource } from '../arm/resources.ts';

const withInstanceView = new Set([
  'microsoft.compute/virtualmachines',
  'microsoft.compute/virtualmachinescalesets/virtualmachines',
  'microsoft.compute/virtualmachines/extensions',
]);

/**
 * One resource by its id, machines with their instance views. What ARM does not read by itself, such as a frontend of a
 * load balancer, is taken from the resource that it is a part of. Throws `ResourceNotFound`.
 */
export async function readOneResource(arm: Arm, id: string): Promise<ReadResource> {
  const { type, name } = namedResource(id);
  const expand = withInstanceView.has(type.toLowerCase()) ? ('instanceView' as const) : undefined;
  const resource = await readAnyResource(arm, id, expand);
  if (resource) return { resource };
  const part = await readPart(arm, id);
  if (part) return part;
  throw new ApiError('ResourceNotFound', `There is no resource ${name} of the type ${type} here.`);
}

async function readPart(arm: Arm, id: string): Promise<ReadResource | undefined> {
  const ownerId = ownerOf(id);
  if (ownerId === undefined) return undefined;
  const owner = await readAnyResource(arm, ownerId);
  if (!owner) return undefined;
  const part = partWithId(owner.properties, id.toLowerCase());
  if (!part) return undefined;
  const { type, name } = namedResource(id);
  const { properties, ...others } = part;
  const resource: ArmResource = {
    ...others,
    id: typeof part['id'] === 'string' ? part['id'] : id,
    name: name.split('/').at(-1) ?? name,
    type: typeof part['type'] === 'string' ? part['type'] : type,
    ...(isObject(properties) ? { properties } : {}),
  };
  return { resource, partOf: owner.id };
}

/** The object with this id, at any depth, that says more than its id alone: that would be a reference to it. */
function partWithId(value: unknown, id: string): Record<string, unknown> | undefined {
  if (Array.isArray(value)) return firstOf(value, id);
  if (!isObject(value)) return undefined;
  const own = value['id'];
  if (typeof own === 'string' && own.toLowerCase() === id && Object.keys(value).length > 1) return value;
  return firstOf(Object.values(value), id);
}

function firstOf(values: readonly unknown[], id: string): Record<string, unknown> | undefined {
  for (const value of values) {
    const found = partWithId(value, id);
    if (found) return found;
  }
  return undefined;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
