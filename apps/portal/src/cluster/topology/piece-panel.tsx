import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import { type TopologyGraph, type TopologyNode, displayNameOfType } from '@slipway/topology';
import { type JSX, useEffect, useRef } from 'react';
import { CopyButton } from '../../components/copy-button.tsx';
import { PageLink } from '../../components/page-link.tsx';
import { useClusterPath } from '../use-cluster-path.ts';
import { linksOf } from './piece-links.ts';
import { PieceIcon, pieceColor } from './piece-look.tsx';

const useStyles = makeStyles({
  panel: {
    position: 'absolute',
    zIndex: 10,
    top: 0,
    right: 0,
    bottom: 0,
    width: '360px',
    boxSizing: 'border-box',
    maxWidth: '100%',
    overflow: 'auto',
    padding: tokens.spacingHorizontalL,
    display: 'grid',
    alignContent: 'start',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: tokens.spacingVerticalM,
    backgroundColor: tokens.colorNeutralBackground1,
    borderLeft: `1px solid ${tokens.colorNeutralStroke1}`,
    boxShadow: tokens.shadow16,
    overflowWrap: 'anywhere',
    '@media (max-width: 767px)': {
      top: 'auto',
      left: 0,
      width: '100%',
      maxHeight: '62%',
      borderLeft: 'none',
      borderTop: `1px solid ${tokens.colorNeutralStroke1}`,
    },
  },
  head: { display: 'grid', gridTemplateColumns: 'auto minmax(0, 1fr) auto', gap: tokens.spacingHorizontalS },
  icon: { fontSize: '28px', display: 'flex' },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    outlineStyle: 'none',
  },
  name: { display: 'flex', alignItems: 'center' },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  text: { margin: 0 },
  heading: { margin: 0, fontSize: tokens.fontSizeBase300 },
  facts: { margin: 0, display: 'grid', gap: tokens.spacingVerticalS },
  fact: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)' },
  value: { margin: 0 },
  links: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gap: tokens.spacingVerticalXS },
  // As high as a finger needs it.
  link: {
    padding: `${tokens.spacingVerticalXXS} 0`,
    border: 'none',
    backgroundColor: 'transparent',
    font: 'inherit',
    textAlign: 'left',
    color: tokens.colorBrandForegroundLink,
    cursor: 'pointer',
    ':hover': { textDecorationLine: 'underline' },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '2px' },
  },
});

interface PiecePanelProps {
  node: TopologyNode;
  graph: TopologyGraph;
  onSelect: (id: string) => void;
  onClose: () => void;
}

/** What a piece is for, in plain words, its key properties and what it is joined to. */
export function PiecePanel({ node, graph, onSelect, onClose }: PiecePanelProps): JSX.Element {
  const styles = useStyles();
  const path = useClusterPath();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus({ preventScroll: true }), []);
  const parent = graph.nodes.find(({ id }) => id === node.parent);
  const children = graph.nodes.filter((other) => other.parent === node.id);
  const links = linksOf(node, graph);
  return (
    <aside className={styles.panel} aria-label={`About: ${node.title}`}>
      <div className={styles.head}>
        <span className={styles.icon} style={{ color: pieceColor(node.kind) }}>
          <PieceIcon kind={node.kind} />
        </span>
        <div>
          <h2 ref={title} tabIndex={-1} className={styles.title}>
            {node.title}
          </h2>
          {node.kind !== 'internet' && (
            <div className={styles.name}>
              {node.name}
              <CopyButton text={node.name} label="Copy the name" />
            </div>
          )}
          {node.type && (
            <div className={styles.quiet}>
              {displayNameOfType(node.type)} · {node.type}
            </div>
          )}
        </div>
        <Button appearance="subtle" icon={<DismissRegular />} aria-label="Close" onClick={onClose} />
      </div>
      <p className={styles.text}>{node.purpose}</p>
      {(node.kind === 'virtualMachine' || node.kind === 'scaleSetInstance') && (
        <span>
          <PageLink
            to="/clusters/$subscriptionId/$resourceGroup/$name/machines/$machine"
            params={{ ...path, machine: node.name }}
          >
            Go to the machine
          </PageLink>
        </span>
      )}
      <Facts node={node} />
      {(links.length > 0 || parent) && (
        <>
          <h3 className={styles.heading}>Joined to</h3>
          <ul className={styles.links}>
            {parent && (
              <li>
                Inside{' '}
                <button type="button" className={styles.link} onClick={() => onSelect(parent.id)}>
                  {parent.title}
                </button>
              </li>
            )}
            {links.map(({ id, verb, other, labels }) => (
              <li key={id}>
                {verb}{' '}
                <button type="button" className={styles.link} onClick={() => onSelect(other.id)}>
                  {other.title}
                </button>
                {labels.length > 0 && <div className={styles.quiet}>{labels.join(', ')}</div>}
              </li>
            ))}
          </ul>
        </>
      )}
      {children.length > 0 && (
        <>
          <h3 className={styles.heading}>Inside it</h3>
          <ul className={styles.links}>
            {children.map((child) => (
              <li key={child.id}>
                <button type="button" className={styles.link} onClick={() => onSelect(child.id)}>
                  {child.title}
                </button>{' '}
                <span className={styles.quiet}>{child.name}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </aside>
  );
}

function Facts({ node }: { node: TopologyNode }): JSX.Element | null {
  const styles = useStyles();
  const facts = [
    ...(node.provisioningState ? [{ label: 'State', value: node.provisioningState }] : []),
    ...node.facts,
  ];
  if (facts.length === 0) return null;
  return (
    <dl className={styles.facts}>
      {facts.map(({ label, value }) => (
        <div key={label} className={styles.fact}>
          <dt className={styles.quiet}>{label}</dt>
          <dd className={styles.value}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
