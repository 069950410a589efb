import { Tooltip, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ChevronDownRegular, ChevronUpRegular } from '@fluentui/react-icons';
import {
  type PiecePhase,
  type TopologyNode,
  nameInParts,
  nameOnCard,
  phaseWords,
  shortTitle,
  textWidth,
} from '@slipway/topology';
import { type JSX, memo } from 'react';
import { type Piece, titleOf } from './canvas/scene.ts';
import { PieceIcon, pieceColor } from './piece-look.tsx';
import { signOf, useSignColors } from './piece-sign.tsx';
import { powerWord } from './state-words.ts';

/** `lit` on the way of a connection, `blocked` where one is stopped, `untraced` where one is not traced further. */
export type PieceMark = 'lit' | 'blocked' | 'untraced';

interface PieceNodeProps {
  piece: Piece;
  isSelected: boolean;
  /** Whether it steps back behind what is looked at. */
  isFaded: boolean;
  mark: PieceMark | undefined;
  /** How far ARM is with it; of a closed container with the worst of what it holds. */
  phase: PiecePhase | undefined;
  power: string | undefined;
  /** Why it failed. */
  why: string | undefined;
  /** Whether it has one line for its title and one for its name. */
  isCompact: boolean;
}

const focus = {
  outline: `2px solid ${tokens.colorStrokeFocus2}`,
  outlineOffset: '1px',
};

// Only the opacity changes: that costs the page's thread nothing.
const pulse = { from: { opacity: 0.9 }, to: { opacity: 0 } };

/** So far from the right edge of a card its sign of the state ends, in pixels. */
const besideSignOfCard = 24;

const useStyles = makeStyles({
  piece: { position: 'absolute', boxSizing: 'border-box', pointerEvents: 'none' },
  faded: { opacity: 0.25 },
  card: {
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    backgroundColor: tokens.colorNeutralBackground1,
    boxShadow: tokens.shadow2,
  },
  // The canvas draws the frame itself.
  frame: { borderRadius: tokens.borderRadiusXLarge },
  // Two cards behind the first one: there are many of these.
  stack: {
    border: `1px solid ${tokens.colorPaletteGrapeBorderActive}`,
    boxShadow: `4px 4px 0 -1px ${tokens.colorNeutralBackground1}, 4px 4px 0 0 ${tokens.colorPaletteGrapeBorderActive}, 8px 8px 0 -1px ${tokens.colorNeutralBackground1}, 8px 8px 0 0 ${tokens.colorPaletteGrapeBorderActive}`,
  },
  planned: { border: `1.5px dashed ${tokens.colorNeutralStrokeAccessible}`, boxShadow: 'none' },
  outside: { border: `1px dashed ${tokens.colorNeutralStrokeAccessible}`, boxShadow: 'none' },
  hollow: { backgroundColor: 'transparent' },
  inWork: { border: `2px solid ${tokens.colorBrandStroke1}` },
  pulsing: {
    '::after': {
      content: '""',
      position: 'absolute',
      inset: '-6px',
      borderRadius: tokens.borderRadiusXLarge,
      border: `4px solid ${tokens.colorBrandStroke1}`,
      animationName: pulse,
      animationDuration: '1.2s',
      animationIterationCount: 'infinite',
      animationDirection: 'alternate',
      animationTimingFunction: 'ease-in-out',
    },
  },
  broken: { border: `2px solid ${tokens.colorStatusDangerBorderActive}` },
  going: { opacity: 0.45 },
  lit: { border: `2px solid ${tokens.colorBrandStroke1}`, boxShadow: tokens.shadow4 },
  selected: { border: `2px solid ${tokens.colorBrandStroke1}`, boxShadow: tokens.shadow8 },
  blocked: {
    border: `2px solid ${tokens.colorStatusDangerBorderActive}`,
    boxShadow: `0 0 0 3px ${tokens.colorStatusDangerBackground2}`,
  },
  untraced: {
    border: `2px dashed ${tokens.colorStatusWarningBorderActive}`,
    boxShadow: `0 0 0 3px ${tokens.colorStatusWarningBackground2}`,
  },
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
  // Below it there is room before what the frame contains: each can be hit by itself.
  header: { height: 'auto', width: 'fit-content', minWidth: 0, flexShrink: 1, paddingBottom: 0 },
  lowHeader: { paddingBlock: '3px 0' },
  headerOfMachine: { height: '56px', flexGrow: 1, paddingBlock: '4px 0' },
  /** A frame's title and, beside it, what closes it. */
  head: { display: 'flex', alignItems: 'flex-start', maxWidth: '100%' },
  // Over its border, too: as large as a finger needs it.
  row: {
    width: 'calc(100% + 2px)',
    height: 'calc(100% + 2px)',
    margin: '-1px',
    padding: '3px 6px',
    alignContent: 'center',
    gridTemplateRows: 'auto',
  },
  rule: { gridTemplateColumns: 'minmax(0, 1fr)', paddingBlock: 0 },
  icon: { fontSize: '18px', display: 'flex' },
  title: { fontSize: '13px', lineHeight: '16px', fontWeight: tokens.fontWeightSemibold, paddingTop: '1px' },
  oneLineTitle: { whiteSpace: 'nowrap', overflow: 'hidden', textOverflow: 'ellipsis' },
  twoLineTitle: {
    display: '-webkit-box',
    WebkitLineClamp: '2',
    WebkitBoxOrient: 'vertical',
    overflow: 'hidden',
    lineHeight: '15px',
  },
  rowTitle: { fontSize: '12.5px', fontWeight: tokens.fontWeightRegular, fontVariantNumeric: 'tabular-nums' },
  bigTitle: { fontSize: '15px', lineHeight: '18px', paddingTop: '1px' },
  small: {
    gridColumn: '1 / -1',
    marginTop: '2px',
    fontSize: '12.5px',
    lineHeight: '15px',
    color: tokens.colorNeutralForeground3,
    overflowWrap: 'anywhere',
    overflow: 'hidden',
    // Whole lines only.
    maxHeight: 'round(down, 100%, 15px)',
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
    overflow: 'hidden',
    '& > :first-child': { overflow: 'hidden', textOverflow: 'ellipsis', minWidth: '1.4em' },
  },
  detail: {
    display: 'block',
    color: tokens.colorNeutralForeground2,
    fontVariantNumeric: 'tabular-nums',
    whiteSpace: 'nowrap',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
  },
  state: {
    fontSize: '14px',
    display: 'flex',
    alignItems: 'center',
    gap: '3px',
    position: 'absolute',
    right: '6px',
    bottom: '6px',
  },
  stateOfFrame: { bottom: 'auto', top: '8px' },
  // Below the frame's own sign, where there is no room beside its title.
  stateBelow: { top: 'auto', bottom: 0, right: 'auto', left: '10px' },
  stateWord: { fontSize: '12.5px', lineHeight: '14px' },
  // The state for those who do not see its sign.
  heard: {
    position: 'absolute',
    width: '1px',
    height: '1px',
    overflow: 'hidden',
    clipPath: 'inset(50%)',
    whiteSpace: 'nowrap',
  },
  signOfRow: { bottom: '7px' },
  toggle: {
    pointerEvents: 'all',
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'center',
    gap: '2px',
    minHeight: '28px',
    minWidth: '28px',
    flexShrink: 0,
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
  toggleOfFrame: { marginTop: '5px' },
  toggleOfLowFrame: { marginTop: '1px' },
  toggleOfCard: { position: 'absolute', right: `${besideSignOfCard}px`, bottom: '0' },
});

/** A card lower than this has one line for its name. */
const lowHeight = 80;
/** A card lower than this is a row: a rule, in one line or two, or a set-up script. */
const rowHeight = 48;

/** A frame's title narrower than this has no room for a sign that says that all is well, or for words on its button. */
const roomForSign = 230;
/** How wide is what stands beside a title: in a frame's head, and on a card; in pixels. */
const besideTitle = 67;
const besideCardTitle = 41;
const titlePx = 13;
const smallPx = 12.5;
/** So wide is a state's sign with the room around it, and the gap before its word, in pixels. */
const signWidth = 20;
const signGap = 4;

/** One piece of the diagram: a card, or the title of the frame around others. */
export const PieceNode = memo(function PieceNode(props: PieceNodeProps): JSX.Element {
  const styles = useStyles();
  const signColors = useSignColors();
  const { piece, isSelected, isFaded, mark, phase, power, why, isCompact } = props;
  const { node, placed } = piece;
  const { isContainer, isClosed } = placed;
  const isRow = !isContainer && placed.height < rowHeight && node.kind !== 'internet';
  const count = node.count === undefined ? '' : ` × ${node.count}`;
  const title = `${isCompact ? shortTitle(titleOf(piece)) : titleOf(piece)}${count}`;
  const isMachine = node.kind === 'virtualMachine' || node.kind === 'scaleSet';
  // What a rule does is a sentence: it needs the room that its sign would take.
  const isRule = isRow && node.isPart === true;
  const isTight = isRow ? isRule : isContainer && placed.titleWidth < roomForSign;
  // Where a title needs two lines its frame shows no name; both stand in the panel.
  const titleWidth = textWidth(title, titlePx, true);
  const isWrapped = isContainer && isTight && titleWidth > placed.titleWidth - besideTitle;
  const canToggle = isContainer || isClosed;
  // Where there is little room, only what is out of the ordinary is worth a sign.
  const hasSign = !isTight || (phase !== 'done' && phase !== undefined) || powerWord(power) !== undefined;
  const sign = hasSign ? signOf(phase, power) : undefined;
  const wordWidth = sign?.words === undefined ? 0 : textWidth(sign.words, smallPx) + signGap;
  // Cards have a line of their own for it; beside the title of a frame or a row a word needs room.
  const hasWord =
    !(isContainer || isRow) ||
    titleWidth + wordWidth + signWidth <
      (isContainer ? placed.titleWidth - besideTitle : placed.width - besideCardTitle);
  const isBelow = isContainer && titleWidth + signWidth > placed.titleWidth - besideTitle;
  const button = (
    <button
      type="button"
      data-piece={node.id}
      data-kind={node.kind}
      aria-pressed={isSelected}
      title={why ? undefined : [`${node.title}: ${node.name}`, node.detail].filter(Boolean).join('\n')}
      className={mergeClasses(
        styles.button,
        isContainer && styles.header,
        isContainer && isMachine && !isCompact && styles.headerOfMachine,
        isContainer && isCompact && styles.lowHeader,
        isRow && styles.row,
        isRule && styles.rule,
      )}
    >
      {!isRule && (
        <span className={styles.icon} style={{ color: pieceColor(node.kind) }}>
          <PieceIcon kind={node.kind} />
        </span>
      )}
      <span
        className={mergeClasses(
          styles.title,
          (isContainer || isRow) && !isRule && !isWrapped && styles.oneLineTitle,
          (isRule || isWrapped) && styles.twoLineTitle,
          isRow && styles.rowTitle,
          node.kind === 'containerService' && styles.bigTitle,
        )}
        // Room for the sign of the state, which stands level with the title.
        style={
          (isContainer || isRow) && sign && !isBelow
            ? { paddingRight: signWidth + (hasWord ? Math.ceil(wordWidth * 1.06) : 0) }
            : undefined
        }
      >
        {title}
      </span>
      {sign && (
        <span
          className={mergeClasses(
            styles.state,
            signColors[sign.color],
            isContainer && styles.stateOfFrame,
            isBelow && styles.stateBelow,
            isRow && styles.signOfRow,
          )}
          aria-hidden
        >
          {hasWord && sign.words && <span className={styles.stateWord}>{sign.words}</span>}
          {sign.icon}
        </span>
      )}
      <Names
        piece={piece}
        isNameless={isRow || isWrapped}
        isCompact={isCompact}
        isLow={isCompact && placed.height < lowHeight}
        isDetailed={!isCompact || titleWidth <= placed.width - besideCardTitle || placed.height >= lowHeight}
      />
      <Heard phase={phase} power={power} why={why} mark={mark} />
    </button>
  );
  const explained = why ? (
    <Tooltip content={`${node.title}: ${why}`} relationship="inaccessible" withArrow>
      {button}
    </Tooltip>
  ) : (
    button
  );
  const toggle = canToggle && (
    <Toggle
      piece={piece}
      isCompact={isCompact}
      besideWord={!isContainer && hasWord && sign?.words ? Math.ceil(wordWidth * 1.06) : 0}
    />
  );
  return (
    <div
      data-box={node.id}
      data-frame={isContainer || undefined}
      data-phase={phase}
      data-faded={isFaded || undefined}
      style={{ left: placed.x, top: placed.y, width: placed.width, height: placed.height }}
      className={mergeClasses(
        styles.piece,
        isContainer ? styles.frame : styles.card,
        !isContainer && isClosed && styles.stack,
        !isContainer && lookOfCard(node, phase, styles),
        !isContainer && mark === 'lit' && styles.lit,
        !isContainer && isSelected && styles.selected,
        !isContainer && mark === 'blocked' && styles.blocked,
        !isContainer && mark === 'untraced' && styles.untraced,
        isFaded && styles.faded,
      )}
    >
      {isContainer ? (
        <div className={styles.head} style={{ maxWidth: placed.titleWidth }}>
          {explained}
          {toggle}
        </div>
      ) : (
        <>
          {explained}
          {toggle}
        </>
      )}
    </div>
  );
});

function lookOfCard(
  node: TopologyNode,
  phase: PiecePhase | undefined,
  styles: ReturnType<typeof useStyles>,
): string | undefined {
  switch (phase) {
    case 'planned':
      return mergeClasses(styles.planned, styles.hollow);
    case 'working':
      return mergeClasses(styles.inWork, styles.pulsing);
    case 'failed':
      return styles.broken;
    case 'deleting':
      return styles.going;
    case 'deleted':
      return mergeClasses(styles.planned, styles.hollow, styles.going);
    case 'done':
    case undefined:
      return node.kind === 'outside' ? mergeClasses(styles.outside, styles.hollow) : undefined;
  }
}

function Toggle({
  piece: { node, placed },
  isCompact,
  besideWord,
}: {
  piece: Piece;
  isCompact: boolean;
  /** So wide is the word of the state that stands on the same line of a card, in pixels. */
  besideWord: number;
}): JSX.Element {
  const styles = useStyles();
  const isOpen = placed.isContainer;
  const isScaleSet = node.kind === 'scaleSet';
  const words = isScaleSet ? (isOpen ? 'Close' : 'Show each') : undefined;
  const hasWords = words !== undefined && (!isOpen || placed.titleWidth >= roomForSign);
  return (
    <button
      type="button"
      data-toggle={node.id}
      aria-expanded={isOpen}
      aria-label={
        hasWords
          ? undefined
          : (words ??
            (isOpen ? `Hide what is in ${node.title}` : `Show what is in ${node.title}: ${placed.inside}`))
      }
      className={mergeClasses(
        styles.toggle,
        isOpen ? (isCompact ? styles.toggleOfLowFrame : styles.toggleOfFrame) : styles.toggleOfCard,
      )}
      style={besideWord > 0 ? { right: besideSignOfCard + besideWord } : undefined}
    >
      {isOpen ? <ChevronUpRegular aria-hidden /> : <ChevronDownRegular aria-hidden />}
      {hasWords ? words : isOpen ? undefined : placed.inside}
    </button>
  );
}

function Names({
  piece: { node, placed },
  isNameless,
  isCompact,
  isLow,
  isDetailed,
}: {
  piece: Piece;
  isNameless: boolean;
  isCompact: boolean;
  isLow: boolean;
  /** Whether there is a line for more than the name. */
  isDetailed: boolean;
}): JSX.Element | null {
  const styles = useStyles();
  const { isContainer } = placed;
  // A row has one line, and a set-up script lies in the machine whose name it bears.
  if (node.kind === 'internet' || isNameless) return null;
  const name = nameOnCard(node.name);
  const oneLine = <NameInOneLine name={name} />;
  if (isContainer && node.kind === 'virtualMachine' && isCompact) {
    const end = endOf(name);
    if (textWidth(end, smallPx) > placed.titleWidth - besideTitle) return null;
    return <span className={mergeClasses(styles.small, styles.beside, styles.oneLine)}>{end}</span>;
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
      {isDetailed && node.detail && <span className={styles.detail}>{node.detail}</span>}
    </span>
  );
}

/** The end of a name, by which machines differ, where there is no room for more. */
function endOf(name: string): string {
  const { start, end } = nameInParts(name);
  return end ? `…${Array.from(end).slice(-8).join('')}` : start;
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

/** The state as it is read out: with the reason, and with the machine's power. */
function Heard({
  phase,
  power,
  why,
  mark,
}: {
  phase: PiecePhase | undefined;
  power: string | undefined;
  why: string | undefined;
  mark: PieceMark | undefined;
}): JSX.Element | null {
  const styles = useStyles();
  const words = [
    phase && (why ? `${phaseWords[phase]}: ${why}` : phaseWords[phase]),
    power && `Power: ${power}`,
    mark === 'blocked' && 'The connection is stopped here',
    mark === 'untraced' && 'The connection is not traced further than here',
  ].filter(Boolean);
  return words.length === 0 ? null : <span className={styles.heard}>{words.join('. ')}</span>;
}
