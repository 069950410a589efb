import { Body1, Subtitle1, makeStyles, tokens } from '@fluentui/react-components';
import type { JSX, ReactNode } from 'react';

const useStyles = makeStyles({
  message: {
    display: 'grid',
    justifyItems: 'center',
    gap: tokens.spacingVerticalM,
    padding: `${tokens.spacingVerticalXXXL} ${tokens.spacingHorizontalL}`,
    textAlign: 'center',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  icon: { display: 'flex', fontSize: '48px', color: tokens.colorNeutralForeground3 },
  text: { maxWidth: '440px' },
});

/** In place of the rows of a list where there are none: why, and the way on. */
export interface ListMessageWords {
  icon: ReactNode;
  title: string;
  text: string;
  action?: ReactNode;
}

export function ListMessage({ icon, title, text, action }: ListMessageWords): JSX.Element {
  const styles = useStyles();
  return (
    <div className={styles.message}>
      <span className={styles.icon} aria-hidden>
        {icon}
      </span>
      <Subtitle1 as="h2">{title}</Subtitle1>
      <Body1 className={styles.text}>{text}</Body1>
      {action}
    </div>
  );
}
