import type { JsonValue } from '@slipway/arm-template';
import { isJsonObject } from '../json-text.ts';
import { asCondition, taken, textOf, typeMismatch, type BoundExpression } from './bound-expression.ts';
import { commonType } from './comparisons.ts';
import { fromDynamic, parseDynamic, toBool, toDynamic, toLong, toReal } from './conversions.ts';
import { inRange, parseMoment } from './kusto-time.ts';
import type { QueryPlace } from './query-error.ts';
import { isNumeric, type Row, type ScalarType, type Value } from './scalar-types.ts';
import { searchable } from './text-operators.ts';
import type { WorkBudget } from './work-budget.ts';

/** A call of a function, as far as binding it needs to know. */
interface FunctionCall {
  name: string;
  place: QueryPlace;
  budget: WorkBudget;
  nowMs: number;
}

type Args = readonly BoundExpression[];

/** A function of the language over the values of a row. */
interface ScalarFunction {
  /** How many arguments it takes at least and at most. */
  arity: readonly [least: number, most: number];
  /** What a column is called that has no other name: as the first argument, or as that behind the function's name. */
  names?: 'firstArgument' | 'nameAndFirstArgument';
  bind: (args: Args, call: FunctionCall) => Pick<BoundExpression, 'type' | 'evaluate'>;
}

const mostArguments = 64;

/** What reading JSON costs beside a step for each of its characters. */
const parsingSteps = 10;

/** Null of every type, for arguments that a call leaves out. */
const absent: BoundExpression = { type: 'dynamic', evaluate: () => null, weight: 0 };
const at = (args: Args, index: number): BoundExpression => args[index] ?? absent;

/** A conversion to a type; a value that cannot be converted becomes null. */
function conversion(type: ScalarType, convert: (value: Value) => Value): ScalarFunction {
  return {
    arity: [1, 1],
    names: 'firstArgument',
    bind: (args) => {
      const { type: from, evaluate } = at(args, 0);
      if (from === type) return { type, evaluate };
      return { type, evaluate: (row) => convert(toDynamic(evaluate(row), from)) };
    },
  };
}

/** A question about a value of any type. */
function question(answer: (value: Value, type: ScalarType) => boolean): ScalarFunction {
  return {
    arity: [1, 1],
    bind: (args) => {
      const { type, evaluate } = at(args, 0);
      return { type: 'bool', evaluate: (row) => answer(evaluate(row), type) };
    },
  };
}

/** A function of one text that makes another. */
function textFunction(make: (text: string) => string): ScalarFunction {
  return {
    arity: [1, 1],
    bind: (args, { budget }) => {
      const text = textOf(at(args, 0), budget);
      return { type: 'string', evaluate: (row) => budget.text(make(text(row))) };
    },
  };
}

/** A function of a `dynamic` value; null where `look` finds nothing. */
function dynamicFunction(type: ScalarType, look: (value: JsonValue) => Value | undefined): ScalarFunction {
  return {
    arity: [1, 1],
    bind: (args, { name, place }) => {
      const argument = at(args, 0);
      if (argument.type !== 'dynamic')
        throw typeMismatch(
          `${name}() takes a value of type dynamic, and this is of type ${argument.type}.`,
          place,
        );
      return { type, evaluate: (row) => look(argument.evaluate(row)) ?? null };
    },
  };
}

const isNothing = (value: Value): boolean => value === null || value === '';

const toDatetime = conversion('datetime', (value) => (typeof value === 'string' ? parseMoment(value) : null));
const toLongFunction = conversion('long', toLong);
const toRealFunction = conversion('real', toReal);
const parseJson: ScalarFunction = {
  arity: [1, 1],
  names: 'firstArgument',
  bind: (args, { budget }) => {
    const argument = at(args, 0);
    if (argument.type === 'dynamic') return argument;
    const text = textOf(argument, budget);
    return {
      type: 'dynamic',
      evaluate: (row) => {
        const json = text(row);
        budget.spend(parsingSteps + json.length);
        return parseDynamic(json);
      },
    };
  },
};

const iff: ScalarFunction = {
  arity: [3, 3],
  bind: (args, call) => choose([[at(args, 0), at(args, 1)]], at(args, 2), call),
};

/** `case(condition, value, condition, value, …, otherwise)` */
function bindCase(args: Args, call: FunctionCall): ReturnType<typeof choose> {
  if (args.length % 2 === 0)
    throw typeMismatch(
      `case() takes pairs of a condition and a value, and a value for all others.`,
      call.place,
    );
  const pairs = args
    .slice(0, -1)
    .flatMap((condition, index): [BoundExpression, BoundExpression][] =>
      index % 2 === 0 ? [[condition, at(args, index + 1)]] : [],
    );
  return choose(pairs, at(args, args.length - 1), call);
}

function choose(
  pairs: readonly (readonly [condition: BoundExpression, value: BoundExpression])[],
  otherwise: BoundExpression,
  call: FunctionCall,
): Pick<BoundExpression, 'type' | 'evaluate'> {
  const type = sharedType([...pairs.map(([, value]) => value), otherwise], call);
  const choices = pairs.map(([condition, value]) => ({
    holds: asCondition(condition, call.place).evaluate,
    value: unified(value, type),
  }));
  const last = unified(otherwise, type);
  return {
    type,
    evaluate: (row) => (choices.find(({ holds }) => holds(row) === true)?.value ?? last)(row),
  };
}

/** The type of values of which one is chosen; `dynamic` where one of them is. */
function sharedType(values: Args, { name, place }: FunctionCall): ScalarType {
  const [first = absent, ...others] = values;
  return others.reduce<ScalarType>((shared, { type }) => {
    if (shared === 'dynamic' || type === 'dynamic') return 'dynamic';
    const common = commonType(shared, type);
    if (common !== undefined) return common;
    throw typeMismatch(
      `${name}() chooses between values of one type, and these are of types ${shared} and ${type}. Convert them, for example with tostring().`,
      place,
    );
  }, first.type);
}

function unified({ type, evaluate }: BoundExpression, wanted: ScalarType): (row: Row) => Value {
  return wanted === 'dynamic' && type !== 'dynamic' ? (row) => toDynamic(evaluate(row), type) : evaluate;
}

const coalesce: ScalarFunction = {
  arity: [2, mostArguments],
  bind: (args, call) => {
    const type = sharedType(args, call);
    const values = args.map((arg) => unified(arg, type));
    return {
      type,
      evaluate: (row) => {
        let found: Value = null;
        for (const value of values) {
          found = value(row);
          if (type === 'string' ? found !== '' : found !== null) return found;
        }
        return found;
      },
    };
  },
};

const strcat: ScalarFunction = {
  arity: [1, mostArguments],
  bind: (args, { budget }) => {
    const texts = args.map((arg) => textOf(arg, budget));
    return {
      type: 'string',
      evaluate: (row) => {
        let made = '';
        for (const text of texts) made = budget.text(made + text(row));
        return made;
      },
    };
  },
};

const strlen: ScalarFunction = {
  arity: [1, 1],
  names: 'nameAndFirstArgument',
  bind: (args, { budget }) => {
    const text = textOf(at(args, 0), budget);
    return {
      type: 'long',
      evaluate: (row) => {
        const counted = text(row);
        budget.spendOnText(counted.length);
        return Array.from(counted).length;
      },
    };
  },
};

/** `substring(text, start, length)`; a negative start counts from the end. */
const substring: ScalarFunction = {
  arity: [2, 3],
  bind: (args, call) => {
    const text = textOf(at(args, 0), call.budget);
    const start = numberOf(at(args, 1), call);
    const length = args[2] && numberOf(args[2], call);
    return {
      type: 'string',
      evaluate: (row) => {
        const whole = text(row);
        const from = start(row) ?? 0;
        const first = from < 0 ? Math.max(0, whole.length + from) : from;
        const characters = length ? length(row) : whole.length;
        return whole.slice(first, first + Math.max(0, characters ?? 0));
      },
    };
  },
};

/** `split(text, delimiter, index)`; with an index an array of that part alone. */
const split: ScalarFunction = {
  arity: [2, 3],
  names: 'firstArgument',
  bind: (args, call) => {
    const { budget } = call;
    const text = textOf(at(args, 0), budget);
    const delimiter = textOf(at(args, 1), budget);
    const index = args[2] && numberOf(args[2], call);
    return {
      type: 'dynamic',
      evaluate: (row) => {
        const whole = text(row);
        const between = searchable(delimiter(row));
        const parts = between === '' ? [whole] : whole.split(between);
        budget.spend(parts.length);
        budget.spendOnText(whole.length);
        if (!index) return parts;
        const part = parts[index(row) ?? -1];
        return part === undefined ? null : [part];
      },
    };
  },
};

const replaceString: ScalarFunction = {
  arity: [3, 3],
  bind: (args, { budget }) => {
    const [text, lookup, rewrite] = [0, 1, 2].map((index) => textOf(at(args, index), budget));
    return {
      type: 'string',
      evaluate: (row) => {
        const whole = text?.(row) ?? '';
        const wanted = searchable(lookup?.(row) ?? '');
        const instead = rewrite?.(row) ?? '';
        if (wanted === '') return whole;
        const parts = whole.split(wanted);
        // Its length is checked before it is made: it may be enormous.
        const length = whole.length + (parts.length - 1) * (instead.length - wanted.length);
        budget.checkTextLength(length);
        return budget.text(parts.join(instead));
      },
    };
  },
};

const now: ScalarFunction = {
  arity: [0, 1],
  bind: (args, call) => movedFromNow(args[0], 1, call),
};

const ago: ScalarFunction = {
  arity: [1, 1],
  bind: (args, call) => movedFromNow(args[0], -1, call),
};

function movedFromNow(
  offset: BoundExpression | undefined,
  direction: 1 | -1,
  { name, place, nowMs }: FunctionCall,
): Pick<BoundExpression, 'type' | 'evaluate'> {
  if (!offset) return { type: 'datetime', evaluate: () => nowMs };
  if (offset.type !== 'timespan')
    throw typeMismatch(`${name}() takes a timespan such as 1d, and this is of type ${offset.type}.`, place);
  return {
    type: 'datetime',
    evaluate: (row) => {
      const ms = offset.evaluate(row);
      return typeof ms === 'number' ? inRange(nowMs + direction * ms) : null;
    },
  };
}

function numberOf(
  argument: BoundExpression,
  { name, place, budget }: FunctionCall,
): (row: Row) => number | null {
  if (!isNumeric(argument.type) && argument.type !== 'dynamic')
    throw typeMismatch(`${name}() takes a number here, and this is of type ${argument.type}.`, place);
  const value = taken(argument, 'long', budget);
  return (row) => toLong(value(row));
}

/** Functions by name. Names are case-sensitive, as all of Kusto is. Source: Kusto's documentation, "Scalar functions". */
export const scalarFunctions: ReadonlyMap<string, ScalarFunction> = new Map(
  Object.entries<ScalarFunction>({
    tostring: {
      arity: [1, 1],
      names: 'firstArgument',
      bind: (args, { budget }) => ({ type: 'string', evaluate: textOf(at(args, 0), budget) }),
    },
    toint: toLongFunction,
    tolong: toLongFunction,
    toreal: toRealFunction,
    todouble: toRealFunction,
    tobool: conversion('bool', toBool),
    todatetime: toDatetime,
    totimespan: conversion('timespan', (value) => fromDynamic(value, 'timespan')),
    parse_json: parseJson,
    todynamic: parseJson,
    tolower: textFunction((text) => text.toLowerCase()),
    toupper: textFunction((text) => text.toUpperCase()),
    isnull: question((value) => value === null),
    isnotnull: question((value) => value !== null),
    isempty: question(isNothing),
    isnotempty: question((value) => !isNothing(value)),
    not: {
      arity: [1, 1],
      bind: (args, { place }) => {
        const { evaluate } = asCondition(at(args, 0), place);
        return {
          type: 'bool',
          evaluate: (row) => {
            const value = evaluate(row);
            return value === null ? null : value !== true;
          },
        };
      },
    },
    iff,
    iif: iff,
    case: { arity: [3, mostArguments], bind: bindCase },
    coalesce,
    strcat,
    strlen,
    substring,
    split,
    replace_string: replaceString,
    array_length: dynamicFunction('long', (value) => (Array.isArray(value) ? value.length : undefined)),
    bag_keys: dynamicFunction('dynamic', (value) => (isJsonObject(value) ? Object.keys(value) : undefined)),
    now,
    ago,
  }),
);
