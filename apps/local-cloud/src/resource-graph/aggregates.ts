import type { JsonValue } from '@slipway/arm-template';
import { asCondition, typeMismatch, type BoundExpression } from './bound-expression.ts';
import { toDynamic } from './conversions.ts';
import type { QueryPlace } from './query-error.ts';
import { isNumeric, type ScalarType, type Value } from './scalar-types.ts';
import type { WorkBudget } from './work-budget.ts';
import { keyOf } from './row-keys.ts';

/** What becomes of the values of one group. */
export interface Accumulator {
  add: (value: Value) => void;
  result: () => Value;
}

/** An aggregate, ready for its argument's type. */
export interface BoundAggregate {
  type: ScalarType;
  start: () => Accumulator;
}

interface Aggregate {
  arity: readonly [least: number, most: number];
  /** What the name of the argument gets before it, for a column without another name; `''` for nothing. */
  prefix: string;
  bind: (argument: BoundExpression | undefined, call: AggregateCall) => BoundAggregate;
}

interface AggregateCall {
  name: string;
  place: QueryPlace;
  budget: WorkBudget;
  /** How many values a list may have; the aggregate's second argument. */
  mostValues: number;
}

/** How many values a list may have that does not say. Source: Kusto's documentation, "make_list()". */
export const usualListSize = 1_048_576;

const count: Aggregate = {
  arity: [0, 0],
  prefix: 'count_',
  bind: () => ({ type: 'long', start: () => counting(() => true) }),
};

const countif: Aggregate = {
  arity: [1, 1],
  prefix: 'countif_',
  bind: (argument, { place }) => {
    if (argument) asCondition(argument, place);
    return { type: 'long', start: () => counting((value) => value === true) };
  },
};

function counting(counts: (value: Value) => boolean): Accumulator {
  let sum = 0;
  return {
    add: (value) => {
      if (counts(value)) sum += 1;
    },
    result: () => sum,
  };
}

/** Counts exactly what Kusto estimates; the second argument, how exact an estimate is to be, has no meaning here. */
const dcount: Aggregate = {
  arity: [1, 2],
  prefix: 'dcount_',
  bind: (argument, { budget }) => ({
    type: 'long',
    start: () => {
      const seen = new Set<string>();
      return {
        add: (value) => {
          if (!isNothing(value)) seen.add(keyOf(value, argument?.type ?? 'dynamic', budget));
        },
        result: () => seen.size,
      };
    },
  }),
};

const isNothing = (value: Value): boolean => value === null || value === '';

/** An aggregate of numbers or lengths of time that are added up. */
function summing(
  prefix: string,
  resultType: (type: ScalarType) => ScalarType,
  result: (sum: number, numbers: number) => number | null,
): Aggregate {
  return {
    arity: [1, 1],
    prefix,
    bind: (argument, { name, place }) => {
      const type = argument?.type ?? 'dynamic';
      if (!isNumeric(type) && type !== 'timespan')
        throw typeMismatch(
          `${name}() adds up numbers, and this is of type ${type}. Convert it, for example with tolong().`,
          place,
        );
      return {
        type: resultType(type),
        start: () => {
          let sum = 0;
          let numbers = 0;
          return {
            add: (value) => {
              if (typeof value !== 'number') return;
              sum += value;
              numbers += 1;
            },
            result: () => result(sum, numbers),
          };
        },
      };
    },
  };
}

/** The least or the greatest of all values. */
function extreme(
  prefix: string,
  isBetter: (value: number | string, best: number | string) => boolean,
): Aggregate {
  return {
    arity: [1, 1],
    prefix,
    bind: (argument, { name, place }) => {
      const type = argument?.type ?? 'dynamic';
      if (type === 'dynamic' || type === 'bool')
        throw typeMismatch(
          `${name}() compares numbers, times and texts, and this is of type ${type}. Convert it, for example with tolong().`,
          place,
        );
      return {
        type,
        start: () => {
          let best: number | string | undefined;
          return {
            add: (value) => {
              if ((typeof value === 'number' || typeof value === 'string') && value !== '')
                if (best === undefined || isBetter(value, best)) best = value;
            },
            result: () => best ?? (type === 'string' ? '' : null),
          };
        },
      };
    },
  };
}

/** An array of all values that are not null. */
function listing(prefix: string, onlyDistinct: boolean): Aggregate {
  return {
    arity: [1, 2],
    prefix,
    bind: (argument, { budget, mostValues }) => ({
      type: 'dynamic',
      start: () => {
        const type = argument?.type ?? 'dynamic';
        const values: JsonValue[] = [];
        const seen = new Set<string>();
        return {
          add: (value) => {
            if (value === null || values.length >= mostValues) return;
            const key = onlyDistinct ? keyOf(value, type, budget) : '';
            if (seen.has(key)) return;
            if (onlyDistinct) seen.add(key);
            values.push(toDynamic(value, type));
          },
          result: () => values,
        };
      },
    }),
  };
}

/** The value of a row, whichever; one that says something where there is one. */
function anyOf(prefix: string): Aggregate {
  return {
    arity: [1, 1],
    prefix,
    bind: (argument) => {
      const type = argument?.type ?? 'dynamic';
      return {
        type,
        start: () => {
          let found: Value = type === 'string' ? '' : null;
          return {
            add: (value) => {
              if (isNothing(found)) found = value;
            },
            result: () => found,
          };
        },
      };
    },
  };
}

/** Aggregates by name. Source: Kusto's documentation, "Aggregation functions"; of prefixes the same of each. */
export const aggregates: ReadonlyMap<string, Aggregate> = new Map(
  Object.entries<Aggregate>({
    count,
    countif,
    dcount,
    sum: summing(
      'sum_',
      (type) => type,
      (sum) => sum,
    ),
    avg: summing(
      'avg_',
      (type) => (type === 'timespan' ? type : 'real'),
      (sum, numbers) => (numbers === 0 ? null : sum / numbers),
    ),
    min: extreme('min_', (value, best) => value < best),
    max: extreme('max_', (value, best) => value > best),
    make_list: listing('list_', false),
    make_set: listing('set_', true),
    any: anyOf('any_'),
    take_any: anyOf(''),
  }),
);
