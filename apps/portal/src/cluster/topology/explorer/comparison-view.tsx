import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { AddCircleRegular, EditRegular, SubtractCircleRegular } from '@fluentui/react-icons';
import type { Comparison, PieceChange, TopologyGraph } from '@slipway/topology';
import { type JSX, useMemo, useRef, useState } from 'react';
import { usePageStyles } from '../../page-styles.ts';
import { TopologyDiagram } from '../topology-diagram.tsx';
import { usePanelStyles } from './panel-styles.ts';

const useStyles = makeStyles({
  stage: {
    position: 'relative',
    display: 'flex',
    height: '60vh',
    minHeight: '360px',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground1,
    overflow: 'hidden',
  },
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gap: tokens.spacingVerticalM },
  change: {
    display: 'grid',
    gridTemplateColumns: '24px minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalS,
    overflowWrap: 'anywhere',
    '& > svg': { fontSize: '20px' },
  },
  added: { color: tokens.colorStatusSuccessForeground1 },
  removed: { color: tokens.colorStatusDangerForeground1 },
  changed: { color: tokens.colorStatusWarningForeground3 },
  details: {
    margin: 0,
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: tokens.spacingVerticalXXS,
  },
  detail: { display: 'flex', flexWrap: 'wrap', columnGap: tokens.spacingHorizontalXS, '& dd': { margin: 0 } },
});

/** How each change is called and marked; never by its colour alone. */
const marks = {
  added: { words: 'Added', sign: '+' },
  removed: { words: 'Removed', sign: '−' },
  changed: { words: 'Changed', sign: '≠' },
} as const;

/** What is different: in a few sentences, in a drawing of everything that was or is there, and as a list. */
export function ComparisonView({ comparison }: { comparison: Comparison }): JSX.Element {
  const styles = useStyles();
  const pageStyles = usePageStyles();
  const { counts, summary, pieces, changeOf } = comparison;
  const graph = useMemo(() => markedGraph(comparison), [comparison]);
  const lit = useMemo(() => ({ pieces: new Set(changeOf.keys()), joints: new Set<string>() }), [changeOf]);
  const [selectedId, setSelectedId] = useState<string>();
  const list = useRef<HTMLUListElement>(null);
  const select = (id: string): void => {
    setSelectedId(id);
    list.current?.querySelector(`[data-change="${CSS.escape(id)}"]`)?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <section className={pageStyles.section} aria-label="The difference">
      <output className={pageStyles.text}>{summary}</output>
      <p className={pageStyles.quiet}>
        {counts.added} added (+), {counts.removed} removed (−), {counts.changed} changed (≠), {counts.same}{' '}
        the same
      </p>
      <div className={styles.stage}>
        <TopologyDiagram
          graph={graph}
          selectedId={selectedId}
          onSelect={select}
          highlight={pieces.length > 0 ? lit : undefined}
        />
      </div>
      <ul ref={list} className={styles.list} aria-label="Differences">
        {pieces.map((piece) => (
          <Change key={piece.id} piece={piece} onSelect={select} />
        ))}
      </ul>
    </section>
  );
}

function Change({ piece, onSelect }: { piece: PieceChange; onSelect: (id: string) => void }): JSX.Element {
  const styles = useStyles();
  const panel = usePanelStyles();
  const { id, title, change, details } = piece;
  return (
    <li className={styles.change} data-change={id}>
      {change === 'added' ? (
        <AddCircleRegular aria-hidden className={styles.added} />
      ) : change === 'removed' ? (
        <SubtractCircleRegular aria-hidden className={styles.removed} />
      ) : (
        <EditRegular aria-hidden className={styles.changed} />
      )}
      <div>
        <strong className={styles[change]}>{marks[change].words}:</strong>{' '}
        <button type="button" className={panel.link} onClick={() => onSelect(id)}>
          {title}
        </button>
        {details.length > 0 && (
          <dl className={mergeClasses(styles.details, panel.quiet)}>
            {details.map(({ path, label, before, after }) => (
              <div key={path} className={styles.detail} title={path}>
                <dt>{label}:</dt>
                <dd>
                  {before ?? 'nothing'} → {after ?? 'nothing'}
                </dd>
              </div>
            ))}
          </dl>
        )}
      </div>
    </li>
  );
}

/** The graph with the change of each piece in front of its title. */
function markedGraph({ graph, changeOf }: Comparison): TopologyGraph {
  return {
    edges: graph.edges,
    nodes: graph.nodes.map((node) => {
      const change = changeOf.get(node.id);
      return change === undefined ? node : { ...node, title: `${marks[change].sign} ${node.title}` };
    }),
  };
}
