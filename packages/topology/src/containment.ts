import { listAt, textAt, valueAt, type TopologyResource } from './arm-resource.ts';
import type { NodeKind } from './graph.ts';
import { parentById, resolveId, type Reference } from './references.ts';
import { ipConfigurations } from './traffic.ts';

/** The id of the frame around everything but the internet. */
export const serviceId = 'service';

type Pieces = ReadonlyMap<string, TopologyResource>;

/**
 * What contains each piece: child resources lie in their parents, interfaces and scale sets in their subnets,
 * machines where their first interface is, an availability set around its machines where all of them are in one
 * place; the rest directly in the container service.
 */
export function containPieces(
  pieces: Pieces,
  kinds: ReadonlyMap<string, NodeKind>,
  references: readonly Reference[],
): Map<string, string> {
  const parents = new Map<string, string>();
  for (const [id, resource] of pieces) {
    parents.set(id, parentById(id, pieces) ?? subnetOf(resource, pieces) ?? serviceId);
  }
  for (const [id, resource] of pieces) {
    if (kinds.get(id) === 'virtualMachine') {
      const place = parents.get(firstInterface(resource, pieces) ?? '');
      if (place !== undefined) parents.set(id, place);
    }
  }
  for (const { from, to } of references) {
    if (kinds.get(from) === 'disk' && kinds.get(to) === 'scaleSetInstance') parents.set(from, to);
    if (kinds.get(to) === 'disk' && kinds.get(from) === 'scaleSetInstance') parents.set(to, from);
  }
  drawAroundMachines(parents, kinds, references);
  return parents;
}

/** The subnet of the first IP configuration of an interface or scale set. */
function subnetOf(resource: TopologyResource, pieces: Pieces): string | undefined {
  for (const configuration of ipConfigurations(resource)) {
    const subnet = textAt(configuration, 'properties.subnet.id');
    const found = subnet === undefined ? undefined : resolveId(subnet, pieces);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The interface that ARM marks as primary, or else the first. */
function firstInterface(machine: TopologyResource, pieces: Pieces): string | undefined {
  const interfaces = listAt(machine.properties, 'networkProfile.networkInterfaces');
  const primary = interfaces.find((item) => valueAt(item, 'properties.primary') === true) ?? interfaces[0];
  const id = textAt(primary, 'id');
  return id === undefined ? undefined : resolveId(id, pieces);
}

function drawAroundMachines(
  parents: Map<string, string>,
  kinds: ReadonlyMap<string, NodeKind>,
  references: readonly Reference[],
): void {
  for (const [set, kind] of kinds) {
    if (kind !== 'availabilitySet') continue;
    const machines = new Set<string>();
    for (const { from, to } of references) {
      if (to === set && kinds.get(from) === 'virtualMachine') machines.add(from);
      if (from === set && kinds.get(to) === 'virtualMachine') machines.add(to);
    }
    const places = new Set([...machines].map((machine) => parents.get(machine)));
    const [place] = places;
    if (places.size !== 1 || place === undefined) continue;
    parents.set(set, place);
    for (const machine of machines) parents.set(machine, set);
  }
}
