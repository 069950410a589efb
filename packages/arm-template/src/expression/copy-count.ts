import type { JsonObject, JsonValue } from '../json.ts';
import { TemplateError } from '../template-error.ts';
import { positionText } from '../text-position.ts';

/** How often a copy loop may turn, unless an expansion has another limit (AZURE-FACTS, "Limits"). */
export const MAXIMUM_COPY_COUNT = 800;

/**
 * Checks the evaluated `count` of a copy loop, which may be a string such as `'3'` as well. The words are Azure's, in the reports of its users.
 * @throws TemplateError unless it is an integer from 0 to the limit.
 */
export function copyCount(
  value: JsonValue,
  loop: JsonObject,
  path: string,
  limit = MAXIMUM_COPY_COUNT,
): number {
  const count = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
  if (isCount(count) && count <= limit) return count;
  throw invalidCopy(
    loop,
    `copy count. The copy count must be a non-negative integer value and cannot exceed '${String(limit)}'`,
    path,
  );
}

/**
 * Checks the evaluated `batchSize` of a serial copy loop.
 * @throws TemplateError unless it is an integer from 1 to the count, where the loop turns at all.
 */
export function copyBatchSize(value: JsonValue, loop: JsonObject, path: string, count: number): number {
  if (isCount(value) && value > 0 && (value <= count || count === 0)) return value;
  throw invalidCopy(
    loop,
    `copy batch size. The copy batch size must be a non-negative integer value and cannot exceed the copy count '${String(count)}'`,
    path,
  );
}

const isCount = (value: JsonValue): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0;

function invalidCopy(loop: JsonObject, what: string, path: string): TemplateError {
  return new TemplateError(
    'InvalidTemplate',
    `The template 'copy' definition${positionText(loop)} has an invalid ${what}. Please see https://aka.ms/arm-copy for usage details.`,
    { path },
  );
}
