import { agentCountSchema, agentPortsSchema } from '@slipway/cluster';
import { z } from 'zod';

/** What a person may change of a cluster; what is absent stays as it is. */
export const clusterChangesSchema = z.strictObject({
  agentCount: agentCountSchema.optional(),
  agentPorts: agentPortsSchema.optional(),
});
export type ClusterChangesRequest = z.infer<typeof clusterChangesSchema>;

/** What a deployment makes different in a cluster that was there before: its agents, its ports, or nothing. */
export const clusterChangeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('agents'), from: z.number().int(), to: z.number().int() }),
  z.object({ kind: z.literal('ports') }),
  z.object({ kind: z.literal('again') }),
]);
export type ClusterChange = z.infer<typeof clusterChangeSchema>;
