import type { ClusterSpec } from '@slipway/cluster';
import { clusterSpecSchema } from '@slipway/cluster';
import { z } from 'zod';

/** A spec on its way to the API: the same spec sent again keeps its id, so that it makes one cluster. */
export const submissionSchema = z.object({
  requestId: z.uuid(),
  /** The spec as JSON. */
  spec: z.string(),
  /** When it was sent, in milliseconds since the epoch; absent once there was an answer to it. */
  sentAt: z.number().optional(),
});
export type Submission = z.infer<typeof submissionSchema>;

/** The submission of a spec: `last` again when it was of the same spec, else one with a new id. */
export function submissionOf(
  spec: ClusterSpec,
  last: Submission | undefined,
  newId: () => string,
): Submission {
  const text = JSON.stringify(spec);
  return last?.spec === text ? last : { requestId: newId(), spec: text };
}

/** The spec that was sent; undefined when this version does not know it as one. */
export function specOf({ spec }: Submission): ClusterSpec | undefined {
  try {
    const parsed = clusterSpecSchema.safeParse(JSON.parse(spec));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
