import type { JsonValue } from '../json.ts';
import { fitsInt64, isNumber, kindOf, normalInteger } from '../json-values.ts';
import {
  any,
  declare,
  declareLazy,
  integer,
  integerLike,
  type FunctionCall,
  type FunctionDeclaration,
} from './declaration.ts';
import { displayText } from './text-format.ts';

/** Refuses results beyond 64 bits instead of wrapping around. */
function result(call: FunctionCall, value: bigint): number | bigint {
  if (!fitsInt64(value)) {
    throw call.usageError(
      `The result of the template language function '${call.name}' does not fit into a 64-bit integer.`,
    );
  }
  return normalInteger(value);
}

function calculation(
  name: string,
  calculate: (left: bigint, right: bigint, call: FunctionCall) => bigint,
): FunctionDeclaration {
  return declare(name, [integerLike, integerLike], (call, left, right) =>
    result(call, calculate(left, right, call)),
  );
}

function divisor(call: FunctionCall, value: bigint): bigint {
  if (value !== 0n) return value;
  throw call.usageError(`The template language function '${call.name}' cannot divide by zero.`);
}

/** `min` and `max`: integers, or arrays of them. */
function extreme(name: string, better: (candidate: bigint, best: bigint) => boolean): FunctionDeclaration {
  return declareLazy(name, 1, Number.POSITIVE_INFINITY, (call, values) => {
    const numbers = values.flatMap((argument) => {
      const value = argument.value();
      return Array.isArray(value)
        ? value.map((item) => integer.read(item, call))
        : [integer.read(value, call)];
    });
    const [first, ...rest] = numbers;
    if (first === undefined) {
      throw call.usageError(
        `The template language function '${name}' expects at least one integer; the array is empty.`,
      );
    }
    return normalInteger(
      rest.reduce((best, candidate) => (better(candidate, best) ? candidate : best), first),
    );
  });
}

/** A value as a message quotes it. */
const shown = (value: JsonValue): string =>
  typeof value === 'object' && value !== null ? kindOf(value) : displayText(value);

const FLOAT = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/;

const RANGE_LIMIT = 10_000n;

export const numericFunctions: readonly FunctionDeclaration[] = [
  calculation('add', (left, right) => left + right),
  calculation('sub', (left, right) => left - right),
  calculation('mul', (left, right) => left * right),
  calculation('div', (left, right, call) => left / divisor(call, right)),
  calculation('mod', (left, right, call) => left % divisor(call, right)),
  extreme('min', (candidate, best) => candidate < best),
  extreme('max', (candidate, best) => candidate > best),
  declare('int', [any], (call, value) => {
    const converted = integerLike.accept(value);
    if (converted !== undefined) return normalInteger(converted);
    throw call.usageError(
      `The template language function 'int' cannot convert provided value '${shown(value)}' to integer value.`,
    );
  }),
  declare('float', [any], (call, value) => {
    if (isNumber(value)) return value;
    const read = typeof value === 'string' && FLOAT.test(value) ? Number(value) : Number.NaN;
    // JSON has no infinity.
    if (Number.isFinite(read)) return read;
    throw call.error(
      "The template language function 'float' was invoked with a parameter that is not valid. The value cannot be converted to the target type.",
    );
  }),
  declare('range', [integer, integer], (call, start, count) => {
    if (count < 0n || count > RANGE_LIMIT) {
      throw call.usageError(
        `The template language function 'range' expects its second parameter 'count' to be from 0 to ${RANGE_LIMIT.toString()}. The provided value is '${count.toString()}'.`,
      );
    }
    if (start + count > 2_147_483_647n) {
      throw call.usageError(
        "The sum of the parameters of the template language function 'range' must not exceed 2147483647.",
      );
    }
    const first = Number(start);
    return Array.from({ length: Number(count) }, (_item, index) => first + index);
  }),
];
