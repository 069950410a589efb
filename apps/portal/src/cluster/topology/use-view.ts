import type { Box, LayoutDirection } from '@slipway/topology';
import { useReactFlow, useStore } from '@xyflow/react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { isArrowKey } from './nearest-piece.ts';
import { type Extent, startViewport, viewportShowing } from './start-viewport.ts';

/** How far an arrow key moves the view, in pixels of the screen. */
const stepPx = 80;

interface View {
  zoomIn: () => void;
  zoomOut: () => void;
  /** Shows the whole diagram, however small. */
  fit: () => void;
  /** Brings a box of the drawing into the window, by the shortest way. */
  show: (box: Box) => void;
  /** Moves the view along with a piece whose place in the drawing changes, and brings its beginning into the window. */
  keepInPlace: (before: Box, after: Box) => void;
  /** Says that the person has moved the diagram; without an event it was moved by the program. */
  movedByHand: (event: unknown) => void;
  /** Obeys `+`, `-`, `0`, and the arrow keys together with Shift; says whether the key was one of them. */
  moveByKey: (event: KeyboardEvent) => boolean;
  /** Whether a part of the drawing lies outside the window. */
  isCut: boolean;
}

/** Which part of the diagram is seen: its best side when it opens or turns, until the person decides otherwise. */
export function useView(drawing: Extent, direction: LayoutDirection): View {
  const flow = useReactFlow();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const isCut = useStore(({ transform: [x, y, zoom] }) => {
    const isInside = x >= 0 && y >= 0 && x + drawing.width * zoom <= width;
    return width > 0 && !(isInside && y + drawing.height * zoom <= height);
  });

  const decidedFor = useRef<LayoutDirection>(undefined);
  useEffect(() => {
    if (width === 0 || height === 0 || decidedFor.current === direction) return;
    decidedFor.current = undefined;
    const extent = { width: drawing.width, height: drawing.height };
    void flow.setViewport(startViewport(extent, { width, height }, direction));
  }, [flow, drawing.width, drawing.height, width, height, direction]);
  const decide = (): void => {
    decidedFor.current = direction;
  };

  const zoomIn = (): void => {
    decide();
    void flow.zoomIn();
  };
  const zoomOut = (): void => {
    decide();
    void flow.zoomOut();
  };
  const fit = (): void => {
    decide();
    void flow.fitBounds({ x: 0, y: 0, width: drawing.width, height: drawing.height }, { padding: 0.02 });
  };
  const show = (box: Box): void => {
    const before = flow.getViewport();
    const after = viewportShowing(box, before, { width, height });
    if (after.x === before.x && after.y === before.y) return;
    decide();
    void flow.setViewport(after);
  };
  const keepInPlace = (before: Box, after: Box): void => {
    decide();
    const { x, y, zoom } = flow.getViewport();
    const along = { x: x + (before.x - after.x) * zoom, y: y + (before.y - after.y) * zoom, zoom };
    void flow.setViewport(viewportShowing(after, along, { width, height }));
  };
  const moveByKey = (event: KeyboardEvent): boolean => {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    const { x, y, zoom } = flow.getViewport();
    const move = (dx: number, dy: number): void => {
      decide();
      void flow.setViewport({ x: x + dx, y: y + dy, zoom });
    };
    const act = {
      '+': zoomIn,
      '=': zoomIn,
      '-': zoomOut,
      '0': fit,
      ArrowLeft: () => move(stepPx, 0),
      ArrowRight: () => move(-stepPx, 0),
      ArrowUp: () => move(0, stepPx),
      ArrowDown: () => move(0, -stepPx),
    }[event.key];
    if (!act || (isArrowKey(event.key) && !event.shiftKey)) return false;
    event.preventDefault();
    act();
    return true;
  };
  return {
    zoomIn,
    zoomOut,
    fit,
    show,
    keepInPlace,
    movedByHand: (event) => {
      if (event) decide();
    },
    moveByKey,
    isCut,
  };
}
