import type { EvaluatedOutput, JsonObject, JsonValue } from '@slipway/arm-template';
import { isJsonObject } from '../json-text.ts';
import type { DeploymentRequest } from '../store/documents.ts';

/** The template and parameters that a deployment or stack was last given. */
export function readKeptRequest(secret: JsonValue | undefined): DeploymentRequest | undefined {
  if (!isJsonObject(secret)) return undefined;
  const { template, parameters } = secret;
  return { template: template ?? {}, parameters: isJsonObject(parameters) ? parameters : {} };
}

/** What is kept of a deployment that has ended, beside its request: the values of its outputs, secure ones too. */
export function withOutputs(
  secret: JsonValue | undefined,
  outputs: Record<string, EvaluatedOutput>,
): JsonObject {
  const values = Object.entries(outputs).map(([name, { value }]) => [name, value] as const);
  return { ...(isJsonObject(secret) ? secret : {}), outputs: Object.fromEntries(values) };
}

/** The outputs of a deployment with their values, secure ones too; `undefined` until it has succeeded. */
export function readKeptOutputs(secret: JsonValue | undefined): JsonObject | undefined {
  return isJsonObject(secret) && isJsonObject(secret.outputs) ? secret.outputs : undefined;
}
