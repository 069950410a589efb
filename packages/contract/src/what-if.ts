import { clusterSpecSchema } from '@slipway/cluster';
import { nodeKindSchema } from '@slipway/topology';
import { z } from 'zod';
import { clusterChangesSchema } from './cluster-changes.ts';

/** Asks what a spec would build. */
export const whatIfSpecRequestSchema = z.object({ spec: clusterSpecSchema });

/** Asks what a change of a cluster would do; without any, what deploying it once more would. */
export const whatIfChangeRequestSchema = clusterChangesSchema;
export type WhatIfChangeRequest = z.infer<typeof whatIfChangeRequestSchema>;

/**
 * What becomes of a resource. `uncertain`: ARM foresees a change, of which all that is known may turn out to be none (see
 * `doubt`). `untouched`: it is in the group, and the deployment has nothing to do with it. `unknown`: ARM does not tell.
 */
export const whatIfOutcomeSchema = z.enum([
  'added',
  'changed',
  'uncertain',
  'removed',
  'unchanged',
  'untouched',
  'unknown',
]);
export type WhatIfOutcome = z.infer<typeof whatIfOutcomeSchema>;

/** One property that ARM foresees to change; what is absent is not there, or a secret. */
export const whatIfPropertySchema = z.object({
  /** Names from the resource inwards, joined by dots, with places in arrays: `properties.probes[3].properties.port`. */
  path: z.string(),
  change: z.enum(['added', 'changed', 'removed']),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
  /** Why this may turn out to be no change, in words for a person. */
  doubt: z.string().optional(),
});
export type WhatIfProperty = z.infer<typeof whatIfPropertySchema>;

/** What becomes of one resource, with ARM's own payloads (without what is secret in them). */
export const whatIfResourceSchema = z.object({
  /** ARM id. */
  id: z.string(),
  type: z.string(),
  name: z.string(),
  outcome: whatIfOutcomeSchema,
  /** ARM's word: `Create`, `Modify`, `NoChange`, … */
  armChange: z.string(),
  /** Why ARM cannot tell, where it says so. */
  reason: z.string().optional(),
  properties: z.array(whatIfPropertySchema),
  before: z.record(z.string(), z.unknown()).optional(),
  after: z.record(z.string(), z.unknown()).optional(),
});
export type WhatIfResource = z.infer<typeof whatIfResourceSchema>;

/** A piece of the topology that comes, goes or changes, called as the portal calls it: a rule is one, too. */
export const whatIfPieceSchema = z.object({
  /** The node's id in the topology. */
  id: z.string(),
  kind: nodeKindSchema,
  /** For example `Agents` or `Masters' load balancer`. */
  title: z.string(),
  change: z.enum(['added', 'changed', 'removed']),
  details: z.array(
    z.object({
      path: z.string(),
      /** What the property is called on screen. */
      label: z.string(),
      before: z.string().optional(),
      after: z.string().optional(),
    }),
  ),
});
export type WhatIfPiece = z.infer<typeof whatIfPieceSchema>;

/** What a deployment would do, as ARM foresees it; nothing of it has been done. */
export const whatIfSchema = z.object({
  /** All that is certain, in a few sentences. */
  summary: z.string(),
  /** What is certain, in the portal's words, from the internet inwards. */
  pieces: z.array(whatIfPieceSchema),
  /** How many resources come to what. */
  counts: z.record(whatIfOutcomeSchema, z.number().int()),
  /** Each resource, in ARM's order. */
  resources: z.array(whatIfResourceSchema),
  /** What else ARM says of its answer, or the portal of what is missing in it. */
  notes: z.array(z.object({ code: z.string(), message: z.string(), target: z.string().optional() })),
});
export type WhatIf = z.infer<typeof whatIfSchema>;
