import { makeStyles, tokens } from '@fluentui/react-components';
import type { Layout, LayoutDensity, LayoutDirection, PieceState, TopologyGraph } from '@slipway/topology';
import {
  type FocusEvent,
  type JSX,
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  type Ref,
  startTransition,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { flushSync } from 'react-dom';
import { type Highlight, appearanceOf, indexOfShown } from './canvas/appearance.ts';
import { watchGestures } from './canvas/gestures.ts';
import { GridHeaders } from './canvas/grid-headers.tsx';
import { areMounted } from './canvas/level-of-detail.ts';
import { lineCounts } from './canvas/line-counts.ts';
import { MountedPiece } from './canvas/mounted-piece.tsx';
import { movingView } from './canvas/moving-view.ts';
import { mountedPieces } from './canvas/mounted-pieces.ts';
import { OverviewMap } from './canvas/overview-map.tsx';
import { painterOf } from './canvas/painter.ts';
import { type Piece, pieceAt, sceneKeeper } from './canvas/scene.ts';
import { type Signs, SignSource, readSigns } from './canvas/signs.tsx';
import { usePalette } from './canvas/use-palette.ts';
import { useWindow } from './canvas/use-window.ts';
import { inDrawing } from './canvas/viewport.ts';
import { DiagramControls } from './diagram-controls.tsx';
import { isArrowKey, nearestPiece } from './nearest-piece.ts';
import { type Viewport, handleOf } from './start-viewport.ts';
import { useView } from './use-view.ts';

export type { Highlight } from './canvas/appearance.ts';
export type { Viewport } from './start-viewport.ts';

/** What can be asked of the diagram from outside. */
export interface TopologyCanvasHandle {
  /** Shows the whole diagram, however small. */
  fit: () => void;
  /** Moves the view to these pieces; those hidden in a closed container are shown by that. */
  zoomTo: (ids: readonly string[]) => void;
  /** Moves the view at once. */
  moveTo: (viewport: Viewport) => void;
  zoomIn: () => void;
  zoomOut: () => void;
  /** Brings a piece into the window and gives it the keyboard's focus. */
  focusPiece: (id: string) => void;
}

export interface TopologyCanvasProps {
  graph: TopologyGraph;
  /** The places of `graph`'s pieces, made with the same direction and density. */
  layout: Layout;
  direction: LayoutDirection;
  density: LayoutDensity;
  /** What is known of pieces at this moment, by node id; for the rest ARM's provisioning state speaks. */
  states?: ReadonlyMap<string, PieceState>;
  selectedId: string | undefined;
  onSelect: (id: string, from: HTMLElement) => void;
  /** Opens or closes a container: the layout that comes next has it the other way. */
  onToggle: (id: string) => void;
  highlight?: Highlight | undefined;
  /** Pieces that step back, such as those that a filter leaves out. */
  dimmed?: ReadonlySet<string> | undefined;
  /** Where it stands at first; without it at its best side. */
  viewport?: Viewport | undefined;
  /** Called whenever a movement has come to rest. */
  onViewportChange?: (viewport: Viewport) => void;
  ref?: Ref<TopologyCanvasHandle>;
}

const useStyles = makeStyles({
  diagram: {
    width: '100%',
    flexGrow: 1,
    position: 'relative',
    overflow: 'clip',
    isolation: 'isolate',
    backgroundColor: tokens.colorNeutralBackground1,
  },
  surface: {
    position: 'absolute',
    inset: 0,
    userSelect: 'none',
    touchAction: 'none',
    cursor: 'grab',
    ':active': { cursor: 'grabbing' },
  },
  canvas: { position: 'absolute', inset: 0, width: '100%', height: '100%', display: 'block' },
  layer: {
    position: 'absolute',
    left: 0,
    top: 0,
    transformOrigin: '0 0',
    pointerEvents: 'none',
  },
  heard: {
    position: 'absolute',
    width: '1px',
    height: '1px',
    overflow: 'hidden',
    clipPath: 'inset(50%)',
  },
});

const noStates: ReadonlyMap<string, PieceState> = new Map();
/** How often what is in work brightens where it is no element, in milliseconds. */
const pulseMs = 600;

/**
 * A laid-out graph as a drawing to look at, move and zoom. A canvas draws frames and lines, and far away the cards;
 * what can be read are elements: every piece is a button, and arrow keys go from one to the next.
 */
export function TopologyCanvas(props: TopologyCanvasProps): JSX.Element {
  const { graph, layout, direction, density, selectedId, highlight, dimmed, viewport, ref } = props;
  const { onSelect, onToggle, onViewportChange } = props;
  const states = props.states ?? noStates;
  const styles = useStyles();
  const section = useRef<HTMLElement>(null);
  const surface = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const window = useWindow(section);
  const palette = usePalette(section);
  const [keptScene] = useState(sceneKeeper);
  const scene = useMemo(() => keptScene(graph, layout), [keptScene, graph, layout]);
  const appearance = useMemo(
    () => appearanceOf(scene, { states, selectedId, highlight, dimmed }),
    [scene, states, selectedId, highlight, dimmed],
  );
  const isCompact = density === 'compact' && direction === 'right';

  const [moving] = useState(movingView);
  const paint = useRef<(isBright?: boolean) => void>(undefined);
  const [settled, setSettled] = useState<Viewport>();
  // Before the view finds its first place, so that it is noticed.
  useLayoutEffect(
    () =>
      moving.onSettle(() => {
        const now = moving.now();
        paint.current?.();
        startTransition(() => setSettled(now));
        onViewportChange?.(now);
      }),
    [moving, onViewportChange],
  );
  const view = useView({ moving, scene, direction, window, start: viewport });
  const [currentId, setCurrentId] = useState<string>();
  const mounted = useMemo(() => {
    // The canvas shows everything sooner than elements could: these come next.
    if (window.width === 0 || !settled) return [];
    const current = currentId === undefined ? 0 : indexOfShown(scene, currentId);
    const { selected, blocked, untraced } = appearance;
    return mountedPieces(scene, settled, window, [current, selected, blocked, untraced]);
  }, [scene, settled, window, currentId, appearance]);

  // The canvas and the elements move in the same frame.
  const signs = useRef<Signs>(undefined);
  const painter = useRef<ReturnType<typeof painterOf>>(undefined);
  useLayoutEffect(() => {
    if (!canvas.current || !palette) return;
    painter.current ??= painterOf(canvas.current);
    const draw = painter.current;
    const indexes = new Set(mounted);
    paint.current = (isBright = false) => {
      const now = moving.now();
      if (layer.current) {
        layer.current.style.transform = `translate(${now.x}px, ${now.y}px) scale(${now.zoom})`;
        // While it moves the layer's picture is moved; at rest its letters are drawn sharp.
        layer.current.style.willChange = moving.isMoving() ? 'transform' : 'auto';
      }
      const { density: dots } = window;
      if (!signs.current) signs.current = readSigns(section.current);
      draw({
        scene,
        appearance,
        palette,
        viewport: now,
        window,
        density: dots,
        mounted: indexes,
        isCompact,
        isBright,
        isMoving: moving.isMoving(),
        signs: signs.current,
      });
    };
    paint.current();
  }, [scene, appearance, palette, window, mounted, isCompact, moving]);
  useEffect(() => {
    let frame: number | undefined;
    const stop = moving.onMove(() => {
      frame ??= requestAnimationFrame(() => {
        frame = undefined;
        paint.current?.();
      });
    });
    return () => {
      stop();
      if (frame !== undefined) cancelAnimationFrame(frame);
    };
  }, [moving]);
  useEffect(() => {
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (!appearance.isWorking || isStill || areMounted(0, scene.pieces.length)) return undefined;
    let isBright = false;
    const timer = setInterval(() => {
      isBright = !isBright;
      if (!moving.isMoving()) paint.current?.(isBright);
    }, pulseMs);
    return () => clearInterval(timer);
  }, [appearance.isWorking, scene, moving]);

  const latestView = useRef(view);
  useLayoutEffect(() => {
    latestView.current = view;
  }, [view]);
  useEffect(
    () => (surface.current ? watchGestures(surface.current, () => latestView.current) : undefined),
    [],
  );

  // A card and a frame are different elements: the focus goes from the one's toggle to the other's.
  const toggled = useRef<string>(undefined);
  useEffect(() => {
    const id = toggled.current;
    if (id === undefined || !scene.indexOf.has(id)) return;
    const toggle = section.current?.querySelector<HTMLElement>(`[data-toggle="${CSS.escape(id)}"]`);
    if (document.activeElement !== toggle) toggle?.focus({ preventScroll: true });
    toggled.current = undefined;
  }, [scene]);

  /** The piece's button, which is made if it is not there yet. */
  const elementOf = (id: string): HTMLElement | undefined => {
    flushSync(() => setCurrentId(id));
    return section.current?.querySelector<HTMLElement>(`[data-piece="${CSS.escape(id)}"]`) ?? undefined;
  };
  const shownOf = (id: string): Piece | undefined => scene.pieces[indexOfShown(scene, id)];
  const focusPiece = (id: string): void => {
    const piece = shownOf(id);
    if (!piece) return;
    view.show(handleOf(piece.placed));
    elementOf(piece.node.id)?.focus({ preventScroll: true });
  };
  useImperativeHandle(ref, () => ({
    fit: view.fit,
    moveTo: (to) => {
      view.movedByHand();
      moving.move(to);
    },
    zoomIn: view.zoomIn,
    zoomOut: view.zoomOut,
    zoomTo: (ids) => view.showAll(ids.flatMap((id) => shownOf(id)?.placed ?? [])),
    focusPiece,
  }));

  const press = (event: MouseEvent): void => {
    if (!(event.target instanceof Element)) return;
    const toggle = event.target.closest<HTMLElement>('[data-toggle]')?.dataset['toggle'];
    if (toggle !== undefined) {
      view.keepInPlace(toggle);
      toggled.current = toggle;
      setCurrentId(toggle);
      onToggle(toggle);
      return;
    }
    const button = event.target.closest<HTMLElement>('[data-piece]');
    const id = button?.dataset['piece'];
    if (button && id !== undefined) {
      onSelect(id, button);
      return;
    }
    if (event.target !== canvas.current) return;
    const piece = pieceUnder(event);
    const element = piece && elementOf(piece.node.id);
    if (piece && element) onSelect(piece.node.id, element);
  };
  /** A piece that is no element at this moment, below the pointer. */
  const pieceUnder = ({ clientX, clientY }: MouseEvent): Piece | undefined => {
    const box = canvas.current?.getBoundingClientRect();
    if (!box) return undefined;
    const at = inDrawing(moving.now(), { x: clientX - box.left, y: clientY - box.top });
    const piece = pieceAt(scene, at);
    const isFar = !areMounted(moving.now().zoom, scene.pieces.length);
    return piece && (isFar || !piece.placed.isContainer) ? piece : undefined;
  };
  const name = (event: PointerEvent): void => {
    const isFar = !areMounted(moving.now().zoom, scene.pieces.length);
    if (!canvas.current || !isFar || moving.isMoving()) return;
    const piece = event.target === canvas.current ? pieceUnder(event) : undefined;
    canvas.current.title = piece ? `${piece.node.title}: ${piece.node.name}` : '';
  };

  const goByKey = (event: KeyboardEvent): void => {
    if (view.moveByKey(event)) return;
    const id = idAt(event.target);
    const from = id === undefined ? undefined : scene.pieces[scene.indexOf.get(id) ?? -1]?.placed;
    if (!from || event.ctrlKey || event.metaKey || event.altKey) return;
    const next =
      event.key === 'Home'
        ? scene.pieces.find(({ node }) => node.kind === 'internet')?.placed
        : isArrowKey(event.key)
          ? nearestPiece(from, event.key, layout.nodes, layout.edges)
          : undefined;
    if (!next) return;
    event.preventDefault();
    focusPiece(next.id);
  };
  const showFocused = ({ target }: FocusEvent): void => {
    if (!(target instanceof HTMLElement) || !target.matches(':focus-visible')) return;
    const id = idAt(target);
    const piece = id === undefined ? undefined : shownOf(id);
    if (!piece) return;
    setCurrentId(piece.node.id);
    view.show(handleOf(piece.placed));
    // The diagram itself can lie partly outside of the window.
    section.current?.scrollIntoView({ block: 'nearest' });
  };

  const counts = useMemo(() => lineCounts(layout.edges), [layout.edges]);
  const isWhole = mounted.length === scene.pieces.length;
  const grids = layout.grids.filter(({ id }) => mounted.includes(scene.indexOf.get(id) ?? -1));
  return (
    <section
      ref={section}
      className={styles.diagram}
      aria-label="Topology diagram"
      data-testid="topology"
      data-lines={counts}
    >
      {!isWhole && (
        <p className={styles.heard}>
          {`${scene.pieces.length} pieces. Arrow keys go from piece to piece along the lines; Home goes to the internet.`}
        </p>
      )}
      {/* Everything in it is operated by buttons; what they do is decided here once for all of them. */}
      <div
        ref={surface}
        role="presentation"
        className={styles.surface}
        onClick={press}
        onPointerMove={name}
        onKeyDown={goByKey}
        onFocus={showFocused}
      >
        <SignSource />
        <canvas ref={canvas} className={styles.canvas} aria-hidden />
        <div
          ref={layer}
          data-drawing
          className={styles.layer}
          style={{ width: layout.width, height: layout.height }}
        >
          {grids.map((grid) => (
            <GridHeaders key={grid.id} grid={grid} />
          ))}
          {mounted.map((index) => (
            <MountedPiece
              key={scene.pieces[index]?.node.id}
              scene={scene}
              index={index}
              appearance={appearance}
              states={states}
              isCompact={isCompact}
            />
          ))}
        </div>
      </div>
      <DiagramControls onZoomIn={view.zoomIn} onZoomOut={view.zoomOut} onFit={view.fit} />
      {palette && direction === 'right' && (
        <OverviewMap scene={scene} appearance={appearance} palette={palette} window={window} view={view} />
      )}
    </section>
  );
}

const idAt = (target: EventTarget): string | undefined => {
  if (!(target instanceof Element)) return undefined;
  const element = target.closest<HTMLElement>('[data-piece], [data-toggle]');
  return element?.dataset['piece'] ?? element?.dataset['toggle'];
};
