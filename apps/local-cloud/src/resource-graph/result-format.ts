import type { JsonValue } from '@slipway/arm-template';
import { isJsonObject } from '../json-text.ts';
import { toDynamic } from './conversions.ts';
import { QueryError } from './query-error.ts';
import { valueOf, type Column, type Row, type ScalarType } from './scalar-types.ts';

/** How large an answer may be; the code is Azure's, the size is not verified. */
const largestPayload = 16_777_216;

/** Names of types in the table format. Source: Azure's REST specification; lengths of time are texts. */
const typeNames: Readonly<Record<ScalarType, string>> = {
  bool: 'boolean',
  long: 'integer',
  real: 'number',
  string: 'string',
  datetime: 'datetime',
  timespan: 'string',
  dynamic: 'object',
};

/** Rows as they are answered. Throws `QueryError` when they are more than fits into an answer. */
export function formatRows(
  columns: readonly Column[],
  rows: readonly Row[],
  format: 'table' | 'objectArray',
): JsonValue {
  const values = rows.map((row) =>
    columns.map(({ type }, index): JsonValue => toDynamic(valueOf(row[index]), type)),
  );
  checkSize(values);
  if (format === 'table')
    return {
      columns: columns.map(({ name, type }) => ({ name, type: typeNames[type] })),
      rows: values,
    };
  return values.map((row) =>
    Object.fromEntries(columns.map(({ name }, index) => [name, row[index] ?? null])),
  );
}

/** Stops counting where it is too much: a value may be there many times and be enormous once it is written. */
function checkSize(value: JsonValue): void {
  let size = 0;
  const count = (part: JsonValue): void => {
    size += typeof part === 'string' ? part.length + 2 : 5;
    if (size > largestPayload)
      throw new QueryError([
        {
          code: 'ResponsePayloadTooLarge',
          message: `The answer would have more than ${largestPayload} characters. Ask for fewer columns or for smaller pages.`,
        },
      ]);
    if (Array.isArray(part)) part.forEach(count);
    else if (isJsonObject(part))
      for (const [name, member] of Object.entries(part)) {
        size += name.length + 3;
        count(member);
      }
  };
  count(value);
}
