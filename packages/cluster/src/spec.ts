import { z } from 'zod';
import { checkAdminUsername } from './admin-user-name.ts';
import { checkNetwork } from './cluster-network.ts';
import { MAX_USER_TAGS, checkTags } from './cluster-tags.ts';
import {
  checkAgentCount,
  checkDnsPrefix,
  checkMachineSize,
  checkRegion,
  checkResourceGroupName,
  checkServiceName,
  checkSshPublicKey,
  checkSubscriptionId,
} from './spec-rules.ts';

/** Which orchestrators Slipway builds. */
export const orchestrators = ['swarm'] as const;
export type Orchestrator = (typeof orchestrators)[number];

/** A text field with its rule; a missing or mistyped value gets the rule's message for an empty one. */
function ruledText(check: (value: string) => string | undefined) {
  return z.string({ error: check('') ?? 'Enter a value.' }).superRefine((value, context) => {
    const message = check(value);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });
}

/** The message for an object that is missing; keys that do not belong into it keep zod's own message. */
const wholeOrUnknown =
  (message: string) =>
  (issue: { code?: string | undefined }): string | undefined =>
    issue.code === 'invalid_type' ? message : undefined;

export const serviceNameSchema = ruledText(checkServiceName);
export const subscriptionIdSchema = ruledText(checkSubscriptionId);
export const resourceGroupNameSchema = ruledText(checkResourceGroupName);
export const regionSchema = ruledText(checkRegion);
export const dnsPrefixSchema = ruledText(checkDnsPrefix);
export const adminUsernameSchema = ruledText(checkAdminUsername);
export const sshPublicKeySchema = ruledText(checkSshPublicKey);
export const machineSizeSchema = ruledText(checkMachineSize);

export const orchestratorSchema = z.enum(orchestrators, { error: 'Choose an orchestrator: swarm.' });

export const masterCountSchema = z.union([z.literal(1), z.literal(3), z.literal(5)], {
  error:
    'Choose 1 master for testing, or 3 or 5 for production: an odd number keeps a majority when one fails.',
});

export const agentCountSchema = z
  .number({ error: 'Enter the number of agents as a whole number.' })
  .superRefine((value, context) => {
    const message = checkAgentCount(value);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });

export const resourceGroupSchema = z.strictObject(
  {
    kind: z.enum(['new', 'existing'], { error: 'Say whether the resource group is new or an existing one.' }),
    name: resourceGroupNameSchema,
  },
  { error: wholeOrUnknown('Choose a resource group, or enter a name for a new one.') },
);

/** The wizard's first step. */
export const basicsSchema = z.strictObject({
  serviceName: serviceNameSchema,
  subscriptionId: subscriptionIdSchema,
  resourceGroup: resourceGroupSchema,
  region: regionSchema,
});

/** The wizard's second step. */
export const masterSchema = z.strictObject({
  orchestrator: orchestratorSchema,
  dnsPrefix: dnsPrefixSchema,
  adminUsername: adminUsernameSchema,
  sshPublicKey: sshPublicKeySchema,
  count: masterCountSchema,
});

/** The wizard's third step. */
export const agentSchema = z.strictObject({
  count: agentCountSchema,
  machineSize: machineSizeSchema,
});

/** The address ranges of the virtual network. Issue paths are `network.addressSpace`, `network.masterSubnet`, `network.agentSubnet`. */
export const networkSchema = z
  .strictObject({
    addressSpace: z.array(z.string()),
    masterSubnet: z.string(),
    agentSubnet: z.string(),
  })
  .superRefine((network, context) => {
    for (const { path, message } of checkNetwork(network))
      context.addIssue({ code: 'custom', path: [path], message });
  });

/** Tags for everything that belongs to the cluster. Issue paths are `tags.0.name` and the like. */
export const tagsSchema = z
  .array(z.strictObject({ name: z.string(), value: z.string() }))
  .max(MAX_USER_TAGS, { error: `There can be at most ${MAX_USER_TAGS} tags.` })
  .superRefine((tags, context) => {
    for (const { index, part, message } of checkTags(tags))
      context.addIssue({ code: 'custom', path: [index, part], message });
  });

/**
 * What the wizard collects and validates: everything that is needed to build a cluster. Issue paths are the
 * fields' paths (`master.sshPublicKey`); every message says what to do. Rules: AZURE-FACTS, “Rules of the wizard's
 * fields”.
 */
export const clusterSpecSchema = z.strictObject({
  basics: basicsSchema,
  master: masterSchema,
  agent: agentSchema,
  /** Without it, the network is `defaultNetwork`. */
  network: networkSchema.optional(),
  tags: tagsSchema.optional(),
});
export type ClusterSpec = z.infer<typeof clusterSpecSchema>;
