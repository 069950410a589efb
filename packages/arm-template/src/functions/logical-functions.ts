import {
  any,
  boolean,
  declare,
  declareLazy,
  type FunctionCall,
  type FunctionDeclaration,
  type LazyArgument,
} from './declaration.ts';

/** Evaluates arguments from the left until one equals `decisive`. */
function combine(decisive: boolean) {
  return (call: FunctionCall, values: readonly LazyArgument[]): boolean =>
    values.some((argument) => boolean.read(argument.value(), call) === decisive) ? decisive : !decisive;
}

export const logicalFunctions: readonly FunctionDeclaration[] = [
  declareLazy('and', 2, Number.POSITIVE_INFINITY, combine(false)),
  declareLazy('or', 2, Number.POSITIVE_INFINITY, combine(true)),
  declare('not', [boolean], (_call, value) => !value),
  declare('true', [], () => true),
  declare('false', [], () => false),
  declareLazy('if', 3, 3, (call, [condition, whenTrue, whenFalse]) => {
    const chosen = condition !== undefined && boolean.read(condition.value(), call) ? whenTrue : whenFalse;
    return chosen === undefined ? null : chosen.value();
  }),
  declare('bool', [any], (call, value) => {
    if (typeof value === 'boolean') return value;
    if (typeof value === 'number' || typeof value === 'bigint') return value !== 0;
    if (typeof value === 'string') {
      const word = value.trim().toLowerCase();
      if (word === 'true' || word === '1') return true;
      if (word === 'false' || word === '0') return false;
    }
    throw call.error(
      "The template language function 'bool' was invoked with a parameter that is not valid. The value cannot be converted to the target type.",
    );
  }),
];
