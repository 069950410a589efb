import type { Layout, LayoutDensity, LayoutDirection } from '@slipway/topology';
import { type JSX, type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { useWindow } from '../canvas/use-window.ts';
import { type Extent, handleOf, viewportShowing } from '../start-viewport.ts';
import { TopologyCanvas, type TopologyCanvasHandle, type Viewport } from '../topology-canvas.tsx';
import type { SharedView } from './explorer-address.ts';
import { useExplorer } from './explorer-context.ts';

/** The address follows the view after so long a rest, in milliseconds. */
const restMs = 400;

interface DiagramViewProps {
  layout: Layout;
  direction: LayoutDirection;
  density: LayoutDensity;
  canvas: RefObject<TopologyCanvasHandle | null>;
  /** Called when the diagram is there and can be moved. */
  onReady: () => void;
}

/** The pieces as a drawing. Where it stands is in the address, too. */
export function DiagramView(props: DiagramViewProps): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const window = useWindow(place);
  return (
    <div ref={place} style={{ display: 'flex', flexGrow: 1, minWidth: 0, minHeight: 0 }}>
      {window.width > 0 && <Diagram {...props} window={window} />}
    </div>
  );
}

function Diagram({
  layout,
  direction,
  density,
  canvas,
  onReady,
  window,
}: DiagramViewProps & { window: Extent }): JSX.Element {
  const { graph, states, address, select, toggle, lit, matching } = useExplorer();
  const dimmed = useMemo(
    () => matching && new Set(graph.nodes.filter(({ id }) => !matching.has(id)).map(({ id }) => id)),
    [graph, matching],
  );
  const { start, onViewportChange, standing } = useSharedView({ direction, density, window, canvas });
  useEffect(onReady, [onReady]);
  useSelectedInView({ layout, window, standing, canvas, selectedId: address.selectedId });
  return (
    <TopologyCanvas
      ref={canvas}
      graph={graph}
      layout={layout}
      direction={direction}
      density={density}
      states={states}
      selectedId={address.selectedId}
      onSelect={select}
      onToggle={toggle}
      highlight={lit}
      dimmed={dimmed}
      viewport={start}
      onViewportChange={onViewportChange}
    />
  );
}

interface ViewInput {
  direction: LayoutDirection;
  density: LayoutDensity;
  window: Extent;
  canvas: RefObject<TopologyCanvasHandle | null>;
}

/** Brings the view into the address, and back from there: at first, and when one goes back to another view. */
function useSharedView({ direction, density, window, canvas }: ViewInput): {
  start: Viewport | undefined;
  onViewportChange: (viewport: Viewport) => void;
  standing: RefObject<Viewport | undefined>;
} {
  const { address, change } = useExplorer();
  const { at } = address;
  const fits = at?.direction === direction && at.density === density;
  const wanted = fits ? viewportOf(at, window) : undefined;
  const latest = useRef({ direction, density, window, change });
  useLayoutEffect(() => {
    latest.current = { direction, density, window, change };
  });
  const standing = useRef<Viewport>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const written = useRef(at && textOf(at));
  useEffect(() => () => clearTimeout(timer.current), []);
  const onViewportChange = useCallback((viewport: Viewport): void => {
    const isFirst = standing.current === undefined;
    standing.current = viewport;
    // How it stands by itself need not be said.
    if (isFirst) return;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const now = latest.current;
      const view: SharedView = {
        centerX: (now.window.width / 2 - viewport.x) / viewport.zoom,
        centerY: (now.window.height / 2 - viewport.y) / viewport.zoom,
        zoom: viewport.zoom,
        direction: now.direction,
        density: now.density,
      };
      if (written.current === textOf(view)) return;
      written.current = textOf(view);
      now.change({ at: view }, { replace: true });
    }, restMs);
  }, []);
  const said = at && textOf(at);
  useEffect(() => {
    if (said === undefined || said === written.current || !wanted) return;
    written.current = said;
    canvas.current?.moveTo(wanted);
  }, [said, wanted, canvas]);
  return { start: wanted, onViewportChange, standing };
}

const viewportOf = ({ centerX, centerY, zoom }: SharedView, { width, height }: Extent): Viewport => ({
  x: width / 2 - centerX * zoom,
  y: height / 2 - centerY * zoom,
  zoom,
});

/** Equal for views that the address says alike. */
const textOf = ({ centerX, centerY, zoom }: SharedView): string =>
  `${Math.round(centerX)},${Math.round(centerY)},${zoom.toFixed(3)}`;

/** A pane that opens beside the diagram may take away the room of the very piece that it is about. */
function useSelectedInView({
  layout,
  window,
  standing,
  canvas,
  selectedId,
}: {
  layout: Layout;
  window: Extent;
  standing: RefObject<Viewport | undefined>;
  canvas: RefObject<TopologyCanvasHandle | null>;
  selectedId: string | undefined;
}): void {
  const { width, height } = window;
  const latest = useRef(layout);
  useLayoutEffect(() => {
    latest.current = layout;
  });
  useEffect(() => {
    const placed = latest.current.nodes.find(({ id }) => id === selectedId);
    const now = standing.current;
    if (!placed || !now) return;
    const to = viewportShowing(handleOf(placed), now, { width, height });
    if (to.x !== now.x || to.y !== now.y) canvas.current?.moveTo(to);
  }, [selectedId, width, height, standing, canvas]);
}
