import type { EdgeKind } from './graph.ts';

/*
 * What one container holds, for its arrangement alone: no ids, no texts, only numbers. `along` is the way the drawing
 * runs from the internet inwards, `across` is square to it: to the right they are x and y, down they are y and x.
 */

export interface Extent {
  along: number;
  across: number;
}

/** One of the pieces that lie directly in a container. */
export interface Item extends Extent {
  /** Items of one number stand side by side; those of higher ones further in. */
  layer: number;
  /** Its place among all items of the container in reading order. */
  turn: number;
  /** Whether it takes the extent of its layer. */
  isFrame: boolean;
  /** Its cell in an availability set. */
  cell?: { faultDomain: number; updateDomain: number };
}

/** The side of an item, or of the container, that is nearer to the internet, or the other; for an item, whichever suits. */
export type Side = 'before' | 'after';
export type ItemSide = Side | 'either';

/** Where a net is fastened to an item. */
export interface Stop {
  /** Index of the item. */
  item: number;
  side: ItemSide;
  /** How far from the item's start, across. */
  at: number;
  /** Whether the line ends here, and not somewhere inside the item; then it may be moved a little. */
  isEnd: boolean;
  /** What a label in front of it takes up, along and across. */
  label: Extent | undefined;
}

/** Lines of one kind that have an end in common: they run together where they go the same way. */
export interface Net {
  kind: EdgeKind;
  /** How many items of the container come before it in reading order. */
  turn: number;
  stops: Stop[];
  /** Whether it leaves the container at its near side, and at its far side. */
  before: boolean;
  after: boolean;
}

/** How a container arranges what it holds. */
export type Manner = 'layers' | 'chips' | 'domains';

export interface Content {
  manner: Manner;
  items: Item[];
  /** In reading order. */
  nets: Net[];
  /** What stays free at the container's borders. */
  padding: { before: number; after: number; start: number; end: number };
  /** The least that the container measures. */
  least: Extent;
  /** How much of it there is across; undefined where it is free to grow, and takes a good shape instead. */
  room: number | undefined;
  /** How far from its start, across, no line may enter it: there stands its title. */
  titleRoom: number;
}

/** Where things are in a container, from its upper left corner. */
export interface Arrangement extends Extent {
  /** One for each item; frames have grown. */
  items: PlacedItem[];
  /** One for each net. */
  nets: PlacedNet[];
  /** The nets that come in at the near side, by index. */
  entered: number[];
  domains: PlacedDomains | undefined;
}

export interface PlacedItem extends Extent {
  alongAt: number;
  acrossAt: number;
}

/** One layer lies between two channels, in which lines change from one place across to another. */
export interface PlacedNet {
  /** The first channel that it runs in, counted from the container's near side. */
  first: number;
  /** Where it runs across, in each of its channels: places along. */
  trunks: number[];
  /** Where it passes each layer between its channels: places across. */
  lanes: number[];
  /** For each stop the channel that it is reached from, and the place. */
  stops: { channel: number; along: number; across: number }[];
  /** Where it passes the container's borders: places across. */
  before: number;
  after: number;
}

export interface PlacedDomains {
  columns: PlacedBand[];
  rows: PlacedBand[];
}

/** One fault or update domain. */
export interface PlacedBand extends PlacedItem {
  domain: number;
  header: PlacedItem;
}
