import { z } from 'zod';

/** What stands in an address is text, whatever it looks like: the router reads `q=443` as a number. */
const text = z.union([z.string(), z.number().transform(String), z.boolean().transform(String)]);
const optionalText = text.optional().catch(undefined);

/** The views of a topology; each shows the same pieces. */
export const explorerViews = ['diagram', 'tree', 'table'] as const;
export type ExplorerView = (typeof explorerViews)[number];

/**
 * What the address of a topology may say, as it is written there. A value that makes no sense is as good as none:
 * an address is typed, cut off and passed on.
 */
export const explorerSearchSchema = z.object({
  view: z.enum(explorerViews).optional().catch(undefined),
  /** The selected piece, by its short id. */
  piece: optionalText,
  /** Whether every container was opened or closed, before the differences in `open` and `closed`. */
  fold: z.enum(['all', 'none']).optional().catch(undefined),
  open: optionalText,
  closed: optionalText,
  kind: optionalText,
  state: optionalText,
  layer: optionalText,
  q: optionalText,
  sort: optionalText,
  /** A connection to follow, as it was typed; empty when the panel is open and nothing was typed yet. */
  trace: optionalText,
  /** Which of the ways that the connection can take, by where it ends; see `waysOf`. */
  way: optionalText,
  /** The step of the guided walk, counted from 1. */
  step: z.coerce.number().int().min(1).max(100_000).optional().catch(undefined),
  /** Which part of the drawing is in view. */
  at: optionalText,
});
export type ExplorerSearch = z.output<typeof explorerSearchSchema>;

/** What the address of the page that compares may say. */
export const compareSearchSchema = z.object({
  /** `cluster:SUBSCRIPTION/GROUP/NAME`, `group:SUBSCRIPTION/GROUP` or `moment:ID`; else one is asked to choose. */
  with: optionalText,
  /** The difference that is looked at, by the id of its piece. */
  piece: optionalText,
});
