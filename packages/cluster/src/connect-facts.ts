import { z } from 'zod';

/** What the connect commands are made of; every value is read from the deployed cluster. */
export const connectFactsSchema = z.object({
  adminUsername: z.string(),
  masterFqdn: z.string(),
  agentFqdn: z.string(),
  /** SSH entrances on the masters' address, one per inbound NAT rule, in order of frontend port. */
  ssh: z.array(z.object({ port: z.number().int(), machine: z.string(), backendPort: z.number().int() })),
  /** Ports that reach the agents, one per load-balancing rule. */
  agentPorts: z.array(z.object({ port: z.number().int(), protocol: z.string(), rule: z.string() })),
  masterCount: z.number().int(),
  agentCount: z.number().int(),
});
export type ConnectFacts = z.infer<typeof connectFactsSchema>;
