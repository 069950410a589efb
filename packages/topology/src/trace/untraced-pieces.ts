import { textAt, type TopologyResource } from '../arm-resource.ts';
import { idAt, partsAt } from './arm-parts.ts';
import { addressOf, type Address } from './addresses.ts';
import { untracedType, type UntracedType } from './untraced-types.ts';

/** A piece that takes connections, or passes them on, in ways that are not evaluated here. */
export interface UntracedPiece {
  /** Lower case. */
  readonly id: string;
  readonly type: UntracedType;
  /** Where it stands, in lower case. */
  readonly subnetIds: readonly string[];
  /** Its private addresses, as far as they are stated. */
  readonly addresses: readonly Address[];
}

/** Where gateways, firewalls and Bastion hosts state their subnets and private addresses. */
const collections = ['ipConfigurations', 'gatewayIPConfigurations', 'frontendIPConfigurations'];

/** The pieces among some resources that are not evaluated here. */
export function readUntraced(resources: readonly TopologyResource[]): UntracedPiece[] {
  return resources.flatMap((resource) => {
    const type = untracedType(resource.type);
    if (!type) return [];
    const parts = collections.flatMap((collection) => partsAt(resource, collection));
    const subnetIds = [
      idAt(resource.properties, 'subnet'),
      ...parts.map(({ value }) => idAt(value, 'properties.subnet')),
    ];
    return [
      {
        id: resource.id.toLowerCase(),
        type,
        subnetIds: [...new Set(subnetIds.flatMap((id) => id ?? []))],
        addresses: parts.flatMap(
          ({ value }) => addressOf(textAt(value, 'properties.privateIPAddress')) ?? [],
        ),
      },
    ];
  });
}
