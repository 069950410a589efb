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

export type ResultFormat = 'table' | 'objectArray';

/** Writes the parts of one answer. */
export class AnswerWriter {
  readonly #format: ResultFormat;
  #size = 0;

  constructor(format: ResultFormat) {
    this.#format = format;
  }

  /** Rows as they are answered. Throws `QueryError` when they are more than still fits into the answer. */
  rows(columns: readonly Column[], rows: readonly Row[]): JsonValue {
    const values = rows.map((row) =>
      columns.map(({ type }, index): JsonValue => toDynamic(valueOf(row[index]), type)),
    );
    // Before anything is copied: a value may be there many times, and be enormous once it is written.
    this.#count(values);
    if (this.#format === 'table')
      return { columns: columns.map(({ name, type }) => ({ name, type: typeNames[type] })), rows: values };
    return values.map((row) =>
      Object.fromEntries(columns.map(({ name }, index) => [name, row[index] ?? null])),
    );
  }

  #count(value: JsonValue): void {
    this.#size += typeof value === 'string' ? value.length + 2 : 5;
    if (this.#size > largestPayload)
      throw new QueryError([
        {
          code: 'ResponsePayloadTooLarge',
          message: `The answer would have more than ${largestPayload} characters. Ask for fewer columns or for smaller pages.`,
        },
      ]);
    if (Array.isArray(value)) for (const element of value) this.#count(element);
    else if (isJsonObject(value))
      for (const [name, member] of Object.entries(value)) {
        this.#size += name.length + 3;
        this.#count(member);
      }
  }
}
