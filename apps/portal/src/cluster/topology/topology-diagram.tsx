import { makeStyles } from '@fluentui/react-components';
import {
  type LayoutDensity,
  type LayoutDirection,
  type TopologyGraph,
  closedAtFirst,
  layoutTopology,
} from '@slipway/topology';
import { type JSX, useMemo, useRef, useState } from 'react';
import { useMediaQuery } from '../../components/media-query.ts';
import { useWindow } from './canvas/use-window.ts';
import { type Extent, fitsReadably } from './start-viewport.ts';
import { type Highlight, TopologyCanvas } from './topology-canvas.tsx';

const useStyles = makeStyles({ place: { display: 'flex', flexGrow: 1, minWidth: 0 } });

/** Below this width the drawing runs down: to the right it could not be read, or not be seen whole. */
export const downQuery = '(max-width: 1023px)';
/** Of larger graphs no roomy drawing is tried: it could not be seen whole. */
const roomyMost = 120;

interface TopologyDiagramProps {
  graph: TopologyGraph;
  selectedId: string | undefined;
  onSelect: (id: string, from: HTMLElement) => void;
  /** What stands out; the rest steps back. */
  highlight?: Highlight | undefined;
}

/** The graph as a drawing in the direction and density that its window calls for; containers open and close. */
export function TopologyDiagram({
  graph,
  selectedId,
  onSelect,
  highlight,
}: TopologyDiagramProps): JSX.Element {
  const styles = useStyles();
  const place = useRef<HTMLDivElement>(null);
  const window = useWindow(place);
  const direction = useMediaQuery(downQuery) ? 'down' : 'right';
  const density = useDensity(graph, direction, window);
  /** The containers that stand the other way than at first. */
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set());
  const closed = useMemo(() => eitherOf(closedAtFirst(graph), turned), [graph, turned]);
  const layout = useMemo(
    () => layoutTopology(graph, { direction, density, closed }),
    [graph, direction, density, closed],
  );
  return (
    <div ref={place} className={styles.place}>
      <TopologyCanvas
        graph={graph}
        layout={layout}
        direction={direction}
        density={density}
        selectedId={selectedId}
        highlight={highlight}
        onSelect={onSelect}
        onToggle={(id) => setTurned((before) => eitherOf(before, new Set([id])))}
      />
    </div>
  );
}

/** What is in one of the sets, but not in both. */
function eitherOf(some: ReadonlySet<string>, others: ReadonlySet<string>): Set<string> {
  const result = new Set(some);
  for (const id of others) if (!result.delete(id)) result.add(id);
  return result;
}

/** The roomy drawing where it is seen whole and can be read, else the compact one; decided with everything as at first. */
export function useDensity(graph: TopologyGraph, direction: LayoutDirection, window: Extent): LayoutDensity {
  const isSmall = graph.nodes.length <= roomyMost;
  const roomy = useMemo(
    () => (isSmall ? layoutTopology(graph, { direction }) : undefined),
    [graph, direction, isSmall],
  );
  if (direction === 'down' || window.width === 0) return 'roomy';
  return roomy && fitsReadably(roomy, window) ? 'roomy' : 'compact';
}
