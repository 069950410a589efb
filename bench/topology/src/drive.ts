import type { BenchState } from './bench-page.ts';

/** The whole drawing moved in a circle; from the whole to the natural size and back; the natural size moved about. */
export type Movement = 'panFit' | 'zoom' | 'panNear';

/** Frames of a movement; times between frames in milliseconds. */
export interface DriveResult {
  fps: number;
  frames: number;
  p50: number;
  p95: number;
  max: number;
}

/** Moves the drawing with every animation frame for a time, and tells how evenly the frames came. */
export async function drive(topo: BenchState, movement: Movement, ms: number): Promise<DriveResult> {
  const { view, fitZoom } = topo;
  if (!view || fitZoom === undefined) throw new Error('There is no drawing to move.');
  const near = 1 / fitZoom;
  const place = (sinceMs: number): void => {
    const turn = (2 * Math.PI * sinceMs) / 1_500;
    if (movement === 'panFit') view(250 * Math.sin(turn), 150 * Math.cos(turn), 1);
    else if (movement === 'panNear') view(600 * Math.sin(turn / 2), 400 * Math.cos(turn / 2), near);
    else view(0, 0, near ** ((1 - Math.cos((2 * Math.PI * sinceMs) / ms)) / 2));
  };
  view(0, 0, 1);
  await nextFrame();
  const began = await nextFrame();
  const times = [began];
  for (let at = began; at - began < ms;) {
    place(at - began);
    at = await nextFrame();
    times.push(at);
  }
  view(0, 0, 1);
  const gaps = times
    .slice(1)
    .map((time, index) => time - (times[index] ?? time))
    .toSorted((a, b) => a - b);
  const span = (times.at(-1) ?? 0) - began;
  const share = (part: number): number => gaps[Math.floor(gaps.length * part)] ?? 0;
  return {
    fps: (gaps.length / span) * 1_000,
    frames: gaps.length,
    p50: share(0.5),
    p95: share(0.95),
    max: gaps.at(-1) ?? 0,
  };
}

const nextFrame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
