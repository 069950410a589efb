import type { ErrorBody } from '../error-body.ts';
import type { DeploymentOperation, Work } from '../store/documents.ts';

/** The error of a deployment in which resources failed: one detail for each. */
export function deploymentFailed(deploymentId: string, failed: readonly DeploymentOperation[]): ErrorBody {
  return {
    code: 'DeploymentFailed',
    target: deploymentId,
    message:
      'At least one resource deployment operation failed. Please list deployment operations for details. Please see https://aka.ms/arm-deployment-operations for usage details.',
    details: failed.map((operation) => detailOf(operation)),
  };
}

/** The error of a deployment whose resources are there and of which an output cannot be evaluated. */
export function outputsFailed(deploymentId: string, { message }: ErrorBody): ErrorBody {
  const code = 'DeploymentOutputEvaluationFailed';
  const output = /^The template output '([^']+)'/.exec(message)?.[1];
  return {
    code,
    message: `Unable to evaluate template outputs${output === undefined ? '' : `: '${output}'`}. Please see error details and deployment operations. Please see https://aka.ms/arm-common-errors for usage details.`,
    target: deploymentId,
    details: [{ code, ...(output === undefined ? {} : { target: output }), message }],
  };
}

function detailOf(operation: DeploymentOperation): ErrorBody {
  const { error, target } = operation;
  const where = target === undefined ? {} : { target: target.id };
  if (error === undefined)
    return { code: 'Conflict', message: `The operation ended in the state '${operation.state}'.`, ...where };
  return { ...where, ...error };
}

/** The error of a resource whose work was accepted and then failed. */
export function resourceWriteFailed(resourceId: string, work: Work | undefined): ErrorBody {
  const state = work?.state ?? 'Canceled';
  return {
    code: 'ResourceDeploymentFailure',
    target: resourceId,
    message: `The resource write operation failed to complete successfully, because it reached terminal provisioning state '${state}'.`,
    ...(work?.error === undefined ? {} : { details: [work.error] }),
  };
}
