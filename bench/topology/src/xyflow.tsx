import type { Layout, TopologyGraph } from '@slipway/topology';
import {
  type Edge,
  Handle,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
  type ReactFlowInstance,
} from '@xyflow/react';
import flowStyles from '@xyflow/react/dist/style.css?url';
import { type JSX, memo } from 'react';
import { createRoot } from 'react-dom/client';
import { type Drawer, frames } from './bench-page.ts';
import { elkLayout } from './elk-layout.ts';

type CardData = { title: string; type: string; isContainer: boolean };
type CardNode = Node<CardData, 'card'>;

/** A card with a sign, two lines of text and the two places where lines end: what a map of resources needs at least. */
const Card = memo(function Card({ data }: NodeProps<CardNode>): JSX.Element {
  return (
    <div
      style={{
        boxSizing: 'border-box',
        width: '100%',
        height: '100%',
        border: '1px solid #bbb',
        borderRadius: 8,
        padding: 8,
        background: data.isContainer ? 'rgb(0 90 158 / 6%)' : '#fff',
        font: '13px sans-serif',
      }}
    >
      <Handle type="target" position={Position.Left} style={{ opacity: 0 }} />
      <div style={{ display: 'flex', gap: 8, alignItems: 'center' }}>
        <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden>
          <rect x="3" y="3" width="14" height="14" rx="3" fill="#0f6cbd" />
        </svg>
        <div style={{ overflow: 'hidden', whiteSpace: 'nowrap', textOverflow: 'ellipsis' }}>
          <div>{data.title}</div>
          <small>{data.type}</small>
        </div>
      </div>
      <Handle type="source" position={Position.Right} style={{ opacity: 0 }} />
    </div>
  );
});
const nodeTypes = { card: Card };

/** React Flow with ELK's places, as Headlamp draws its map. */
export const xyflow: Drawer = {
  layout: elkLayout,
  mount: async (element, graph, layout, options) => {
    const flow = await shown(element, graph, layout, options.includes('visible'));
    const start = flow.getViewport();
    return {
      fitZoom: start.zoom,
      view: (dx, dy, zoom) => {
        const middle = { x: innerWidth / 2, y: innerHeight / 2 };
        void flow.setViewport({
          x: middle.x + (start.x - middle.x) * zoom + dx,
          y: middle.y + (start.y - middle.y) * zoom + dy,
          zoom: start.zoom * zoom,
        });
      },
      update: async () => {
        await frames(2);
        const node = graph.nodes[Math.floor(graph.nodes.length / 2)];
        const began = performance.now();
        if (node) flow.updateNodeData(node.id, { title: `${node.title} ${began}` });
        await frames(1);
        return performance.now() - began;
      },
    };
  },
};

function shown(
  element: HTMLElement,
  graph: TopologyGraph,
  layout: Layout,
  onlyVisible: boolean,
): Promise<ReactFlowInstance<CardNode>> {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const placeOf = new Map(layout.nodes.map((placed) => [placed.id, placed]));
  const nodes = layout.nodes.map((placed): CardNode => {
    const node = byId.get(placed.id);
    const parent = placed.parent === undefined ? undefined : placeOf.get(placed.parent);
    return {
      id: placed.id,
      type: 'card',
      position: { x: placed.x - (parent?.x ?? 0), y: placed.y - (parent?.y ?? 0) },
      ...(parent ? { parentId: parent.id } : {}),
      style: { width: placed.width, height: placed.height },
      data: { title: node?.title ?? '', type: node?.type ?? '', isContainer: placed.isContainer },
    };
  });
  const edges = layout.edges.map(({ id, from, to }): Edge => ({ id, source: from, target: to }));
  return new Promise((resolve) => {
    createRoot(element).render(
      <div style={{ position: 'fixed', inset: 0 }}>
        <link rel="stylesheet" href={flowStyles} precedence="default" />
        <ReactFlow
          defaultNodes={nodes}
          defaultEdges={edges}
          nodeTypes={nodeTypes}
          fitView
          minZoom={0.001}
          maxZoom={2}
          nodesDraggable={false}
          nodesConnectable={false}
          onlyRenderVisibleElements={onlyVisible}
          onInit={(flow) => requestAnimationFrame(() => resolve(flow))}
        />
      </div>,
    );
  });
}
