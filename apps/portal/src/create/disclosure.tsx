import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { ChevronDownRegular, ChevronRightRegular } from '@fluentui/react-icons';
import { type JSX, type ReactNode, useId } from 'react';

const useStyles = makeStyles({
  part: { borderTop: `1px solid ${tokens.colorNeutralStroke2}`, paddingTop: tokens.spacingVerticalS },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalS,
  },
  button: { paddingInlineStart: 0, marginInlineStart: `calc(-1 * ${tokens.spacingHorizontalXS})` },
  summary: {
    minWidth: 0,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground3,
    overflowWrap: 'anywhere',
  },
  content: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: tokens.spacingVerticalM,
    paddingTop: tokens.spacingVerticalS,
  },
});

/** A part that most people leave as it is: folded, with a few words on what is in it. */
export function Disclosure({
  title,
  summary,
  isOpen,
  onToggle,
  children,
}: {
  title: string;
  summary: string;
  isOpen: boolean;
  onToggle: () => void;
  children: ReactNode;
}): JSX.Element {
  const styles = useStyles();
  const id = useId();
  return (
    <div className={styles.part}>
      <div className={styles.head}>
        <Button
          className={styles.button}
          appearance="transparent"
          icon={isOpen ? <ChevronDownRegular /> : <ChevronRightRegular />}
          aria-expanded={isOpen}
          aria-controls={id}
          aria-describedby={`${id}-summary`}
          onClick={onToggle}
        >
          {title}
        </Button>
        <span id={`${id}-summary`} className={styles.summary}>
          {summary}
        </span>
      </div>
      <div id={id}>{isOpen && <div className={styles.content}>{children}</div>}</div>
    </div>
  );
}
