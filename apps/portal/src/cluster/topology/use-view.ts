import type { Box, LayoutDirection } from '@slipway/topology';
import { type KeyboardEvent, useLayoutEffect, useMemo, useRef } from 'react';
import type { MovingView } from './canvas/moving-view.ts';
import { type Scene } from './canvas/scene.ts';
import {
  around,
  beginningAt,
  between,
  fitted,
  maxZoom,
  minZoom,
  shownPart,
  zoomedAt,
} from './canvas/viewport.ts';
import { isArrowKey } from './nearest-piece.ts';
import { type Extent, type Viewport, startViewport, viewportShowing } from './start-viewport.ts';

/** How far an arrow key moves the view, in pixels of the screen. */
const stepPx = 80;
const zoomStep = 1.2;
/** How long the view takes to glide to what it is to show, in milliseconds. */
const glideMs = 350;
/** A drawing that runs down is shown at this scale at least. */
const leastShown = 0.55;

export interface View {
  moving: MovingView;
  zoomIn: () => void;
  zoomOut: () => void;
  /** Shows the whole diagram, however small. */
  fit: () => void;
  /** Brings a box of the drawing into the window, by the shortest way. */
  show: (box: Box) => void;
  /** Glides to where the boxes fill the window, at their natural size at most; on a phone to the first, where they would be too small. */
  showAll: (boxes: readonly Box[]) => void;
  /** Lets a piece stay where it is on the screen when the layout changes next, and brings its beginning into the window. */
  keepInPlace: (id: string) => void;
  /** Says that the person has moved the diagram. */
  movedByHand: () => void;
  /** The scale nearest to the wished one that is allowed. */
  allowed: (zoom: number) => number;
  /** Obeys `+`, `-`, `0`, and the arrow keys together with Shift; says whether the key was one of them. */
  moveByKey: (event: KeyboardEvent) => boolean;
}

interface ViewInput {
  moving: MovingView;
  scene: Scene;
  direction: LayoutDirection;
  window: Extent;
  /** Where it stands at first; without it at its best side. */
  start: Viewport | undefined;
}

/**
 * Which part of the diagram is seen: its best side when it opens or turns, until the person decides otherwise. When the
 * layout changes after that, what is in the middle of the window stays there.
 */
export function useView({ moving, scene, direction, window, start }: ViewInput): View {
  const decidedFor = useRef<LayoutDirection>(undefined);
  const kept = useRef<string>(undefined);
  const last = useRef<Scene>(undefined);
  const gliding = useRef<number>(undefined);
  const { layout } = scene;

  useLayoutEffect(() => {
    if (window.width === 0 || window.height === 0) return;
    const before = last.current;
    last.current = scene;
    if (!before && start) {
      decidedFor.current = direction;
      moving.move(start, 'atOnce');
    } else if (decidedFor.current !== direction) {
      decidedFor.current = undefined;
      moving.move(startViewport(layout, window, direction), 'atOnce');
    } else if (before && before.layout !== layout) {
      const after = followed(before, scene, moving.now(), window, kept.current);
      kept.current = undefined;
      if (after) moving.move(after, 'atOnce');
    }
  }, [moving, scene, layout, direction, window, start]);

  return useMemo(() => {
    const decide = (): void => {
      decidedFor.current = direction;
      if (gliding.current !== undefined) cancelAnimationFrame(gliding.current);
      gliding.current = undefined;
    };
    const allowed = (zoom: number): number => Math.min(maxZoom, Math.max(minZoom(layout, window), zoom));
    const zoomBy = (factor: number): void => {
      decide();
      const now = moving.now();
      const middle = { x: window.width / 2, y: window.height / 2 };
      moving.move(zoomedAt(now, allowed(now.zoom * factor), middle));
    };
    const whole: Box = { x: 0, y: 0, width: layout.width, height: layout.height };
    const glide = (to: Viewport): void => {
      decide();
      const from = moving.now();
      if (matchMedia('(prefers-reduced-motion: reduce)').matches) return moving.move(to, 'atOnce');
      const began = performance.now();
      const step = (at: number): void => {
        const share = Math.min(1, Math.max(0, (at - began) / glideMs));
        moving.move(between(from, to, share * share * (3 - 2 * share), window));
        gliding.current = share < 1 ? requestAnimationFrame(step) : undefined;
      };
      gliding.current = requestAnimationFrame(step);
    };
    const shift = (dx: number, dy: number): void => {
      decide();
      const now = moving.now();
      moving.move({ ...now, x: now.x + dx, y: now.y + dy });
    };
    const view: View = {
      moving,
      allowed,
      zoomIn: () => zoomBy(zoomStep),
      zoomOut: () => zoomBy(1 / zoomStep),
      fit: () => {
        decide();
        moving.move(fitted(whole, window));
      },
      show: (box) => {
        const now = moving.now();
        const after = viewportShowing(box, now, window);
        if (after.x === now.x && after.y === now.y) return;
        decide();
        moving.move(after);
      },
      showAll: (boxes) => {
        const box = around(boxes);
        const [first] = boxes;
        if (!box || !first) return;
        const all = fitted(box, window, 1);
        // On a phone a long way would be too small to be read: it is shown from where it begins.
        glide(direction === 'right' || all.zoom >= leastShown ? all : beginningAt(first, window, leastShown));
      },
      keepInPlace: (id) => {
        decide();
        kept.current = id;
      },
      movedByHand: decide,
      moveByKey: (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return false;
        const act = {
          '+': view.zoomIn,
          '=': view.zoomIn,
          '-': view.zoomOut,
          '0': view.fit,
          ArrowLeft: () => shift(stepPx, 0),
          ArrowRight: () => shift(-stepPx, 0),
          ArrowUp: () => shift(0, stepPx),
          ArrowDown: () => shift(0, -stepPx),
        }[event.key];
        if (!act || (isArrowKey(event.key) && !event.shiftKey)) return false;
        event.preventDefault();
        act();
        return true;
      },
    };
    return view;
  }, [moving, layout, direction, window]);
}

/** The viewport in which what was looked at stays where it was, though the layout has moved it. */
function followed(
  before: Scene,
  after: Scene,
  viewport: Viewport,
  window: Extent,
  keptId: string | undefined,
): Viewport | undefined {
  const id = keptId ?? nearestToMiddle(before, after, viewport, window);
  const from = boxOf(before, id);
  const to = boxOf(after, id);
  if (!from || !to) return undefined;
  const { x, y, zoom } = viewport;
  const along = { x: x + (from.x - to.x) * zoom, y: y + (from.y - to.y) * zoom, zoom };
  return keptId === undefined ? along : viewportShowing(to, along, window);
}

const boxOf = (scene: Scene, id: string | undefined): Box | undefined =>
  scene.pieces[scene.indexOf.get(id ?? '') ?? -1]?.placed;

/** Of the cards in the window that both scenes have, the one nearest to the middle. */
function nearestToMiddle(
  before: Scene,
  after: Scene,
  viewport: Viewport,
  window: Extent,
): string | undefined {
  const part = shownPart(viewport, window);
  const middle = { x: part.x + part.width / 2, y: part.y + part.height / 2 };
  let best: { id: string; far: number } | undefined;
  for (const index of before.piecesIn(part)) {
    const placed = before.pieces[index]?.placed;
    if (!placed || placed.isContainer || !after.indexOf.has(placed.id)) continue;
    const far =
      Math.abs(placed.x + placed.width / 2 - middle.x) + Math.abs(placed.y + placed.height / 2 - middle.y);
    if (!best || far < best.far) best = { id: placed.id, far };
  }
  return best?.id;
}
