import { deepEquals, isNumber } from '../json-values.ts';
import { Lambda } from '../expression/lambda.ts';
import type { Value } from '../expression/scope.ts';
import {
  any,
  declare,
  declareLazy,
  kindOfValue,
  type FunctionCall,
  type FunctionDeclaration,
} from './declaration.ts';
import { compareText } from './text-order.ts';

/** Orders two integers or two strings; strings in culture order (a < A < b). */
function compare(call: FunctionCall, left: Value, right: Value): number {
  if (isNumber(left) && isNumber(right)) return left < right ? -1 : left > right ? 1 : 0;
  if (typeof left === 'string' && typeof right === 'string') return compareText(left, right);
  throw call.usageError(
    `The template language function '${call.name}' expects two parameters of the same type, Integer or String. The provided types are '${kindOfValue(left)}' and '${kindOfValue(right)}'.`,
  );
}

function comparison(name: string, accept: (order: number) => boolean): FunctionDeclaration {
  return declare(name, [any, any], (call, left, right) => accept(compare(call, left, right)));
}

export const comparisonFunctions: readonly FunctionDeclaration[] = [
  declare('equals', [any, any], (_call, left, right) => deepEquals(left, right)),
  comparison('less', (order) => order < 0),
  comparison('lessOrEquals', (order) => order <= 0),
  comparison('greater', (order) => order > 0),
  comparison('greaterOrEquals', (order) => order >= 0),
  declareLazy('coalesce', 1, Number.POSITIVE_INFINITY, (call, values) => {
    for (const argument of values) {
      const value = argument.value();
      if (value instanceof Lambda) return any.read(value, call);
      if (value !== null) return value;
    }
    return null;
  }),
];
