import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { Link } from '@tanstack/react-router';
import type { JSX, MouseEvent } from 'react';
import { ClusterStateMark } from '../components/cluster-state.tsx';
import type { Choice } from './choice.ts';
import { ChoiceIcon } from './choice-icon.tsx';

const useStyles = makeStyles({
  option: {
    display: 'grid',
    gridTemplateColumns: '20px minmax(0, 1fr) auto',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalM,
    minHeight: '44px',
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`,
    boxSizing: 'border-box',
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    cursor: 'pointer',
    scrollMarginBlock: tokens.spacingVerticalS,
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    '& svg': { fontSize: '20px' },
  },
  active: {
    backgroundColor: tokens.colorNeutralBackground1Selected,
    boxShadow: `inset 3px 0 0 ${tokens.colorCompoundBrandStroke}`,
    '@media (forced-colors: active)': { outline: '2px solid Highlight', outlineOffset: '-2px' },
  },
  words: { display: 'grid', overflowWrap: 'anywhere' },
  detail: {
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
  keys: {
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    whiteSpace: 'nowrap',
    // A finger presses no keys.
    '@media (hover: none) and (pointer: coarse)': { display: 'none' },
  },
});

/** One choice of the search's list: a link where it leads to a page, so that it opens in another tab, too. */
export function ChoiceOption({
  choice,
  elementId,
  active,
  onChosen,
}: {
  choice: Choice;
  elementId: string;
  active: boolean;
  onChosen: (choice: Choice, event: MouseEvent) => void;
}): JSX.Element {
  const styles = useStyles();
  const { target } = choice;
  const common = {
    id: elementId,
    role: 'option',
    'aria-selected': active,
    tabIndex: -1,
    className: mergeClasses(styles.option, active && styles.active),
    // The focus stays in the field.
    onMouseDown: (event: MouseEvent) => event.preventDefault(),
    onClick: (event: MouseEvent) => onChosen(choice, event),
  } as const;
  const content = (
    <>
      <ChoiceIcon id={choice.id} kind={choice.kind} type={choice.type} />
      <span className={styles.words}>
        <span>{choice.label}</span>
        {choice.detail && <span className={styles.detail}>{choice.detail}</span>}
      </span>
      {choice.state && <ClusterStateMark state={choice.state} />}
      {choice.keys && <span className={styles.keys}>{choice.keys}</span>}
    </>
  );
  return 'href' in target ? (
    <Link {...common} to={target.href} preload={false}>
      {content}
    </Link>
  ) : (
    <div {...common}>{content}</div>
  );
}
