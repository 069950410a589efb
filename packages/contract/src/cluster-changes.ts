import { agentCountSchema, agentPortsSchema } from '@slipway/cluster';
import { z } from 'zod';

/** What a person may change of a cluster; what is absent stays as it is. */
export const clusterChangesSchema = z.strictObject({
  agentCount: agentCountSchema.optional(),
  agentPorts: agentPortsSchema.optional(),
});
export type ClusterChangesRequest = z.infer<typeof clusterChangesSchema>;
