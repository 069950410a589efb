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
