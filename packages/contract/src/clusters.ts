import { agentPortSchema, clusterSpecSchema, faultDomainCountSchema } from '@slipway/cluster';
import { z } from 'zod';
import { apiErrorSchema, armErrorSchema } from './errors.ts';

/** The path of a cluster: where its deployment stack lives. */
export const clusterPathSchema = z.object({
  subscriptionId: z.string().min(1).max(64),
  resourceGroup: z.string().min(1).max(90),
  name: z.string().min(1).max(90),
});
export type ClusterPath = z.infer<typeof clusterPathSchema>;

/** What a cluster is doing, from the state of its deployment stack. */
export const clusterStateSchema = z.enum(['deploying', 'succeeded', 'failed', 'canceled', 'deleting']);
export type ClusterState = z.infer<typeof clusterStateSchema>;

/** What a deployment makes different in a cluster that was there before: its agents, its ports, or nothing. */
export const clusterChangeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('agents'), from: z.number().int(), to: z.number().int() }),
  z.object({ kind: z.literal('ports') }),
  z.object({ kind: z.literal('again') }),
]);
export type ClusterChange = z.infer<typeof clusterChangeSchema>;

/** A cluster as the list and its page show it; every value is read from ARM. */
export const clusterSchema = clusterPathSchema.extend({
  /** ARM id of the deployment stack. */
  id: z.string(),
  state: clusterStateSchema,
  /** The stack's own state, as ARM words it. */
  stackState: z.string(),
  region: z.string(),
  orchestrator: z.string(),
  dnsPrefix: z.string(),
  adminUsername: z.string(),
  masterCount: z.number().int(),
  agentCount: z.number().int(),
  machineSize: z.string(),
  /** The ports of the agents' load balancer, as the stack's parameters say; absent where they do not. */
  agentPorts: z.array(agentPortSchema).optional(),
  /** Its ranges and its own tags, as the stack's parameters say; absent where they do not. */
  network: z
    .object({ addressSpace: z.array(z.string()), masterSubnet: z.string(), agentSubnet: z.string() })
    .optional(),
  tags: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
  /** ARM id of the deployment that its stack runs or ran last. */
  deploymentId: z.string().optional(),
  /** What that deployment changes, or has changed; absent for the first one, and where it was not submitted here. */
  change: clusterChangeSchema.optional(),
  /** Over how many fault domains the masters are spread, as the stack's parameters say; absent where they do not. */
  faultDomainCount: faultDomainCountSchema.optional(),
  /** Known once ARM has given them. */
  masterFqdn: z.string().optional(),
  agentFqdn: z.string().optional(),
  createdAt: z.string().optional(),
  error: armErrorSchema.optional(),
});
export type Cluster = z.infer<typeof clusterSchema>;

/** A place whose clusters could not be read. */
export const unreadPlaceSchema = z.object({
  subscriptionId: z.string(),
  /** Absent where the whole subscription could not be read. */
  resourceGroup: z.string().optional(),
  /** Why, in words for a person. */
  message: z.string(),
});
export type UnreadPlace = z.infer<typeof unreadPlaceSchema>;

/**
 * Header of the list of clusters: the places that could not be read, when others could. One subscription in trouble
 * does not hide the others' clusters, and nobody takes the rest for the whole. See `writeUnread` and `readUnread`.
 */
export const unreadHeader = 'slipway-unread';
const mostUnread = 10;
const longestReason = 200;

/** The header's value: percent-encoded JSON, at most ten places. */
export const writeUnread = (places: readonly UnreadPlace[]): string =>
  encodeURIComponent(
    JSON.stringify(
      places
        .slice(0, mostUnread)
        .map((place) => ({ ...place, message: place.message.slice(0, longestReason).toWellFormed() })),
    ),
  );

/** The places that the header names; none for a header that is absent or cannot be read. */
export function readUnread(header: string | null): UnreadPlace[] {
  if (header === null) return [];
  try {
    return z.array(unreadPlaceSchema).parse(JSON.parse(decodeURIComponent(header)));
  } catch {
    return [];
  }
}

export const validateClusterRequestSchema = z.object({ spec: clusterSpecSchema });

/** Answer of the validation: passed, or the same error body that the create route would answer. */
export const validateClusterAnswerSchema = z.discriminatedUnion('passed', [
  z.object({ passed: z.literal(true) }),
  z.object({ passed: z.literal(false), error: apiErrorSchema.shape.error }),
]);
export type ValidateClusterAnswer = z.infer<typeof validateClusterAnswerSchema>;

export const createClusterRequestSchema = z.object({
  /** Made by the browser once per submission: the same id sent again names the same cluster. */
  requestId: z.uuid(),
  spec: clusterSpecSchema,
});
export type CreateClusterRequest = z.infer<typeof createClusterRequestSchema>;

export const deleteClusterRequestSchema = z.object({
  /** The cluster's name, typed by the person as confirmation. */
  confirmName: z.string(),
  /** Delete the resource group too, with everything in it. */
  deleteResourceGroup: z.boolean().default(false),
});

/** Answer of the routes that only start something (delete, cancel): ARM has accepted it, the work goes on. */
export const acceptedSchema = z.object({ accepted: z.literal(true) });
