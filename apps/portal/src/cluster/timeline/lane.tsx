import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { RowState } from '@slipway/contract';
import type { JSX } from 'react';
import { durationText } from '../durations.ts';
import { usePageStyles } from '../page-styles.ts';
import { type Span, type Timeline, placeOf } from './spans.ts';

/** Light or dark stripes over a state's colour, so that states differ without colours too. */
const stripes = (angle: string, colour: string, gap: number, width: number): string =>
  `repeating-linear-gradient(${angle}, transparent 0 ${gap}px, ${colour} ${gap}px ${gap + width}px)`;

const useStyles = makeStyles({
  lane: {
    position: 'relative',
    height: '20px',
    overflow: 'hidden',
    // Sideways the finger moves the time, up and down the page.
    touchAction: 'pan-y',
  },
  whole: {
    position: 'absolute',
    inset: 0,
    width: 'calc(var(--timeline-zoom, 1) * 100%)',
    transform: 'translateX(calc(var(--timeline-pan, 0) * -100%))',
  },
  wait: {
    position: 'absolute',
    top: '9px',
    borderTopWidth: '2px',
    borderTopStyle: 'dotted',
    borderTopColor: tokens.colorNeutralStrokeAccessible,
  },
  bar: {
    position: 'absolute',
    top: '3px',
    height: '14px',
    minWidth: '4px',
    borderRadius: tokens.borderRadiusSmall,
    boxSizing: 'border-box',
    '@media (forced-colors: active)': { outline: '1px solid CanvasText', outlineOffset: '-1px' },
  },
  succeeded: { backgroundColor: tokens.colorStatusSuccessBackground3 },
  running: {
    backgroundColor: tokens.colorBrandBackground,
    backgroundImage: stripes('45deg', 'rgba(255, 255, 255, 0.35)', 6, 6),
    backgroundSize: '17px 17px',
    animationName: { to: { backgroundPositionX: '17px' } },
    animationDuration: '1s',
    animationTimingFunction: 'linear',
    animationIterationCount: 'infinite',
    '@media (forced-colors: active)': { outlineStyle: 'dashed' },
  },
  failed: {
    backgroundColor: tokens.colorStatusDangerBackground3,
    backgroundImage: stripes('-45deg', 'rgba(0, 0, 0, 0.4)', 3, 2),
    '@media (forced-colors: active)': { outlineStyle: 'double', outlineWidth: '3px' },
  },
  canceled: {
    backgroundColor: tokens.colorStatusWarningBackground3,
    backgroundImage: stripes('90deg', 'rgba(0, 0, 0, 0.4)', 4, 2),
    '@media (forced-colors: active)': { outlineStyle: 'dotted' },
  },
  awaited: { outline: `2px solid ${tokens.colorNeutralForeground1}`, outlineOffset: '1px' },
  now: { position: 'absolute', top: 0, bottom: 0, borderLeft: `1px solid ${tokens.colorBrandStroke1}` },
});

/** How a state is drawn; the same in a lane as in the legend. */
export function useBarLook(): (state: RowState) => string {
  const styles = useStyles();
  return (state) => {
    switch (state) {
      case 'Failed':
        return mergeClasses(styles.bar, styles.failed);
      case 'Canceled':
        return mergeClasses(styles.bar, styles.canceled);
      case 'Running':
        return mergeClasses(styles.bar, styles.running);
      case 'Waiting':
        return styles.wait;
      case 'Succeeded':
      case 'Deleting':
      case 'Deleted':
        return mergeClasses(styles.bar, styles.succeeded);
    }
  };
}

/** One resource on the timeline: a dotted line while it waited for others, a bar while ARM worked on it. */
export function Lane({
  timeline,
  span,
  state,
  isAwaited,
}: {
  timeline: Timeline;
  /** Absent where ARM never began with it. */
  span: Span | undefined;
  state: RowState;
  /** Whether the row that is looked at waited for this one. */
  isAwaited: boolean;
}): JSX.Element {
  const styles = useStyles();
  const { spoken } = usePageStyles();
  const lookOf = useBarLook();
  const at = (momentMs: number): number => placeOf(timeline, momentMs);
  return (
    <div className={styles.lane} data-lane>
      <span className={spoken}>{spanText(timeline, span)}</span>
      <div className={styles.whole}>
        {span?.waitedFromMs !== undefined && (
          <span
            className={styles.wait}
            style={{
              left: `${at(span.waitedFromMs)}%`,
              width: `${at(span.fromMs) - at(span.waitedFromMs)}%`,
            }}
          />
        )}
        {span && state !== 'Waiting' && (
          <span
            className={mergeClasses(lookOf(state), isAwaited && styles.awaited)}
            style={{
              left: `min(${at(span.fromMs)}%, 100% - 4px)`,
              width: `${at(span.toMs) - at(span.fromMs)}%`,
            }}
          />
        )}
        {timeline.nowMs !== undefined && (
          <span className={styles.now} style={{ left: `${at(timeline.nowMs)}%` }} />
        )}
      </div>
    </div>
  );
}

/** What a lane shows, in words. */
function spanText({ fromMs }: Timeline, span: Span | undefined): string {
  if (!span) return 'Never begun';
  const after = durationText(span.fromMs - fromMs);
  return span.toMs === span.fromMs
    ? `Has waited for ${after}`
    : `Begun after ${after}, worked on for ${durationText(span.toMs - span.fromMs)}`;
}
