import { listAt, textAt, valueAt, type TopologyResource } from './arm-resource.ts';
import { serviceId } from './frame.ts';
import type { NodeKind } from './graph.ts';
import { parentById, type Pieces } from './pieces.ts';
import type { Reference } from './references.ts';
import { ipConfigurations } from './traffic.ts';

type Kinds = ReadonlyMap<string, NodeKind>;

/**
 * What contains each piece: child resources lie in their parents, interfaces, scale sets, gateways and private endpoints
 * in their subnets, machines where their first interface is, an availability set around its machines where all of them
 * are in one place; the rest directly in the container service. No piece lies, at any depth, in itself.
 */
export function containPieces(
  pieces: Pieces,
  kinds: Kinds,
  references: readonly Reference[],
): Map<string, string> {
  const parents = new Map<string, string>();
  const machines: string[] = [];
  for (const [id, resource] of pieces.all) {
    const above = parentById(id, pieces.all);
    if (above === undefined && kinds.get(id) === 'virtualMachine') machines.push(id);
    parents.set(id, above ?? subnetOf(resource, kinds.get(id), pieces, kinds) ?? serviceId);
  }
  for (const id of machines) {
    const resource = pieces.all.get(id);
    if (resource === undefined) continue;
    const place = scaleSetOf(resource, pieces, kinds) ?? parents.get(firstInterface(resource, pieces) ?? '');
    if (place !== undefined) parents.set(id, place);
  }
  // A disk that two machines share lies in neither.
  const instanceOf = new Map<string, string>();
  const noteDisk = (disk: string, instance: string): void => {
    if (kinds.get(disk) !== 'disk' || kinds.get(instance) !== 'scaleSetInstance') return;
    const known = instanceOf.get(disk);
    instanceOf.set(disk, known === undefined || known === instance ? instance : serviceId);
  };
  for (const { from, to } of references) {
    noteDisk(from, to);
    noteDisk(to, from);
  }
  for (const [disk, instance] of instanceOf) {
    if (instance !== serviceId) parents.set(disk, instance);
  }
  drawAroundMachines(parents, kinds, references);
  cutCircles(parents);
  return parents;
}

/** Pieces that stand in a subnet although they have no IP configuration that says so. */
const subnetPaths: ReadonlyMap<string, readonly string[]> = new Map([
  ['microsoft.network/privateendpoints', ['subnet.id']],
  ['microsoft.containerinstance/containergroups', ['subnetIds']],
  ['microsoft.sql/managedinstances', ['subnetId']],
  ['microsoft.web/hostingenvironments', ['virtualNetwork.id']],
]);
const gatewayConfigurations = ['gatewayIPConfigurations', 'ipConfigurations'] as const;

/** The subnet that an interface, scale set, gateway, inner load balancer or endpoint stands in. */
function subnetOf(
  resource: TopologyResource,
  kind: NodeKind | undefined,
  pieces: Pieces,
  kinds: Kinds,
): string | undefined {
  const { properties } = resource;
  const inConfigurations = (configurations: readonly unknown[]): string | undefined =>
    configurations
      .flatMap(
        (configuration) => subnetAt(textAt(configuration, 'properties.subnet.id'), pieces, kinds) ?? [],
      )
      .at(0);
  if (kind === 'networkInterface' || kind === 'scaleSet') return inConfigurations(ipConfigurations(resource));
  if (kind === 'gateway') {
    return inConfigurations(gatewayConfigurations.flatMap((name) => listAt(properties, name)));
  }
  if (kind === 'loadBalancer') {
    const frontends = listAt(properties, 'frontendIPConfigurations');
    const subnets = frontends.map((item) => textAt(item, 'properties.subnet.id')?.toLowerCase());
    const [subnet] = subnets;
    return subnets.every((other) => other === subnet) ? subnetAt(subnet, pieces, kinds) : undefined;
  }
  for (const path of subnetPaths.get(resource.type.toLowerCase()) ?? []) {
    const id = textAt(properties, path) ?? textAt(listAt(properties, path)[0], 'id');
    const subnet = subnetAt(id, pieces, kinds);
    if (subnet !== undefined) return subnet;
  }
  return undefined;
}

function subnetAt(id: string | undefined, pieces: Pieces, kinds: Kinds): string | undefined {
  const found = id === undefined ? undefined : pieces.resolve(id);
  const kind = found === undefined ? undefined : kinds.get(found);
  return kind === 'subnet' || kind === 'virtualNetwork' ? found : undefined;
}

/** The scale set that a machine of its own is a member of (flexible orchestration). */
function scaleSetOf(machine: TopologyResource, pieces: Pieces, kinds: Kinds): string | undefined {
  const id = textAt(machine.properties, 'virtualMachineScaleSet.id');
  const found = id === undefined ? undefined : pieces.resolve(id);
  return found !== undefined && kinds.get(found) === 'scaleSet' ? found : undefined;
}

/** The interface that ARM marks as primary, or else the first. */
export function firstInterface(machine: TopologyResource, pieces: Pieces): string | undefined {
  const interfaces = listAt(machine.properties, 'networkProfile.networkInterfaces');
  const primary = interfaces.find((item) => valueAt(item, 'properties.primary') === true) ?? interfaces[0];
  const id = textAt(primary, 'id');
  return id === undefined ? undefined : pieces.resolve(id);
}

function drawAroundMachines(
  parents: Map<string, string>,
  kinds: Kinds,
  references: readonly Reference[],
): void {
  const machinesOf = new Map<string, Set<string>>();
  const note = (set: string, machine: string): void => {
    if (kinds.get(set) !== 'availabilitySet' || kinds.get(machine) !== 'virtualMachine') return;
    machinesOf.set(set, (machinesOf.get(set) ?? new Set()).add(machine));
  };
  for (const { from, to } of references) {
    note(to, from);
    note(from, to);
  }
  // A machine that two sets name stays where it is: neither can be drawn around it alone.
  const setsOf = new Map<string, number>();
  for (const machines of machinesOf.values()) {
    for (const machine of machines) setsOf.set(machine, (setsOf.get(machine) ?? 0) + 1);
  }
  for (const [set, machines] of machinesOf) {
    const places = new Set([...machines].map((machine) => parents.get(machine)));
    const [place] = places;
    if (places.size !== 1 || place === undefined || place === set) continue;
    if ([...machines].some((machine) => setsOf.get(machine) !== 1)) continue;
    parents.set(set, place);
    for (const machine of machines) parents.set(machine, set);
  }
}

/** Properties can name each other in a circle; a piece that would come to lie in itself lies in the service instead. */
function cutCircles(parents: Map<string, string>): void {
  const settled = new Set<string>();
  const free: string[] = [];
  for (const start of parents.keys()) {
    const path = new Set<string>();
    let at: string | undefined = start;
    while (at !== undefined && !settled.has(at) && !path.has(at)) {
      path.add(at);
      at = parents.get(at);
    }
    if (at !== undefined && path.has(at)) {
      const first = at;
      do {
        free.push(at);
        at = parents.get(at) ?? first;
      } while (at !== first);
    }
    for (const id of path) settled.add(id);
  }
  // All of a circle, so that it does not matter where the reading began.
  for (const id of free) parents.set(id, serviceId);
}

/** Whether `container` contains `id`, at any depth. */
export function containsPiece(container: string, id: string, parents: ReadonlyMap<string, string>): boolean {
  for (let at = parents.get(id); at !== undefined; at = parents.get(at)) if (at === container) return true;
  return false;
}
