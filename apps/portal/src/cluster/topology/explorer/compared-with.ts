import { type TopologyPlace, placeKey } from './topology-place.ts';

/** What a topology is compared with, as the address says it. */
export type ComparedWith = TopologyPlace | { kind: 'moment'; id: string } | undefined;

/** Reads it; undefined for what makes no sense. */
export function readComparedWith(text: string | undefined): ComparedWith {
  const [kind, rest] = [text?.split(':', 1)[0], text?.slice(text.indexOf(':') + 1)];
  if (!rest) return undefined;
  if (kind === 'moment') return /^[\w-]{1,64}$/.test(rest) ? { kind, id: rest } : undefined;
  const parts = rest.split('/');
  const [subscriptionId, resourceGroup, name] = parts;
  if (!subscriptionId || !resourceGroup || parts.includes('')) return undefined;
  if (kind === 'group' && parts.length === 2) return { kind, path: { subscriptionId, resourceGroup } };
  if (kind === 'cluster' && parts.length === 3 && name)
    return { kind, path: { subscriptionId, resourceGroup, name } };
  return undefined;
}

/** The way back from `readComparedWith`. */
export function writePlace(place: TopologyPlace): string {
  const { subscriptionId, resourceGroup } = place.path;
  const group = `${place.kind}:${subscriptionId}/${resourceGroup}`;
  return place.kind === 'cluster' ? `${group}/${place.path.name}` : group;
}

/** The way back from `readComparedWith`. */
export const writeMoment = (id: string): string => `moment:${id}`;

/** Whether it is this place that an address says. */
export function isComparedWith(compared: ComparedWith, place: TopologyPlace): boolean {
  return compared?.kind === place.kind && placeKey(compared) === placeKey(place);
}
