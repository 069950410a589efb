import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { type JSX, useId } from 'react';

const useStyles = makeStyles({
  wait: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS },
  below: { flexDirection: 'column' },
  ring: {
    flexShrink: 0,
    boxSizing: 'border-box',
    width: '16px',
    height: '16px',
    borderRadius: '50%',
    border: `2px solid ${tokens.colorBrandStroke2Contrast}`,
    // The part that is seen to turn.
    '::after': {
      content: '""',
      display: 'block',
      boxSizing: 'border-box',
      margin: '-2px',
      width: 'calc(100% + 4px)',
      height: 'calc(100% + 4px)',
      borderRadius: '50%',
      border: '2px solid transparent',
      borderTop: `2px solid ${tokens.colorBrandStroke1}`,
    },
    animationName: { to: { transform: 'rotate(360deg)' } },
    animationDuration: '1.5s',
    animationTimingFunction: 'linear',
    animationIterationCount: 'infinite',
  },
  tiny: { width: '20px', height: '20px' },
  medium: { width: '36px', height: '36px' },
  words: {
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    fontWeight: tokens.fontWeightSemibold,
  },
  smallWords: {
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
    fontWeight: tokens.fontWeightRegular,
  },
});

export type WaitSize = 'extra-tiny' | 'tiny' | 'medium';

/** Shows that something is going on, on the pages that a visit begins with: Fluent's spinner is five times as large. */
export function WaitRing({
  label,
  size = 'medium',
  below = false,
}: {
  /** Beside the ring; without one it is only a picture. */
  label?: string;
  size?: WaitSize;
  /** The label stands under the ring. */
  below?: boolean;
}): JSX.Element {
  const styles = useStyles();
  const id = useId();
  const ring = mergeClasses(styles.ring, size !== 'extra-tiny' && styles[size]);
  if (label === undefined) return <span className={ring} aria-hidden />;
  return (
    <div {...progress} className={mergeClasses(styles.wait, below && styles.below)} aria-labelledby={id}>
      <span className={ring} />
      <span id={id} className={mergeClasses(styles.words, size !== 'medium' && styles.smallWords)}>
        {label}
      </span>
    </div>
  );
}

/** A `progress` element would draw a bar. */
const progress = { role: 'progressbar' } as const;
