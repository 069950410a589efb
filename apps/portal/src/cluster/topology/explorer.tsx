import { makeStyles, tokens } from '@fluentui/react-components';
import {
  LayoutKeeper,
  type PieceState,
  TopologyKeeper,
  type TopologyNode,
  type TopologyResource,
  closedAtFirst,
  guidedWalk,
} from '@slipway/topology';
import {
  type JSX,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { narrowQuery, useMediaQuery } from '../../components/media-query.ts';
import { useWindow } from './canvas/use-window.ts';
import { DiagramView } from './explorer/diagram-view.tsx';
import { type Explorer, ExplorerProvider } from './explorer/explorer-context.ts';
import { ExplorerToolbar } from './explorer/explorer-toolbar.tsx';
import { indexPieces } from './explorer/find-pieces.ts';
import { closedNow, containersOf, toggleFold, toggleLeaf } from './explorer/folding.ts';
import { areFiltersSet, passesFilters } from './explorer/piece-filters.ts';
import { statusesOf } from './explorer/piece-status.ts';
import { TracePanel } from './explorer/trace-panel.tsx';
import { type FollowedTrace, useTrace } from './explorer/use-trace.ts';
import { PiecesTable } from './explorer/pieces-table.tsx';
import { shortIdsOf } from './explorer/short-ids.ts';
import { type TopologyPlace, placeName } from './explorer/topology-place.ts';
import { useExplorerAddress } from './explorer/use-explorer-address.ts';
import { WalkPanel } from './explorer/walk-panel.tsx';
import { linkIndex } from './piece-links.ts';
import { PiecePanel } from './piece-panel.tsx';
import type { TopologyCanvasHandle } from './topology-canvas.tsx';
import { downQuery, useDensity } from './topology-diagram.tsx';
import { FoldedLegend, TopologyLegend } from './topology-legend.tsx';
import { TopologyTree } from './topology-tree.tsx';

const useStyles = makeStyles({
  bar: { '@media (max-width: 767px)': { paddingInline: tokens.spacingHorizontalM } },
  stage: {
    position: 'relative',
    display: 'flex',
    flexGrow: 1,
    minHeight: '440px',
    // What does not fit scrolls inside.
    height: 0,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground1,
    overflow: 'hidden',
    '@media (max-width: 767px)': {
      minHeight: '76dvh',
      flexDirection: 'column',
      borderInlineWidth: 0,
      borderRadius: 0,
    },
  },
  content: {
    position: 'relative',
    flexGrow: 1,
    minWidth: 0,
    minHeight: 0,
    display: 'flex',
    flexDirection: 'column',
  },
  legend: {
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`,
    '@media (max-width: 767px)': { paddingBlock: 0 },
  },
});

const noStates: ReadonlyMap<string, PieceState> = new Map();

interface TopologyExplorerProps {
  /** Which cluster or group this is. */
  place: TopologyPlace;
  /** As ARM's GET returns them. */
  resources: readonly TopologyResource[];
  /** What the running deployment means to create, as far as ARM does not have it yet. */
  planned?: readonly TopologyResource[] | undefined;
  /** What is known of this moment, by the pieces' ids. */
  states?: ReadonlyMap<string, PieceState> | undefined;
  /** Links to pages about a piece. */
  actionsOf?: ((node: TopologyNode) => ReactNode) | undefined;
}

/** Everything that resources are made of and how it fits together: to look at, search, follow and take away. */
export function TopologyExplorer(props: TopologyExplorerProps): JSX.Element {
  const { place, resources, planned, states = noStates, actionsOf } = props;
  const serviceName = placeName(place);
  const isCluster = place.kind === 'cluster';
  const keeper = useMemo(
    () => new TopologyKeeper({ serviceName, isCluster, resources: [] }),
    [serviceName, isCluster],
  );
  // What is the same after an answer of ARM stays the very same object, and so does all that is made of it.
  const graph = useMemo(() => keeper.replace({ resources, planned }).graph, [keeper, resources, planned]);
  const isNarrow = useMediaQuery(narrowQuery);
  const direction = useMediaQuery(downQuery) ? 'down' : 'right';
  const ids = useMemo(() => shortIdsOf(graph), [graph]);
  const { address, change } = useExplorerAddress(ids);
  const facts = useMemo(
    () => ({
      byId: new Map(graph.nodes.map((node) => [node.id, node])),
      childrenOf: Map.groupBy(
        graph.nodes.filter(({ parent }) => parent !== undefined),
        ({ parent }) => parent ?? '',
      ),
      linksOf: linkIndex(graph),
      index: indexPieces(graph),
      containers: containersOf(graph),
      atFirst: closedAtFirst(graph),
    }),
    [graph],
  );
  const statuses = useMemo(() => statusesOf(graph, states), [graph, states]);
  const { query, filters, fold, opened, closed: closedSince } = address;
  const matching = useMemo(() => {
    const isFiltered = areFiltersSet(filters);
    if (!isFiltered && query.trim() === '') return undefined;
    const found = query.trim() === '' ? graph.nodes : facts.index.find(query);
    return new Set(
      found.filter((node) => passesFilters(node, statuses.get(node.id), filters)).map(({ id }) => id),
    );
  }, [graph, facts, statuses, query, filters]);
  const closed = useMemo(
    () => closedNow({ fold, opened, closed: closedSince }, facts.containers, facts.atFirst),
    [fold, opened, closedSince, facts],
  );

  const traceInput = useMemo(
    () => ({ resources, titleOf: (id: string) => facts.byId.get(id)?.title }),
    [resources, facts],
  );
  const followed = useTrace(traceInput, address, ids);

  const isWalking = address.step !== undefined;
  const walk = useMemo(() => (isWalking ? guidedWalk(graph) : []), [isWalking, graph]);
  const here = walk[Math.min(address.step ?? 1, walk.length) - 1];
  const lit = useMemo(
    () => followed.lit ?? (here && { pieces: new Set(here.pieces), joints: new Set<string>() }),
    [followed.lit, here],
  );

  const stage = useRef<HTMLDivElement>(null);
  const density = useDensity(graph, direction, useWindow(stage));
  const [layouts] = useState(() => new LayoutKeeper());
  const layoutNow = useCallback(
    () => layouts.layout(graph, { direction, density, closed }),
    [layouts, graph, direction, density, closed],
  );
  const isDrawn = address.view === 'diagram';
  const drawn = useMemo(() => (isDrawn ? layoutNow() : undefined), [isDrawn, layoutNow]);
  const { canvas, zoomTo, onReady } = useCamera();
  useWayInView(followed, zoomTo, address.at !== undefined);

  const opener = useRef<HTMLElement | null>(null);
  const select = useCallback(
    (id: string | undefined, from?: HTMLElement | null): void => {
      if (from !== undefined) opener.current = from;
      change({ selectedId: id });
    },
    [change],
  );
  const explorer: Explorer = {
    place,
    serviceName,
    graph,
    resources,
    states,
    ...facts,
    statuses,
    address,
    change,
    matching,
    closed,
    toggle: (id) =>
      change(
        facts.childrenOf.has(id)
          ? toggleFold(address, id, facts.containers, facts.atFirst)
          : toggleLeaf(address, id),
        { replace: true },
      ),
    select,
    visit: (id, from) => {
      select(id, from);
      zoomTo([id]);
    },
    zoomTo,
    followed,
    walk,
    lit,
    layoutNow,
    actionsOf,
    isNarrow,
  };
  return (
    <ExplorerProvider value={explorer}>
      <Parts
        explorer={explorer}
        stage={stage}
        diagram={
          drawn && (
            <DiagramView
              layout={drawn}
              direction={direction}
              density={density}
              canvas={canvas}
              onReady={onReady}
            />
          )
        }
        onClose={() => {
          select(undefined);
          opener.current?.focus();
        }}
      />
    </ExplorerProvider>
  );
}

/** Moves the diagram to pieces: at once, or as soon as it is there. */
function useCamera(): {
  canvas: RefObject<TopologyCanvasHandle | null>;
  zoomTo: (ids: readonly string[]) => void;
  onReady: () => void;
} {
  const canvas = useRef<TopologyCanvasHandle>(null);
  const wanted = useRef<readonly string[]>(undefined);
  const move = useCallback((): void => {
    // A pane that opens or closes with it has taken its room after two frames.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        if (!canvas.current || !wanted.current) return;
        canvas.current.zoomTo(wanted.current);
        wanted.current = undefined;
      }),
    );
  }, []);
  const zoomTo = useCallback(
    (ids: readonly string[]): void => {
      wanted.current = ids;
      move();
    },
    [move],
  );
  return { canvas, zoomTo, onReady: move };
}

/** Shows the whole way of a connection when it is followed; a shared view stays as it was shared. */
function useWayInView(
  { path }: FollowedTrace,
  zoomTo: (ids: readonly string[]) => void,
  isShared: boolean,
): void {
  const shown = useRef(isShared ? path?.summary : undefined);
  useEffect(() => {
    if (shown.current === path?.summary) return;
    shown.current = path?.summary;
    if (path) zoomTo(path.hops.map(({ piece }) => piece));
  }, [path, zoomTo]);
}

interface PartsProps {
  explorer: Explorer;
  stage: RefObject<HTMLDivElement | null>;
  diagram: ReactNode;
  onClose: () => void;
}

function Parts({ explorer, stage, diagram, onClose }: PartsProps): JSX.Element {
  const styles = useStyles();
  const { graph, states, address, change, byId, isNarrow } = explorer;
  const selected = address.selectedId === undefined ? undefined : byId.get(address.selectedId);
  // On a phone there is room for one: the piece, and the tool again when that is closed.
  const isAlone = isNarrow && selected !== undefined;
  const tool = isAlone ? null : address.trace !== undefined ? (
    <TracePanel onClose={() => change({ trace: undefined })} />
  ) : address.step !== undefined ? (
    <WalkPanel onClose={() => change({ step: undefined })} />
  ) : null;
  const closeOnEscape = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && selected) onClose();
  };
  return (
    <>
      <div className={styles.bar}>
        <ExplorerToolbar />
      </div>
      {/* Escape closes the pane wherever the focus is; everything else here is operated by buttons. */}
      <div ref={stage} className={styles.stage} onKeyDown={closeOnEscape} role="presentation">
        {tool}
        <div className={styles.content}>
          {diagram && (
            <>
              {diagram}
              <div className={styles.legend}>
                {isNarrow ? (
                  <FoldedLegend graph={graph} states={states} />
                ) : (
                  <TopologyLegend graph={graph} states={states} />
                )}
              </div>
            </>
          )}
          {address.view === 'tree' && <TopologyTree />}
          {address.view === 'table' && <PiecesTable />}
        </div>
        {selected && <PiecePanel key={selected.id} node={selected} onClose={onClose} />}
      </div>
    </>
  );
}
