import type { TopologyResource } from './arm-resource.ts';
import { containPieces } from './containment.ts';
import { describePieces, internetNode, serviceNode } from './describe.ts';
import type { EdgeKind, NodeKind, TopologyEdge, TopologyGraph } from './graph.ts';
import { collectDiagnostics, collectPieces, collectReferences, type Reference } from './references.ts';
import { kindOfType } from './resource-kind.ts';
import { tellRoles } from './roles.ts';
import { collectTrafficRules, ruleText, type TrafficRule } from './traffic.ts';

export interface TopologyInput {
  /** The container service's name: the title of the outermost frame. */
  serviceName: string;
  /** The resources as ARM's GET returns them, in any order. */
  resources: readonly TopologyResource[];
}

/**
 * The outside-in graph of a container service. Edges, containment, roles and ranks come from the ids in the
 * resources' own properties alone, never from names, tags or `dependsOn`; the same resources in another order give
 * the same graph. Resources of types that are not known become `other`, joined by the ids that they hold.
 */
export function buildTopology({ serviceName, resources }: TopologyInput): TopologyGraph {
  const pieces = collectPieces(resources);
  const kinds = new Map([...pieces].map(([id, resource]) => [id, kindOfType(resource.type)]));
  const references = collectReferences(pieces);
  const diagnostics = collectDiagnostics(pieces);
  const rules = collectTrafficRules(pieces);
  const parents = containPieces(pieces, kinds, references);
  const roles = tellRoles({ pieces, kinds, references, rules });
  const nodes = describePieces({ pieces, kinds, parents, roles, references, rules });
  const edges = drawEdges({ pieces, kinds, parents, references, diagnostics, rules });
  return { nodes: [internetNode(), serviceNode(serviceName, nodes), ...nodes], edges };
}

/** Which way round two kinds of pieces are joined, and as what; anything else is a plain reference. */
const joints: readonly { from: NodeKind; to: NodeKind; kind: EdgeKind }[] = [
  { from: 'publicIp', to: 'loadBalancer', kind: 'traffic' },
  { from: 'publicIp', to: 'networkInterface', kind: 'traffic' },
  { from: 'loadBalancer', to: 'networkInterface', kind: 'traffic' },
  { from: 'loadBalancer', to: 'scaleSet', kind: 'traffic' },
  { from: 'loadBalancer', to: 'scaleSetInstance', kind: 'traffic' },
  { from: 'networkInterface', to: 'virtualMachine', kind: 'traffic' },
  { from: 'networkSecurityGroup', to: 'subnet', kind: 'guards' },
  { from: 'networkSecurityGroup', to: 'networkInterface', kind: 'guards' },
  { from: 'networkSecurityGroup', to: 'scaleSet', kind: 'guards' },
  { from: 'virtualMachine', to: 'disk', kind: 'disk' },
  { from: 'scaleSet', to: 'disk', kind: 'disk' },
  { from: 'scaleSetInstance', to: 'disk', kind: 'disk' },
  { from: 'availabilitySet', to: 'virtualMachine', kind: 'spreads' },
];

interface EdgeMaterial {
  pieces: ReadonlyMap<string, TopologyResource>;
  kinds: ReadonlyMap<string, NodeKind>;
  parents: ReadonlyMap<string, string>;
  references: readonly Reference[];
  diagnostics: readonly Reference[];
  rules: readonly TrafficRule[];
}

function drawEdges(material: EdgeMaterial): TopologyEdge[] {
  const { kinds, parents, references, diagnostics, rules } = material;
  const edges = new Map<string, TopologyEdge>();
  const add = (from: string, to: string, kind: EdgeKind): TopologyEdge => {
    const id = `${from} ${kind} ${to}`;
    const edge = edges.get(id) ?? { id, from, to, kind, labels: [] };
    edges.set(id, edge);
    return edge;
  };

  for (const [id, kind] of kinds) if (kind === 'publicIp') add('internet', id, 'traffic');
  for (const { from, to } of references) {
    if (isInside(from, to, parents) || isInside(to, from, parents)) continue;
    const kindOfFrom = kinds.get(from);
    const kindOfTo = kinds.get(to);
    const forwards = joints.find((joint) => joint.from === kindOfFrom && joint.to === kindOfTo);
    const backwards = joints.find((joint) => joint.from === kindOfTo && joint.to === kindOfFrom);
    if (forwards) add(from, to, forwards.kind);
    else if (backwards) add(to, from, backwards.kind);
    else if (!edges.has(`${to} reference ${from}`)) add(from, to, 'reference');
  }
  for (const { from, to } of diagnostics) add(from, to, 'diagnostics');
  for (const rule of rules) {
    if (rule.kind === 'outbound') continue;
    for (const target of rule.targets) {
      const edge = add(rule.loadBalancer, target, 'traffic');
      edge.labels = [...new Set([...edge.labels, ruleText(rule)])];
    }
  }
  return [...edges.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** Whether `id` lies inside `container`, at any depth. */
function isInside(id: string, container: string, parents: ReadonlyMap<string, string>): boolean {
  for (let at = parents.get(id); at !== undefined; at = parents.get(at)) if (at === container) return true;
  return false;
}
