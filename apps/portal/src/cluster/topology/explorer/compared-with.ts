import type { ClusterPath } from '@slipway/contract';

/** What a topology is compared with, as the address says it. */
export type ComparedWith =
  { kind: 'cluster'; path: ClusterPath } | { kind: 'moment'; id: string } | undefined;

/** Reads it; undefined for what makes no sense. */
export function readComparedWith(text: string | undefined): ComparedWith {
  const [kind, rest] = [text?.split(':', 1)[0], text?.slice(text.indexOf(':') + 1)];
  if (!rest) return undefined;
  if (kind === 'moment') return /^[\w-]{1,64}$/.test(rest) ? { kind, id: rest } : undefined;
  const [subscriptionId, resourceGroup, name, ...more] = rest.split('/');
  if (kind !== 'cluster' || !subscriptionId || !resourceGroup || !name || more.length > 0) return undefined;
  return { kind, path: { subscriptionId, resourceGroup, name } };
}

/** The way back from `readComparedWith`. */
export const writeCluster = ({ subscriptionId, resourceGroup, name }: ClusterPath): string =>
  `cluster:${subscriptionId}/${resourceGroup}/${name}`;

/** The way back from `readComparedWith`. */
export const writeMoment = (id: string): string => `moment:${id}`;
