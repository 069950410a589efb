import {
  type ClusterSpec,
  clusterSpecSchema,
  looksLikePrivateKey,
  orchestrators,
  readSshPublicKey,
} from '@slipway/cluster';
import { z } from 'zod';

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
};

/** The number that a text says, or NaN: only digits count as a number of agents. */
export const parseCount = (text: string): number =>
  /^\d{1,6}$/.test(text.trim()) ? Number(text.trim()) : Number.NaN;

/** The spec that a draft stands for, or undefined while a rule is broken. */
export function specFromDraft(draft: Draft): ClusterSpec | undefined {
  const spec = clusterSpecSchema.safeParse({
    basics: draft.basics,
    master: { ...draft.master, sshPublicKey: draft.master.sshPublicKey.trim() },
    agent: { ...draft.agent, count: parseCount(draft.agent.count) },
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
  };
}
