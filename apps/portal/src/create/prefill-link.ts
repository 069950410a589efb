import {
  adminUsernameSchema,
  agentCountSchema,
  dnsPrefixSchema,
  isDefaultNetwork,
  machineSizeSchema,
  masterCountSchema,
  networkSchema,
  regionSchema,
  resourceGroupNameSchema,
  serviceNameSchema,
  subscriptionIdSchema,
  tagsSchema,
} from '@slipway/cluster';
import { z } from 'zod';
import { type Draft, emptyDraft, networkDraft, networkOf, tagsOf } from './draft.ts';
import { type PrefillName, type PrefillSearch, longestLink, prefillNames } from './prefill-values.ts';

/** The router makes numbers of what looks like one. */
const asText = (value: unknown): unknown => (typeof value === 'number' ? String(value) : value);
const asCount = (value: unknown): unknown =>
  typeof value === 'string' && /^\d{1,4}$/.test(value) ? Number(value) : value;

const valueSchemas = {
  serviceName: z.preprocess(asText, serviceNameSchema),
  subscription: z.preprocess(asText, subscriptionIdSchema),
  resourceGroup: z.preprocess(asText, resourceGroupNameSchema),
  group: z.enum(['new', 'existing']),
  region: z.preprocess(asText, regionSchema),
  dnsPrefix: z.preprocess(asText, dnsPrefixSchema),
  userName: z.preprocess(asText, adminUsernameSchema),
  masters: z.preprocess(asCount, masterCountSchema),
  agents: z.preprocess(asCount, agentCountSchema),
  machineSize: z.preprocess(asText, machineSizeSchema),
  network: networkSchema,
  tags: tagsSchema,
} satisfies Record<PrefillName, z.ZodType>;
type Values = { [Name in PrefillName]?: z.output<(typeof valueSchemas)[Name]> };

export const prefillLabels: Readonly<Record<PrefillName, string>> = {
  serviceName: 'Service name',
  subscription: 'Subscription',
  resourceGroup: 'Resource group',
  group: 'Resource group, new or existing',
  region: 'Region',
  dnsPrefix: 'DNS name prefix',
  userName: 'User name',
  masters: 'Master count',
  agents: 'Agent count',
  machineSize: 'Machine size',
  network: 'Network ranges',
  tags: 'Tags',
};

/** What a link brings: a draft without an SSH key, and the names of values that break a rule and were left out. */
export interface Prefill {
  draft: Draft;
  leftOut: readonly PrefillName[];
  /** Whether nothing is left of it. */
  isEmpty: boolean;
  /** Whether that is because it is longer than links of the portal are. */
  isTooLong: boolean;
}

/**
 * Reads the values of a link; undefined where it brings none. What is wrong is left out, each value for itself; of a link that
 * is longer than any that the portal makes, all of it.
 */
export function readPrefill(search: PrefillSearch, length = 0): Prefill | undefined {
  const given = prefillNames.filter((name) => search[name] !== undefined);
  if (given.length === 0) return undefined;
  if (length > longestLink) return { draft: emptyDraft, leftOut: given, isEmpty: true, isTooLong: true };
  const readings = given.map((name) => ({ name, reading: valueSchemas[name].safeParse(search[name]) }));
  const values: Values = Object.fromEntries(
    readings.flatMap(({ name, reading }) => (reading.success ? [[name, reading.data]] : [])),
  );
  const leftOut = readings.filter(({ reading }) => !reading.success).map(({ name }) => name);
  return { draft: draftOf(values), leftOut, isEmpty: leftOut.length === given.length, isTooLong: false };
}

function draftOf(values: Values): Draft {
  const { basics, master, agent } = emptyDraft;
  return {
    ...emptyDraft,
    basics: {
      ...basics,
      serviceName: values.serviceName ?? basics.serviceName,
      subscriptionId: values.subscription ?? basics.subscriptionId,
      resourceGroup: {
        kind: values.group ?? basics.resourceGroup.kind,
        name: values.resourceGroup ?? basics.resourceGroup.name,
      },
      region: values.region ?? basics.region,
    },
    master: {
      ...master,
      dnsPrefix: values.dnsPrefix ?? master.dnsPrefix,
      adminUsername: values.userName ?? master.adminUsername,
      count: values.masters ?? master.count,
    },
    agent: {
      ...agent,
      count: values.agents === undefined ? agent.count : String(values.agents),
      machineSize: values.machineSize ?? agent.machineSize,
    },
    network: values.network ? networkDraft(values.network) : emptyDraft.network,
    tags: values.tags ?? emptyDraft.tags,
  };
}

/** The values of a link that brings what a draft holds; what breaks a rule, and the SSH key, are no part of it. */
export function prefillOf(draft: Draft): PrefillSearch {
  const { basics, master, agent } = draft;
  const network = networkOf(draft);
  const tags = tagsOf(draft).map(({ name, value }) => ({ name, value }));
  const { resourceGroup } = basics;
  return valid({
    serviceName: basics.serviceName,
    subscription: basics.subscriptionId,
    resourceGroup: resourceGroup.name,
    ...(resourceGroup.name === '' ? {} : { group: resourceGroup.kind }),
    region: basics.region,
    dnsPrefix: master.dnsPrefix,
    userName: master.adminUsername,
    masters: master.count,
    agents: agent.count.trim(),
    machineSize: agent.machineSize,
    ...(isDefaultNetwork(network) ? {} : { network }),
    ...(tags.length === 0 ? {} : { tags }),
  });
}

const valid = (search: PrefillSearch): PrefillSearch =>
  Object.fromEntries(
    Object.entries(search).flatMap(([name, value]) => {
      const known = prefillNames.find((each) => each === name);
      const reading = known && valueSchemas[known].safeParse(value);
      return reading?.success ? [[name, reading.data]] : [];
    }),
  );
