import cytoscape from 'cytoscape';
import type { Drawer } from './bench-page.ts';
import { elkLayout } from './elk-layout.ts';

/** Cytoscape's canvas with ELK's places. */
export const cytoscapeDrawer: Drawer = {
  layout: elkLayout,
  mount: async (element, graph, layout) => {
    Object.assign(element.style, { position: 'fixed', inset: '0', height: 'auto' });
    const byId = new Map(graph.nodes.map((node) => [node.id, node]));
    const graphShown = cytoscape({
      container: element,
      layout: { name: 'preset', fit: true, padding: 8 },
      minZoom: 0.001,
      elements: {
        nodes: layout.nodes.map(({ id, parent, x, y, width, height, isContainer }) => ({
          data: {
            id,
            title: byId.get(id)?.title ?? '',
            width,
            height,
            ...(parent === undefined ? {} : { parent }),
          },
          ...(isContainer ? {} : { position: { x: x + width / 2, y: y + height / 2 } }),
        })),
        edges: layout.edges.map(({ id, from, to }) => ({ data: { id, source: from, target: to } })),
      },
      style: [
        {
          selector: 'node',
          style: {
            shape: 'round-rectangle',
            width: 'data(width)',
            height: 'data(height)',
            label: 'data(title)',
            'text-valign': 'center',
            'background-color': '#fff',
            'border-width': 1,
            'border-color': '#bbb',
          },
        },
        { selector: ':parent', style: { 'text-valign': 'top', 'background-color': '#eef4fa' } },
        { selector: 'edge', style: { width: 1.5, 'line-color': '#888', 'curve-style': 'bezier' } },
      ],
    });
    const zoomAtStart = graphShown.zoom();
    const start = { ...graphShown.pan() };
    return {
      fitZoom: zoomAtStart,
      view: (dx, dy, zoom) => {
        const middle = { x: innerWidth / 2, y: innerHeight / 2 };
        graphShown.viewport({
          zoom: zoomAtStart * zoom,
          pan: {
            x: middle.x + (start.x - middle.x) * zoom + dx,
            y: middle.y + (start.y - middle.y) * zoom + dy,
          },
        });
      },
    };
  },
};
