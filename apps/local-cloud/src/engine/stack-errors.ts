import type { ErrorBody } from '../error-body.ts';
import type { Deletion, Deployment, Stack } from '../store/documents.ts';

/** The error of a stack whose deployment failed. */
export function stackFailed(stack: Stack, details: ErrorBody[]): ErrorBody {
  return {
    code: 'DeploymentStackDeploymentFailed',
    message: `One or more resources could not be deployed. Correlation id: '${stack.correlationId}'.`,
    details,
  };
}

/** The error of a stack whose resources could not all be deleted. */
export function deletionFailed(stack: Stack, deletion: Deletion): ErrorBody {
  return {
    code: 'DeploymentStackDeleteResourcesFailed',
    message: `One or more resources could not be deleted. Correlation id: '${stack.correlationId}'.`,
    details: deletion.failures.map(({ id, error }) => ({ ...error, target: error.target ?? id })),
  };
}

/** The resources that failed, also in nested deployments, each with its error. */
export function failedIn(deployment: Deployment): Stack['failedResources'] {
  const leaves = (error: ErrorBody): Stack['failedResources'] =>
    error.code === 'DeploymentFailed'
      ? (error.details ?? []).flatMap(leaves)
      : error.target === undefined
        ? []
        : [{ id: error.target, error }];
  return deployment.error === undefined ? [] : leaves(deployment.error);
}
