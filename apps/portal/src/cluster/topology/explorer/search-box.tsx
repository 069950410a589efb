import { SearchBox, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { TopologyNode } from '@slipway/topology';
import {
  type JSX,
  type KeyboardEvent,
  useDeferredValue,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import { PieceIcon, pieceColor } from '../piece-look.tsx';
import { useExplorer } from './explorer-context.ts';

/** So many matches are listed; all of them are shown in the view. */
const listedMatches = 30;
/** The address follows what is typed after so long a pause, in milliseconds. */
const pauseMs = 250;

const useStyles = makeStyles({
  box: { position: 'relative', flexGrow: 1, minWidth: '160px', maxWidth: '360px' },
  wide: { maxWidth: 'none' },
  field: { width: '100%', maxWidth: 'none' },
  list: {
    position: 'absolute',
    zIndex: 40,
    top: '100%',
    left: 0,
    right: 0,
    minWidth: 'min(320px, 100%)',
    maxHeight: 'min(420px, 50dvh)',
    overflow: 'auto',
    margin: `${tokens.spacingVerticalXXS} 0 0`,
    padding: tokens.spacingVerticalXS,
    listStyleType: 'none',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
    boxShadow: tokens.shadow16,
  },
  option: {
    display: 'grid',
    gridTemplateColumns: '24px minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalS,
    alignItems: 'center',
    minHeight: '44px',
    paddingInline: tokens.spacingHorizontalS,
    borderRadius: tokens.borderRadiusMedium,
    cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
  },
  active: {
    backgroundColor: tokens.colorNeutralBackground1Selected,
    outline: `2px solid ${tokens.colorStrokeFocus2}`,
    outlineOffset: '-2px',
  },
  icon: { fontSize: '20px', display: 'flex' },
  line: { display: 'block', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  said: { padding: tokens.spacingHorizontalS, color: tokens.colorNeutralForeground3 },
});

/** Finds pieces by what they are called, their type, their addresses and ids; the one that is chosen is visited. */
export function PieceSearch(): JSX.Element {
  const styles = useStyles();
  const { index, address, isNarrow, visit } = useExplorer();
  const [text, setText] = useQueryText();
  const [isOpen, setIsOpen] = useState(false);
  const [activeAt, setActiveAt] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const listId = useId();
  const query = useDeferredValue(text);
  const found = useMemo(() => index.find(query), [index, query]);
  const listed = found.slice(0, listedMatches);
  const isListed = isOpen && text.trim() !== '';
  const active = listed[activeAt] ?? listed[0];
  const optionId = (node: TopologyNode): string => `${listId}-${listed.indexOf(node)}`;

  useEffect(() => {
    if (isListed)
      document.querySelector(`[id="${listId}-${activeAt}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [isListed, listId, activeAt]);

  const choose = (node: TopologyNode): void => {
    setIsOpen(false);
    visit(node.id, box.current?.querySelector('input') ?? null);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && listed.length > 0) {
      setIsOpen(true);
      if (isListed) setActiveAt((activeAt + step + listed.length) % listed.length);
    } else if (event.key === 'Enter' && active && text.trim() !== '') choose(active);
    else if (event.key === 'Escape' && isListed) setIsOpen(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={box} className={mergeClasses(styles.box, isNarrow && styles.wide)} role="search">
      <SearchBox
        className={styles.field}
        aria-label="Find a piece"
        placeholder="Name, type, address…"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={isListed}
        {...(isListed ? { 'aria-controls': listId } : {})}
        {...(isListed && active ? { 'aria-activedescendant': optionId(active) } : {})}
        value={text}
        onChange={(_, { value }) => {
          setText(value);
          setActiveAt(0);
          setIsOpen(value !== '');
        }}
        onFocus={() => setIsOpen(text !== '' && text !== address.query)}
        onBlur={() => setIsOpen(false)}
        onKeyDown={onKeyDown}
        dismiss={{ 'aria-label': 'Clear the search' }}
      />
      {isListed && (
        <ul id={listId} className={styles.list} role="listbox" aria-label="Pieces that were found">
          {listed.map((node, at) => (
            <li
              key={node.id}
              id={optionId(node)}
              role="option"
              aria-selected={node === active}
              className={mergeClasses(styles.option, at === activeAt && styles.active)}
              // The field keeps the focus.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(node)}
            >
              <span className={styles.icon} style={{ color: pieceColor(node.kind) }}>
                <PieceIcon kind={node.kind} />
              </span>
              <span>
                <span className={styles.line}>{node.title}</span>
                <span className={mergeClasses(styles.line, styles.quiet)}>
                  {node.name}
                  {node.detail && ` · ${node.detail}`}
                </span>
              </span>
            </li>
          ))}
          {listed.length === 0 && (
            <li role="option" aria-selected={false} aria-disabled className={styles.said}>
              Nothing is called that.
            </li>
          )}
          {found.length > listed.length && (
            <li role="option" aria-selected={false} aria-disabled className={styles.said}>
              and {found.length - listed.length} more
            </li>
          )}
        </ul>
      )}
    </div>
  );
}

/** What stands in the field: typed at once, in the address after a pause, and from there when one goes back. */
function useQueryText(): [string, (text: string) => void] {
  const { address, change } = useExplorer();
  const [text, setText] = useState(address.query);
  const [known, setKnown] = useState(address.query);
  if (known !== address.query) {
    setKnown(address.query);
    setText(address.query);
  }
  useEffect(() => {
    if (text === address.query) return;
    const timer = setTimeout(() => {
      setKnown(text);
      change({ query: text }, { replace: true });
    }, pauseMs);
    return () => clearTimeout(timer);
  }, [text, address.query, change]);
  return [text, setText];
}
