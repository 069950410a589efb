import { readArmId } from './arm-id.ts';
import { isRecord, listAt, textAt, type TopologyResource, valueAt } from './arm-resource.ts';

/** Everything that becomes a node, by its id in lower case. */
export interface Pieces {
  /** Resources, and the parts of resources that are nodes themselves. */
  all: Map<string, TopologyResource>;
  /** The ids of what a deployment means to create. */
  planned: ReadonlySet<string>;
  /** The pieces that stand in the properties of another one, by the very object there. */
  inline: WeakMap<object, string>;
  /** The pieces that stand in the properties of a resource, by its id. */
  partsOf: ReadonlyMap<string, readonly string[]>;
  /** The disks that ARM keeps with their scale set, and lists nowhere else. */
  keptInside: ReadonlySet<string>;
  /**
   * Which piece an id leads to: the piece itself, or the one that the named part belongs to
   * (`…/loadBalancers/x/backendAddressPools/y` leads to `…/loadBalancers/x`).
   */
  resolve: (id: string) => string | undefined;
}

/** Which parts of which resources are nodes: the collection in the properties, as ARM's ids name it too. */
const collections: ReadonlyMap<string, readonly string[]> = new Map([
  ['microsoft.network/virtualnetworks', ['subnets']],
  [
    'microsoft.network/loadbalancers',
    ['loadBalancingRules', 'inboundNatRules', 'inboundNatPools', 'outboundRules'],
  ],
  ['microsoft.network/networksecuritygroups', ['securityRules']],
  ['microsoft.network/routetables', ['routes']],
]);

/** Whether there can be pieces in the properties of a resource. */
export const hasParts = ({ type }: TopologyResource): boolean => collections.has(type.toLowerCase());

/**
 * The resources and the parts of them that are nodes. Where a resource exists already, what a deployment plans of it
 * counts only for parts that it does not have yet; a part that is also a resource of the set is that resource.
 */
export function collectPieces(
  resources: readonly TopologyResource[],
  planned: readonly TopologyResource[],
): Pieces {
  const all = new Map<string, TopologyResource>();
  const plannedIds = new Set<string>();
  const inline = new WeakMap<object, string>();
  const partsOf = new Map<string, string[]>();
  const keptInside = new Set<string>();
  const add = (added: readonly TopologyResource[], isPlanned: boolean): void => {
    const put = (id: string, resource: TopologyResource): boolean => {
      if (all.has(id)) return false;
      all.set(id, resource);
      if (isPlanned) plannedIds.add(id);
      return true;
    };
    for (const resource of added) put(resource.id.toLowerCase(), resource);
    for (const resource of added) {
      const holder = resource.id.toLowerCase();
      for (const { source, resource: part } of partsIn(resource)) {
        const id = part.id.toLowerCase();
        if (source !== undefined) inline.set(source, id);
        if (!put(id, part)) continue;
        if (source === undefined) keptInside.add(id);
        const parts = partsOf.get(holder);
        if (parts === undefined) partsOf.set(holder, [id]);
        else parts.push(id);
      }
    }
  };
  add(resources, false);
  add(planned, true);
  return { all, planned: plannedIds, inline, partsOf, keptInside, resolve: resolverOf(all) };
}

/** Finds pieces by ids; the same ids are asked for again and again. */
function resolverOf(all: ReadonlyMap<string, unknown>): Pieces['resolve'] {
  const found = new Map<string, string | undefined>();
  return (id) => {
    if (found.has(id)) return found.get(id);
    const piece = resolveId(id, all);
    found.set(id, piece);
    return piece;
  };
}

/**
 * What an id leads to among known ids: itself, or what the named part belongs to (`…/loadBalancers/x/probes/y` leads to
 * `…/loadBalancers/x`).
 */
export function resolveId(id: string, all: ReadonlyMap<string, unknown>): string | undefined {
  let rest = id.toLowerCase();
  if (rest.endsWith('/')) rest = rest.slice(0, -1);
  if (all.has(rest)) return rest;
  while (rest.includes('/providers/')) {
    if (all.has(rest)) return rest;
    rest = rest.slice(0, rest.lastIndexOf('/'));
  }
  return undefined;
}

/** The nearest piece whose id is a proper beginning of this id: the parent of a child resource, or its resource group. */
export function parentById(id: string, all: ReadonlyMap<string, unknown>): string | undefined {
  for (let end = id.lastIndexOf('/'); end > 0; end = id.lastIndexOf('/', end - 1)) {
    const start = id.slice(0, end);
    if (all.has(start)) return start;
  }
  return undefined;
}

/**
 * Puts another state of a resource in the place of the known one, with those of its parts that are pieces, and returns these
 * pieces by id. Both states have to have the same parts.
 */
export function exchangePiece(
  { all, inline, partsOf }: Pieces,
  resource: TopologyResource,
): [string, TopologyResource][] {
  const id = resource.id.toLowerCase();
  const own = new Set(partsOf.get(id));
  const exchanged: [string, TopologyResource][] = [[id, resource]];
  for (const { source, resource: part } of partsIn(resource)) {
    const partId = part.id.toLowerCase();
    if (source !== undefined) inline.set(source, partId);
    if (own.delete(partId)) exchanged.push([partId, part]);
  }
  for (const [piece, state] of exchanged) all.set(piece, state);
  return exchanged;
}

interface Part {
  /** Where it stands in the properties; absent for a disk, which only its id leads to from there. */
  source: object | undefined;
  resource: TopologyResource;
}

function partsIn(resource: TopologyResource): Part[] {
  if (resource.type.toLowerCase() === instanceType) return disksIn(resource);
  const names = collections.get(resource.type.toLowerCase());
  if (names === undefined) return [];
  return names.flatMap((collection) =>
    listAt(resource.properties, collection).flatMap((source): Part[] => {
      const name = textAt(source, 'name');
      const id = inlineId(resource.id, collection, source);
      if (!isRecord(source) || name === undefined || id === undefined) return [];
      const { properties, ...rest } = source;
      const type = `${resource.type}/${collection}`;
      const part = { ...rest, id, name, type, ...(isRecord(properties) ? { properties } : {}) };
      return [{ source, resource: part }];
    }),
  );
}

/**
 * The disks of a scale set's machine: each has an id of its own, but a list of the group's disks does not show them. Where it
 * does, that resource counts.
 */
function disksIn(instance: TopologyResource): Part[] {
  const storage = valueAt(instance.properties, 'storageProfile');
  return [valueAt(storage, 'osDisk'), ...listAt(storage, 'dataDisks')].flatMap((disk): Part[] => {
    const id = textAt(disk, 'managedDisk.id');
    if (id === undefined || readArmId(id)?.type.toLowerCase() !== diskType.toLowerCase()) return [];
    const name = textAt(disk, 'name') ?? id.slice(id.lastIndexOf('/') + 1);
    const sku = textAt(disk, 'managedDisk.storageAccountType');
    const [diskSizeGB, osType] = [valueAt(disk, 'diskSizeGB'), valueAt(disk, 'osType')];
    return [
      {
        source: undefined,
        resource: {
          id,
          name,
          type: diskType,
          ...(sku === undefined ? {} : { sku: { name: sku } }),
          properties: {
            ...(diskSizeGB === undefined ? {} : { diskSizeGB }),
            ...(osType === undefined ? {} : { osType }),
          },
        },
      },
    ];
  });
}
const instanceType = 'microsoft.compute/virtualmachinescalesets/virtualmachines';
const diskType = 'Microsoft.Compute/disks';

/**
 * The id of what stands inline in a collection of a resource. ARM adds it to what it returns; in a template only the name
 * is there, and the id follows from it.
 */
export function inlineId(holder: string, collection: string, item: unknown): string | undefined {
  const stated = textAt(item, 'id');
  if (stated?.toLowerCase().startsWith(`${holder.toLowerCase()}/`)) return stated;
  const name = textAt(item, 'name');
  return name === undefined ? undefined : `${holder}/${collection}/${name}`;
}
