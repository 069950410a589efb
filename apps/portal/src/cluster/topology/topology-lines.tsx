import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { type PlacedEdge, roundedPath } from '@slipway/topology';
import { ViewportPortal } from '@xyflow/react';
import type { JSX } from 'react';
import { edgeLooks } from './edge-look.ts';
import type { Extent } from './start-viewport.ts';

const useStyles = makeStyles({
  lines: {
    position: 'absolute',
    top: 0,
    left: 0,
    overflow: 'visible',
    pointerEvents: 'none',
    // Above the frames, which stand at 0 to 9, whatever their depth.
    zIndex: 20,
  },
  line: { fill: 'none', transitionProperty: 'opacity', transitionDuration: tokens.durationFast },
  faded: { opacity: 0.2 },
  label: {
    position: 'absolute',
    zIndex: 21,
    boxSizing: 'border-box',
    pointerEvents: 'none',
    padding: '1px 5px',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground1,
    fontSize: '12.5px',
    lineHeight: '16px',
    fontVariantNumeric: 'tabular-nums',
    whiteSpace: 'nowrap',
  },
});

interface TopologyLinesProps {
  edges: readonly PlacedEdge[];
  /** Lines of the selected piece stand out. */
  selectedId: string | undefined;
  extent: Extent;
}

/** The lines between the pieces, in the places that the layout gave them, with what is written on them. */
export function TopologyLines({ edges, selectedId, extent }: TopologyLinesProps): JSX.Element {
  const styles = useStyles();
  const touches = (edge: PlacedEdge): boolean => edge.from === selectedId || edge.to === selectedId;
  const isAnyTouched = edges.some(touches);
  const isFaded = (edge: PlacedEdge): boolean => isAnyTouched && !touches(edge);
  const drawn = edges.toSorted((a, b) => Number(touches(a)) - Number(touches(b)));
  return (
    <ViewportPortal>
      <svg className={styles.lines} width={extent.width} height={extent.height} aria-hidden>
        {drawn.map((edge) => {
          const look = edgeLooks[edge.kind];
          const end = edge.points.at(-1);
          return (
            <g
              key={edge.id}
              data-line={edge.kind}
              className={mergeClasses(styles.line, isFaded(edge) && styles.faded)}
            >
              <path
                d={roundedPath(edge.points)}
                style={{
                  stroke: look.color,
                  strokeWidth: look.width + (touches(edge) ? 1.25 : 0),
                  strokeDasharray: look.dashes,
                }}
              />
              {end && <circle cx={end.x} cy={end.y} r={3} style={{ fill: look.color }} />}
            </g>
          );
        })}
      </svg>
      {edges.map(
        (edge) =>
          edge.label && (
            <div
              key={edge.id}
              aria-hidden
              className={mergeClasses(styles.label, isFaded(edge) && styles.faded)}
              style={{
                left: edge.label.x,
                top: edge.label.y,
                width: edge.label.width,
                height: edge.label.height,
              }}
            >
              {edge.label.lines.map((line) => (
                <div key={line}>{line}</div>
              ))}
            </div>
          ),
      )}
    </ViewportPortal>
  );
}
