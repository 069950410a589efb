import { type PieceState, type TopologyGraph, layoutTopology } from '@slipway/topology';
import { type JSX, useImperativeHandle, useState, type Ref } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import {
  TopologyCanvas,
  type TopologyCanvasHandle,
  type TopologyCanvasProps,
} from '../../../apps/portal/src/cluster/topology/topology-canvas.tsx';
import { fitted } from '../../../apps/portal/src/cluster/topology/canvas/viewport.ts';
import { Themed } from '../../../apps/portal/src/theme/themed.tsx';
import { type Drawer, frames } from './bench-page.ts';

interface StageHandle {
  change: (states: ReadonlyMap<string, PieceState>) => void;
}

type StageProps = Pick<TopologyCanvasProps, 'graph' | 'layout' | 'viewport'> & {
  handle: Ref<StageHandle>;
  diagram: Ref<TopologyCanvasHandle>;
};

function Stage({ graph, layout, viewport, handle, diagram }: StageProps): JSX.Element {
  const [states, setStates] = useState<ReadonlyMap<string, PieceState>>(new Map());
  const [selectedId, setSelectedId] = useState<string>();
  useImperativeHandle(handle, () => ({ change: setStates }), []);
  return (
    <div style={{ position: 'fixed', inset: 0, display: 'flex' }}>
      <TopologyCanvas
        ref={diagram}
        graph={graph}
        layout={layout}
        direction="right"
        density="compact"
        states={states}
        selectedId={selectedId}
        onSelect={setSelectedId}
        onToggle={() => undefined}
        viewport={viewport}
      />
    </div>
  );
}

/** Slipway's own diagram. */
export const slipway: Drawer = {
  layout: async (graph) =>
    layoutTopology(graph, { direction: 'right', density: 'compact', closed: new Set() }),
  mount: async (element, graph, layout) => {
    const stage: { current: StageHandle | null } = { current: null };
    const diagram: { current: TopologyCanvasHandle | null } = { current: null };
    const whole = { x: 0, y: 0, width: layout.width, height: layout.height };
    const start = fitted(whole, { width: innerWidth, height: innerHeight });
    flushSync(() =>
      createRoot(element).render(
        <Themed>
          <Stage graph={graph} layout={layout} viewport={start} handle={stage} diagram={diagram} />
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
      update: () => update(graph, (states) => stage.current?.change(states)),
      sharpAfterMove: () => sharpAfterMove(element, view, 1 / start.zoom),
    };
  },
};

const phases = ['working', 'done', 'failed'] as const;
let updates = 0;

/** Gives one of the resources another state; returns how long the page's thread was busy with it, in milliseconds. */
async function update(
  graph: TopologyGraph,
  change: (states: ReadonlyMap<string, PieceState>) => void,
): Promise<number> {
  updates += 1;
  const node = graph.nodes[(updates * 977) % graph.nodes.length];
  const phase = phases[updates % phases.length] ?? 'done';
  await frames(2);
  const began = performance.now();
  flushSync(() => change(new Map(node ? [[node.id, { phase }]] : [])));
  const ended = performance.now();
  await frames(2);
  return ended - began;
}

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
