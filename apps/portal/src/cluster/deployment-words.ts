import type {
  ArmErrorBody,
  DeploymentHead,
  DeploymentRow,
  DeploymentSnapshot,
  RowState,
} from '@slipway/contract';
import { displayNameOfType, lowered } from '@slipway/topology';
import { fullResourceName } from './resource-name.ts';

/** Whether ARM is still at work. */
export const isAtWork = (state: DeploymentHead['state']): boolean =>
  state === 'Accepted' || state === 'Running' || state === 'Deleting';

/** ARM's code for a stack that could not delete everything, and the API's for a group that ARM has given up to delete. */
const failedDeletionCodes: readonly string[] = [
  'DeploymentStackDeleteResourcesFailed',
  'ResourceGroupNotDeleted',
];

/** Whether an error of ARM says that a cluster could not be deleted. */
export const isDeletionError = (error: ArmErrorBody | undefined): boolean =>
  failedDeletionCodes.includes(error?.code ?? '');

/** Whether what failed was the deletion of the cluster, not its deployment. */
export const isFailedDeletion = ({ deployment, rows }: DeploymentSnapshot): boolean =>
  deployment.state === 'Failed' &&
  (isDeletionError(deployment.error) ||
    rows.some(({ state }) => state === 'Deleting' || state === 'Deleted'));

/** The headline of a deployment. `isCanceling`: ARM has been asked to cancel it, and has not done so yet. */
export function deploymentHeadline(snapshot: DeploymentSnapshot, isCanceling = false): string {
  switch (snapshot.deployment.state) {
    case 'Accepted':
    case 'Running':
      return isCanceling ? 'Canceling your deployment…' : 'Your deployment is underway';
    case 'Succeeded':
      return 'Your deployment is complete';
    case 'Failed':
      return isFailedDeletion(snapshot)
        ? 'Your container service could not be deleted'
        : 'Your deployment failed';
    case 'Canceled':
      return 'Your deployment was canceled';
    case 'Deleting':
      return 'Your container service is being deleted';
  }
}

/** The state of one resource; what ARM had not begun when the deployment ended waits no longer. */
export const rowStateWord = (state: RowState, atWork: boolean): string =>
  state === 'Waiting' && !atWork ? 'Not started' : state;

/** How many of the resources have come to where they are meant to: there, or gone. */
export function doneCount(snapshot: DeploymentSnapshot): number {
  const aim = isDeletion(snapshot) ? 'Deleted' : 'Succeeded';
  return snapshot.rows.filter(({ state }) => state === aim).length;
}

/** Whether the rows tell of a deletion, underway or failed. */
export const isDeletion = (snapshot: DeploymentSnapshot): boolean =>
  snapshot.deployment.state === 'Deleting' || isFailedDeletion(snapshot);

/** How far it is in numbers: `12 of 30 deleted`; empty while ARM has not told of any resource. */
export function countSentence(snapshot: DeploymentSnapshot): string {
  if (snapshot.rows.length === 0) return '';
  return `${doneCount(snapshot)} of ${snapshot.rows.length} ${isDeletion(snapshot) ? 'deleted' : 'done'}`;
}

/** How far it is, in one sentence: read out by screen readers when it changes. */
export function progressSentence(snapshot: DeploymentSnapshot, isCanceling = false): string {
  const headline = deploymentHeadline(snapshot, isCanceling);
  const { rows } = snapshot;
  const failed = rows.filter(({ state }) => state === 'Failed').length;
  const parts = [
    headline.endsWith('…') ? headline : `${headline}.`,
    ...(rows.length > 0
      ? [
          `${doneCount(snapshot)} of ${rows.length} resources are ${isDeletion(snapshot) ? 'deleted' : 'done'}` +
            `${failed > 0 ? `, ${failed} failed` : ''}.`,
        ]
      : []),
  ];
  return parts.join(' ');
}

/** So many are named; of the others their number is told. */
const namedAtMost = 3;

/** What ARM is waiting for, as a list in words; undefined where ARM does not tell. */
export function waitedFor({ rows }: DeploymentSnapshot): string | undefined {
  const inState = (...states: RowState[]): DeploymentRow[] =>
    rows.filter(({ state }) => states.includes(state));
  const running = inState('Running', 'Deleting');
  const waiting = running.length > 0 ? running : inState('Waiting');
  if (waiting.length === 0) return undefined;
  const named = waiting
    .slice(0, namedAtMost)
    .map((row) => `${lowered(displayNameOfType(row.type))} ${fullResourceName(row)}`);
  const more = waiting.length - named.length;
  return [...named, ...(more > 0 ? [`${more} more`] : [])].join(', ').replace(/, ([^,]*)$/, ' and $1');
}
