import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ArrowTurnDownRightRegular, ChevronDownRegular, ChevronRightRegular } from '@fluentui/react-icons';
import { type JSX, type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useExplorer } from './explorer/explorer-context.ts';
import { StatusBadge } from './explorer/status-badge.tsx';
import { type TreeRow, treeRows } from './explorer/tree-rows.ts';
import { useRowWindow } from '../../components/use-row-window.ts';
import { PieceIcon, pieceColor } from './piece-look.tsx';

/** Room for a title and a name, and for a finger, in pixels. */
const rowHeight = 48;

const useStyles = makeStyles({
  scroller: { position: 'absolute', inset: 0, overflow: 'auto', overflowX: 'hidden' },
  row: {
    position: 'absolute',
    left: 0,
    right: 0,
    height: `${rowHeight}px`,
    boxSizing: 'border-box',
    display: 'grid',
    gridTemplateColumns: '24px 24px minmax(0, 1fr) auto',
    columnGap: tokens.spacingHorizontalXS,
    alignItems: 'center',
    paddingRight: tokens.spacingHorizontalM,
    cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
    '&[aria-selected="true"]': {
      backgroundColor: tokens.colorNeutralBackground1Selected,
      boxShadow: `inset 3px 0 0 ${tokens.colorCompoundBrandStroke}`,
    },
  },
  context: { color: tokens.colorNeutralForeground3 },
  chevron: {
    display: 'grid',
    placeItems: 'center',
    width: '32px',
    height: `${rowHeight}px`,
    marginLeft: '-8px',
    fontSize: '16px',
  },
  icon: { fontSize: '20px', display: 'flex' },
  line: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  title: { fontWeight: tokens.fontWeightSemibold },
  quiet: {
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
  nothing: { padding: tokens.spacingHorizontalL, margin: 0 },
});

/** The diagram's content as a tree: what contains what, and what each piece is joined to. */
export function TopologyTree(): JSX.Element {
  const styles = useStyles();
  const explorer = useExplorer();
  const { graph, childrenOf, linksOf, matching, closed, containers, address, isNarrow } = explorer;
  const roots = useMemo(() => graph.nodes.filter(({ parent }) => parent === undefined), [graph]);
  const rows = useMemo(
    () =>
      treeRows({
        roots,
        childrenOf,
        linksOf,
        matching,
        isOpen: (id) => (childrenOf.has(id) ? !closed.has(id) : address.opened.has(id)),
      }),
    [roots, childrenOf, linksOf, matching, closed, address.opened],
  );
  const { scroller, onScroll, first, end, reveal } = useRowWindow(rows.length, rowHeight);
  const { activeKey, goTo } = useActiveRow(rows, address.selectedId, reveal);

  const canOpen = ({ node, link }: TreeRow): boolean =>
    !link && (childrenOf.has(node.id) || linksOf(node.id).length > 0);
  const onKeyDown = (event: KeyboardEvent, row: TreeRow, index: number): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = {
      ArrowDown: rows[index + 1],
      ArrowUp: rows[index - 1],
      Home: rows[0],
      End: rows.at(-1),
      ArrowRight: row.isOpen && rows[index + 1]?.parent === row.key ? rows[index + 1] : undefined,
      ArrowLeft: row.isOpen ? undefined : rows.find(({ key }) => key === row.parent),
    }[event.key];
    const toggles =
      canOpen(row) &&
      ((event.key === 'ArrowRight' && !row.isOpen) || (event.key === 'ArrowLeft' && row.isOpen));
    if (next) goTo(next.key);
    else if (toggles) explorer.toggle(row.node.id);
    else if (event.key === 'Enter' || event.key === ' ') choose(row, event.currentTarget);
    else if (!['ArrowDown', 'ArrowUp', 'ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(event.key)) {
      const found = rowStartingWith(rows, index, event.key);
      if (!found) return;
      goTo(found.key);
    }
    event.preventDefault();
  };
  const choose = (row: TreeRow, element: Element): void =>
    explorer.select(row.node.id, element instanceof HTMLElement ? element : null);

  if (rows.length === 0) return <p className={styles.nothing}>No piece fits the search and the filters.</p>;
  return (
    <div ref={scroller} className={styles.scroller} onScroll={onScroll}>
      <div
        role="tree"
        aria-label="Topology"
        style={{ position: 'relative', height: rows.length * rowHeight }}
        data-containers={containers.size}
      >
        {rows.slice(first, end).map((row, at) => {
          const { key, node, link, level } = row;
          const index = first + at;
          const expandable = canOpen(row);
          return (
            <div
              key={key}
              role="treeitem"
              title={titleOf(row)}
              data-row={key}
              data-kind={link ? undefined : node.kind}
              aria-level={level}
              aria-setsize={row.siblings}
              aria-posinset={row.position}
              aria-selected={!link && node.id === address.selectedId}
              {...(expandable ? { 'aria-expanded': row.isOpen } : {})}
              tabIndex={key === activeKey ? 0 : -1}
              className={mergeClasses(styles.row, row.isContext && styles.context)}
              style={{ top: index * rowHeight, paddingLeft: 12 + (level - 1) * (isNarrow ? 12 : 20) }}
              onClick={(event) => {
                goTo(key);
                choose(row, event.currentTarget);
              }}
              onKeyDown={(event) => onKeyDown(event, row, index)}
            >
              <span
                aria-hidden
                className={styles.chevron}
                onClick={(event) => {
                  if (!expandable) return;
                  event.stopPropagation();
                  explorer.toggle(node.id);
                }}
              >
                {expandable && (row.isOpen ? <ChevronDownRegular /> : <ChevronRightRegular />)}
              </span>
              <span className={styles.icon} style={{ color: pieceColor(node.kind) }}>
                {link ? <ArrowTurnDownRightRegular aria-hidden /> : <PieceIcon kind={node.kind} />}
              </span>
              {link ? <LinkLines row={row} /> : <PieceLines row={row} />}
              {!link && <RowStatus id={node.id} />}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** All of a row's words: what has no room in it is cut. */
function titleOf({ node, link }: TreeRow): string {
  if (link) return [`${link.verb} ${node.title}`, ...link.labels].join('\n');
  return [node.title, node.name, node.detail].filter(Boolean).join('\n');
}

function PieceLines({ row: { node } }: { row: TreeRow }): JSX.Element {
  const styles = useStyles();
  return (
    <span className={styles.line}>
      <span className={styles.title}>{node.title}</span>
      {node.count !== undefined && ` × ${node.count}`}
      {node.kind !== 'internet' && (
        <>
          {' '}
          <br />
          <span className={styles.quiet}>
            {node.name}
            {node.detail && ` · ${node.detail}`}
          </span>
        </>
      )}
    </span>
  );
}

function LinkLines({ row: { node, link } }: { row: TreeRow }): JSX.Element {
  const styles = useStyles();
  return (
    <span className={styles.line}>
      {link?.verb} {node.title}
      {link && link.labels.length > 0 && (
        <>
          {' '}
          <br />
          <span className={styles.quiet}>{link.labels.join(', ')}</span>
        </>
      )}
    </span>
  );
}

function RowStatus({ id }: { id: string }): JSX.Element | null {
  const status = useExplorer().statuses.get(id);
  return status ? <StatusBadge status={status} /> : null;
}

/** Which row the Tab key comes to: one at a time, moved by the arrow keys. */
function useActiveRow(
  rows: readonly TreeRow[],
  selectedId: string | undefined,
  reveal: (index: number) => void,
): { activeKey: string | undefined; goTo: (key: string) => void } {
  const [chosenKey, setChosenKey] = useState(selectedId);
  const wantsFocus = useRef(false);
  const activeKey = rows.some(({ key }) => key === chosenKey) ? chosenKey : rows[0]?.key;
  useEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    const row = document.querySelector<HTMLElement>(`[data-row="${CSS.escape(activeKey ?? '')}"]`);
    row?.focus({ preventScroll: true });
  });
  // What the address selects is brought into view when the tree opens.
  const opened = useRef(false);
  useEffect(() => {
    if (opened.current) return;
    opened.current = true;
    const index = rows.findIndex(({ key }) => key === selectedId);
    if (index > 0) reveal(index);
  }, [rows, selectedId, reveal]);
  const goTo = (key: string): void => {
    wantsFocus.current = true;
    setChosenKey(key);
    const index = rows.findIndex((row) => row.key === key);
    if (index >= 0) reveal(index);
  };
  return { activeKey, goTo };
}

/** The next row, after this one and round, whose title starts with a letter that was typed. */
function rowStartingWith(rows: readonly TreeRow[], from: number, letter: string): TreeRow | undefined {
  if (letter.length !== 1) return undefined;
  const starts = ({ node, link }: TreeRow): boolean =>
    !link && node.title.toLowerCase().startsWith(letter.toLowerCase());
  return rows.slice(from + 1).find(starts) ?? rows.slice(0, from).find(starts);
}
