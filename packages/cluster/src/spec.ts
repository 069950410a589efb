import { z } from 'zod';

/** Which orchestrators Slipway builds. */
export const orchestrators = ['swarm'] as const;
export const masterCounts = [1, 3, 5] as const;

/** What the wizard collects and validates: everything that is needed to build a cluster. */
export const clusterSpecSchema = z.strictObject({
  basics: z.strictObject({
    serviceName: z.string(),
    subscriptionId: z.string(),
    resourceGroup: z.strictObject({ kind: z.enum(['new', 'existing']), name: z.string() }),
    region: z.string(),
  }),
  master: z.strictObject({
    orchestrator: z.enum(orchestrators),
    dnsPrefix: z.string(),
    adminUsername: z.string(),
    sshPublicKey: z.string(),
    count: z.union([z.literal(1), z.literal(3), z.literal(5)]),
  }),
  agent: z.strictObject({
    count: z.number().int(),
    machineSize: z.string(),
  }),
});
export type ClusterSpec = z.infer<typeof clusterSpecSchema>;
