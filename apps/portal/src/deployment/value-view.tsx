import type { DeploymentPath } from '@slipway/contract';
import type { JSX } from 'react';
import { useDeploymentDetails } from '../api/group-deployments.ts';
import { usePageStyles } from '../cluster/page-styles.ts';
import { ProblemBar } from '../components/problem-bar.tsx';
import { useShownProblem } from '../components/shown-problem.ts';
import { SlowWait } from '../components/slow-wait.tsx';
import { deploymentViewWords } from './deployment-views.ts';
import { ValueTable } from './value-table.tsx';

/** What went into a deployment, or what came out of it. */
export function ValueView({
  view,
  path,
  correlationId,
}: {
  view: 'inputs' | 'outputs';
  path: DeploymentPath;
  /** Tells apart deployments of the same name. */
  correlationId: string | undefined;
}): JSX.Element {
  const styles = usePageStyles();
  const details = useDeploymentDetails(path, { correlationId });
  const problem = useShownProblem(details);
  const retry = (): void => void details.refetch();
  const label = deploymentViewWords[view];
  if (!details.data) {
    return problem ? (
      <ProblemBar problem={problem} title={`The ${view} could not be read.`} onRetry={retry} />
    ) : (
      <SlowWait inline label={`Reading the ${view}…`} onRetry={retry} />
    );
  }
  const { [view]: values, deployment } = details.data;
  return (
    <div className={styles.section}>
      {problem && (
        <ProblemBar
          problem={problem}
          readAt={details.dataUpdatedAt}
          title={`The ${view} may be out of date.`}
          onRetry={retry}
        />
      )}
      {values.length > 0 ? (
        <ValueTable label={label} values={values} />
      ) : (
        <p className={styles.text}>{view === 'inputs' ? noInputs : noOutputs(deployment.state)}</p>
      )}
    </div>
  );
}

const noInputs = 'The template takes no parameters.';

const noOutputs = (state: string): string =>
  state === 'Succeeded'
    ? 'The template has no outputs.'
    : state === 'Accepted' || state === 'Running'
      ? 'Outputs come when the deployment has succeeded.'
      : 'Only a deployment that has succeeded has outputs.';
