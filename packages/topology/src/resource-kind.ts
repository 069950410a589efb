import type { NodeKind } from './graph.ts';
import { knownTypes } from './known-types.ts';

/** What a resource of this ARM type is drawn as; `other` for types that nobody here knows. */
export function kindOfType(type: string): NodeKind {
  const known = knownTypes.get(type.toLowerCase());
  return known === undefined || known.kind === 'containerService' ? 'other' : known.kind;
}

/**
 * An ARM type in plain words, for example `Load balancer`. A type that is not known is named by its last
 * segment, split into words: `Contoso.Tea/teaPots` becomes `Tea pots`.
 */
export function displayNameOfType(type: string): string {
  const known = knownTypes.get(type.toLowerCase());
  if (known) return known.displayName;
  const last = type.split('/').at(-1) ?? type;
  const words = last
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .trim();
  return words === '' ? type : words.charAt(0).toUpperCase() + words.slice(1);
}

/** What resources of a type are for, in a sentence; undefined where only their kind says it. */
export const purposeOfType = (type: string): string | undefined =>
  knownTypes.get(type.toLowerCase())?.purpose;

/** Distance from the internet of each kind; what is further away from the internet's traffic stands further in. */
export const rankOfKind: Readonly<Record<NodeKind, number>> = {
  internet: 0,
  containerService: 1,
  publicIp: 1,
  loadBalancer: 2,
  loadBalancerRule: 2,
  gateway: 2,
  networkSecurityGroup: 2,
  securityRule: 2,
  routeTable: 2,
  route: 2,
  virtualNetwork: 3,
  subnet: 3,
  networkInterface: 3,
  availabilitySet: 4,
  virtualMachine: 4,
  scaleSet: 4,
  scaleSetInstance: 4,
  extension: 5,
  disk: 5,
  storageAccount: 5,
  other: 6,
  outside: 6,
};

/** Which kind comes first among those of one rank. */
const kindOrder: readonly NodeKind[] = [
  'internet',
  'containerService',
  'publicIp',
  'loadBalancer',
  'loadBalancerRule',
  'gateway',
  'networkSecurityGroup',
  'securityRule',
  'routeTable',
  'route',
  'virtualNetwork',
  'subnet',
  'networkInterface',
  'availabilitySet',
  'virtualMachine',
  'scaleSet',
  'scaleSetInstance',
  'extension',
  'disk',
  'storageAccount',
  'other',
  'outside',
];
const places = new Map(kindOrder.map((kind, index) => [kind, rankOfKind[kind] * kindOrder.length + index]));

/** A number to order kinds by: by rank, and within a rank always the same. */
export const placeOfKind = (kind: NodeKind): number => places.get(kind) ?? Number.MAX_SAFE_INTEGER;
