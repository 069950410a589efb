import { makeStyles, tokens } from '@fluentui/react-components';
import type { JSX, ReactNode } from 'react';

const useStyles = makeStyles({
  bracket: {
    position: 'relative',
    paddingInlineStart: tokens.spacingHorizontalXXL,
    '::before': {
      content: '""',
      position: 'absolute',
      insetInlineStart: tokens.spacingHorizontalS,
      top: `calc(-1 * ${tokens.spacingVerticalM})`,
      width: tokens.spacingHorizontalM,
      height: '36px',
      borderLeft: `1px solid ${tokens.colorNeutralStroke1}`,
      borderBottom: `1px solid ${tokens.colorNeutralStroke1}`,
      pointerEvents: 'none',
    },
  },
});

/** Shows that a field lies inside the one above it. */
export function Bracket({ children }: { children: ReactNode }): JSX.Element {
  return <div className={useStyles().bracket}>{children}</div>;
}
