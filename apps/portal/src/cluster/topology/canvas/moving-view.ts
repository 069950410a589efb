import type { Viewport } from '../start-viewport.ts';

/** So long after the last movement the picture is made sharp and complete, in milliseconds. */
const settlesAfterMs = 70;

/** Where the diagram stands, kept apart from React: it changes with every frame of a movement. */
export interface MovingView {
  now: () => Viewport;
  /** Whether it was moved only just now. */
  isMoving: () => boolean;
  /** Moves it; with `atOnce` it does not count as moving. */
  move: (to: Viewport, atOnce?: 'atOnce') => void;
  /** Calls back after every movement; returns how to stop that. */
  onMove: (listener: () => void) => () => void;
  /** Calls back when a movement has come to rest; returns how to stop that. */
  onSettle: (listener: () => void) => () => void;
}

const listening = (to: Set<() => void>) => (listener: () => void) => {
  to.add(listener);
  return () => void to.delete(listener);
};

/** A view that stands at the upper left, unscaled. */
export function movingView(): MovingView {
  let viewport: Viewport = { x: 0, y: 0, zoom: 1 };
  let timer: ReturnType<typeof setTimeout> | undefined;
  // The first place is news even where it is this one.
  let isPlaced = false;
  const moved = new Set<() => void>();
  const settled = new Set<() => void>();
  const settle = (): void => {
    timer = undefined;
    for (const listener of settled) listener();
  };
  return {
    now: () => viewport,
    isMoving: () => timer !== undefined,
    move: (to, atOnce) => {
      if (isPlaced && to.x === viewport.x && to.y === viewport.y && to.zoom === viewport.zoom) return;
      isPlaced = true;
      viewport = to;
      clearTimeout(timer);
      timer = atOnce ? undefined : setTimeout(settle, settlesAfterMs);
      for (const listener of moved) listener();
      if (atOnce) settle();
    },
    onMove: listening(moved),
    onSettle: listening(settled),
  };
}
