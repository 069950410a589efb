import { layoutTopology } from '@slipway/topology';
import { elkLayout } from './elk-layout.ts';
import type { Drawer } from './bench-page.ts';

/** Places the pieces and draws nothing: what a layout costs by itself. */
export const none: Drawer = {
  layout: async (graph, mode) =>
    mode === 'own'
      ? layoutTopology(graph, { direction: 'right', density: 'compact', closed: new Set() })
      : elkLayout(graph, mode),
  mount: async () => ({ fitZoom: 1, view: () => undefined }),
};
