import type { JsonValue } from '@slipway/arm-template';
import { isJsonObject } from '../json-text.ts';
import type { DeploymentRequest } from '../store/documents.ts';

/** The template and parameters that a deployment or stack was last given. */
export function readKeptRequest(secret: JsonValue | undefined): DeploymentRequest | undefined {
  if (!isJsonObject(secret)) return undefined;
  const { template, parameters } = secret;
  return { template: template ?? {}, parameters: isJsonObject(parameters) ? parameters : {} };
}
