import type { Layout, TopologyGraph } from '@slipway/topology';

/** What the page tells the script that measures it; times in milliseconds. */
export interface BenchState {
  state: 'gen' | 'layout' | 'render' | 'ready' | 'error';
  t: { genMs?: number; layoutMs?: number; renderMs?: number; totalMs?: number };
  nodes?: number;
  edges?: number;
  /** The size of the drawing, in its own pixels. */
  size?: [number, number];
  /** How many lines were given a way by the layout. */
  routed?: number;
  error?: string;
  /** The scale at which the whole drawing fits the window. */
  fitZoom?: number;
  /** Moves the drawing by pixels of the screen from where the whole fits, scaled `zoom` times. */
  view?: (dx: number, dy: number, zoom: number) => void;
  /** Takes in that one resource has changed; resolves when that has been painted, with what it cost the page's thread. */
  update?: () => Promise<number>;
  /** Resolves when the picture is sharp and complete again after a movement, with how long that took. */
  sharpAfterMove?: () => Promise<number>;
}

/** What a way of drawing does with a laid-out graph. */
export interface Mounted {
  fitZoom: number;
  view: (dx: number, dy: number, zoom: number) => void;
  update?: () => Promise<number>;
  sharpAfterMove?: () => Promise<number>;
}

/** A way of drawing that is measured. `changeOne` gives one resource of all another state, and answers the graph then. */
export interface Drawer {
  /** Places the graph's pieces. */
  layout: (graph: TopologyGraph, mode: string) => Promise<Layout>;
  /** Puts up what stands on a page before there are data, such as its theme. */
  prepare?: (root: HTMLElement) => void;
  /** Draws it, the whole in the window. */
  mount: (
    root: HTMLElement,
    graph: TopologyGraph,
    layout: Layout,
    options: readonly string[],
    changeOne: () => TopologyGraph,
  ) => Promise<Mounted>;
}

/** Resolves after so many animation frames; the last has begun, so the ones before it were painted. */
export const frames = (count: number): Promise<void> =>
  new Promise((resolve) => {
    let left = count;
    const next = (): void => {
      if (left-- > 0) requestAnimationFrame(next);
      else setTimeout(resolve, 0);
    };
    requestAnimationFrame(next);
  });
