import type { JsonObject } from '@slipway/arm-template';
import { z } from 'zod';
import { ArmError } from '../../arm-error.ts';
import { readDeploymentRequest, type ReadDeploymentRequest } from '../deployment-request.ts';

const resultFormats = ['FullResourcePayloads', 'ResourceIdOnly'] as const;

/** How much a client wants to know of each change. */
export type ResultFormat = (typeof resultFormats)[number];

/** A deployment that is asked about, and how the answer is to be given. */
export interface WhatIfRequest extends ReadDeploymentRequest {
  resultFormat: ResultFormat;
}

const settingsSchema = z.object({
  properties: z.object({ whatIfSettings: z.object({ resultFormat: z.string().nullish() }).nullish() }),
});

/**
 * Reads the body of a what-if: a deployment's, with `whatIfSettings`. Throws what a deployment's body throws, and
 * InvalidRequestContent for settings that make no sense.
 */
export function readWhatIfRequest(body: JsonObject): WhatIfRequest {
  const request = readDeploymentRequest(body);
  const settings = settingsSchema.safeParse(body);
  if (!settings.success) throw invalid('properties.whatIfSettings must be an object with a resultFormat');
  const wanted = settings.data.properties.whatIfSettings?.resultFormat ?? 'FullResourcePayloads';
  const resultFormat = resultFormats.find((format) => format.toLowerCase() === wanted.toLowerCase());
  if (resultFormat === undefined)
    throw invalid(
      `Error converting value '${wanted.slice(0, 80)}' for the path 'properties.whatIfSettings.resultFormat': it is one of ${resultFormats.join(', ')}`,
    );
  return { ...request, resultFormat };
}

const invalid = (message: string): ArmError =>
  new ArmError(
    400,
    'InvalidRequestContent',
    `The request content was invalid and could not be deserialized: '${message}'.`,
  );
