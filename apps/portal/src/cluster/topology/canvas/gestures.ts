import type { Point } from '@slipway/topology';
import type { View } from '../use-view.ts';
import { zoomedAt } from './viewport.ts';

/** A pointer that moves less than this far clicks, in pixels. */
const clickRoom = 4;

/**
 * Lets an element's diagram be dragged by mouse, pen or finger, and scaled with two fingers, or with the wheel while
 * Ctrl is held (which is also what a touch pad's pinch sends). The plain wheel scrolls the page. Returns how to stop.
 */
export function watchGestures(element: HTMLElement, view: () => View): () => void {
  const pointers = new Map<number, Point>();
  let isDragging = false;
  let start: Point = { x: 0, y: 0 };

  const place = ({ clientX, clientY }: MouseEvent): Point => {
    const { left, top } = element.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  };
  const down = (event: PointerEvent): void => {
    const isMain = event.pointerType !== 'mouse' || event.button === 0;
    if (!isMain) return;
    pointers.set(event.pointerId, place(event));
    if (pointers.size === 1) {
      isDragging = false;
      start = place(event);
    }
  };
  const move = (event: PointerEvent): void => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const at = place(event);
    if (!isDragging) {
      const isFar = Math.hypot(at.x - start.x, at.y - start.y) > clickRoom;
      if (!isFar && pointers.size === 1) return;
      isDragging = true;
      for (const id of pointers.keys()) element.setPointerCapture(id);
    }
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    pointers.set(event.pointerId, at);
    const { moving, movedByHand, allowed } = view();
    movedByHand();
    const now = moving.now();
    if (!other) {
      moving.move({ ...now, x: now.x + at.x - before.x, y: now.y + at.y - before.y });
      return;
    }
    const spread = distance(at, other) / Math.max(1, distance(before, other));
    const from = middle(before, other);
    const to = middle(at, other);
    const scaled = zoomedAt(now, allowed(now.zoom * spread), from);
    moving.move({ ...scaled, x: scaled.x + to.x - from.x, y: scaled.y + to.y - from.y });
  };
  const up = (event: PointerEvent): void => {
    pointers.delete(event.pointerId);
  };
  const click = (event: MouseEvent): void => {
    // A drag that began on a piece does not press it; a key (which clicks without a pointer) does.
    if (!isDragging || event.detail === 0) return;
    isDragging = false;
    event.stopPropagation();
    event.preventDefault();
  };
  const wheel = (event: WheelEvent): void => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const { moving, movedByHand, allowed } = view();
    movedByHand();
    const now = moving.now();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 0.05 : 0.002;
    moving.move(zoomedAt(now, allowed(now.zoom * 2 ** (-event.deltaY * unit * 10)), place(event)));
  };

  element.addEventListener('pointerdown', down);
  element.addEventListener('pointermove', move);
  element.addEventListener('pointerup', up);
  element.addEventListener('pointercancel', up);
  element.addEventListener('click', click, { capture: true });
  element.addEventListener('wheel', wheel, { passive: false });
  return () => {
    element.removeEventListener('pointerdown', down);
    element.removeEventListener('pointermove', move);
    element.removeEventListener('pointerup', up);
    element.removeEventListener('pointercancel', up);
    element.removeEventListener('click', click, { capture: true });
    element.removeEventListener('wheel', wheel);
  };
}

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);
const middle = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
