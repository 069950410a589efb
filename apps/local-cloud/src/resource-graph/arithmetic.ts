import { typeMismatch, weightOf, type BoundExpression } from './bound-expression.ts';
import { inRange } from './kusto-time.ts';
import type { QueryPlace } from './query-error.ts';
import { isNumeric, type ScalarType, type Value } from './scalar-types.ts';
import type { ArithmeticOperator } from './syntax.ts';

const operations: Readonly<Record<ArithmeticOperator, (left: number, right: number) => number>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '%': (left, right) => left % right,
};

/** `left + right` and its like, on numbers, moments and lengths of time. A null on either side gives null. */
export function bindArithmetic(
  operator: ArithmeticOperator,
  left: BoundExpression,
  right: BoundExpression,
  place: QueryPlace,
): BoundExpression {
  const type = resultType(operator, left.type, right.type);
  if (type === undefined)
    throw typeMismatch(
      `The operator ${operator} does not work on values of types ${left.type} and ${right.type}. Convert them, for example with tolong().`,
      place,
    );
  const operate = operations[operator];
  return {
    type,
    weight: weightOf(left, right),
    evaluate: (row) => {
      const leftValue = left.evaluate(row);
      const rightValue = right.evaluate(row);
      if (typeof leftValue !== 'number' || typeof rightValue !== 'number') return null;
      return fitting(operate(leftValue, rightValue), type);
    },
  };
}

/** `-operand` */
export function bindNegative(operand: BoundExpression, place: QueryPlace): BoundExpression {
  if (!isNumeric(operand.type) && operand.type !== 'timespan')
    throw typeMismatch(`There is no negative of a value of type ${operand.type}.`, place);
  return {
    type: operand.type,
    weight: weightOf(operand),
    evaluate: (row) => negative(operand.evaluate(row)),
    ...(operand.literal === undefined ? {} : { literal: negative(operand.literal) }),
  };
}

const negative = (value: Value): Value => (typeof value === 'number' ? 0 - value : null);

/** The type of a result; `undefined` where there is none. */
function resultType(
  operator: ArithmeticOperator,
  left: ScalarType,
  right: ScalarType,
): ScalarType | undefined {
  if (isNumeric(left) && isNumeric(right)) return left === 'long' && right === 'long' ? 'long' : 'real';
  const isSum = operator === '+' || operator === '-';
  if (left === 'timespan' && right === 'timespan')
    return isSum || operator === '%' ? 'timespan' : operator === '/' ? 'real' : undefined;
  if (left === 'datetime' && right === 'timespan') return isSum ? 'datetime' : undefined;
  if (left === 'timespan' && right === 'datetime') return operator === '+' ? 'datetime' : undefined;
  if (left === 'datetime' && right === 'datetime') return operator === '-' ? 'timespan' : undefined;
  if (left === 'timespan' && isNumeric(right))
    return operator === '*' || operator === '/' ? 'timespan' : undefined;
  return isNumeric(left) && right === 'timespan' && operator === '*' ? 'timespan' : undefined;
}

function fitting(result: number, type: ScalarType): number | null {
  if (!Number.isFinite(result)) return null;
  if (type === 'datetime') return inRange(result);
  return type === 'long' ? Math.trunc(result) : result;
}
