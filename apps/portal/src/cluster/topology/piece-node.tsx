import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import {
  CheckmarkCircleFilled,
  ChevronDownRegular,
  ChevronUpRegular,
  DismissCircleFilled,
} from '@fluentui/react-icons';
import { nameInParts, nameOnCard, type PlacedNode, shortTitle, type TopologyNode } from '@slipway/topology';
import type { Node, NodeProps } from '@xyflow/react';
import { type FocusEvent, type JSX, type KeyboardEvent, memo } from 'react';
import { PieceIcon, pieceColor } from './piece-look.tsx';

/** Handed from the diagram to each of its pieces. */
export interface PieceNodeData extends Record<string, unknown> {
  node: TopologyNode;
  placed: PlacedNode;
  isSelected: boolean;
  onSelect: (id: string, from: HTMLElement) => void;
  /** What is written on it; shorter than the node's title where its surroundings say the rest. */
  title: string;
  /** Whether it has one line for its title and one for its name. */
  isCompact: boolean;
  /** Moves the focus with the arrow keys. */
  onKeyDown: (event: KeyboardEvent) => void;
  /** Brings it into view when the keyboard comes to it. */
  onFocus: () => void;
  /** Opens or closes a scale set; absent where there is nothing to open. */
  onToggle?: () => void;
}

const focus = {
  outline: `2px solid ${tokens.colorStrokeFocus2}`,
  outlineOffset: '1px',
};

const useStyles = makeStyles({
  piece: {
    boxSizing: 'border-box',
    width: '100%',
    height: '100%',
    position: 'relative',
    pointerEvents: 'none',
  },
  card: {
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    backgroundColor: tokens.colorNeutralBackground1,
    boxShadow: tokens.shadow2,
  },
  frame: { borderRadius: tokens.borderRadiusXLarge, border: `1px solid ${tokens.colorNeutralStroke1}` },
  service: {
    border: `2px solid ${tokens.colorBrandStroke1}`,
    backgroundColor: `color-mix(in srgb, ${tokens.colorBrandBackground2} 22%, ${tokens.colorNeutralBackground1})`,
  },
  network: {
    border: `1.5px solid ${tokens.colorPaletteTealBorderActive}`,
    backgroundColor: `color-mix(in srgb, ${tokens.colorPaletteTealBackground2} 22%, ${tokens.colorNeutralBackground1})`,
  },
  subnet: {
    border: `1px dashed ${tokens.colorPaletteTealBorderActive}`,
    backgroundColor: `color-mix(in srgb, ${tokens.colorPaletteTealBackground2} 45%, ${tokens.colorNeutralBackground1})`,
  },
  set: {
    border: `1px dashed ${tokens.colorPaletteGrapeBorderActive}`,
    backgroundColor: `color-mix(in srgb, ${tokens.colorPaletteGrapeBackground2} 30%, ${tokens.colorNeutralBackground1})`,
  },
  machine: {
    border: `1px solid ${tokens.colorPaletteGrapeBorderActive}`,
    backgroundColor: tokens.colorNeutralBackground1,
    boxShadow: tokens.shadow2,
  },
  // Two cards behind the first one: there are many of these.
  stack: {
    border: `1px solid ${tokens.colorPaletteGrapeBorderActive}`,
    boxShadow: `4px 4px 0 -1px ${tokens.colorNeutralBackground1}, 4px 4px 0 0 ${tokens.colorPaletteGrapeBorderActive}, 8px 8px 0 -1px ${tokens.colorNeutralBackground1}, 8px 8px 0 0 ${tokens.colorPaletteGrapeBorderActive}`,
  },
  selected: { border: `2px solid ${tokens.colorBrandStroke1}`, boxShadow: tokens.shadow8 },
  button: {
    pointerEvents: 'all',
    boxSizing: 'border-box',
    width: '100%',
    height: '100%',
    padding: '6px 8px',
    border: 'none',
    borderRadius: 'inherit',
    backgroundColor: 'transparent',
    color: tokens.colorNeutralForeground1,
    fontFamily: 'inherit',
    textAlign: 'left',
    cursor: 'pointer',
    display: 'grid',
    gridTemplateColumns: '18px minmax(0, 1fr)',
    gridTemplateRows: 'auto minmax(0, 1fr)',
    columnGap: '5px',
    alignContent: 'start',
    position: 'relative',
    overflow: 'hidden',
    ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover },
    ':focus-visible': focus,
  },
  header: { height: 'auto', maxWidth: '100%', width: 'fit-content' },
  lowHeader: { paddingBlock: '3px 0' },
  // The toggle stands beside it.
  headerWithToggle: { maxWidth: 'min(204px, 100% - 96px)' },
  headerOfMachine: { height: '56px', width: '100%', paddingBlock: '4px 0' },
  // Room for the sign of the state, which stands level with the title.
  titleBesideSign: { paddingRight: '20px' },
  // Over its border, too: as large as a finger needs it.
  chip: {
    width: 'calc(100% + 2px)',
    height: 'calc(100% + 2px)',
    margin: '-1px',
    padding: '3px 6px',
    alignContent: 'center',
    gridTemplateRows: 'auto',
  },
  icon: { fontSize: '18px', display: 'flex' },
  title: { fontSize: '13px', lineHeight: '16px', fontWeight: tokens.fontWeightSemibold, paddingTop: '1px' },
  oneLineTitle: { whiteSpace: 'nowrap', overflow: 'hidden', textOverflow: 'ellipsis' },
  bigTitle: { fontSize: '15px', lineHeight: '18px', paddingTop: '1px' },
  small: {
    gridColumn: '1 / -1',
    marginTop: '2px',
    fontSize: '12.5px',
    lineHeight: '15px',
    color: tokens.colorNeutralForeground3,
    overflowWrap: 'anywhere',
    overflow: 'hidden',
  },
  beside: { gridColumn: '2 / -1', marginTop: 0 },
  name: { display: '-webkit-box', WebkitLineClamp: '2', WebkitBoxOrient: 'vertical', overflow: 'hidden' },
  oneLine: {
    display: 'block',
    whiteSpace: 'nowrap',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
  },
  parts: {
    display: 'flex',
    whiteSpace: 'pre',
    '& > :first-child': { overflow: 'hidden', textOverflow: 'ellipsis' },
  },
  detail: {
    display: 'block',
    color: tokens.colorNeutralForeground2,
    fontVariantNumeric: 'tabular-nums',
    whiteSpace: 'nowrap',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
  },
  state: { fontSize: '14px', display: 'flex', position: 'absolute', right: '6px', bottom: '6px' },
  stateOfFrame: { bottom: 'auto', top: '8px' },
  done: { color: tokens.colorStatusSuccessForeground1 },
  failed: { color: tokens.colorStatusDangerForeground1 },
  // The state for those who do not see its sign.
  heard: {
    position: 'absolute',
    width: '1px',
    height: '1px',
    overflow: 'hidden',
    clipPath: 'inset(50%)',
    whiteSpace: 'nowrap',
  },
  signOfChip: { bottom: '7px' },
  working: { color: tokens.colorBrandForeground1, fontSize: '12.5px', lineHeight: '14px' },
  toggle: {
    pointerEvents: 'all',
    position: 'absolute',
    right: '24px',
    bottom: '0',
    display: 'flex',
    alignItems: 'center',
    gap: '2px',
    minHeight: '28px',
    padding: '0 4px',
    border: 'none',
    borderRadius: tokens.borderRadiusSmall,
    backgroundColor: 'transparent',
    color: tokens.colorBrandForegroundLink,
    fontFamily: 'inherit',
    fontSize: '12.5px',
    cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover },
    ':focus-visible': focus,
  },
  toggleAbove: { right: 'auto', left: 'min(208px, 100% - 92px)', bottom: 'auto', top: '5px' },
});

/** A card lower than this has one line for its name. */
const lowHeight = 80;

/** One piece of the diagram: a card, or a frame around others with its title above them. */
export const PieceNode = memo(function PieceNode({
  data,
}: NodeProps<Node<PieceNodeData, 'piece'>>): JSX.Element {
  const styles = useStyles();
  const { node, placed, isCompact, isSelected, onSelect, onKeyDown, onFocus, onToggle } = data;
  const { isContainer } = placed;
  const title = isCompact ? shortTitle(data.title) : data.title;
  const isMachine = node.kind === 'virtualMachine' || node.kind === 'scaleSet';
  const showFocused = ({ currentTarget }: FocusEvent): void => {
    if (!currentTarget.matches(':focus-visible')) return;
    onFocus();
    // The diagram itself can lie partly outside of the window.
    currentTarget.closest('section')?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <div
      className={mergeClasses(
        styles.piece,
        isContainer ? mergeClasses(styles.frame, frameStyle(node, styles)) : styles.card,
        node.kind === 'scaleSet' && !isContainer && styles.stack,
        isSelected && styles.selected,
      )}
    >
      <button
        type="button"
        data-piece={node.id}
        data-kind={node.kind}
        aria-pressed={isSelected}
        title={[`${node.title}: ${node.name}`, node.detail].filter(Boolean).join('\n')}
        style={isContainer && !onToggle ? { maxWidth: placed.titleWidth } : {}}
        className={mergeClasses(
          styles.button,
          isContainer && styles.header,
          isContainer && isMachine && !isCompact && styles.headerOfMachine,
          isContainer && isCompact && styles.lowHeader,
          isContainer && onToggle && styles.headerWithToggle,
          node.kind === 'extension' && styles.chip,
        )}
        onClick={(event) => onSelect(node.id, event.currentTarget)}
        onKeyDown={onKeyDown}
        onFocus={showFocused}
      >
        <span className={styles.icon} style={{ color: pieceColor(node.kind) }}>
          <PieceIcon kind={node.kind} />
        </span>
        <span
          className={mergeClasses(
            styles.title,
            (isContainer || node.kind === 'extension') && styles.oneLineTitle,
            isContainer && styles.titleBesideSign,
            node.kind === 'containerService' && styles.bigTitle,
          )}
        >
          {title}
          {node.count !== undefined && ` × ${node.count}`}
        </span>
        <StateSign
          state={node.provisioningState}
          className={mergeClasses(
            isContainer && styles.stateOfFrame,
            node.kind === 'extension' && styles.signOfChip,
          )}
        />
        <Names
          node={node}
          isContainer={isContainer}
          isCompact={isCompact}
          isLow={isCompact && placed.height < lowHeight}
        />
        {node.provisioningState && <span className={styles.heard}>{node.provisioningState}</span>}
      </button>
      {onToggle && (
        <button
          type="button"
          className={mergeClasses('nopan', styles.toggle, isContainer && styles.toggleAbove)}
          onClick={onToggle}
          onFocus={showFocused}
          aria-expanded={isContainer}
        >
          {isContainer ? <ChevronUpRegular aria-hidden /> : <ChevronDownRegular aria-hidden />}
          {isContainer ? 'Close' : 'Show each'}
        </button>
      )}
    </div>
  );
});

function Names({
  node,
  isContainer,
  isCompact,
  isLow,
}: {
  node: TopologyNode;
  isContainer: boolean;
  isCompact: boolean;
  isLow: boolean;
}): JSX.Element | null {
  const styles = useStyles();
  // A set-up script lies in the machine whose name it bears.
  if (node.kind === 'internet' || node.kind === 'extension') return null;
  const name = nameOnCard(node.name);
  const oneLine = <NameInOneLine name={name} />;
  if (isContainer && node.kind === 'virtualMachine' && isCompact) {
    return <span className={mergeClasses(styles.small, styles.beside)}>{oneLine}</span>;
  }
  if (isContainer && node.kind !== 'virtualMachine') {
    const wraps = node.kind === 'availabilitySet' && !isCompact;
    return (
      <span className={mergeClasses(styles.small, styles.beside, wraps ? styles.name : styles.oneLine)}>
        {name}
        {node.detail && ` · ${node.detail}`}
      </span>
    );
  }
  return (
    <span className={styles.small}>
      {isLow || isContainer ? oneLine : <span className={styles.name}>{name}</span>}
      {node.detail && <span className={styles.detail}>{node.detail}</span>}
    </span>
  );
}

/** A name that is cut before its end where it has no room. */
function NameInOneLine({ name }: { name: string }): JSX.Element {
  const styles = useStyles();
  const { start, end } = nameInParts(name);
  return (
    <span className={styles.parts}>
      <span>{start}</span>
      {end && <span>{end}</span>}
    </span>
  );
}

function StateSign({
  state,
  className,
}: {
  state: string | undefined;
  className: string;
}): JSX.Element | null {
  const styles = useStyles();
  const place = mergeClasses(styles.state, className);
  switch (state?.toLowerCase()) {
    case undefined:
      return null;
    case 'succeeded':
      return <CheckmarkCircleFilled className={mergeClasses(place, styles.done)} aria-hidden />;
    case 'failed':
    case 'canceled':
      return <DismissCircleFilled className={mergeClasses(place, styles.failed)} aria-hidden />;
    default:
      return (
        <span className={mergeClasses(place, styles.working)} aria-hidden>
          {state}
        </span>
      );
  }
}

function frameStyle(node: TopologyNode, styles: ReturnType<typeof useStyles>): string | undefined {
  if (node.kind === 'containerService') return styles.service;
  if (node.kind === 'virtualNetwork') return styles.network;
  if (node.kind === 'subnet') return styles.subnet;
  if (node.kind === 'availabilitySet') return styles.set;
  return node.kind === 'virtualMachine' || node.kind === 'scaleSet' ? styles.machine : undefined;
}
