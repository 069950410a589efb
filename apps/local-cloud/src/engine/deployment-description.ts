import type { JsonObject, JsonValue } from '@slipway/arm-template';
import { isoDuration } from '../clock.ts';
import { errorJson } from '../resources/long-operations.ts';
import type { Deployment, DeploymentOperation } from '../store/documents.ts';

/** A deployment as ARM returns it. */
export function describeDeployment(deployment: Deployment): JsonObject {
  const { id, name, location, tags } = deployment;
  const ended = deployment.finishedAt ?? deployment.timestamp;
  return {
    id,
    name,
    type: 'Microsoft.Resources/deployments',
    ...(location === undefined ? {} : { location }),
    ...(tags === undefined ? {} : { tags }),
    properties: {
      templateHash: deployment.templateHash,
      parameters: deployment.parameters,
      mode: deployment.mode,
      ...(deployment.debugSetting === undefined ? {} : { debugSetting: deployment.debugSetting }),
      provisioningState: deployment.state,
      timestamp: deployment.timestamp,
      duration: isoDuration(Date.parse(ended) - Date.parse(deployment.startedAt)),
      correlationId: deployment.correlationId,
      providers: deployment.providers,
      dependencies: deployment.dependencies,
      validatedResources: deployment.validatedResources.map(({ id: resourceId }) => ({ id: resourceId })),
      ...(deployment.validationLevel === undefined ? {} : { validationLevel: deployment.validationLevel }),
      ...(deployment.onError === undefined ? {} : { onErrorDeployment: { ...deployment.onError } }),
      ...(deployment.diagnostics === undefined
        ? {}
        : { diagnostics: deployment.diagnostics.map((diagnostic) => ({ ...diagnostic })) }),
      ...(deployment.outputs === undefined ? {} : { outputs: deployment.outputs }),
      ...(deployment.outputResources === undefined
        ? {}
        : { outputResources: deployment.outputResources.map(({ id: resourceId }) => ({ id: resourceId })) }),
      ...(deployment.error === undefined ? {} : { error: errorJson(deployment.error) }),
    },
  };
}

/** An operation of a deployment as ARM returns it. */
export function describeOperation(operation: DeploymentOperation): JsonObject {
  const ended = operation.finishedAt ?? operation.timestamp;
  const statusMessage: JsonValue =
    operation.error === undefined ? null : { status: operation.state, error: errorJson(operation.error) };
  return {
    id: `${operation.deploymentId}/operations/${operation.operationId}`,
    operationId: operation.operationId,
    properties: {
      provisioningOperation: operation.kind,
      provisioningState: operation.state,
      timestamp: operation.timestamp,
      duration: isoDuration(Date.parse(ended) - Date.parse(operation.startedAt)),
      trackingId: operation.trackingId,
      serviceRequestId: operation.serviceRequestId,
      ...(operation.statusCode === undefined ? {} : { statusCode: operation.statusCode }),
      ...(statusMessage === null ? {} : { statusMessage }),
      ...(operation.target === undefined ? {} : { targetResource: { ...operation.target } }),
    },
  };
}
