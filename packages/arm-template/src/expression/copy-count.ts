import type { JsonValue } from '../json.ts';
import { TemplateError } from '../template-error.ts';

/** How often a copy loop may turn, unless an expansion has another limit (AZURE-FACTS, "Limits"). */
export const MAXIMUM_COPY_COUNT = 800;

/** Checks the evaluated `count` of a copy loop. @throws TemplateError unless it is an integer from 0 to the limit. */
export function copyCount(
  value: JsonValue,
  loopName: string,
  path: string,
  limit = MAXIMUM_COPY_COUNT,
): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) {
    throw new TemplateError(
      'InvalidTemplate',
      `The template copy definition '${loopName}' is not valid: the copy count must be a non-negative integer value and cannot exceed '${String(limit)}'. Please see https://aka.ms/arm-copy for usage details.`,
      { path },
    );
  }
  if (value > limit) {
    throw new TemplateError(
      'InvalidTemplate',
      `The template copy definition '${loopName}' is not valid: the copy count '${String(value)}' exceeds the limit of '${String(limit)}'. Please see https://aka.ms/arm-copy for usage details.`,
      { path },
    );
  }
  return value;
}
