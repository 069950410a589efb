import { Button, Combobox, Option, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { DismissRegular, SearchRegular } from '@fluentui/react-icons';
import type { TopologyNode } from '@slipway/topology';
import { type JSX, type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { PieceIcon, pieceColor } from '../piece-look.tsx';
import { useExplorer } from './explorer-context.ts';

/** So many matches are listed; all of them are shown in the view. */
const listedMatches = 30;
/** The address follows what is typed after so long a pause, in milliseconds. */
const pauseMs = 250;

const useStyles = makeStyles({
  box: {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr) auto',
    alignItems: 'center',
    flexGrow: 1,
    minWidth: '160px',
    maxWidth: '320px',
  },
  wide: { maxWidth: 'none' },
  sign: { fontSize: '20px', marginRight: tokens.spacingHorizontalXS, color: tokens.colorNeutralForeground3 },
  field: { width: '100%', minWidth: 0 },
  listbox: { maxHeight: 'min(420px, 50dvh)', minWidth: 'min(340px, 86vw)' },
  option: {
    display: 'grid',
    gridTemplateColumns: '24px minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalS,
    alignItems: 'center',
    width: '100%',
  },
  icon: { fontSize: '20px', display: 'flex' },
  line: { display: 'block', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
});

/** Finds pieces by what they are called, their type, their addresses and ids; the one that is chosen is visited. */
export function PieceSearch(): JSX.Element {
  const styles = useStyles();
  const { index, isNarrow, visit } = useExplorer();
  const [text, setText] = useQueryText();
  const [isOpen, setIsOpen] = useState(false);
  const box = useRef<HTMLElement>(null);
  const field = (): HTMLInputElement | null => box.current?.querySelector('input') ?? null;
  const found = useMemo(() => index.find(text), [index, text]);
  const hasMoved = useRef(false);
  const listed = found.slice(0, listedMatches);
  const isAsked = text.trim() !== '';

  const choose = (node: TopologyNode | undefined): void => {
    setIsOpen(false);
    if (node) visit(node.id, field());
  };
  // Without a choice among the matches the best one is meant.
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== field()) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') hasMoved.current = true;
    if (event.key !== 'Enter' || !isAsked || hasMoved.current) return;
    event.preventDefault();
    event.stopPropagation();
    choose(found[0]);
  };
  return (
    <search
      ref={box}
      className={mergeClasses(styles.box, isNarrow && styles.wide)}
      onKeyDownCapture={onKeyDown}
    >
      <SearchRegular className={styles.sign} aria-hidden />
      <Combobox
        className={styles.field}
        listbox={{ className: styles.listbox }}
        positioning={{ autoSize: 'width' }}
        aria-label="Find a piece"
        placeholder="Name, type, address…"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        freeform
        expandIcon={null}
        open={isOpen && isAsked}
        onOpenChange={(_, { open }) => setIsOpen(open)}
        value={text}
        selectedOptions={[]}
        onInput={(event) => {
          hasMoved.current = false;
          setText(event.currentTarget.value);
          setIsOpen(true);
        }}
        onOptionSelect={(_, { optionValue }) => choose(listed.find(({ id }) => id === optionValue))}
      >
        {listed.map((node) => (
          <Option key={node.id} value={node.id} text={node.title} checkIcon={null}>
            <span className={styles.option} title={`${node.title}: ${node.name}`}>
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
            </span>
          </Option>
        ))}
        {found.length === 0 && (
          <Option value="" text="" disabled checkIcon={null}>
            Nothing is called that.
          </Option>
        )}
        {found.length > listed.length && (
          <Option value="" text="" disabled checkIcon={null}>
            {`and ${found.length - listed.length} more`}
          </Option>
        )}
      </Combobox>
      {text !== '' && (
        <Button
          appearance="subtle"
          icon={<DismissRegular />}
          aria-label="Clear the search"
          onClick={() => {
            setText('');
            field()?.focus();
          }}
        />
      )}
    </search>
  );
}

/** What stands in the field: typed at once, in the address after a pause, and from there when one goes back. */
function useQueryText(): [string, (text: string) => void] {
  const { address, change } = useExplorer();
  const [text, setText] = useState(address.query);
  const [known, setKnown] = useState(address.query);
  /** What is on its way into the address: it comes back later, when more may have been typed. */
  const [written, setWritten] = useState<string>();
  if (known !== address.query) {
    setKnown(address.query);
    setWritten(undefined);
    if (address.query !== written) setText(address.query);
  }
  useEffect(() => {
    if (text === address.query) return;
    const timer = setTimeout(() => {
      setWritten(text);
      change({ query: text }, { replace: true });
    }, pauseMs);
    return () => clearTimeout(timer);
  }, [text, address.query, change]);
  return [text, setText];
}
