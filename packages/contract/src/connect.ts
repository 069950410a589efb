import { connectFactsSchema, entranceKinds } from '@slipway/cluster';
import { z } from 'zod';

/** Answer of the connect route: facts read from the deployed resources; the portal turns them into commands. */
export const connectAnswerSchema = z.object({
  facts: connectFactsSchema,
  /** Whether something really listens at these addresses: false with simulated machines. */
  reachable: z.boolean(),
});
export type ConnectAnswer = z.infer<typeof connectAnswerSchema>;

/** Which entrance of a cluster is to be tried. Where it is reached comes from the cluster's facts alone. */
export const checkEntranceRequestSchema = z.object({
  kind: z.enum(entranceKinds),
  /** The port at the cluster's own name, as the facts list it. */
  port: z.number().int().min(1).max(65_535),
});
export type CheckEntranceRequest = z.infer<typeof checkEntranceRequestSchema>;

/**
 * What a try of an entrance came to: `answered` (SSH, HTTP, or a connection where nothing more can be asked for),
 * `refused`, `silent` (connected, then no word in time), `unreachable` (no connection at all), or `closed` (connected,
 * but cut off, or answered by something else than what belongs there).
 */
export const checkOutcomes = ['answered', 'refused', 'silent', 'unreachable', 'closed'] as const;
export type CheckOutcome = (typeof checkOutcomes)[number];

/** What the portal's own computer saw when it tried an entrance. */
export const entranceCheckSchema = z.object({
  outcome: z.enum(checkOutcomes),
  /** In plain words, for example `HTTP 200 in 12 ms`. */
  detail: z.string(),
  milliseconds: z.number().int().nonnegative(),
  /** What was tried, as `HOST:PORT`. */
  address: z.string(),
});
export type EntranceCheck = z.infer<typeof entranceCheckSchema>;
