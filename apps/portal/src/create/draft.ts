import {
  type ClusterNetwork,
  type ClusterSpec,
  type UserTag,
  clusterSpecSchema,
  defaultNetwork,
  isDefaultNetwork,
  looksLikePrivateKey,
  orchestrators,
  readSshPublicKey,
} from '@slipway/cluster';
import { z } from 'zod';

/** A network as its fields hold it: a list of ranges is typed with commas between them. */
export function networkDraft({ addressSpace, masterSubnet, agentSubnet }: ClusterNetwork) {
  return { addressSpace: addressSpace.join(', '), masterSubnet, agentSubnet };
}

/** The network's fields in a wizard nobody has touched. */
export const defaultNetworkDraft = networkDraft(defaultNetwork);

/**
 * What the wizard's fields hold, finished or not. Texts stay as typed; `specFromDraft` makes a spec of them.
 * The shape is kept in the browser: change `draftVersion` with it.
 */
export const draftSchema = z.object({
  basics: z.object({
    serviceName: z.string(),
    subscriptionId: z.string(),
    resourceGroup: z.object({ kind: z.enum(['new', 'existing']), name: z.string() }),
    region: z.string(),
  }),
  master: z.object({
    orchestrator: z.enum(orchestrators),
    dnsPrefix: z.string(),
    adminUsername: z.string(),
    sshPublicKey: z.string(),
    count: z.union([z.literal(1), z.literal(3), z.literal(5)]),
  }),
  agent: z.object({
    /** As typed. */
    count: z.string(),
    machineSize: z.string(),
  }),
  /** As typed; a draft from before there were such fields has none. */
  network: z
    .object({ addressSpace: z.string(), masterSubnet: z.string(), agentSubnet: z.string() })
    .default(defaultNetworkDraft),
  tags: z.array(z.object({ name: z.string(), value: z.string() })).default([]),
});
export type Draft = z.infer<typeof draftSchema>;

export const draftVersion = 1;

/** A wizard nobody has touched yet. */
export const emptyDraft: Draft = {
  basics: {
    serviceName: '',
    subscriptionId: '',
    resourceGroup: { kind: 'new', name: '' },
    region: '',
  },
  master: { orchestrator: 'swarm', dnsPrefix: '', adminUsername: '', sshPublicKey: '', count: 3 },
  agent: { count: '3', machineSize: '' },
  network: defaultNetworkDraft,
  tags: [],
};

/** The number that a text says, or NaN: only digits count as a number of agents. */
export const parseCount = (text: string): number =>
  /^\d{1,6}$/.test(text.trim()) ? Number(text.trim()) : Number.NaN;

/** The network that the fields stand for, right or not. */
export const networkOf = ({ network }: Draft): ClusterNetwork => ({
  addressSpace: network.addressSpace.split(/[\s,;]+/).filter(Boolean),
  masterSubnet: network.masterSubnet.trim(),
  agentSubnet: network.agentSubnet.trim(),
});

/** The tags that the rows stand for, right or not, each with the row that it is in; an empty row is none. */
export const tagsOf = ({ tags }: Draft): (UserTag & { row: number })[] =>
  tags
    .map(({ name, value }, row) => ({ name: name.trim(), value: value.trim(), row }))
    .filter(({ name, value }) => name !== '' || value !== '');

/** The spec that a draft stands for, or undefined while a rule is broken. */
export function specFromDraft(draft: Draft): ClusterSpec | undefined {
  const network = networkOf(draft);
  const tags = tagsOf(draft).map(({ name, value }) => ({ name, value }));
  const spec = clusterSpecSchema.safeParse({
    basics: draft.basics,
    master: { ...draft.master, sshPublicKey: draft.master.sshPublicKey.trim() },
    agent: { ...draft.agent, count: parseCount(draft.agent.count) },
    ...(isDefaultNetwork(network) ? {} : { network }),
    ...(tags.length === 0 ? {} : { tags }),
  });
  return spec.success ? spec.data : undefined;
}

const clean = (text: string): string => (looksLikePrivateKey(text) ? '' : text);

/**
 * The draft as it may be kept: without anything that looks like a private key, and with a key only where it is a public
 * one, for a part of a private key looks like nothing at all.
 */
export function withoutPrivateKeys(draft: Draft): Draft {
  return {
    basics: {
      serviceName: clean(draft.basics.serviceName),
      subscriptionId: draft.basics.subscriptionId,
      resourceGroup: { ...draft.basics.resourceGroup, name: clean(draft.basics.resourceGroup.name) },
      region: draft.basics.region,
    },
    master: {
      ...draft.master,
      dnsPrefix: clean(draft.master.dnsPrefix),
      adminUsername: clean(draft.master.adminUsername),
      sshPublicKey: readSshPublicKey(draft.master.sshPublicKey).accepted
        ? clean(draft.master.sshPublicKey)
        : '',
    },
    agent: { count: clean(draft.agent.count), machineSize: draft.agent.machineSize },
    network: {
      addressSpace: clean(draft.network.addressSpace),
      masterSubnet: clean(draft.network.masterSubnet),
      agentSubnet: clean(draft.network.agentSubnet),
    },
    tags: draft.tags.map(({ name, value }) => ({ name: clean(name), value: clean(value) })),
  };
}
