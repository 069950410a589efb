import type { Layout, PlacedEdge, PlacedNode, Point, TopologyGraph, TopologyNode } from '@slipway/topology';
import type { ElkNode } from 'elkjs/lib/elk-api.js';
import ELK from 'elkjs/lib/elk-api.js';
import workerUrl from 'elkjs/lib/elk-worker.min.js?url';

const card = { width: 220, height: 70 };

/** ELK's options as Headlamp's map (0.45) sets them: layered where a container has lines of its own, else packed. */
const layered = {
  'elk.algorithm': 'layered',
  'elk.direction': 'UNDEFINED',
  'elk.edgeRouting': 'SPLINES',
  'elk.nodeSize.minimum': '(220.0,70.0)',
  'elk.nodeSize.constraints': '[MINIMUM_SIZE]',
  'elk.spacing.nodeNode': '60',
  'elk.layered.spacing.nodeNodeBetweenLayers': '60',
  'elk.padding': '[left=16, top=48, right=16, bottom=16]',
};
const packed = {
  'elk.algorithm': 'rectpacking',
  'elk.rectpacking.widthApproximation.optimizationGoal': 'ASPECT_RATIO_DRIVEN',
  'elk.rectpacking.packing.compaction.rowHeightReevaluation': 'true',
  'elk.spacing.nodeNode': '20',
  'elk.padding': '[left=24, top=48, right=24, bottom=24]',
};

/**
 * Places a graph with ELK in a worker: every container by itself, as Headlamp does it. Lines that cross the border of a
 * container take no part and run straight from middle to middle.
 */
export async function elkLayout(graph: TopologyGraph, mode: string): Promise<Layout> {
  if (mode !== 'elk-headlamp') throw new Error(`There is no layout "${mode}".`);
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const parentOf = (id: string): string | undefined => {
    const parent = byId.get(id)?.parent;
    return parent !== undefined && byId.has(parent) ? parent : undefined;
  };
  const children = new Map<string | undefined, TopologyNode[]>();
  for (const node of graph.nodes) {
    const parent = parentOf(node.id);
    children.set(parent, [...(children.get(parent) ?? []), node]);
  }
  const inside = new Map<string | undefined, { id: string; from: string; to: string }[]>();
  for (const edge of graph.edges) {
    const parent = parentOf(edge.from);
    if (parent !== parentOf(edge.to) || !byId.has(edge.from) || !byId.has(edge.to)) continue;
    const lines = inside.get(parent);
    if (lines) lines.push(edge);
    else inside.set(parent, [edge]);
  }
  const elkNode = (node: TopologyNode | undefined): ElkNode => {
    const within = children.get(node?.id);
    const lines = inside.get(node?.id) ?? [];
    if (!within) return { id: node?.id ?? 'root', ...card };
    return {
      id: node?.id ?? 'root',
      ...card,
      layoutOptions: lines.length > 0 ? layered : packed,
      children: within.map(elkNode),
      edges: lines.map(({ id, from, to }) => ({ id, sources: [from], targets: [to] })),
    };
  };
  const elk = new ELK({ workerUrl });
  const placed = await elk.layout(elkNode(undefined), {
    layoutOptions: { 'elk.aspectRatio': String(innerWidth / innerHeight) },
  });
  elk.terminateWorker();
  return collected(graph, placed);
}

function collected(graph: TopologyGraph, root: ElkNode): Layout {
  const nodes: PlacedNode[] = [];
  const ways = new Map<string, Point[]>();
  const walk = (node: ElkNode, x: number, y: number, depth: number, parent: string | undefined): void => {
    const isContainer = (node.children?.length ?? 0) > 0;
    const { width = card.width, height = card.height } = node;
    if (depth >= 0) {
      const place = { id: node.id, x, y, width, height, depth, isContainer, isClosed: false, inside: 0 };
      nodes.push({ ...place, titleWidth: width, ...(parent === undefined ? {} : { parent }) });
    }
    for (const edge of node.edges ?? []) {
      const [section] = edge.sections ?? [];
      if (!section) continue;
      const points = [section.startPoint, ...(section.bendPoints ?? []), section.endPoint];
      ways.set(
        edge.id,
        points.map((point) => ({ x: x + point.x, y: y + point.y })),
      );
    }
    const own = depth >= 0 ? node.id : undefined;
    for (const child of node.children ?? [])
      walk(child, x + (child.x ?? 0), y + (child.y ?? 0), depth + 1, own);
  };
  walk(root, 0, 0, -1, undefined);
  const middles = new Map(
    nodes.map(({ id, x, y, width, height }) => [id, { x: x + width / 2, y: y + height / 2 }]),
  );
  const edges = graph.edges.flatMap((edge): PlacedEdge[] => {
    const from = middles.get(edge.from);
    const to = middles.get(edge.to);
    if (!from || !to) return [];
    const { id, kind } = edge;
    return [{ id, from: edge.from, to: edge.to, kind, points: ways.get(id) ?? [from, to] }];
  });
  return { nodes, edges, grids: [], width: root.width ?? 0, height: root.height ?? 0 };
}
