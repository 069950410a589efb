import { fromDynamic, toText } from './conversions.ts';
import { queryError, type QueryPlace } from './query-error.ts';
import type { Cell, Row, ScalarType, Value } from './scalar-types.ts';
import type { WorkBudget } from './work-budget.ts';

/** An expression that knows its columns: of a known type, and ready to be evaluated. */
export interface BoundExpression {
  type: ScalarType;
  evaluate: (row: Row) => Value;
  /** How many steps of the query's budget an evaluation takes, beside what long texts cost. */
  weight: number;
  /** The value of a literal. */
  literal?: Value;
  /** The cell of a column, for passing it on without looking what is in it. */
  cell?: (row: Row) => Cell;
}

/** What binding an expression needs to know beside its parts. */
export interface BindingContext {
  place: QueryPlace;
  budget: WorkBudget;
}

/** The weight of an expression that is made of others. */
export const weightOf = (...parts: readonly BoundExpression[]): number =>
  parts.reduce((sum, { weight }) => sum + weight, 1);

/** An expression of a type that cannot be used where it stands. */
export function typeMismatch(message: string, place: QueryPlace): Error {
  return queryError('InvalidQuery', message, place);
}

/** What an expression says as text, whatever its type. */
export function textOf({ type, evaluate }: BoundExpression, budget: WorkBudget): (row: Row) => string {
  if (type !== 'dynamic') return (row) => toText(evaluate(row), type);
  return (row) => {
    const text = toText(evaluate(row), type);
    budget.spendOnText(text.length);
    return text;
  };
}

/** What an expression is when it is taken for a type that `dynamic` values are converted to. */
export function taken(
  expression: BoundExpression,
  type: ScalarType,
  budget: WorkBudget,
): (row: Row) => Value {
  const { evaluate } = expression;
  if (expression.type !== 'dynamic' || type === 'dynamic') return evaluate;
  return type === 'string' ? textOf(expression, budget) : (row) => fromDynamic(evaluate(row), type);
}

/** The expression, which must be a condition. */
export function asCondition(expression: BoundExpression, place: QueryPlace): BoundExpression {
  if (expression.type === 'bool') return expression;
  throw typeMismatch(
    `A condition must be of type bool, and this is of type ${expression.type}. Compare it, or convert it with tobool().`,
    place,
  );
}

/** The expression, by which rows are grouped, joined or sorted, which `dynamic` values cannot be. */
export function asKey(expression: BoundExpression, place: QueryPlace, use: string): BoundExpression {
  if (expression.type !== 'dynamic') return expression;
  throw typeMismatch(
    `The ${use} is of type dynamic, which is not supported. Convert it, for example with tostring().`,
    place,
  );
}
