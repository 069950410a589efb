import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import {
  type PiecePhase,
  type PieceState,
  type TopologyGraph,
  edgeKindSchema,
  phaseOf,
  phaseWords,
} from '@slipway/topology';
import { type JSX, useMemo } from 'react';
import { edgeLooks } from './edge-look.ts';
import { signOf, useSignColors } from './piece-sign.tsx';

const useStyles = makeStyles({
  legend: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: tokens.spacingHorizontalL,
    rowGap: tokens.spacingVerticalXXS,
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2,
  },
  // As high as a finger needs it.
  summary: {
    padding: `${tokens.spacingVerticalMNudge} 0`,
    fontSize: tokens.fontSizeBase200,
    cursor: 'pointer',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  unfolded: { maxHeight: '30dvh', overflow: 'auto', paddingBottom: tokens.spacingVerticalS },
  sign: { display: 'flex', fontSize: '14px' },
  item: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
});

interface TopologyLegendProps {
  graph: TopologyGraph;
  states: ReadonlyMap<string, PieceState>;
}

const phases: readonly PiecePhase[] = ['done', 'working', 'planned', 'failed', 'deleting', 'deleted'];

/** What the lines and the signs in this diagram mean; only of what is in it. */
export function TopologyLegend({ graph, states }: TopologyLegendProps): JSX.Element {
  const styles = useStyles();
  const signColors = useSignColors();
  const seen = useMemo(
    () => new Set(graph.nodes.map((node) => phaseOf(node, states.get(node.id)))),
    [graph, states],
  );
  const present = new Set(graph.edges.map(({ kind }) => kind));
  return (
    <ul className={styles.legend} aria-label="Legend">
      {edgeKindSchema.options
        .filter((kind) => present.has(kind))
        .map((kind) => (
          <li key={kind} className={styles.item}>
            <svg width="28" height="8" aria-hidden>
              <line
                x1="0"
                x2="28"
                y1="4"
                y2="4"
                style={{
                  stroke: edgeLooks[kind].color,
                  strokeWidth: edgeLooks[kind].width + 0.5,
                  strokeDasharray: edgeLooks[kind].dashes,
                }}
              />
            </svg>
            {edgeLooks[kind].meaning}
          </li>
        ))}
      {phases
        .filter((phase) => seen.has(phase))
        .map((phase) => {
          const sign = signOf(phase, undefined);
          return (
            <li key={phase} className={styles.item}>
              {sign && <span className={mergeClasses(styles.sign, signColors[sign.color])}>{sign.icon}</span>}
              {phaseWords[phase]}
            </li>
          );
        })}
    </ul>
  );
}

/** The legend where there is no room for it until somebody asks. */
export function FoldedLegend(props: TopologyLegendProps): JSX.Element {
  const styles = useStyles();
  return (
    <details>
      <summary className={styles.summary}>Legend</summary>
      <div className={styles.unfolded}>
        <TopologyLegend {...props} />
      </div>
    </details>
  );
}
