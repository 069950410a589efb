import { makeStyles, tokens } from '@fluentui/react-components';
import {
  type Box,
  type Layout,
  type LayoutDensity,
  type LayoutDirection,
  type PlacedNode,
  type TopologyGraph,
  closedAtFirst,
  layoutTopology,
} from '@slipway/topology';
import { Background, MiniMap, type Node, ReactFlow, ReactFlowProvider, useStore } from '@xyflow/react';
import flowStyles from '@xyflow/react/dist/base.css?url';
import { type JSX, type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { useMediaQuery } from '../../components/media-query.ts';
import { DiagramControls } from './diagram-controls.tsx';
import { isArrowKey, nearestPiece } from './nearest-piece.ts';
import { PieceNode, type PieceNodeData } from './piece-node.tsx';
import { titleOnCard } from './piece-words.ts';
import { fitsReadably } from './start-viewport.ts';
import { TopologyLines } from './topology-lines.tsx';
import { useView } from './use-view.ts';

const useStyles = makeStyles({
  diagram: {
    width: '100%',
    flexGrow: 1,
    position: 'relative',
    backgroundColor: tokens.colorNeutralBackground1,
    '& .react-flow__node': { cursor: 'default' },
    '& .react-flow__attribution': {
      backgroundColor: 'transparent',
      '& a': { display: 'block', padding: '5px' },
    },
  },
});

/** Below this width the drawing runs down: to the right it could not be read, or not be seen whole. */
const downQuery = '(max-width: 1023px)';

const nodeTypes = { piece: PieceNode };

interface TopologyDiagramProps {
  graph: TopologyGraph;
  selectedId: string | undefined;
  onSelect: (id: string, from: HTMLElement) => void;
}

/** The graph as a drawing to look at, move and zoom. Every piece is a button; arrow keys go to the next piece. */
export function TopologyDiagram(props: TopologyDiagramProps): JSX.Element {
  return (
    <ReactFlowProvider>
      <Diagram {...props} />
    </ReactFlowProvider>
  );
}

function Diagram({ graph, selectedId, onSelect }: TopologyDiagramProps): JSX.Element {
  const styles = useStyles();
  const direction = useMediaQuery(downQuery) ? 'down' : 'right';
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const { density, atFirst } = useDensity(graph, direction);
  const layout = useMemo(
    () =>
      open.size === 0
        ? atFirst
        : layoutTopology(graph, { direction, density, closed: closedBut(graph, open) }),
    [graph, direction, density, open, atFirst],
  );
  const view = useView(atFirst, direction);
  const toggle = (from: PlacedNode): void => {
    const next = new Set(open);
    if (!next.delete(from.id)) next.add(from.id);
    const to = layoutTopology(graph, { direction, density, closed: closedBut(graph, next) }).nodes.find(
      ({ id }) => id === from.id,
    );
    if (to) view.keepInPlace(from, to);
    setOpen(next);
  };

  const byId = useMemo(() => new Map(graph.nodes.map((node) => [node.id, node])), [graph]);
  const diagram = useRef<HTMLElement>(null);
  const moveFocus = (event: KeyboardEvent, from: PlacedNode): void => {
    if (view.moveByKey(event)) return;
    const next = isArrowKey(event.key)
      ? nearestPiece(from, event.key, layout.nodes, layout.edges)
      : undefined;
    if (!next) return;
    event.preventDefault();
    const pieces = diagram.current?.querySelectorAll<HTMLElement>('[data-piece]') ?? [];
    [...pieces].find((piece) => piece.dataset['piece'] === next.id)?.focus();
  };

  const nodes = layout.nodes.flatMap((placed): Node<PieceNodeData, 'piece'>[] => {
    const node = byId.get(placed.id);
    if (!node) return [];
    const isFilled = node.kind === 'scaleSet' && graph.nodes.some((other) => other.parent === node.id);
    return [
      {
        id: placed.id,
        type: 'piece',
        position: { x: placed.x, y: placed.y },
        width: placed.width,
        height: placed.height,
        // Lines run above the frames and below the cards.
        zIndex: placed.isContainer ? placed.depth : 30,
        data: {
          node,
          placed,
          title: titleOnCard(node, node.parent === undefined ? undefined : byId.get(node.parent)),
          isSelected: placed.id === selectedId,
          onSelect,
          isCompact: density === 'compact' && direction === 'right',
          onKeyDown: (event) => moveFocus(event, placed),
          onFocus: () => view.show(handleOf(placed)),
          ...(isFilled ? { onToggle: () => toggle(placed) } : {}),
        },
      },
    ];
  });

  return (
    <section className={styles.diagram} ref={diagram} aria-label="Topology diagram" data-testid="topology">
      <link rel="stylesheet" href={flowStyles} precedence="default" />
      <ReactFlow
        nodes={nodes}
        edges={[]}
        nodeTypes={nodeTypes}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        elementsSelectable={false}
        disableKeyboardA11y
        zoomOnDoubleClick={false}
        deleteKeyCode={null}
        selectionKeyCode={null}
        multiSelectionKeyCode={null}
        minZoom={0.1}
        onMoveStart={view.movedByHand}
        maxZoom={2}
        panOnScroll={false}
        zoomOnScroll={false}
        preventScrolling={false}
      >
        <Background color={tokens.colorNeutralStroke2} gap={24} />
        <TopologyLines edges={layout.edges} selectedId={selectedId} extent={layout} />
        <DiagramControls onZoomIn={view.zoomIn} onZoomOut={view.zoomOut} onFit={view.fit} />
        {view.isCut && direction === 'right' && <Overview />}
      </ReactFlow>
    </section>
  );
}

/** The room by which a piece is brought into view: a card, or the title of a frame. */
const handleOf = (placed: PlacedNode): Box =>
  placed.isContainer ? { ...placed, width: Math.min(placed.titleWidth, 240), height: 44 } : placed;

const closedBut = (graph: TopologyGraph, open: ReadonlySet<string>): Set<string> =>
  new Set([...closedAtFirst(graph)].filter((id) => !open.has(id)));

/** The roomy drawing where it is seen whole and can be read, else the compact one; with every scale set closed. */
function useDensity(
  graph: TopologyGraph,
  direction: LayoutDirection,
): { density: LayoutDensity; atFirst: Layout } {
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const roomy = useMemo(() => layoutTopology(graph, { direction }), [graph, direction]);
  const density: LayoutDensity =
    direction === 'right' && width > 0 && !fitsReadably(roomy, { width, height }) ? 'compact' : 'roomy';
  const atFirst = useMemo(
    () => (density === 'roomy' ? roomy : layoutTopology(graph, { direction, density })),
    [roomy, graph, direction, density],
  );
  return { density, atFirst };
}

/** A small picture of the whole, for a window that shows a part of it; dragging in it moves the window. */
function Overview(): JSX.Element {
  return (
    <MiniMap
      pannable
      ariaLabel="The whole diagram, small"
      style={{ width: 144, height: 96 }}
      bgColor={tokens.colorNeutralBackground1}
      maskColor={`color-mix(in srgb, ${tokens.colorNeutralBackground6} 60%, transparent)`}
      nodeColor={tokens.colorNeutralBackground1}
      nodeStrokeColor={tokens.colorNeutralStrokeAccessible}
      nodeStrokeWidth={6}
    />
  );
}
