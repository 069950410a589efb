import type { DeploymentPath } from '@slipway/contract';
import type { JSX } from 'react';
import { useCancelGroupDeployment } from '../api/group-deployments.ts';
import { CancelQuestion } from './cancel-question.tsx';

/** Cancels a running deployment of a group, after asking. */
export function CancelGroupDeployment({ path }: { path: DeploymentPath }): JSX.Element {
  const cancel = useCancelGroupDeployment(path);
  return (
    <CancelQuestion
      words="Resources that exist already stay. What has not begun will not begin."
      cancel={cancel}
      onConfirm={(done) => cancel.mutate(undefined, { onSuccess: done })}
    />
  );
}
