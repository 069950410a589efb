import type { TopologyResource } from './arm-resource.ts';
import { containPieces } from './containment.ts';
import { describePieces } from './describe.ts';
import { collectDiskUses } from './disk-uses.ts';
import { drawEdges } from './edges.ts';
import { internetNode, serviceNode } from './frame.ts';
import type { NodeKind, TopologyGraph } from './graph.ts';
import { outsideNodes } from './outside.ts';
import { collectPieces } from './pieces.ts';
import { collectDiagnostics, collectReferences } from './references.ts';
import { kindOfType } from './resource-kind.ts';
import { tellRoles } from './roles.ts';
import { collectMachinesOfInterfaces, diagnosticsByAccount, type Surroundings } from './surroundings.ts';
import { collectTrafficRules } from './traffic.ts';

export interface TopologyInput {
  /** The name of the container service, or of the group, that the outermost frame stands for. */
  serviceName: string;
  /** The resources as ARM's GET returns them, in any order. */
  resources: readonly TopologyResource[];
  /**
   * What a deployment means to create: the resources of its template, expanded, with their ids. One that is also among
   * the resources exists, and counts only for the parts (rules, subnets) that it does not have yet.
   */
  planned?: readonly TopologyResource[] | undefined;
  /**
   * Whether the resources are known to be one cluster, so that machines have their roles even while only some of them
   * are there. Without it roles are told where both masters and agents can be told.
   */
  isCluster?: boolean;
}

/**
 * The outside-in graph of a container service or any other group. Edges, containment, roles and ranks come from the ids
 * in the resources' own properties alone, never from names, tags or `dependsOn`; the same resources in another order give
 * the same graph. Resources of types that are not known become `other`, joined by the ids that they hold.
 */
export function buildTopology(input: TopologyInput): TopologyGraph {
  return surveyTopology(input).graph;
}

/** A graph with all that was found out to draw it. */
export interface TopologySurvey {
  graph: TopologyGraph;
  surroundings: Surroundings;
}

/** Builds the graph, and keeps what it was built from, so that single pieces can be described again. */
export function surveyTopology({
  serviceName,
  resources,
  planned = [],
  isCluster = false,
}: TopologyInput): TopologySurvey {
  const pieces = collectPieces(resources, planned);
  const kinds = new Map<string, NodeKind>();
  const types = new Map<string, string>();
  for (const [id, { type }] of pieces.all) {
    kinds.set(id, kindOfType(type));
    types.set(id, type);
  }
  const references = collectReferences(pieces);
  const diagnostics = collectDiagnostics(pieces.all, kinds);
  const rules = collectTrafficRules(pieces, kinds);
  const parents = containPieces(pieces, kinds, references.list);
  const roles = tellRoles({
    pieces: pieces.all,
    kinds,
    parents,
    references: references.list,
    rules,
    isCluster,
  });
  for (const [id, { type }] of references.outside) {
    kinds.set(id, 'outside');
    types.set(id, type);
  }
  const surroundings: Surroundings = {
    pieces,
    outside: references.outside,
    kinds,
    parents,
    roles,
    rules,
    diskUses: collectDiskUses(pieces, kinds),
    diagnosticsAt: diagnosticsByAccount(diagnostics),
    machineOfInterface: collectMachinesOfInterfaces(pieces, kinds),
  };
  const nodes = describePieces(surroundings);
  const outside = outsideNodes(references).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const edges = drawEdges({ types, kinds, parents, references, diagnostics, rules });
  return {
    graph: {
      nodes: [internetNode(), serviceNode({ serviceName, isCluster }, nodes), ...nodes, ...outside],
      edges,
    },
    surroundings,
  };
}
