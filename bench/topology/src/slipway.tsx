import { LayoutKeeper, type Layout, type LayoutOptions, type TopologyGraph } from '@slipway/topology';
import { type JSX, useImperativeHandle, useState, type Ref } from 'react';
import { flushSync } from 'react-dom';
import { type Root, createRoot } from 'react-dom/client';
import {
  TopologyCanvas,
  type TopologyCanvasHandle,
  type TopologyCanvasProps,
} from '../../../apps/portal/src/cluster/topology/topology-canvas.tsx';
import { fitted } from '../../../apps/portal/src/cluster/topology/canvas/viewport.ts';
import { Themed } from '../../../apps/portal/src/theme/themed.tsx';
import { type Drawer, frames } from './bench-page.ts';

interface Drawing {
  graph: TopologyGraph;
  layout: Layout;
}

interface StageHandle {
  change: (drawing: Drawing) => void;
}

type StageProps = Pick<TopologyCanvasProps, 'viewport'> & {
  drawing: Drawing;
  handle: Ref<StageHandle>;
  diagram: Ref<TopologyCanvasHandle>;
};

function Stage({ drawing, viewport, handle, diagram }: StageProps): JSX.Element {
  const [{ graph, layout }, setDrawing] = useState(drawing);
  const [selectedId, setSelectedId] = useState<string>();
  useImperativeHandle(handle, () => ({ change: setDrawing }), []);
  return (
    <div style={{ position: 'fixed', inset: 0, display: 'flex' }}>
      <TopologyCanvas
        ref={diagram}
        graph={graph}
        layout={layout}
        direction="right"
        density="compact"
        selectedId={selectedId}
        onSelect={setSelectedId}
        onToggle={() => undefined}
        viewport={viewport}
      />
    </div>
  );
}

const layouts = new LayoutKeeper();
const look: LayoutOptions = { direction: 'right', density: 'compact', closed: new Set() };
let root: Root | undefined;

/** Slipway's own diagram. */
export const slipway: Drawer = {
  prepare: (element) => {
    root = createRoot(element);
    root.render(<Themed>{null}</Themed>);
  },
  layout: async (graph) => layouts.layout(graph, look),
  mount: async (element, graph, layout, _options, changeOne) => {
    const stage: { current: StageHandle | null } = { current: null };
    const diagram: { current: TopologyCanvasHandle | null } = { current: null };
    const whole = { x: 0, y: 0, width: layout.width, height: layout.height };
    const start = fitted(whole, { width: innerWidth, height: innerHeight });
    flushSync(() =>
      root?.render(
        <Themed>
          <Stage drawing={{ graph, layout }} viewport={start} handle={stage} diagram={diagram} />
        </Themed>,
      ),
    );
    const view = (dx: number, dy: number, zoom: number): void => {
      const { x, y } = { x: innerWidth / 2, y: innerHeight / 2 };
      diagram.current?.moveTo({
        x: x + (start.x - x) * zoom + dx,
        y: y + (start.y - y) * zoom + dy,
        zoom: start.zoom * zoom,
      });
    };
    return {
      fitZoom: start.zoom,
      view,
      update: async () => {
        await frames(2);
        const began = performance.now();
        const changed = changeOne();
        const layoutNow = layouts.layout(changed, look);
        flushSync(() => stage.current?.change({ graph: changed, layout: layoutNow }));
        const ended = performance.now();
        await frames(2);
        return ended - began;
      },
      sharpAfterMove: () => sharpAfterMove(element, view, 1 / start.zoom),
    };
  },
};

/** From the last movement to the last change of the picture, in milliseconds. */
async function sharpAfterMove(
  element: HTMLElement,
  view: (dx: number, dy: number, zoom: number) => void,
  near: number,
): Promise<number> {
  for (let step = 0; step < 20; step += 1) {
    view(step * 10, 0, near);
    await frames(0);
  }
  const began = performance.now();
  let last = began;
  const changes = new MutationObserver(() => {
    last = performance.now();
    requestAnimationFrame((at) => {
      last = Math.max(last, at);
    });
  });
  view(205, 0, near);
  changes.observe(element, { subtree: true, childList: true, attributes: true });
  await new Promise((resolve) => setTimeout(resolve, 800));
  changes.disconnect();
  return last - began;
}
