import { makeStyles, tokens } from '@fluentui/react-components';
import { type TopologyGraph, edgeKindSchema } from '@slipway/topology';
import type { JSX } from 'react';
import { edgeLooks } from './edge-look.ts';

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
  item: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
});

/** What the kinds of lines in this diagram mean. */
export function TopologyLegend({ graph }: { graph: TopologyGraph }): JSX.Element {
  const styles = useStyles();
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
    </ul>
  );
}

/** The legend where there is no room for it until somebody asks. */
export function FoldedLegend({ graph }: { graph: TopologyGraph }): JSX.Element {
  const styles = useStyles();
  return (
    <details>
      <summary className={styles.summary}>Legend</summary>
      <div className={styles.unfolded}>
        <TopologyLegend graph={graph} />
      </div>
    </details>
  );
}
