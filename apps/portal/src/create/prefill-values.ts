import { z } from 'zod';

/** The values that a link to the wizard may bring, by their names in the address. */
export const prefillNames = [
  'serviceName',
  'subscription',
  'resourceGroup',
  'group',
  'region',
  'dnsPrefix',
  'userName',
  'masters',
  'agents',
  'machineSize',
  'network',
  'tags',
] as const;
export type PrefillName = (typeof prefillNames)[number];

/** As they stand in the address; whether they make sense is told by whoever reads them. */
const asTheyStand = z.unknown().optional();
export const prefillSearchShape = {
  serviceName: asTheyStand,
  subscription: asTheyStand,
  resourceGroup: asTheyStand,
  group: asTheyStand,
  region: asTheyStand,
  dnsPrefix: asTheyStand,
  userName: asTheyStand,
  masters: asTheyStand,
  agents: asTheyStand,
  machineSize: asTheyStand,
  network: asTheyStand,
  tags: asTheyStand,
} satisfies Record<PrefillName, z.ZodType>;

export type PrefillSearch = Partial<Record<PrefillName, unknown>>;

/** Longer addresses are cut on their way by mail and chat programs, in characters; all values but tags together are far shorter. */
export const longestSharedLink = 2_000;
/** What browsers and the backend take of an address within the portal, in characters, with much room to spare. */
export const longestLink = 8_000;

/** As many of the values as a link of `longest` characters holds: tags are what makes one too long, and stay behind then. */
export function fittingValues(
  values: PrefillSearch,
  longest: number,
): { values: PrefillSearch; isWithoutTags: boolean } {
  const isTooLong = encodeURIComponent(JSON.stringify(values)).length > longest;
  if (!isTooLong || values.tags === undefined) return { values, isWithoutTags: false };
  const { tags: _tags, ...others } = values;
  return { values: others, isWithoutTags: true };
}
