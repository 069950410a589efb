import { makeStyles, tokens } from '@fluentui/react-components';
import { type PlacedNode, type TopologyGraph, layoutTopology } from '@slipway/topology';
import { Background, type Node, ReactFlow, ReactFlowProvider, useReactFlow, useStore } from '@xyflow/react';
import flowStyles from '@xyflow/react/dist/base.css?url';
import { type JSX, type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useMediaQuery } from '../../components/media-query.ts';
import { DiagramControls } from './diagram-controls.tsx';
import { isArrowKey, nearestPiece } from './nearest-piece.ts';
import { PieceNode, type PieceNodeData } from './piece-node.tsx';
import { titleOnCard } from './piece-words.ts';
import { startViewport } from './start-viewport.ts';
import { TopologyLines } from './topology-lines.tsx';

const useStyles = makeStyles({
  diagram: {
    width: '100%',
    flexGrow: 1,
    position: 'relative',
    backgroundColor: tokens.colorNeutralBackground1,
    '& .react-flow__node': { cursor: 'default' },
    '& .react-flow__attribution': { backgroundColor: 'transparent' },
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
  const layout = useMemo(() => layoutTopology(graph, { direction, open }), [graph, direction, open]);
  const toggle = (id: string): void => {
    const next = new Set(open);
    if (!next.delete(id)) next.add(id);
    setOpen(next);
  };

  const byId = useMemo(() => new Map(graph.nodes.map((node) => [node.id, node])), [graph]);
  const diagram = useRef<HTMLElement>(null);
  const moveFocus = (event: KeyboardEvent, from: PlacedNode): void => {
    const next = isArrowKey(event.key) ? nearestPiece(from, event.key, layout.nodes) : undefined;
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
          onKeyDown: (event) => moveFocus(event, placed),
          ...(isFilled ? { onToggle: () => toggle(placed.id) } : {}),
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
        maxZoom={2}
        panOnScroll={false}
        zoomOnScroll={false}
        preventScrolling={false}
      >
        <Background color={tokens.colorNeutralStroke2} gap={24} />
        <TopologyLines edges={layout.edges} selectedId={selectedId} extent={layout} />
        <DiagramControls extent={layout} />
        <StartView width={layout.width} height={layout.height} direction={direction} />
      </ReactFlow>
    </section>
  );
}

/** Shows the diagram from its best side when it opens and when its direction changes; later the person decides. */
function StartView({
  width,
  height,
  direction,
}: {
  width: number;
  height: number;
  direction: 'right' | 'down';
}): null {
  const { setViewport } = useReactFlow();
  const windowWidth = useStore((state) => state.width);
  const windowHeight = useStore((state) => state.height);
  useEffect(() => {
    if (windowWidth === 0 || windowHeight === 0) return;
    const window = { width: windowWidth, height: windowHeight };
    void setViewport(startViewport({ width, height }, window, direction));
  }, [setViewport, width, height, windowWidth, windowHeight, direction]);
  return null;
}
