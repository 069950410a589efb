import { aggregates } from './aggregates.ts';
import { bindArithmetic, bindNegative } from './arithmetic.ts';
import { asCondition, typeMismatch, weightOf, type BoundExpression } from './bound-expression.ts';
import { bindComparison, bindMembership } from './comparisons.ts';
import { elementOf, memberOf, toDynamic } from './conversions.ts';
import { scalarFunctions } from './functions.ts';
import { bindLiteral } from './literals.ts';
import { queryError, shortened, type QueryPlace } from './query-error.ts';
import { valueOf, type Column, type Row, type ScalarType } from './scalar-types.ts';
import type { BinaryOperator, Expression } from './syntax.ts';
import { bindTextOperator } from './text-operators.ts';
import type { WorkBudget } from './work-budget.ts';

/** What the expressions of an operator may refer to. */
export interface Scope {
  columns: readonly Column[];
  budget: WorkBudget;
  /** When the query began, in milliseconds since 1970. */
  nowMs: number;
  /** Binds calls of aggregates, where the operator has any; `undefined` for calls of other functions. */
  bindAggregate?: (call: Expression & { kind: 'call' }) => BoundExpression | undefined;
}

/** Finds the columns and functions of an expression, and checks its types. Throws `QueryError`. */
export function bindExpression(expression: Expression, scope: Scope): BoundExpression {
  const { place } = expression;
  const { budget } = scope;
  const bound = (part: Expression): BoundExpression => bindExpression(part, scope);
  switch (expression.kind) {
    case 'literal':
      return bindLiteral(expression.type, expression.text, place, scope.nowMs);
    case 'name':
      return bindColumn(expression.name, place, scope);
    case 'member':
      return bindMember(bound(expression.target), expression.name, place);
    case 'element':
      return bindElement(bound(expression.target), bound(expression.index), place);
    case 'call':
      return bindCall(expression, scope);
    case 'negative':
      return bindNegative(bound(expression.operand), place);
    case 'and':
    case 'or':
      return bindChain(
        expression.kind,
        expression.operands.map((operand) => asCondition(bound(operand), operand.place)),
      );
    case 'binary':
      return bindBinary(expression.operator, bound(expression.left), bound(expression.right), {
        place,
        budget,
      });
    case 'in':
      return bindMembership(bound(expression.left), expression.elements.map(bound), expression, {
        place,
        budget,
      });
  }
}

/** Evaluates a bound expression on many rows, at the budget's expense. */
export function evaluator(expression: BoundExpression, budget: WorkBudget): BoundExpression['evaluate'] {
  const { evaluate, weight } = expression;
  return (row) => {
    budget.spend(weight);
    return evaluate(row);
  };
}

/** Where a column is among others. Throws `QueryError` where there is none of this name. */
export function columnIndex(name: string, columns: readonly Column[], place: QueryPlace): number {
  const index = columns.findIndex((column) => column.name === name);
  if (index >= 0) return index;
  const otherCase = columns.find((column) => column.name.toLowerCase() === name.toLowerCase());
  throw queryError(
    'InvalidColumnNames',
    `Invalid column names: [${shortened(name)}].${otherCase ? ` Names are case-sensitive: there is ${otherCase.name}.` : ''}`,
    place,
  );
}

function bindColumn(name: string, place: QueryPlace, { columns }: Scope): BoundExpression {
  const index = columnIndex(name, columns, place);
  return columnAt(index, columns[index]?.type ?? 'dynamic');
}

/** The column that is at this place among others. */
export function columnAt(index: number, type: ScalarType): BoundExpression {
  return {
    type,
    evaluate: (row) => valueOf(row[index]),
    cell: (row) => row[index] ?? null,
    weight: 1,
  };
}

function bindMember(target: BoundExpression, name: string, place: QueryPlace): BoundExpression {
  checkHasParts(target, place);
  return {
    type: 'dynamic',
    evaluate: (row) => memberOf(target.evaluate(row), name),
    weight: weightOf(target),
  };
}

function bindElement(target: BoundExpression, index: BoundExpression, place: QueryPlace): BoundExpression {
  checkHasParts(target, place);
  if (index.type !== 'long' && index.type !== 'string' && index.type !== 'dynamic')
    throw typeMismatch(`An index is of type long or string, and this is of type ${index.type}.`, place);
  return {
    type: 'dynamic',
    evaluate: (row) => {
      const at = toDynamic(index.evaluate(row), index.type);
      if (typeof at === 'string') return memberOf(target.evaluate(row), at);
      return typeof at === 'number' ? elementOf(target.evaluate(row), at) : null;
    },
    weight: weightOf(target, index),
  };
}

function checkHasParts({ type }: BoundExpression, place: QueryPlace): void {
  if (type !== 'dynamic')
    throw typeMismatch(`Only values of type dynamic have parts, and this is of type ${type}.`, place);
}

function bindChain(kind: 'and' | 'or', operands: readonly BoundExpression[]): BoundExpression {
  // Nulls count as false here. Source: Kusto's documentation, "Logical (binary) operators".
  const evaluate =
    kind === 'and'
      ? (row: Row) => operands.every((operand) => operand.evaluate(row) === true)
      : (row: Row) => operands.some((operand) => operand.evaluate(row) === true);
  return { type: 'bool', evaluate, weight: weightOf(...operands) };
}

function bindBinary(
  operator: BinaryOperator,
  left: BoundExpression,
  right: BoundExpression,
  context: { place: QueryPlace; budget: WorkBudget },
): BoundExpression {
  if (typeof operator === 'object') return bindTextOperator(operator, left, right, context);
  switch (operator) {
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return bindArithmetic(operator, left, right, context.place);
    case '==':
    case '!=':
    case '=~':
    case '!~':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return bindComparison(operator, left, right, context);
  }
}

function bindCall(call: Expression & { kind: 'call' }, scope: Scope): BoundExpression {
  const aggregate = scope.bindAggregate?.(call);
  if (aggregate) return aggregate;
  const { name, place } = call;
  const known = scalarFunctions.get(name);
  if (!known) throw unknownFunction(call, scope);
  const args = call.args.map((arg) => bindExpression(arg, scope));
  const [least, most] = known.arity;
  if (args.length < least || args.length > most)
    throw queryError(
      'InvalidQuery',
      `${name}() takes ${least === most ? least : `${least} to ${most}`} arguments; there are ${args.length}.`,
      place,
    );
  const bound = known.bind(args, { name, place, budget: scope.budget, nowMs: scope.nowMs });
  return { ...bound, weight: weightOf(...args) };
}

function unknownFunction({ name, place }: Expression & { kind: 'call' }, scope: Scope): Error {
  const known =
    scope.bindAggregate || !aggregates.has(name)
      ? `This cloud's Resource Graph knows ${[...scalarFunctions.keys()].join(', ')}; in summarize also ${[...aggregates.keys()].join(', ')}.`
      : 'It is an aggregate, which only summarize has.';
  return queryError('UnknownFunction', `Unknown function: '${shortened(name)}'. ${known}`, place);
}
