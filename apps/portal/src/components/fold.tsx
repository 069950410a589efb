import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { type JSX, type ReactNode, useState } from 'react';

const useStyles = makeStyles({
  // As high as a finger needs it.
  summary: {
    padding: `${tokens.spacingVerticalXS} 0`,
    cursor: 'pointer',
    overflowWrap: 'anywhere',
    ':focus-visible': {
      outline: `2px solid ${tokens.colorStrokeFocus2}`,
      outlineOffset: '1px',
      borderRadius: tokens.borderRadiusMedium,
    },
  },
  content: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: tokens.spacingVerticalS,
    padding: `${tokens.spacingVerticalXS} 0 ${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
    '@media (max-width: 767px)': { paddingInlineStart: tokens.spacingHorizontalM },
  },
});

/** A part that opens under its title. What is in it is drawn only while it is open, so that hundreds cost nothing. */
export function Fold({
  title,
  className,
  children,
}: {
  title: ReactNode;
  className?: string | undefined;
  children: ReactNode;
}): JSX.Element {
  const styles = useStyles();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details
      className={mergeClasses(className, !isOpen && 'not-printed')}
      onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}
    >
      <summary className={styles.summary}>{title}</summary>
      {isOpen && <div className={styles.content}>{children}</div>}
    </details>
  );
}
