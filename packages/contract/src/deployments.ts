import { z } from 'zod';
import { clusterChangesSchema } from './cluster-changes.ts';
import { armErrorSchema } from './errors.ts';

/**
 * State of one resource within a deployment. `Waiting`: planned, ARM has not begun with it. While a cluster is being
 * deleted its resources are `Deleting` as long as ARM still has them, then `Deleted`.
 */
export const rowStateSchema = z.enum([
  'Waiting',
  'Running',
  'Succeeded',
  'Failed',
  'Canceled',
  'Deleting',
  'Deleted',
]);
export type RowState = z.infer<typeof rowStateSchema>;

/** One resource of a deployment and how far ARM is with it. */
export const deploymentRowSchema = z.object({
  /** The resource's ARM id: the row's identity. */
  id: z.string(),
  type: z.string(),
  name: z.string(),
  state: rowStateSchema,
  /** ARM ids of the resources that ARM finishes before it begins with this one; absent where there are none. */
  waitsFor: z.array(z.string()).optional(),
  operationId: z.string().optional(),
  /** Under which ARM asked the resource provider: the id to ask support with. */
  serviceRequestId: z.string().optional(),
  /** When ARM last changed the operation; ISO 8601. */
  changedAt: z.string().optional(),
  /** How long the operation took (or has taken at `changedAt`), in milliseconds. */
  durationMs: z.number().optional(),
  /** ARM's status code, for example `OK`, `Created`, `Conflict`. */
  statusCode: z.string().optional(),
  error: armErrorSchema.optional(),
});
export type DeploymentRow = z.infer<typeof deploymentRowSchema>;

/** A deployment without its rows. */
export const deploymentHeadSchema = z.object({
  /** ARM id of the deployment that the stack runs; absent in the first moments of a stack. */
  id: z.string().optional(),
  name: z.string().optional(),
  correlationId: z.string().optional(),
  state: z.enum(['Accepted', 'Running', 'Succeeded', 'Failed', 'Canceled', 'Deleting']),
  /** ISO 8601. */
  startedAt: z.string().optional(),
  durationMs: z.number().optional(),
  error: armErrorSchema.optional(),
  outputs: z.record(z.string(), z.unknown()).optional(),
});
export type DeploymentHead = z.infer<typeof deploymentHeadSchema>;

/**
 * Deploys a cluster once more, with the template and the values that it has, but for what is to change. When it has had
 * another deployment than the person saw, somebody else was quicker, and nothing is started.
 */
export const redeployRequestSchema = clusterChangesSchema.extend({
  /** Made by the browser once per press: the same id sent again starts nothing new. */
  requestId: z.uuid(),
  /** ARM id of the cluster's last deployment as the person saw it; absent where there was none. */
  afterDeploymentId: z.string().max(1024).optional(),
});
export type RedeployRequest = z.infer<typeof redeployRequestSchema>;

/** So often the event stream says that it is alive, in milliseconds; a reader may give up after twice as long. */
export const heartbeatMs = 2_000;

export const deploymentSnapshotSchema = z.object({
  deployment: deploymentHeadSchema,
  rows: z.array(deploymentRowSchema),
});
export type DeploymentSnapshot = z.infer<typeof deploymentSnapshotSchema>;

/**
 * What the event stream of a deployment says. The SSE `event` field is the event's `type`, `data` its JSON.
 * `snapshot` replaces everything known before, and is the first event unless a cursor was sent that could be continued
 * from; `row` replaces one row; `deployment` replaces the head.
 * `problem` says, once for each new trouble, why nothing newer is known; the stream goes on. It holds until the next
 * `snapshot`, `row` or `deployment`: when ARM can be read again a `deployment` comes, even where nothing has changed. A
 * reader that joins in the middle of a trouble is told what is known, then the problem.
 * `alive` comes at once and then every `heartbeatMs`, and says when ARM was last read; it carries no cursor.
 * While the cluster is being deleted the head is `Deleting` and the rows are its resources, `Deleting` or `Deleted`
 * (with the resource group as a row of the type `Microsoft.Resources/resourceGroups` where the whole group goes). A
 * delete that fails ends with the head `Failed`, ARM's error in it, and the rows that remain.
 * `ended` is the last event: the deployment has come to its end state, or the cluster is gone (its head was `Deleting`),
 * and the stream closes. A stream that closes without it was cut, or the backend stops: connect again.
 * The SSE `id` is a cursor made from what ARM tells; sent back as `Last-Event-ID`, to whichever process, it continues
 * there.
 * Before there is a stream, the answer may be an error: `ClusterNotFound`, `TooManyRequests` when too many streams are
 * open, `CloudTimeout` or what ARM answered when nothing is known yet; then with `Retry-After` where that is known.
 */
export const streamEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('snapshot'), snapshot: deploymentSnapshotSchema }),
  z.object({ type: z.literal('row'), row: deploymentRowSchema }),
  z.object({ type: z.literal('deployment'), deployment: deploymentHeadSchema }),
  z.object({ type: z.literal('problem'), message: z.string() }),
  /** `readAt`: when ARM last told how far it is; ISO 8601. */
  z.object({ type: z.literal('alive'), readAt: z.string().optional() }),
  z.object({ type: z.literal('ended') }),
]);
export type StreamEvent = z.infer<typeof streamEventSchema>;

/** Applies one event to what is known; an event applied twice changes nothing the second time. */
export function applyStreamEvent(
  known: DeploymentSnapshot | undefined,
  event: StreamEvent,
): DeploymentSnapshot | undefined {
  switch (event.type) {
    case 'snapshot':
      return event.snapshot;
    case 'row': {
      if (!known) return known;
      const at = known.rows.findIndex((row) => row.id.toLowerCase() === event.row.id.toLowerCase());
      const rows = at < 0 ? [...known.rows, event.row] : known.rows.with(at, event.row);
      return { ...known, rows };
    }
    case 'deployment':
      return known ? { ...known, deployment: event.deployment } : known;
    case 'problem':
    case 'alive':
    case 'ended':
      return known;
  }
}
