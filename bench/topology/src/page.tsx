import { TopologyKeeper, type TopologyGraph, type TopologyResource } from '@slipway/topology';
import { type BenchState, type Drawer, frames } from './bench-page.ts';
import { type DriveResult, type Movement, drive } from './drive.ts';
import { syntheticGroup } from './synthetic-group.ts';

const asked = new URLSearchParams(location.search);
const drawers: Readonly<Record<string, () => Promise<Drawer>>> = {
  slipway: async () => (await import('./slipway.tsx')).slipway,
  xyflow: async () => (await import('./xyflow.tsx')).xyflow,
  cytoscape: async () => (await import('./cytoscape.ts')).cytoscapeDrawer,
  none: async () => (await import('./none.ts')).none,
};

const topo: BenchState = { state: 'gen', t: {} };
Object.assign(window, {
  __topo: topo,
  __drive: (movement: Movement, ms = 3_000): Promise<DriveResult> => drive(topo, movement, ms),
});

async function run(): Promise<void> {
  const drawer = await drawers[asked.get('lib') ?? 'slipway']?.();
  const root = document.getElementById('root');
  if (!drawer || !root) throw new Error('The page was asked for something that it does not have.');
  const resources = await resourcesAsked();
  drawer.prepare?.(root);
  await frames(2);
  const began = performance.now();
  const keeper = new TopologyKeeper({ serviceName: 'Bench', resources });
  const { graph } = keeper;
  Object.assign(topo, { nodes: graph.nodes.length, edges: graph.edges.length });
  const built = performance.now();
  topo.t.genMs = built - began;
  topo.state = 'layout';
  const layout = await drawer.layout(graph, asked.get('layout') ?? 'own');
  const placed = performance.now();
  topo.t.layoutMs = placed - built;
  topo.size = [Math.round(layout.width), Math.round(layout.height)];
  topo.routed = layout.edges.filter(({ points }) => points.length > 1).length;
  topo.state = 'render';
  const options = (asked.get('opt') ?? '').split(',');
  const mounted = await drawer.mount(root, graph, layout, options, () => changeOne(keeper, resources));
  // The third frame begins when the one with the drawing has been painted.
  await frames(2);
  const painted = performance.now();
  topo.t.renderMs = painted - placed;
  topo.t.totalMs = painted - began;
  Object.assign(topo, mounted);
  topo.state = 'ready';
}

const provisioningStates = ['Updating', 'Succeeded', 'Failed'] as const;
let changes = 0;

/** One of the resources is in another state, as ARM tells it next. */
function changeOne(keeper: TopologyKeeper, resources: readonly TopologyResource[]): TopologyGraph {
  changes += 1;
  const resource = resources[(changes * 977) % resources.length];
  if (!resource) return keeper.graph;
  const provisioningState = provisioningStates[changes % provisioningStates.length];
  const changed = { ...resource, properties: { ...resource.properties, provisioningState } };
  return keeper.update({ changed: [changed] }).graph;
}

async function resourcesAsked(): Promise<TopologyResource[]> {
  const name = asked.get('group');
  if (name === null) return syntheticGroup(Number(asked.get('n') ?? 100));
  const answer = await fetch(`groups/${encodeURIComponent(name)}.json`);
  const resources: TopologyResource[] = await answer.json();
  return resources;
}

run().catch((error: unknown) => {
  topo.error = error instanceof Error ? (error.stack ?? error.message) : String(error);
  topo.state = 'error';
});
