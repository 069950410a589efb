import type { ClusterPath } from '@slipway/contract';
import type { JSX } from 'react';
import { useCancelDeployment } from '../api/cancel-deployment.ts';
import { CancelQuestion } from '../deployment/cancel-question.tsx';

/** Cancels a running deployment, after asking. `isCanceling`: it was asked for already. */
export function CancelDeployment({
  path,
  deploymentId,
  isCanceling,
}: {
  path: ClusterPath;
  deploymentId: string | undefined;
  isCanceling: boolean;
}): JSX.Element {
  const cancel = useCancelDeployment(path);
  return (
    <CancelQuestion
      words="Resources that exist already stay until you redeploy or delete the container service. What has not begun will not begin."
      cancel={cancel}
      onConfirm={(done) => cancel.mutate(deploymentId, { onSuccess: done })}
      isCanceling={isCanceling}
    />
  );
}
