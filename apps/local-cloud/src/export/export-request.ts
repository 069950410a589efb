import type { JsonObject } from '@slipway/arm-template';
import { z } from 'zod';
import { ArmError } from '../arm-error.ts';

const exportOptions = [
  'IncludeParameterDefaultValue',
  'IncludeComments',
  'SkipResourceNameParameterization',
  'SkipAllParameterization',
] as const;
export type ExportOption = (typeof exportOptions)[number];

/** What of a group is to be exported, and how. */
export interface ExportRequest {
  /** Ids in lower case; undefined for all resources. */
  ids: ReadonlySet<string> | undefined;
  options: ReadonlySet<ExportOption>;
}

/** Both are optional for the clients, although the documentation names no defaults: everything, and no options. */
const bodySchema = z.object({
  resources: z.array(z.string().max(2_048)).max(800).nullish(),
  options: z.string().max(400).nullish(),
  outputFormat: z.string().max(40).nullish(),
});

/** Reads the body of an export. Throws InvalidRequestContent for what makes no sense. */
export function readExportRequest(body: JsonObject): ExportRequest {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success)
    throw new ArmError(
      400,
      'InvalidRequestContent',
      `The request content was invalid and could not be deserialized: ${z.prettifyError(parsed.error)}`,
    );
  const { resources, options, outputFormat } = parsed.data;
  if (outputFormat !== undefined && outputFormat !== null && outputFormat.toLowerCase() !== 'json')
    throw new ArmError(
      400,
      'InvalidRequestContent',
      `The request content was invalid and could not be deserialized: 'outputFormat' is '${outputFormat}'. The local cloud exports 'Json' only; 'az bicep decompile' makes Bicep of it.`,
    );
  const names = (options ?? '').split(',').map((name) => name.trim());
  return {
    ids:
      resources === undefined || resources === null || resources.includes('*')
        ? undefined
        : new Set(resources.map((id) => id.toLowerCase())),
    options: new Set(names.filter((name) => name !== '').map(optionOf)),
  };
}

function optionOf(name: string): ExportOption {
  const option = exportOptions.find((each) => each.toLowerCase() === name.toLowerCase());
  if (option === undefined)
    throw new ArmError(
      400,
      'InvalidRequestContent',
      `The request content was invalid and could not be deserialized: 'options' has the unknown value '${name.slice(0, 80)}': it is a list of ${exportOptions.join(', ')}.`,
    );
  return option;
}
