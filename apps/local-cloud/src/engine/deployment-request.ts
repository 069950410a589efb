import type { JsonObject, JsonValue } from '@slipway/arm-template';
import { z } from 'zod';
import { ArmError } from '../arm-error.ts';
import { isJsonObject, writeJson } from '../json-text.ts';
import { normalizeLocation } from '../resources/places.ts';
import { readTags } from '../resources/resource-body.ts';

const longestDeploymentName = 64;

/** What a client asks for with a deployment. */
export interface ReadDeploymentRequest {
  template: JsonValue;
  parameters: JsonObject;
  mode: 'Incremental';
  location?: string;
  tags?: Record<string, string>;
  debugSetting?: JsonObject;
}

const jsonObject = z.custom<JsonObject>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'must be an object',
);

/** A template, and its parameters, may have 4 MB each, as text. */
const largestTemplateBytes = 4 * 1024 * 1024;

const requestSchema = z.object({
  location: z.string().optional(),
  properties: z.object({
    mode: z.string().optional(),
    template: jsonObject.nullish(),
    templateLink: z.unknown().optional(),
    parameters: jsonObject.nullish(),
    parametersLink: z.unknown().optional(),
    onErrorDeployment: z.unknown().optional(),
    debugSetting: jsonObject.nullish(),
  }),
});

const invalid = (message: string): ArmError =>
  new ArmError(
    400,
    'InvalidRequestContent',
    `The request content was invalid and could not be deserialized: '${message}'.`,
  );

/** Refuses names that Azure refuses. */
export function checkDeploymentName(name: string): void {
  if (name.length > longestDeploymentName)
    throw new ArmError(
      400,
      'DeploymentNameLengthLimitExceeded',
      `The provided deployment name '${name.slice(0, 80)}' has a length of '${name.length}' which exceeds the maximum length of '${longestDeploymentName}'.`,
    );
  if (!/^[-\w.()]+$/.test(name))
    throw new ArmError(
      400,
      'DeploymentNameInvalidCharacters',
      `The provided deployment name '${name}' has these invalid characters: it may have letters, digits, '-', '.', '_', '(' and ')'.`,
    );
}

/** Reads the body of a deployment's PUT or validate. Throws InvalidRequestContent and its like. */
export function readDeploymentRequest(body: JsonObject): ReadDeploymentRequest {
  const parsed = requestSchema.safeParse(body);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw invalid(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
  }
  const { location, properties } = parsed.data;
  checkTemplateSource(properties);
  checkLength('template', properties.template);
  checkLength('parameters', properties.parameters);
  const tags = readTags(body.tags);
  return {
    template: properties.template ?? {},
    parameters: properties.parameters ?? {},
    mode: 'Incremental',
    ...(location === undefined ? {} : { location: normalizeLocation(location) }),
    ...(tags === undefined ? {} : { tags }),
    ...(isJsonObject(properties.debugSetting ?? undefined)
      ? { debugSetting: properties.debugSetting ?? {} }
      : {}),
  };
}

function checkLength(name: string, value: JsonObject | null | undefined): void {
  if (value === null || value === undefined) return;
  const bytes = Buffer.byteLength(writeJson(value));
  if (bytes > largestTemplateBytes)
    throw new ArmError(
      413,
      'RequestContentTooLarge',
      `The ${name} of the deployment has ${bytes} bytes; the most is ${largestTemplateBytes}.`,
    );
}

function checkTemplateSource(properties: z.infer<typeof requestSchema>['properties']): void {
  const mode = properties.mode?.toLowerCase() ?? 'incremental';
  if (mode === 'complete')
    throw new ArmError(
      400,
      'DeploymentModeNotSupported',
      "The local cloud deploys in the mode 'Incremental' only; delete what is not wanted any more by itself or with a deployment stack.",
    );
  if (mode !== 'incremental')
    throw invalid(`Error converting value '${properties.mode}' for the path 'properties.mode'`);
  if (isPresent(properties.templateLink) || isPresent(properties.parametersLink))
    throw new ArmError(
      400,
      'InvalidContentLink',
      'The local cloud downloads nothing: put the template and its parameters into the request instead of a link.',
    );
  if (isPresent(properties.onErrorDeployment))
    throw new ArmError(
      400,
      'OnErrorDeploymentNotSupported',
      "The local cloud has no 'onErrorDeployment': deploy again by yourself.",
    );
  if (!isPresent(properties.template))
    throw new ArmError(
      400,
      'InvalidDeploymentRequest',
      "The deployment request has no template: 'properties.template' is required.",
    );
}

const isPresent = (value: unknown): boolean => value !== undefined && value !== null;
