import { Button } from '@fluentui/react-components';
import { DeleteRegular } from '@fluentui/react-icons';
import type { ClusterPath, DeploymentSnapshot } from '@slipway/contract';
import type { JSX } from 'react';
import type { ApiProblem } from '../api/client.ts';
import { LinkButton } from '../components/link-button.tsx';
import { CreateAnother } from './create-another.tsx';
import { useDeleteCommand } from './delete-command.ts';
import { isFailedDeletion } from './deployment-words.ts';
import { usePageStyles } from './page-styles.ts';
import { Redeploy } from './redeploy.tsx';

const base = '/clusters/$subscriptionId/$resourceGroup/$name';

/** What can be done now that the work has come to its end. Nothing while it goes on. */
export function DeploymentOutcome({
  path,
  snapshot,
  onStarted,
  onOvertaken,
}: {
  path: ClusterPath;
  snapshot: DeploymentSnapshot;
  /** A new deployment has begun. */
  onStarted: () => void;
  /** Somebody else was quicker. */
  onOvertaken: (problem: ApiProblem) => void;
}): JSX.Element | null {
  const { deployment } = snapshot;
  if (isFailedDeletion(snapshot)) return <DeleteAgain />;
  switch (deployment.state) {
    case 'Succeeded':
      return <NextSteps path={path} />;
    case 'Failed':
    case 'Canceled':
      return (
        <Redeploy
          key={deployment.id ?? ''}
          path={path}
          deployment={deployment}
          onStarted={onStarted}
          onOvertaken={onOvertaken}
        />
      );
    case 'Accepted':
    case 'Running':
    case 'Deleting':
      return null;
  }
}

function NextSteps({ path }: { path: ClusterPath }): JSX.Element {
  const styles = usePageStyles();
  return (
    <div className={styles.actions}>
      <LinkButton appearance="primary" to={base} params={path}>
        Go to resource
      </LinkButton>
      <LinkButton to={`${base}/topology`} params={path}>
        See how it fits together
      </LinkButton>
      <LinkButton to={`${base}/connect`} params={path}>
        Connect to the cluster
      </LinkButton>
      <CreateAnother path={path} />
    </div>
  );
}

function DeleteAgain(): JSX.Element {
  const styles = usePageStyles();
  const openDelete = useDeleteCommand();
  return (
    <div className={styles.section}>
      <p className={styles.text}>
        What was deleted is gone, the rest is still there and still costs what it costs. Try again when the
        cause is out of the way.
      </p>
      <div className={styles.actions}>
        <Button appearance="primary" icon={<DeleteRegular />} onClick={openDelete}>
          Try again
        </Button>
      </div>
    </div>
  );
}
