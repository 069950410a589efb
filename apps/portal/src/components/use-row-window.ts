import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';

interface RowWindow {
  scroller: RefObject<HTMLDivElement | null>;
  onScroll: () => void;
  /** The first row to draw, and the one after the last. */
  first: number;
  end: number;
  /** Scrolls until a row can be seen. */
  reveal: (index: number) => void;
}

/** So many rows are drawn beyond either edge, so that scrolling shows no gap. */
const spareRows = 12;

/** Of many rows of the same height, those that can be seen: thousands cost as much as a screenful. */
export function useRowWindow(count: number, rowHeight: number, headHeight = 0): RowWindow {
  const scroller = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState({ top: 0, height: 800 });
  const measure = useCallback((): void => {
    const element = scroller.current;
    if (!element) return;
    const top = Math.floor(element.scrollTop / rowHeight) * rowHeight;
    const height = element.clientHeight;
    setPlace((before) => (before.top === top && before.height === height ? before : { top, height }));
  }, [rowHeight]);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [measure]);
  const reveal = useCallback(
    (index: number): void => {
      const element = scroller.current;
      if (!element) return;
      const top = index * rowHeight;
      const bottom = top + rowHeight - element.clientHeight + headHeight;
      if (element.scrollTop > top) element.scrollTop = top;
      else if (element.scrollTop < bottom) element.scrollTop = bottom;
      measure();
    },
    [rowHeight, headHeight, measure],
  );
  const first = Math.max(0, Math.floor(place.top / rowHeight) - spareRows);
  const end = Math.min(count, Math.ceil((place.top + place.height) / rowHeight) + spareRows);
  return { scroller, onScroll: measure, first, end, reveal };
}
