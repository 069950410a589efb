import type { DeploymentHead, DeploymentSnapshot, RowState } from '@slipway/contract';

/** The headline of a deployment in a state. */
export function deploymentHeadline(state: DeploymentHead['state']): string {
  switch (state) {
    case 'Accepted':
    case 'Running':
      return 'Your deployment is underway';
    case 'Succeeded':
      return 'Your deployment is complete';
    case 'Failed':
      return 'Your deployment failed';
    case 'Canceled':
      return 'Your deployment was canceled';
    case 'Deleting':
      return 'Your container service is being deleted';
  }
}

/** Whether ARM is still at work. */
export const isAtWork = (state: DeploymentHead['state']): boolean =>
  state === 'Accepted' || state === 'Running' || state === 'Deleting';

/** The state of one resource; what ARM had not begun when the deployment ended waits no longer. */
export const rowStateWord = (state: RowState, atWork: boolean): string =>
  state === 'Waiting' && !atWork ? 'Not started' : state;

/** How far it is, in one sentence: read out by screen readers when it changes. */
export function progressSentence({ deployment, rows }: DeploymentSnapshot): string {
  if (deployment.state === 'Deleting') return `${deploymentHeadline(deployment.state)}.`;
  const count = (state: string): number => rows.filter((row) => row.state === state).length;
  const failed = count('Failed');
  const parts = [
    `${deploymentHeadline(deployment.state)}.`,
    rows.length > 0 ? `${count('Succeeded')} of ${rows.length} resources are done` : '',
    failed > 0 ? `, ${failed} failed` : '',
    rows.length > 0 ? '.' : '',
  ];
  return `${parts[0]} ${parts.slice(1).join('')}`.trim();
}
