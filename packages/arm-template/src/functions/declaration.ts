import type { JsonObject, JsonValue } from '../json.ts';
import { fitsInt64, isNumber, isObject, kindOf } from '../json-values.ts';
import { Lambda } from '../expression/lambda.ts';
import type { EvaluationScope, Value } from '../expression/scope.ts';
import type { TemplateError } from '../template-error.ts';

/** One call of a function: its name as written, what it can see, and how it complains. */
export interface FunctionCall {
  readonly name: string;
  readonly scope: EvaluationScope;
  /** An error at this call with exactly this message. */
  error: (message: string) => TemplateError;
  /** An error with "Please see https://aka.ms/arm-function-…" after the message. */
  usageError: (message: string) => TemplateError;
  /** Calls a lambda; it gets as many of the values as it has parameters. */
  invoke: (lambda: Lambda, values: readonly JsonValue[]) => JsonValue;
}

/** An argument that is evaluated only when the function asks for it. */
export interface LazyArgument {
  value: () => Value;
}

/** A rule for one argument: takes the value or complains with the type that was expected. */
export interface ArgumentRule<T> {
  readonly optional: boolean;
  /** `which` says which of several arguments it is: `first`, `second`, … */
  readonly read: (value: Value, call: FunctionCall, which?: string) => T;
  readonly accept: (value: Value) => T | undefined;
}

export interface FunctionDeclaration {
  readonly name: string;
  readonly minimum: number;
  /** Infinity when the last rule repeats. */
  readonly maximum: number;
  /** What Azure says of a wrong number of arguments, where it has words of its own for this function. */
  readonly wrongCount?: (count: number) => string;
  readonly evaluate: (call: FunctionCall, values: readonly LazyArgument[]) => Value;
}

type Rules<T extends readonly unknown[]> = { [K in keyof T]: ArgumentRule<T[K]> };

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth'];

/** Declares a function with a fixed list of arguments, of which the last ones may be optional. */
export function declare<const T extends readonly unknown[]>(
  name: string,
  rules: Rules<T>,
  evaluate: (call: FunctionCall, ...values: T) => Value,
): FunctionDeclaration {
  const list: readonly ArgumentRule<unknown>[] = rules;
  return {
    name,
    minimum: list.filter((argumentRule) => !argumentRule.optional).length,
    maximum: list.length,
    evaluate: (call, values) =>
      evaluate(
        call,
        ...readArguments<T>(
          rules,
          values.map((argument) => argument.value()),
          call,
        ),
      ),
  };
}

function readArguments<T extends readonly unknown[]>(
  rules: Rules<T>,
  values: readonly Value[],
  call: FunctionCall,
): T {
  const list: readonly ArgumentRule<unknown>[] = rules;
  const read: readonly unknown[] = list.map((argumentRule, index) => {
    const value = values[index];
    const which = list.length > 1 ? ORDINALS[index] : undefined;
    return value === undefined ? undefined : argumentRule.read(value, call, which);
  });
  if (!followsRules(read, rules)) throw call.usageError(`The arguments of '${call.name}' are not valid.`);
  return read;
}

/** Whether there is a value for each rule; each was read by its rule, which TypeScript cannot follow over a tuple. */
function followsRules<T extends readonly unknown[]>(read: readonly unknown[], rules: Rules<T>): read is T {
  return read.length === rules.length;
}

/** Declares a function whose arguments all follow one rule, at least `minimum` of them. */
export function declareVariadic<T>(
  name: string,
  minimum: number,
  each: ArgumentRule<T>,
  evaluate: (call: FunctionCall, values: T[]) => Value,
): FunctionDeclaration {
  return {
    name,
    minimum,
    maximum: Number.POSITIVE_INFINITY,
    evaluate: (call, values) =>
      evaluate(
        call,
        values.map((argument) => each.read(argument.value(), call)),
      ),
  };
}

/** Declares a function that decides itself which of its arguments are evaluated. */
export function declareLazy(
  name: string,
  minimum: number,
  maximum: number,
  evaluate: (call: FunctionCall, values: readonly LazyArgument[]) => Value,
): FunctionDeclaration {
  return { name, minimum, maximum, evaluate };
}

/** Where Azure's messages about arguments send their readers. */
const SEE_FUNCTIONS = 'Please see https://aka.ms/arm-functions';

function rule<T>(expected: string, accept: (value: Value) => T | undefined): ArgumentRule<T> {
  return worded(
    accept,
    (name, kind, which) =>
      `The template language function '${name}' expects its ${which === undefined ? '' : `${which} `}parameter to be of type '${expected}'. The provided value is of type '${kind}'. ${SEE_FUNCTIONS} for usage details.`,
  );
}

function worded<T>(
  accept: (value: Value) => T | undefined,
  words: (name: string, kind: string, which: string | undefined) => string,
): ArgumentRule<T> {
  return {
    optional: false,
    accept,
    read: (value, call, which) => {
      const accepted = accept(value);
      if (accepted === undefined) throw call.error(words(call.name, kindOfValue(value), which));
      return accepted;
    },
  };
}

/**
 * The same rule in the words that Azure has for this function: `expectation` is `expects its parameter be an array or a
 * string`. The kind of what was given follows.
 */
export function expecting<T>(inner: ArgumentRule<T>, expectation: string): ArgumentRule<T> {
  return worded(
    inner.accept,
    (name, kind) =>
      `The template language function '${name}' ${expectation}. The provided value is of type '${kind}'. ${SEE_FUNCTIONS}#${name} for usage details.`,
  );
}

/** The same rule with a message of the function's own. */
export function refusing<T>(inner: ArgumentRule<T>, words: (kind: string) => string): ArgumentRule<T> {
  return worded(inner.accept, (_name, kind) => words(kind));
}

/** The error for a function that is only allowed elsewhere in a template. */
export function notHere(call: FunctionCall): TemplateError {
  return call.error(
    `The template function '${call.name}' is not expected at this location. Please see https://aka.ms/arm-functions for usage details.`,
  );
}

/** Reads the two strings of a function that compares strings. */
export function readTexts(call: FunctionCall, left: Value, right: Value): [string, string] {
  if (typeof left === 'string' && typeof right === 'string') return [left, right];
  throw call.error(
    `The template language function '${call.name}' expects its parameters to be of type string and string. The provided value is of type '${kindOfValue(left)}' and '${kindOfValue(right)}'. ${SEE_FUNCTIONS}#${call.name} for usage details.`,
  );
}

export function kindOfValue(value: Value): string {
  return value instanceof Lambda ? 'Lambda' : kindOf(value);
}

/** The same rule for an argument that may be left out. */
export function optional<T>(inner: ArgumentRule<T>): ArgumentRule<T | undefined> {
  return { ...inner, optional: true };
}

export const text = rule('String', (value) => (typeof value === 'string' ? value : undefined));
export const boolean = rule('Boolean', (value) => (typeof value === 'boolean' ? value : undefined));
export const lambda = rule('Lambda', (value) => (value instanceof Lambda ? value : undefined));
export const array = rule('Array', (value) => (Array.isArray(value) ? value : undefined));
export const object = rule<JsonObject>('Object', (value) =>
  isObject(value) && !(value instanceof Lambda) ? value : undefined,
);
/** Any JSON value; everything but a lambda. */
export const any = rule<JsonValue>('Any', (value) => (value instanceof Lambda ? undefined : value));
/** An integer of 64 bits. */
export const integer = rule<bigint>('Integer', (value) => {
  if (!isNumber(value) || (typeof value === 'number' && !Number.isInteger(value))) return undefined;
  const whole = BigInt(value);
  return fitsInt64(whole) ? whole : undefined;
});
/** An integer, or a string that is one: Azure converts these where it calculates. */
export const integerLike = rule<bigint>('Integer', (value) => {
  if (typeof value !== 'string') return integer.accept(value);
  return /^\s*[+-]?\d{1,40}\s*$/.test(value)
    ? integer.accept(BigInt(value.trim().replace('+', '')))
    : undefined;
});
export const textOrInteger = rule<string | number | bigint>('String, Integer', (value) =>
  typeof value === 'string' || (isNumber(value) && integer.accept(value) !== undefined) ? value : undefined,
);
export const textOrArray = rule<string | JsonValue[]>('String, Array', (value) =>
  typeof value === 'string' || Array.isArray(value) ? value : undefined,
);
export const textOrObjectOrArray = rule<string | JsonValue[] | JsonObject>(
  'String, Array, Object',
  (value) => {
    if (value instanceof Lambda) return undefined;
    return typeof value === 'string' || Array.isArray(value) || isObject(value) ? value : undefined;
  },
);
