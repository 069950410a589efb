import { z } from 'zod';

/** What a node stands for; the renderer draws by it, the panel explains by it. */
export const nodeKindSchema = z.enum([
  'containerService',
  'internet',
  'publicIp',
  'loadBalancer',
  'networkInterface',
  'virtualMachine',
  'extension',
  'scaleSet',
  'scaleSetInstance',
  'availabilitySet',
  'virtualNetwork',
  'subnet',
  'networkSecurityGroup',
  'disk',
  'storageAccount',
  'other',
]);
export type NodeKind = z.infer<typeof nodeKindSchema>;

/** Why two nodes are joined; from an id inside a resource's properties, never from names or `dependsOn`. */
export const edgeKindSchema = z.enum([
  /** Traffic from the internet inwards: internet → public IP → load balancer → NIC or scale set → machine. */
  'traffic',
  /** A subnet or NIC guarded by a network security group. */
  'guards',
  /** A machine uses a disk. */
  'disk',
  /** Boot diagnostics go to a storage account. */
  'diagnostics',
  /** Any other id in a resource's properties. */
  'reference',
]);
export type EdgeKind = z.infer<typeof edgeKindSchema>;

export const topologyNodeSchema = z.object({
  /** The resource's ARM id in lower case; `internet` and `service` for the two that are no resources. */
  id: z.string(),
  kind: nodeKindSchema,
  /** The resource's own name. */
  name: z.string(),
  /** The role in plain words, for example `Masters' load balancer`. */
  title: z.string(),
  /** The ARM type; absent for nodes that are no resources. */
  type: z.string().optional(),
  /** The node that contains this one; absent for the outermost. */
  parent: z.string().optional(),
  /** Distance from the internet: 0 the internet, 1 public addresses, 2 load balancers, 3 interfaces, 4 machines, … */
  rank: z.number().int(),
  /** ARM's provisioning state, where there is one. */
  provisioningState: z.string().optional(),
  /** What it is for, in plain words. */
  purpose: z.string(),
  /** Key properties, in the order in which they are shown; every value comes from the resource. */
  facts: z.array(z.object({ label: z.string(), value: z.string() })),
});
export type TopologyNode = z.infer<typeof topologyNodeSchema>;

export const topologyEdgeSchema = z.object({
  id: z.string(),
  from: z.string(),
  to: z.string(),
  kind: edgeKindSchema,
  /** What passes here, one line a rule, for example `TCP 2201 → 22`. */
  labels: z.array(z.string()),
});
export type TopologyEdge = z.infer<typeof topologyEdgeSchema>;

export const topologyGraphSchema = z.object({
  nodes: z.array(topologyNodeSchema),
  edges: z.array(topologyEdgeSchema),
});
export type TopologyGraph = z.infer<typeof topologyGraphSchema>;
