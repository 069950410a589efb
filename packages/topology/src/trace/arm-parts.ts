import { idsAt, listAt, textAt } from '../arm-resource.ts';
import { familyOf, type Address, type Family } from './addresses.ts';

/** A child object in a resource's properties, such as a rule or a subnet. */
export interface ArmPart {
  /** Lower case. */
  readonly id: string;
  readonly name: string;
  readonly value: unknown;
}

/**
 * The child objects in an array of a resource, with their ids. A deployment's expanded resources state names only: the
 * id is then what ARM will make of them. What has neither is left out.
 */
export function partsAt(resource: { id: string; properties?: unknown }, collection: string): ArmPart[] {
  return listAt(resource.properties, collection).flatMap((value) => {
    const name = textAt(value, 'name');
    const id =
      textAt(value, 'id')?.toLowerCase() ??
      (name === undefined ? undefined : `${resource.id}/${collection}/${name}`.toLowerCase());
    if (id === undefined) return [];
    return [{ id, name: name ?? id.slice(id.lastIndexOf('/') + 1), value }];
  });
}

/** The id of an object at a path, in lower case. */
export const idAt = (value: unknown, path: string): string | undefined =>
  textAt(value, `${path}.id`)?.toLowerCase();

/** Ids of a member that ARM states alone, as a list, or both: `backendAddressPool` and `backendAddressPools`. */
export function idsOf(value: unknown, single: string, several: string): string[] {
  const alone = idAt(value, single);
  return [...new Set([...(alone === undefined ? [] : [alone]), ...idsAt(value, several)])];
}

/** The family of an address: as ARM states it (`IPv4`, `IPv6`), else that of the address; IPv4 where neither is known. */
export function statedFamily(value: unknown, path: string, address: Address | undefined): Family {
  const stated = textAt(value, path)?.toLowerCase();
  if (stated === 'ipv4' || stated === 'ipv6') return stated;
  return address === undefined ? 'ipv4' : familyOf(address);
}

/** The texts in an array. */
export const textsAt = (value: unknown, path: string): string[] =>
  listAt(value, path).filter((item) => typeof item === 'string');

/** Texts of a member that ARM states alone, as a list, or both: `addressPrefix` and `addressPrefixes`. */
export function textsOf(value: unknown, single: string, several: string): string[] {
  const alone = textAt(value, single);
  return [...new Set([...(alone === undefined ? [] : [alone]), ...textsAt(value, several)])].filter(
    (text) => text !== '',
  );
}
