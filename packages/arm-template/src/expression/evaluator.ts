import { functionNamed } from '../functions/function-table.ts';
import type { FunctionCall, FunctionDeclaration, LazyArgument } from '../functions/declaration.ts';
import type { JsonValue } from '../json.ts';
import { findKey, isObject, kindOf } from '../json-values.ts';
import { TemplateError } from '../template-error.ts';
import { Deferred } from './deferred.ts';
import { Lambda } from './lambda.ts';
import type { EvaluationScope, Value } from './scope.ts';
import { spend, withinBudget } from './bounds.ts';
import type { CallExpression, Expression, MemberExpression } from './syntax.ts';

/**
 * Evaluates an expression.
 *
 * @throws TemplateError with Azure's text and the offset in the expression.
 * @throws Deferred when it needs the running deployment and the scope has none.
 */
export function evaluate(expression: Expression, scope: EvaluationScope): Value {
  switch (expression.kind) {
    case 'value':
      return expression.value;
    case 'member':
      return withinBudget(() => evaluateMember(expression, scope));
    case 'call':
      return withinBudget(() => evaluateCall(expression, scope));
  }
}

/** Like `evaluate`, for places where a lambda makes no sense. */
export function evaluateToJson(expression: Expression, scope: EvaluationScope): JsonValue {
  const value = evaluate(expression, scope);
  if (value instanceof Lambda) {
    throw expressionError(
      "The template function 'lambda' is not expected at this location.",
      expression.offset,
    );
  }
  return value;
}

function evaluateMember(expression: MemberExpression, scope: EvaluationScope): JsonValue {
  const target = evaluateToJson(expression.target, scope);
  const property = evaluateToJson(expression.property, scope);
  const fail = (message: string): TemplateError => expressionError(message, expression.offset);
  if (Array.isArray(target)) {
    if (typeof property !== 'number' || !Number.isInteger(property)) {
      throw fail(
        `The language expression property '${printName(property)}' can't be evaluated, the array index must be an integer.`,
      );
    }
    const item = property < 0 ? undefined : target[property];
    if (item === undefined) {
      throw fail(`The language expression property array index '${String(property)}' is out of bounds.`);
    }
    return item;
  }
  if (!isObject(target)) {
    throw fail(`The language expression property '${printName(property)}' can't be evaluated.`);
  }
  if (typeof property !== 'string') {
    throw fail(
      `The language expression property '${printName(property)}' can't be evaluated, property name must be a string.`,
    );
  }
  const key = findKey(target, property);
  if (key === undefined) {
    throw fail(
      `The language expression property '${property}' doesn't exist, available properties are '${Object.keys(target).join(', ')}'.`,
    );
  }
  return target[key] ?? null;
}

function printName(value: JsonValue): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : kindOf(value);
}

function evaluateCall(expression: CallExpression, scope: EvaluationScope): Value {
  if (expression.namespace !== undefined)
    return evaluateUserFunction(expression, expression.namespace, scope);
  if (expression.name.toLowerCase() === 'lambda') return makeLambda(expression, scope);
  const declaration = functionNamed(expression.name);
  if (declaration === undefined) throw unknownFunction(expression.name, expression.offset);
  checkArgumentCount(expression, declaration);
  const call: FunctionCall = {
    name: declaration.name === 'list*' ? expression.name : declaration.name,
    scope,
    error: (message) => expressionError(message, expression.offset),
    usageError: (message) =>
      expressionError(
        `${message} Please see https://aka.ms/arm-function-${expression.name.toLowerCase()} for usage details.`,
        expression.offset,
      ),
    invoke: invokeLambda,
  };
  const values: LazyArgument[] = expression.arguments.map((argument) => ({
    value: () => charged(evaluate(argument, scope)),
  }));
  const result = charged(declaration.evaluate(call, values));
  if (Array.isArray(result)) spend(result.length);
  return result;
}

/** Charges for what a function reads or makes, so that work on large values ends as well. */
function charged(value: Value): Value {
  if (typeof value === 'string') spend(value.length >> 7);
  else if (Array.isArray(value)) spend(value.length >> 3);
  return value;
}

function unknownFunction(name: string, offset: number): TemplateError {
  return expressionError(
    `The template function '${name}' is not valid. Please see https://aka.ms/arm-functions for usage details.`,
    offset,
  );
}

function checkArgumentCount(expression: CallExpression, declaration: FunctionDeclaration): void {
  const count = expression.arguments.length;
  const { minimum, maximum } = declaration;
  if (count >= minimum && count <= maximum) return;
  const { name, wrongCount } = declaration;
  if (wrongCount !== undefined) throw expressionError(wrongCount(count), expression.offset);
  const expected =
    minimum === maximum
      ? String(minimum)
      : maximum === Number.POSITIVE_INFINITY
        ? `at least ${String(minimum)}`
        : `between ${String(minimum)} and ${String(maximum)}`;
  const shown = name === 'list*' ? expression.name : name;
  throw expressionError(
    `Unable to evaluate template language function '${shown}': function requires ${expected} argument(s) while ${String(count)} were provided. Please see https://aka.ms/arm-resource-functions/#${shown} for usage details.`,
    expression.offset,
  );
}

function makeLambda(expression: CallExpression, scope: EvaluationScope): Lambda {
  const body = expression.arguments.at(-1);
  if (body === undefined) {
    throw expressionError(
      "The template function 'lambda' requires an expression as its last argument.",
      expression.offset,
    );
  }
  const parameters = expression.arguments.slice(0, -1).map((argument) => {
    if (argument.kind !== 'value' || typeof argument.value !== 'string') {
      throw expressionError(
        "The template function 'lambda' expects the names of its arguments to be string literals.",
        argument.offset,
      );
    }
    return argument.value;
  });
  return new Lambda(parameters, body, scope);
}

function invokeLambda(lambda: Lambda, values: readonly JsonValue[]): JsonValue {
  if (lambda.parameters.length > values.length) {
    throw expressionError(
      `The lambda has '${String(lambda.parameters.length)}' arguments, at most '${String(values.length)}' are expected here.`,
      lambda.body.offset,
    );
  }
  const own = lambda.parameters.map((name, index) => [name, values[index] ?? null] as const);
  return evaluateToJson(lambda.body, {
    ...lambda.scope,
    lambdaVariables: [...(lambda.scope.lambdaVariables ?? []), ...own],
  });
}

function evaluateUserFunction(
  expression: CallExpression,
  namespace: string,
  scope: EvaluationScope,
): JsonValue {
  const fullName = `${namespace}.${expression.name}`;
  const declared = scope.userFunction?.(namespace, expression.name);
  if (declared === undefined) throw unknownFunction(fullName, expression.offset);
  if (declared.parameterCount !== expression.arguments.length) {
    throw expressionError(
      `Unable to evaluate template language function '${fullName}': function requires exactly ${String(declared.parameterCount)} argument(s) while ${String(expression.arguments.length)} were provided.`,
      expression.offset,
    );
  }
  return declared.invoke(
    expression.arguments.map((argument) => evaluateToJson(argument, scope)),
    (reason) =>
      expressionError(
        `Unable to evaluate template language function '${fullName}': ${reason}`,
        expression.offset,
      ),
  );
}

/** Messages quote values, which may be large. */
const MAXIMUM_MESSAGE_LENGTH = 4_000;

/** An error inside an expression; whoever knows the expression's text and path adds them. */
export function expressionError(message: string, offset: number): TemplateError {
  const shown =
    message.length > MAXIMUM_MESSAGE_LENGTH ? `${message.slice(0, MAXIMUM_MESSAGE_LENGTH)}…` : message;
  return new TemplateError('InvalidTemplate', shown, { offset });
}

/**
 * Evaluates as much of an expression as can be known now: what needs the running deployment stays, with everything
 * around it already replaced by its value.
 */
export function reduce(expression: Expression, scope: EvaluationScope): Expression {
  if (expression.kind === 'value') return expression;
  try {
    const value = evaluate(expression, scope);
    if (!(value instanceof Lambda)) return { kind: 'value', value, offset: expression.offset };
  } catch (error) {
    if (!(error instanceof Deferred)) throw error;
  }
  if (expression.kind === 'member') {
    return {
      ...expression,
      target: reduce(expression.target, scope),
      property: reduce(expression.property, scope),
    };
  }
  return reduceCall(expression, scope);
}

function reduceCall(expression: CallExpression, scope: EvaluationScope): Expression {
  const name = expression.namespace === undefined ? expression.name.toLowerCase() : '';
  if (name === 'lambda') {
    const unbound = { ...scope, unboundLambdas: true };
    return {
      ...expression,
      arguments: expression.arguments.map((argument) => reduceQuietly(argument, unbound)),
    };
  }
  if (name === 'if') {
    const [condition, whenTrue, whenFalse] = expression.arguments;
    if (condition !== undefined && whenTrue !== undefined && whenFalse !== undefined) {
      const decided = reduce(condition, scope);
      if (decided.kind === 'value' && typeof decided.value === 'boolean') {
        return reduce(decided.value ? whenTrue : whenFalse, scope);
      }
      return {
        ...expression,
        arguments: [decided, reduceQuietly(whenTrue, scope), reduceQuietly(whenFalse, scope)],
      };
    }
  }
  const lazy = name === 'coalesce' || name === 'and' || name === 'or';
  const reduced: CallExpression = {
    ...expression,
    arguments: expression.arguments.map((argument) =>
      lazy ? reduceQuietly(argument, scope) : reduce(argument, scope),
    ),
  };
  const [first] = reduced.arguments;
  if (
    (name === 'reference' || name === 'references' || name.startsWith('list')) &&
    first?.kind === 'value' &&
    typeof first.value === 'string'
  ) {
    scope.onRuntimeCall?.(expression.name, first.value, reduced.arguments.length > 1);
    const qualified = name === 'references' ? undefined : scope.resources?.qualify?.(first.value);
    if (qualified !== undefined) {
      const [, ...others] = reduced.arguments;
      // Inside the nested template the API version cannot be looked up any more.
      if (others.length === 0 && qualified.apiVersion !== undefined) {
        others.push({ kind: 'value', value: qualified.apiVersion, offset: first.offset });
      }
      return { ...reduced, arguments: [{ ...first, value: qualified.id }, ...others] };
    }
  }
  return reduced;
}

/** For arguments that may never be evaluated: an error in them is not an error yet. */
function reduceQuietly(expression: Expression, scope: EvaluationScope): Expression {
  try {
    return reduce(expression, scope);
  } catch (error) {
    if (error instanceof TemplateError) return expression;
    throw error;
  }
}
