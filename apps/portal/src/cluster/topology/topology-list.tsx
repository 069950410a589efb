import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { TopologyGraph, TopologyNode } from '@slipway/topology';
import type { JSX } from 'react';
import { linksOf } from './piece-links.ts';
import { PieceIcon, pieceColor } from './piece-look.tsx';

const useStyles = makeStyles({
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: tokens.spacingVerticalXS,
    width: '100%',
    alignContent: 'start',
  },
  nested: {
    marginTop: tokens.spacingVerticalXS,
    marginLeft: tokens.spacingHorizontalM,
    paddingLeft: tokens.spacingHorizontalM,
    borderLeft: `2px solid ${tokens.colorNeutralStroke2}`,
    width: 'auto',
  },
  piece: {
    display: 'grid',
    gridTemplateColumns: '24px minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalS,
    width: '100%',
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS}`,
    border: 'none',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: 'transparent',
    color: 'inherit',
    font: 'inherit',
    textAlign: 'left',
    cursor: 'pointer',
    overflowWrap: 'anywhere',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
    '&[aria-pressed="true"]': { backgroundColor: tokens.colorNeutralBackground1Selected },
  },
  icon: { fontSize: '20px', display: 'flex' },
  title: { fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
});

interface TopologyListProps {
  graph: TopologyGraph;
  selectedId: string | undefined;
  onSelect: (id: string, from: HTMLElement) => void;
}

/** The diagram's content as a list: what contains what, and what each piece is joined to. */
export function TopologyList(props: TopologyListProps): JSX.Element {
  const roots = props.graph.nodes.filter((node) => node.parent === undefined);
  return <Pieces {...props} nodes={roots} isNested={false} />;
}

function Pieces({
  nodes,
  isNested,
  ...props
}: TopologyListProps & { nodes: readonly TopologyNode[]; isNested: boolean }): JSX.Element {
  const styles = useStyles();
  const { graph, selectedId, onSelect } = props;
  return (
    <ul className={mergeClasses(styles.list, isNested && styles.nested)}>
      {nodes.map((node) => {
        const children = graph.nodes.filter((other) => other.parent === node.id);
        return (
          <li key={node.id}>
            <button
              type="button"
              className={styles.piece}
              aria-pressed={node.id === selectedId}
              onClick={(event) => onSelect(node.id, event.currentTarget)}
            >
              <span className={styles.icon} style={{ color: pieceColor(node.kind) }}>
                <PieceIcon kind={node.kind} />
              </span>
              <span>
                <span className={styles.title}>{node.title}</span>
                {node.count !== undefined && ` × ${node.count}`}{' '}
                {node.kind !== 'internet' && <span className={styles.quiet}>{node.name}</span>}
                {node.detail && <span className={styles.quiet}> · {node.detail}</span>}
                {linksOf(node, graph).map(({ id, verb, other, labels }) => (
                  <span key={id} className={styles.quiet}>
                    <br />
                    {verb} {other.title}
                    {labels.length > 0 && ` (${labels.join(', ')})`}
                  </span>
                ))}
              </span>
            </button>
            {children.length > 0 && <Pieces {...props} nodes={children} isNested />}
          </li>
        );
      })}
    </ul>
  );
}
