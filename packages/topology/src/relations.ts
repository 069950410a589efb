import { readArmId, wholeOf } from './arm-id.ts';
import { isRecord, listAt, textAt, type TopologyResource } from './arm-resource.ts';
import { isNoProperty, mayBeId } from './references.ts';

/** A resource as others speak of it. */
export interface RelatedResource {
  id: string;
  name: string;
  type: string;
}

/** What a resource has to do with others, by the ids in their properties. */
export interface ResourceRelations {
  /** What it refers to. */
  uses: RelatedResource[];
  /** What refers to it. */
  usedBy: RelatedResource[];
  /** What belongs to it, and goes with it. */
  contains: RelatedResource[];
  /** What refers to it, and what refers to that, and so on: each before all that it refers to. */
  inTheWay: RelatedResource[];
}

/**
 * Members that ARM fills in by itself, by type: they name who uses a resource, and not what it uses. Source: the read-only
 * properties of the resource types in Microsoft's API specifications.
 */
const membersOfUsers: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    'microsoft.network/virtualnetworks': [
      'ipConfigurations',
      'ipConfigurationProfiles',
      'privateEndpoints',
      'serviceAssociationLinks',
      'resourceNavigationLinks',
    ],
    'microsoft.network/networksecuritygroups': ['networkInterfaces', 'subnets'],
    'microsoft.network/routetables': ['subnets'],
    'microsoft.network/natgateways': ['subnets'],
    'microsoft.network/publicipaddresses': ['ipConfiguration', 'natGateway'],
    'microsoft.network/loadbalancers': [
      'backendIPConfigurations',
      'backendIPConfiguration',
      'networkInterfaceIPConfiguration',
    ],
    'microsoft.network/networkinterfaces': ['virtualMachine', 'privateEndpoint'],
    'microsoft.compute/availabilitysets': ['virtualMachines'],
    'microsoft.compute/proximityplacementgroups': [
      'virtualMachines',
      'virtualMachineScaleSets',
      'availabilitySets',
    ],
    'microsoft.compute/virtualmachines': ['resources'],
    'microsoft.compute/disks': ['managedBy', 'managedByExtended'],
  }).map(([type, members]) => [type, new Set(members)] as const),
);

/**
 * What a resource, or a part of one, has to do with the others of a set. A reference to a part of a resource counts as one
 * to the resource, and those within a resource do not count.
 *
 * @param resources as ARM's GET returns them
 */
export function relationsOf(id: string, resources: readonly TopologyResource[]): ResourceRelations {
  const set = new ReferenceSet(resources);
  const own = id.toLowerCase();
  const contained = set.containedIn(own);
  const inTheWay = new Map<string, TopologyResource>();
  const targets = [own, ...contained.map((each) => each.id.toLowerCase())];
  const going = new Set(targets);
  const clear = (target: string): void => {
    for (const user of set.usersOf(target)) {
      const key = user.id.toLowerCase();
      if (going.has(key)) continue;
      going.add(key);
      clear(key);
      for (const part of set.containedIn(key)) clear(part.id.toLowerCase());
      inTheWay.set(key, user);
    }
  };
  for (const target of targets) clear(target);
  return {
    uses: set.usedBy(own),
    usedBy: set.usersOf(own).map(asRelated),
    contains: contained.map(asRelated),
    // What goes with something else that goes need not be deleted by itself.
    inTheWay: [...inTheWay.values()]
      .filter(({ id: each }) => !set.goesWithOneOf(each.toLowerCase(), inTheWay))
      .map(asRelated),
  };
}

interface Reference {
  owner: TopologyResource;
  /** In lower case, as far as it goes: it may name a part. */
  target: string;
  written: string;
}

class ReferenceSet {
  readonly #byId: ReadonlyMap<string, TopologyResource>;
  readonly #references: readonly Reference[];

  constructor(resources: readonly TopologyResource[]) {
    this.#byId = new Map(resources.map((resource) => [resource.id.toLowerCase(), resource]));
    this.#references = resources.flatMap(referencesOf);
  }

  usersOf(target: string): TopologyResource[] {
    const users = this.#references
      .filter(
        ({ owner, target: named }) => isAtOrIn(named, target) && !isAtOrIn(owner.id.toLowerCase(), target),
      )
      .filter(({ owner }) => !isAtOrIn(target, owner.id.toLowerCase()))
      .map(({ owner }) => owner);
    return inOrder([...new Set(users)]);
  }

  usedBy(user: string): RelatedResource[] {
    const whole = this.#nearest(user);
    const found = new Map<string, RelatedResource>();
    for (const { owner, target, written } of this.#references) {
      if (owner !== whole || isAtOrIn(target, owner.id.toLowerCase())) continue;
      const known = this.#nearest(target);
      const related = known === undefined ? outside(written) : asRelated(known);
      if (related && related.id.toLowerCase() !== user) found.set(related.id.toLowerCase(), related);
    }
    return inOrder([...found.values()]);
  }

  /** What lies in a resource by its id, and the disks that are deleted with their machine. */
  containedIn(target: string): TopologyResource[] {
    const disks = new Set(disksDeletedWith(this.#byId.get(target)));
    return inOrder(
      [...this.#byId]
        .filter(([id]) => disks.has(id) || (id !== target && isAtOrIn(id, target)))
        .map(([, resource]) => resource),
    );
  }

  goesWithOneOf(id: string, others: ReadonlyMap<string, TopologyResource>): boolean {
    return [...others].some(
      ([other, resource]) => other !== id && (isAtOrIn(id, other) || disksDeletedWith(resource).includes(id)),
    );
  }

  /** The resource of the set that an id leads to: itself, or the one that it names a part of. */
  #nearest(id: string): TopologyResource | undefined {
    for (let at = id; at.includes('/providers/'); at = at.split('/').slice(0, -2).join('/')) {
      const known = this.#byId.get(at);
      if (known) return known;
    }
    return undefined;
  }
}

function referencesOf(owner: TopologyResource): Reference[] {
  const found: Reference[] = [];
  const skipped = membersOfUsers.get(owner.type.toLowerCase());
  const open: unknown[] = Object.entries(owner).flatMap(([name, value]) =>
    isNoProperty(name) || skipped?.has(name) ? [] : [value],
  );
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value === 'string') {
      if (mayBeId(value) && /^\/subscriptions\/[^/]+\/.*\/providers\//i.test(value))
        found.push({ owner, target: value.toLowerCase(), written: value });
    } else if (Array.isArray(value)) {
      for (const item of value) if (item !== undefined && item !== null) open.push(item);
    } else if (isRecord(value)) {
      for (const [name, member] of Object.entries(value))
        if (!skipped?.has(name) && member !== undefined && member !== null) open.push(member);
    }
  }
  return found;
}

function disksDeletedWith(machine: TopologyResource | undefined): string[] {
  if (machine === undefined) return [];
  const { properties } = machine;
  const disks = [
    ...(isRecord(properties?.['storageProfile']) ? [properties['storageProfile']['osDisk']] : []),
    ...listAt(properties, 'storageProfile.dataDisks'),
  ];
  return disks.flatMap((disk) =>
    textAt(disk, 'deleteOption') === 'Delete' ? (textAt(disk, 'managedDisk.id')?.toLowerCase() ?? []) : [],
  );
}

function outside(written: string): RelatedResource | undefined {
  const armId = readArmId(written);
  if (armId === undefined) return undefined;
  const { written: id, name, type } = wholeOf(armId);
  return { id, name, type };
}

const asRelated = ({ id, name, type }: TopologyResource): RelatedResource => ({ id, name, type });

const isAtOrIn = (id: string, whole: string): boolean => id === whole || id.startsWith(`${whole}/`);

function inOrder<Item extends RelatedResource>(items: readonly Item[]): Item[] {
  return items.toSorted(
    (one, other) =>
      one.type.localeCompare(other.type, 'en') ||
      one.id.localeCompare(other.id, 'en', { numeric: true, sensitivity: 'base' }),
  );
}
