import { canonicalJson } from '../json-text.ts';
import {
  taken,
  typeMismatch,
  weightOf,
  type BindingContext,
  type BoundExpression,
} from './bound-expression.ts';
import { toDynamic } from './conversions.ts';
import type { QueryPlace } from './query-error.ts';
import { isNumeric, type ScalarType, type Value } from './scalar-types.ts';
import type { ComparisonOperator } from './syntax.ts';

/** The type in which values of two types are compared; `undefined` where they cannot be. */
export function commonType(left: ScalarType, right: ScalarType): ScalarType | undefined {
  if (left === right) return left;
  if (isNumeric(left) && isNumeric(right)) return 'real';
  if (left === 'dynamic') return right;
  return right === 'dynamic' ? left : undefined;
}

/** `left == right` and its like. A `dynamic` side is converted to the type of the other. */
export function bindComparison(
  operator: ComparisonOperator,
  left: BoundExpression,
  right: BoundExpression,
  { place, budget }: BindingContext,
): BoundExpression {
  const type = comparedType(operator, left, right, place);
  const leftValue = taken(left, type, budget);
  const rightValue = taken(right, type, budget);
  const compare = comparers[operator];
  return {
    type: 'bool',
    weight: weightOf(left, right),
    evaluate: (row) => compare(leftValue(row), rightValue(row)),
  };
}

const withoutCase = new Set<ComparisonOperator>(['=~', '!~']);
const equalities = new Set<ComparisonOperator>(['==', '!=']);
const ordered = new Set<ScalarType>(['long', 'real', 'datetime', 'timespan']);

function comparedType(
  operator: ComparisonOperator,
  left: BoundExpression,
  right: BoundExpression,
  place: QueryPlace,
): ScalarType {
  const wanted = withoutCase.has(operator) ? 'string' : undefined;
  const type = commonType(left.type, right.type);
  const common = wanted !== undefined && type === 'dynamic' ? wanted : type;
  const fits =
    common !== undefined &&
    (wanted === undefined
      ? equalities.has(operator)
        ? common !== 'dynamic'
        : ordered.has(common)
      : common === wanted);
  if (fits) return common;
  throw typeMismatch(
    `Cannot compare values of types ${left.type} and ${right.type} with ${operator}. Convert them, for example with tostring() or tolong().`,
    place,
  );
}

/** Nulls: two are neither equal nor unequal, one is unequal to everything. Source: Kusto's documentation, "Null values". */
const comparers: Readonly<Record<ComparisonOperator, (left: Value, right: Value) => boolean | null>> = {
  '==': (left, right) => (left === null && right === null ? null : left === right),
  '!=': (left, right) => (left === null && right === null ? null : left !== right),
  '=~': (left, right) => lower(left) === lower(right),
  '!~': (left, right) => lower(left) !== lower(right),
  '<': (left, right) => (isPair(left, right) ? Number(left) < Number(right) : null),
  '<=': (left, right) => (isPair(left, right) ? Number(left) <= Number(right) : null),
  '>': (left, right) => (isPair(left, right) ? Number(left) > Number(right) : null),
  '>=': (left, right) => (isPair(left, right) ? Number(left) >= Number(right) : null),
};

const lower = (value: Value): string => (typeof value === 'string' ? value.toLowerCase() : '');
const isPair = (left: Value, right: Value): boolean => left !== null && right !== null;

interface MembershipOptions {
  negated: boolean;
  ignoresCase: boolean;
}

/** `left in (elements)`; a single element may be an array. */
export function bindMembership(
  left: BoundExpression,
  elements: readonly BoundExpression[],
  options: MembershipOptions,
  context: BindingContext,
): BoundExpression {
  const [only] = elements;
  if (only !== undefined && elements.length === 1 && only.type === 'dynamic')
    return inArray(left, only, options, context);
  const { negated, ignoresCase } = options;
  const type = ignoresCase ? 'string' : left.type;
  const searched = elements.reduce((common, element) => membershipType(common, element, context), type);
  if (ignoresCase) membershipType('string', left, context);
  const value = taken(left, searched, context.budget);
  const key = (found: Value): Value => (ignoresCase ? lower(found) : found);
  const literals = new Set(elements.flatMap(({ literal }) => (literal === undefined ? [] : [key(literal)])));
  const others = elements.filter(({ literal }) => literal === undefined);
  const otherValues = others.map((element) => taken(element, searched, context.budget));
  return {
    type: 'bool',
    weight: weightOf(left, ...others),
    evaluate: (row) => {
      const wanted = key(value(row));
      const isIn = literals.has(wanted) || otherValues.some((other) => key(other(row)) === wanted);
      return isIn !== negated;
    },
  };
}

function membershipType(common: ScalarType, element: BoundExpression, { place }: BindingContext): ScalarType {
  const next = commonType(common, element.type);
  if (next !== undefined) return next;
  throw typeMismatch(
    `Cannot look for a value of type ${common} among values of type ${element.type}. Convert them, for example with tostring().`,
    place,
  );
}

function inArray(
  left: BoundExpression,
  array: BoundExpression,
  { negated, ignoresCase }: MembershipOptions,
  { budget }: BindingContext,
): BoundExpression {
  const key = (value: Value): string => {
    const text = canonicalJson(value);
    budget.spendOnText(text.length);
    return ignoresCase ? text.toLowerCase() : text;
  };
  return {
    type: 'bool',
    weight: weightOf(left, array),
    evaluate: (row) => {
      const wanted = key(toDynamic(left.evaluate(row), left.type));
      const elements = array.evaluate(row);
      const isIn = (Array.isArray(elements) ? elements : [elements]).some(
        (element) => key(element) === wanted,
      );
      return isIn !== negated;
    },
  };
}
