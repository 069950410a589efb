import type { JsonValue } from '@slipway/arm-template';

/** Types of values and columns; `int` and `long` are one here, and so are `real` and `decimal`. */
export type ScalarType = 'bool' | 'long' | 'real' | 'string' | 'datetime' | 'timespan' | 'dynamic';

/**
 * A value of a type known from the query: a `datetime` is milliseconds since 1970, a `timespan` milliseconds, `dynamic` any
 * JSON value. `null` is every type's null value, except that a `string` has none and is empty instead.
 * Source: Kusto's documentation, "Null values".
 */
export type Value = JsonValue;

/** A value that is costly to make, and is made when somebody looks at it. */
export class LaterValue {
  readonly #make: () => Value;
  #made: { value: Value } | undefined;

  constructor(make: () => Value) {
    this.#make = make;
  }

  get value(): Value {
    this.#made ??= { value: this.#make() };
    return this.#made.value;
  }
}

export type Cell = Value | LaterValue;

/** A record of a table: a cell for each of its columns. */
export type Row = readonly Cell[];

export interface Column {
  name: string;
  type: ScalarType;
}

export interface Table {
  columns: readonly Column[];
  rows: readonly Row[];
}

/** What is in a cell. */
export function valueOf(cell: Cell | undefined): Value {
  return cell instanceof LaterValue ? cell.value : (cell ?? null);
}

/** What is in the cells of a row. */
export const valuesOf = (row: Row): Value[] => row.map(valueOf);

/** The value of a type that says nothing. */
export function nullOf(type: ScalarType): Value {
  return type === 'string' ? '' : null;
}

const byName: Readonly<Record<string, ScalarType>> = {
  bool: 'bool',
  boolean: 'bool',
  int: 'long',
  long: 'long',
  real: 'real',
  double: 'real',
  decimal: 'real',
  string: 'string',
  guid: 'string',
  datetime: 'datetime',
  date: 'datetime',
  timespan: 'timespan',
  time: 'timespan',
  dynamic: 'dynamic',
};

/** A type by the name that queries have for it. */
export function typeByName(name: string): ScalarType | undefined {
  return Object.hasOwn(byName, name) ? byName[name] : undefined;
}

export const isNumeric = (type: ScalarType): boolean => type === 'long' || type === 'real';
