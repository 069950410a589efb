import { type RefCallback, type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';

const zoomSteps = [1, 2, 4, 8, 16, 32] as const;

/** Which part of the time is shown: zoomed by buttons, moved by scrolling the axis or by dragging a lane. */
export interface TimeWindow {
  zoom: number;
  canZoomIn: boolean;
  canZoomOut: boolean;
  zoomIn: () => void;
  zoomOut: () => void;
  /** Takes over where the axis is scrolled to. */
  follow: () => void;
}

/**
 * Keeps which part of a timeline is shown; `holder` is the ref of what holds axis and lanes, `axis`
 * that of the axis. The lanes follow by style
 * alone: no lane is drawn anew while it scrolls.
 */
export function useTimeWindow(): {
  window: TimeWindow;
  holder: RefCallback<HTMLDivElement>;
  axis: RefObject<HTMLDivElement | null>;
} {
  const [step, setStep] = useState(0);
  const axis = useRef<HTMLDivElement>(null);
  const held = useRef<HTMLDivElement>(null);
  const middle = useRef(0.5);
  const zoom = zoomSteps[step] ?? 1;

  const follow = useCallback((): void => {
    const { scrollLeft = 0, scrollWidth = 1, clientWidth = 1 } = axis.current ?? {};
    held.current?.style.setProperty('--timeline-pan', String(scrollLeft / scrollWidth));
    middle.current = (scrollLeft + clientWidth / 2) / scrollWidth;
  }, []);

  useLayoutEffect(() => {
    const kept = middle.current;
    held.current?.style.setProperty('--timeline-zoom', String(zoom));
    const shown = axis.current;
    // What was in the middle stays there.
    if (shown) shown.scrollLeft = kept * shown.scrollWidth - shown.clientWidth / 2;
    follow();
  }, [zoom, follow]);

  const holder = useCallback((element: HTMLDivElement | null) => {
    held.current = element;
    if (!element) return;
    const stop = draggedLanes(element, (distance) => {
      if (axis.current) axis.current.scrollLeft -= distance;
    });
    return () => {
      held.current = null;
      stop();
    };
  }, []);

  return {
    holder,
    axis,
    window: {
      zoom,
      canZoomIn: step < zoomSteps.length - 1,
      canZoomOut: step > 0,
      zoomIn: () => setStep((at) => Math.min(at + 1, zoomSteps.length - 1)),
      zoomOut: () => setStep((at) => Math.max(at - 1, 0)),
      follow,
    },
  };
}

/** Tells how far a lane within `holder` is dragged sideways, step by step. Returns how to stop that. */
function draggedLanes(holder: HTMLElement, dragged: (distance: number) => void): () => void {
  let from: { pointerId: number; x: number } | undefined;
  const listening = new AbortController();
  const { signal } = listening;
  holder.addEventListener(
    'pointerdown',
    ({ target, isPrimary, pointerId, clientX }) => {
      const isLane = target instanceof Element && target.closest('[data-lane]') !== null;
      if (isLane && isPrimary) from = { pointerId, x: clientX };
    },
    { signal },
  );
  holder.addEventListener(
    'pointermove',
    ({ pointerId, buttons, clientX }) => {
      if (from?.pointerId !== pointerId || buttons === 0) return;
      dragged(clientX - from.x);
      from = { pointerId, x: clientX };
    },
    { signal },
  );
  return () => listening.abort();
}
