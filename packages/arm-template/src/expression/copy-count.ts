import type { JsonValue } from '../json.ts';
import { TemplateError } from '../template-error.ts';

/** How often a copy loop may turn (AZURE-FACTS, "Limits"). */
export const MAXIMUM_COPY_COUNT = 800;

/** Checks the evaluated `count` of a copy loop. @throws TemplateError unless it is an integer from 0 to 800. */
export function copyCount(value: JsonValue, loopName: string, path: string): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) {
    throw new TemplateError(
      'InvalidTemplate',
      `The template copy definition '${loopName}' is not valid: the copy count must be a non-negative integer value and cannot exceed '${String(MAXIMUM_COPY_COUNT)}'. Please see https://aka.ms/arm-copy for usage details.`,
      { path },
    );
  }
  if (value > MAXIMUM_COPY_COUNT) {
    throw new TemplateError(
      'InvalidTemplate',
      `The template copy definition '${loopName}' is not valid: the copy count '${String(value)}' exceeds the limit of '${String(MAXIMUM_COPY_COUNT)}'. Please see https://aka.ms/arm-copy for usage details.`,
      { path },
    );
  }
  return value;
}
