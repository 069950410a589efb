import { Button, Tooltip, makeStyles, tokens } from '@fluentui/react-components';
import { ZoomInRegular, ZoomOutRegular } from '@fluentui/react-icons';
import type { JSX, RefObject } from 'react';
import { type Timeline, placeOf } from './spans.ts';
import { tickText, ticksOf } from './ticks.ts';
import type { TimeWindow } from './use-time-window.ts';

const useStyles = makeStyles({
  axis: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: '2px',
    fontWeight: tokens.fontWeightRegular,
  },
  head: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  title: { fontWeight: tokens.fontWeightSemibold, marginRight: 'auto' },
  scroller: {
    overflowX: 'auto',
    overflowY: 'hidden',
    scrollbarWidth: 'thin',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  whole: {
    position: 'relative',
    height: '18px',
    width: 'calc(var(--timeline-zoom, 1) * 100%)',
    overflow: 'hidden',
  },
  tick: {
    position: 'absolute',
    top: 0,
    paddingLeft: '3px',
    borderLeft: `1px solid ${tokens.colorNeutralStroke1}`,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    whiteSpace: 'nowrap',
    color: tokens.colorNeutralForeground3,
    fontVariantNumeric: 'tabular-nums',
  },
  now: { position: 'absolute', top: 0, bottom: 0, borderLeft: `1px solid ${tokens.colorBrandStroke1}` },
});

/** So many marks fit beside each other where nothing is zoomed. */
const ticksWide = 4;

/** So much of what is seen, in percent, the text of a mark may take: a mark without room for it is left out. */
const roomPart = 12;

/** The time since the deployment began, with a way to look closer; scrolled sideways it moves all lanes. */
export function TimeAxis({
  timeline,
  window,
  axis,
}: {
  timeline: Timeline;
  window: TimeWindow;
  axis: RefObject<HTMLDivElement | null>;
}): JSX.Element {
  const styles = useStyles();
  const { fromMs, toMs, nowMs } = timeline;
  const isZoomed = window.zoom > 1;
  return (
    <div className={styles.axis}>
      <div className={styles.head}>
        <span className={styles.title}>Timeline</span>
        <Tooltip content="Show more time at once" relationship="label">
          <Button
            size="small"
            appearance="subtle"
            icon={<ZoomOutRegular />}
            disabledFocusable={!window.canZoomOut}
            onClick={window.zoomOut}
          />
        </Tooltip>
        <Tooltip content="Look closer at a part of the time" relationship="label">
          <Button
            size="small"
            appearance="subtle"
            icon={<ZoomInRegular />}
            disabledFocusable={!window.canZoomIn}
            onClick={window.zoomIn}
          />
        </Tooltip>
      </div>
      <div
        ref={axis}
        className={styles.scroller}
        onScroll={window.follow}
        {...(isZoomed ? { tabIndex: 0, role: 'group', 'aria-label': 'Part of the time that is shown' } : {})}
      >
        <div className={styles.whole}>
          {ticksOf(toMs - fromMs, ticksWide * window.zoom)
            .map((ms) => ({ ms, place: placeOf(timeline, fromMs + ms) }))
            .filter(({ place }) => place < 100 - roomPart / window.zoom)
            .map(({ ms, place }) => (
              <span key={ms} className={styles.tick} style={{ left: `${place}%` }}>
                {tickText(ms)}
              </span>
            ))}
          {nowMs !== undefined && (
            <span className={styles.now} style={{ left: `${placeOf(timeline, nowMs)}%` }} />
          )}
        </div>
      </div>
    </div>
  );
}
