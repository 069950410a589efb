import { z } from 'zod';

/** What a node stands for; the renderer draws by it, the panel explains by it. */
export const nodeKindSchema = z.enum([
  'containerService',
  'internet',
  'publicIp',
  'loadBalancer',
  /** A balancing, NAT or outbound rule: a part of its load balancer. */
  'loadBalancerRule',
  /** Anything else that traffic passes: NAT, VPN and application gateways, firewalls, Bastion. */
  'gateway',
  'networkInterface',
  'virtualMachine',
  'extension',
  'scaleSet',
  'scaleSetInstance',
  'availabilitySet',
  'virtualNetwork',
  'subnet',
  'networkSecurityGroup',
  /** What a security group admits or blocks: a part of it. */
  'securityRule',
  'routeTable',
  /** Where a route table sends what: a part of it. */
  'route',
  'disk',
  'storageAccount',
  'other',
  /** What an id leads to that is not among the resources: in another group, subscription or network. */
  'outside',
]);
export type NodeKind = z.infer<typeof nodeKindSchema>;

/** Why two nodes are joined; from an id inside a resource's properties, never from names or `dependsOn`. */
export const edgeKindSchema = z.enum([
  /** Traffic from the internet inwards: internet → public IP → load balancer, and rule → NIC or scale set → machine. */
  'traffic',
  /** Traffic on its way out: machine → outbound rule, subnet → NAT gateway → public IP → internet. */
  'outbound',
  /** A subnet or NIC guarded by a network security group. */
  'guards',
  /** A machine uses a disk. */
  'disk',
  /** Boot diagnostics go to a storage account. */
  'diagnostics',
  /** An availability set spreads a machine that it cannot be drawn around. */
  'spreads',
  /** Any other id in a resource's properties. */
  'reference',
]);
export type EdgeKind = z.infer<typeof edgeKindSchema>;

/** What the machines behind a piece are: told by structure (NAT rules, balanced scale sets), never by names. */
export const machineRoleSchema = z.enum(['master', 'agent']);
export type MachineRole = z.infer<typeof machineRoleSchema>;

export const topologyNodeSchema = z.object({
  /** The resource's ARM id in lower case; `internet` and `service` for the two that are no resources. */
  id: z.string(),
  kind: nodeKindSchema,
  /** Whether it is no resource of its own, but stands in the properties of the one that contains it: a rule, a subnet. */
  isPart: z.boolean().optional(),
  /** Whether a deployment means to create it, and ARM does not have it yet. */
  isPlanned: z.boolean().optional(),
  /** Where the machine stands in the availability set around it; counted from 0, as ARM does. */
  cell: z.object({ faultDomain: z.number().int(), updateDomain: z.number().int() }).optional(),
  /** The id that leads outside, as it was written; `outside` only. */
  leadsTo: z.string().optional(),
  /** The resource's own name. */
  name: z.string(),
  /** The role in plain words, for example `Masters' load balancer`. */
  title: z.string(),
  /** The ARM type; absent for nodes that are no resources. */
  type: z.string().optional(),
  /** The node that contains this one; absent for the outermost. */
  parent: z.string().optional(),
  /** Distance from the internet: 0 the internet, 1 public addresses, 2 load balancers and security groups, 3 networks and interfaces, 4 machines, 5 what machines use, 6 the rest. */
  rank: z.number().int(),
  /** Which machines it serves; absent where the structure does not tell. */
  role: machineRoleSchema.optional(),
  /** How many machines a scale set holds. */
  count: z.number().int().optional(),
  /** The one property that tells it apart at a glance, such as its address; a value of one of its facts. */
  detail: z.string().optional(),
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
