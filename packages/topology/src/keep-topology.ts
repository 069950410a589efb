import type { TopologyResource } from './arm-resource.ts';
import { surveyTopology, type TopologyInput, type TopologySurvey } from './build-topology.ts';
import { describePiece } from './describe.ts';
import { serviceNode } from './frame.ts';
import type { TopologyEdge, TopologyGraph, TopologyNode } from './graph.ts';
import { exchangePiece } from './pieces.ts';
import { isSameJson } from './same-json.ts';
import { surfaceOf } from './surface.ts';

/** What happened to some of the resources. */
export interface TopologyChange {
  /** Resources that are new or differ from what is known of them. */
  changed?: readonly TopologyResource[];
  /** The ids of resources that are gone. */
  removed?: readonly string[];
  /** What a deployment means to create, in place of what was planned before. */
  planned?: readonly TopologyResource[] | undefined;
}

/** A graph after a change. Nodes and lines that are the same as before are the same objects. */
export interface TopologyUpdate {
  graph: TopologyGraph;
  /** The ids of the nodes that are new or differ. */
  changed: string[];
  /** The ids of the nodes that are gone. */
  removed: string[];
  /** Whether anything has to be placed anew: nodes, their order, titles, containers or lines. */
  isStructureChanged: boolean;
}

/**
 * Keeps the graph of a set of resources up to date. The graph is always the one that `buildTopology` gives for the same
 * resources; where only the state of some of them changed, the rest is not looked at.
 */
export class TopologyKeeper {
  readonly #serviceName: string;
  readonly #isCluster: boolean;
  #resources: Map<string, TopologyResource>;
  #planned: readonly TopologyResource[];
  #survey: TopologySurvey;
  #places: Map<string, number>;

  constructor(input: TopologyInput) {
    this.#serviceName = input.serviceName;
    this.#isCluster = input.isCluster ?? false;
    this.#resources = byId(input.resources);
    this.#planned = input.planned ?? [];
    this.#survey = this.#surveyAll();
    this.#places = placesOf(this.#survey.graph.nodes);
  }

  get graph(): TopologyGraph {
    return this.#survey.graph;
  }

  /** Takes in what happened to some of the resources; costs little where only their state changed. */
  update({ changed = [], removed = [], planned }: TopologyChange): TopologyUpdate {
    const differing = changed.filter(
      (resource) => this.#resources.get(resource.id.toLowerCase()) !== resource,
    );
    const gone = removed.map((id) => id.toLowerCase()).filter((id) => this.#resources.has(id));
    const isQuiet =
      gone.length === 0 &&
      (planned === undefined || isSameJson(planned, this.#planned)) &&
      differing.every((resource) => this.#isQuiet(resource));
    for (const resource of differing) this.#resources.set(resource.id.toLowerCase(), resource);
    for (const id of gone) this.#resources.delete(id);
    if (planned !== undefined) this.#planned = planned;
    return isQuiet ? this.#describeAgain(differing) : this.#rebuild();
  }

  /** Takes in the resources as they are now, all of them; for callers that do not know what changed. */
  replace({ resources, planned = [] }: Pick<TopologyInput, 'resources' | 'planned'>): TopologyUpdate {
    const now = byId(resources);
    const changed = [...now.values()].filter(
      (resource) => !isSameJson(this.#resources.get(resource.id.toLowerCase()), resource),
    );
    const removed = [...this.#resources.keys()].filter((id) => !now.has(id));
    return this.update({ changed, removed, planned });
  }

  #surveyAll(): TopologySurvey {
    return surveyTopology({
      serviceName: this.#serviceName,
      isCluster: this.#isCluster,
      resources: [...this.#resources.values()],
      planned: this.#planned,
    });
  }

  /** Whether nothing but its own node, and those of its parts, can differ by a resource. */
  #isQuiet(resource: TopologyResource): boolean {
    const id = resource.id.toLowerCase();
    const before = this.#resources.get(id);
    const kind = this.#survey.surroundings.kinds.get(id);
    if (before === undefined || kind === undefined) return false;
    return surfaceOf(before, kind) === surfaceOf(resource, kind);
  }

  #describeAgain(resources: readonly TopologyResource[]): TopologyUpdate {
    const { graph: before, surroundings } = this.#survey;
    const nodes = [...before.nodes];
    const changed: string[] = [];
    let isStructureChanged = false;
    const put = (node: TopologyNode): void => {
      const place = this.#places.get(node.id);
      const known = place === undefined ? undefined : nodes[place];
      if (place === undefined || known === undefined || isSameJson(known, node)) return;
      nodes[place] = node;
      changed.push(node.id);
      if (!isDrawnAlike(known, node)) isStructureChanged = true;
    };
    for (const resource of resources) {
      for (const [id, piece] of exchangePiece(surroundings.pieces, resource)) {
        put(describePiece(id, piece, surroundings));
      }
    }
    put(serviceNode({ serviceName: this.#serviceName, isCluster: this.#isCluster }, nodes));
    if (changed.length > 0) this.#survey = { surroundings, graph: { nodes, edges: before.edges } };
    return { graph: this.graph, changed, removed: [], isStructureChanged };
  }

  #rebuild(): TopologyUpdate {
    const before = this.#survey.graph;
    const survey = this.#surveyAll();
    const knownNodes = new Map(before.nodes.map((node) => [node.id, node]));
    const changed: string[] = [];
    let isStructureChanged = false;
    const nodes = survey.graph.nodes.map((node, place): TopologyNode => {
      const known = knownNodes.get(node.id);
      if (known === undefined || before.nodes[place]?.id !== node.id || !isDrawnAlike(known, node)) {
        isStructureChanged = true;
      }
      if (known !== undefined && isSameJson(known, node)) return known;
      changed.push(node.id);
      return node;
    });
    const places = placesOf(nodes);
    const removed = before.nodes.map(({ id }) => id).filter((id) => !places.has(id));
    const edges = sameEdges(before.edges, survey.graph.edges);
    if (removed.length > 0 || edges !== before.edges) isStructureChanged = true;
    const isSame = changed.length === 0 && !isStructureChanged;
    this.#survey = { surroundings: survey.surroundings, graph: isSame ? before : { nodes, edges } };
    this.#places = places;
    return { graph: this.graph, changed, removed, isStructureChanged };
  }
}

const byId = (resources: readonly TopologyResource[]): Map<string, TopologyResource> => {
  const found = new Map<string, TopologyResource>();
  for (const resource of resources) {
    const id = resource.id.toLowerCase();
    if (!found.has(id)) found.set(id, resource);
  }
  return found;
};

const placesOf = (nodes: readonly TopologyNode[]): Map<string, number> =>
  new Map(nodes.map(({ id }, place) => [id, place]));

/** The lines of now, as the objects of before where they are the same; all of before's where none differs. */
function sameEdges(before: TopologyEdge[], now: readonly TopologyEdge[]): TopologyEdge[] {
  const known = new Map(before.map((edge) => [edge.id, edge]));
  const edges = now.map((edge) => {
    const same = known.get(edge.id);
    return same !== undefined && isSameJson(same, edge) ? same : edge;
  });
  const isSame = edges.length === before.length && edges.every((edge, place) => edge === before[place]);
  return isSame ? before : edges;
}

/** Whether two states of a node take the same place in the drawing: all but what is only written about it. */
function isDrawnAlike(one: TopologyNode, other: TopologyNode): boolean {
  return isSameJson(withoutWords(one), withoutWords(other));
}

function withoutWords(node: TopologyNode): object {
  return { ...node, provisioningState: undefined, detail: undefined, purpose: '', facts: [] };
}
