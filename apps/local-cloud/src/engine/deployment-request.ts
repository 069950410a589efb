import type { JsonObject, JsonValue } from '@slipway/arm-template';
import { z } from 'zod';
import { ArmError } from '../arm-error.ts';
import { isJsonObject, writeJson } from '../json-text.ts';
import { normalizeLocation } from '../resources/places.ts';
import { readTags } from '../resources/resource-body.ts';
import type { Deployment } from '../store/documents.ts';

const longestDeploymentName = 64;

/** What a client asks for with a deployment. */
export interface ReadDeploymentRequest {
  template: JsonValue;
  parameters: JsonObject;
  mode: Deployment['mode'];
  /** What is deployed again when it fails; without a name the last that succeeded. */
  onErrorDeployment?: { type: 'LastSuccessful' } | { type: 'SpecificDeployment'; deploymentName: string };
  validationLevel?: ValidationLevel;
  location?: string;
  tags?: Record<string, string>;
  debugSetting?: JsonObject;
}

const validationLevels = ['Template', 'Provider', 'ProviderNoRbac'] as const;

/** How far a deployment is validated: its template alone, or also what the providers say to its resources. */
export type ValidationLevel = (typeof validationLevels)[number];

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
    onErrorDeployment: z
      .object({ type: z.string().nullish(), deploymentName: z.string().nullish() })
      .nullish(),
    validationLevel: z.string().nullish(),
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
  const onErrorDeployment = readOnError(properties.onErrorDeployment);
  const validationLevel = readLevel(properties.validationLevel);
  return {
    template: properties.template ?? {},
    parameters: properties.parameters ?? {},
    mode: properties.mode?.toLowerCase() === 'complete' ? 'Complete' : 'Incremental',
    ...(onErrorDeployment === undefined ? {} : { onErrorDeployment }),
    ...(validationLevel === undefined ? {} : { validationLevel }),
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
  if (mode !== 'incremental' && mode !== 'complete')
    throw invalid(`Error converting value '${properties.mode}' for the path 'properties.mode'`);
  if (isPresent(properties.templateLink) || isPresent(properties.parametersLink))
    throw new ArmError(
      400,
      'InvalidContentLink',
      'The local cloud downloads nothing: put the template and its parameters into the request instead of a link.',
    );
  if (!isPresent(properties.template))
    throw new ArmError(
      400,
      'InvalidDeploymentRequest',
      "The deployment request has no template: 'properties.template' is required.",
    );
}

type SentProperties = z.infer<typeof requestSchema>['properties'];

function readOnError(sent: SentProperties['onErrorDeployment']): ReadDeploymentRequest['onErrorDeployment'] {
  if (sent === undefined || sent === null) return undefined;
  const type = sent.type?.toLowerCase();
  const name = sent.deploymentName ?? '';
  if (type === 'lastsuccessful' && name === '') return { type: 'LastSuccessful' };
  if (type === 'specificdeployment' && name !== '')
    return { type: 'SpecificDeployment', deploymentName: name };
  throw invalid(
    "properties.onErrorDeployment: its type is 'LastSuccessful', or 'SpecificDeployment' with a deploymentName",
  );
}

function readLevel(sent: SentProperties['validationLevel']): ValidationLevel | undefined {
  if (sent === undefined || sent === null) return undefined;
  const level = validationLevels.find((each) => each.toLowerCase() === sent.toLowerCase());
  if (level !== undefined) return level;
  throw invalid(
    `Error converting value '${sent.slice(0, 80)}' for the path 'properties.validationLevel': it is one of ${validationLevels.join(', ')}`,
  );
}

const isPresent = (value: unknown): boolean => value !== undefined && value !== null;
