import type { JsonObject, JsonValue } from '../json.ts';
import { getOwn, isObject, setOwn } from '../json-values.ts';
import { TemplateError } from '../template-error.ts';
import { spend } from './bounds.ts';
import { copyCount } from './copy-count.ts';
import { Deferred } from './deferred.ts';
import { evaluateToJson, reduce } from './evaluator.ts';
import { escapeLiteral, isExpression, literalText, parseExpression } from './parser.ts';
import { printExpression } from './printer.ts';
import type { EvaluationScope } from './scope.ts';
import type { CallExpression, Expression } from './syntax.ts';

/** How deeply a template's objects and arrays may nest. */
const MAXIMUM_DEPTH = 250;

/** How a walk treats the strings of a template. */
type TextEvaluator = (text: string, scope: EvaluationScope, path: string) => JsonValue;

/** Expressions that were parsed before: each turn of a loop has the same ones. Emptied when it is full. */
const parsed = new Map<string, Expression>();
const MOST_KEPT = 1_000;
const LONGEST_KEPT = 1_000;

/** Parses the expression in a template string (with its brackets). */
export function parseTemplateText(text: string): Expression {
  spend(text.length >> 3);
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const expression = parseExpression(text.slice(1, -1));
  if (text.length <= LONGEST_KEPT) {
    if (parsed.size >= MOST_KEPT) parsed.clear();
    parsed.set(text, expression);
  }
  return expression;
}

/** The value of one template string. @throws TemplateError with the expression's text and path, or Deferred. */
export function evaluateText(text: string, scope: EvaluationScope, path = ''): JsonValue {
  if (!isExpression(text)) return literalText(text);
  return atPath(path, text, () => evaluateToJson(parseTemplateText(text), scope));
}

/** Like `evaluateText`, but what needs the running deployment stays expression text. */
export function previewText(text: string, scope: EvaluationScope, path = ''): JsonValue {
  if (!isExpression(text)) return literalText(text);
  return atPath(path, text, () => {
    const reduced = reduce(parseTemplateText(text), scope);
    return reduced.kind === 'value' ? reduced.value : `[${printExpression(reduced)}]`;
  });
}

/** Like `previewText`, for a text that another template evaluates again: literals are escaped. */
export function substituteText(text: string, scope: EvaluationScope, path = ''): JsonValue {
  if (!isExpression(text)) return text;
  return atPath(path, text, () => {
    const reduced = reduce(parseTemplateText(text), scope);
    return reduced.kind === 'value' ? escapeTree(reduced.value) : `[${printExpression(reduced)}]`;
  });
}

function escapeTree(value: JsonValue): JsonValue {
  spend(1);
  if (typeof value === 'string') return escapeLiteral(value);
  if (Array.isArray(value)) return value.map(escapeTree);
  if (!isObject(value)) return value;
  const escaped: JsonObject = {};
  for (const [key, item] of Object.entries(value)) setOwn(escaped, escapeLiteral(key), escapeTree(item));
  return escaped;
}

/** Evaluates every string, property name and property `copy` of a template value. */
export function evaluateTree(value: JsonValue, scope: EvaluationScope, path = ''): JsonValue {
  return walk(value, scope, path, evaluateText, 0);
}

/** Like `evaluateTree`; strings that need the running deployment stay expression text. */
export function previewTree(value: JsonValue, scope: EvaluationScope, path = ''): JsonValue {
  return walk(value, scope, path, previewText, 0);
}

function walk(
  value: JsonValue,
  scope: EvaluationScope,
  path: string,
  text: TextEvaluator,
  depth: number,
): JsonValue {
  if (depth > MAXIMUM_DEPTH) {
    throw new TemplateError(
      'InvalidTemplate',
      `The template nests more than '${String(MAXIMUM_DEPTH)}' levels deep.`,
      {
        path,
      },
    );
  }
  spend(1);
  if (typeof value === 'string') return text(value, scope, path);
  if (Array.isArray(value)) {
    return value.map((item, index) => walk(item, scope, `${path}[${String(index)}]`, text, depth + 1));
  }
  if (!isObject(value)) return value;
  const result: JsonObject = {};
  for (const [key, item] of Object.entries(value)) {
    const itemPath = path === '' ? key : `${path}.${key}`;
    if (key.toLowerCase() === 'copy' && isPropertyCopy(item)) {
      for (const loop of item) expandPropertyLoop(loop, result, scope, itemPath, text, depth);
      continue;
    }
    setOwn(result, propertyName(key, scope, itemPath), walk(item, scope, itemPath, text, depth + 1));
  }
  return result;
}

function propertyName(key: string, scope: EvaluationScope, path: string): string {
  if (!isExpression(key)) return literalText(key);
  try {
    const name = evaluateText(key, scope, path);
    if (typeof name === 'string') return name;
  } catch (error) {
    if (error instanceof Deferred) return key;
    throw error;
  }
  throw new TemplateError(
    'InvalidTemplate',
    `The property name expression '${key}' must evaluate to a string.`,
    { path },
  );
}

/** Whether a property called `copy` is a loop: an array whose items say name, count and input. */
function isPropertyCopy(value: JsonValue): value is JsonObject[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every(
      (item) =>
        isObject(item) &&
        typeof getOwn(item, 'name') === 'string' &&
        getOwn(item, 'count') !== undefined &&
        getOwn(item, 'input') !== undefined,
    )
  );
}

function expandPropertyLoop(
  loop: JsonObject,
  target: JsonObject,
  scope: EvaluationScope,
  path: string,
  text: TextEvaluator,
  depth: number,
): void {
  const written = getOwn(loop, 'name');
  const name = typeof written === 'string' ? evaluateText(written, withoutResources(scope), path) : null;
  if (typeof name !== 'string') {
    throw new TemplateError('InvalidTemplate', 'The name of a copy loop must be a string.', { path });
  }
  const count = loopCount(loop, scope, path);
  const input = getOwn(loop, 'input') ?? null;
  const items: JsonValue[] = [];
  for (let index = 0; index < count; index += 1) {
    const turn: EvaluationScope = {
      ...scope,
      loops: [...(scope.loops ?? []), { name, index, ofResource: false }],
    };
    items.push(walk(input, turn, `${path}.${name}[${String(index)}]`, text, depth + 1));
  }
  setOwn(target, name, items);
}

/** The count of a loop, which `reference` and `list*` may not decide: it must be known before anything is deployed. */
export function loopCount(loop: JsonObject, scope: EvaluationScope, path: string): number {
  const count = evaluateTree(getOwn(loop, 'count') ?? null, withoutResources(scope), path);
  return copyCount(count, loop, path, scope.copyLimit);
}

function withoutResources(scope: EvaluationScope): EvaluationScope {
  const { resources: _resources, ...rest } = scope;
  return rest;
}

/**
 * The calls in the expressions of a template value and of its property names, in the order in which they stand there;
 * without those that are deeper than a template may be, which are never evaluated.
 * @throws TemplateError where an expression is not well-formed.
 */
export function callsIn(value: JsonValue, path: string): CallExpression[] {
  const calls: CallExpression[] = [];
  const visit = (expression: Expression): void => {
    spend(1);
    if (expression.kind === 'member') {
      visit(expression.target);
      visit(expression.property);
    } else if (expression.kind === 'call') {
      calls.push(expression);
      for (const argument of expression.arguments) visit(argument);
    }
  };
  const search = (item: JsonValue, depth: number): void => {
    spend(1);
    if (typeof item === 'string') {
      if (isExpression(item)) visit(atPath(path, item, () => parseTemplateText(item)));
    } else if (depth <= MAXIMUM_DEPTH && typeof item === 'object' && item !== null) {
      for (const [key, inner] of Object.entries(item)) {
        search(key, depth + 1);
        search(inner, depth + 1);
      }
    }
  };
  search(value, 0);
  return calls;
}

/** Adds path and expression to an error that comes from inside an expression. */
function atPath<T>(path: string, text: string, evaluate: () => T): T {
  try {
    return evaluate();
  } catch (error) {
    // Errors with another code come from the running deployment: they pass unchanged.
    if (!(error instanceof TemplateError) || error.code !== 'InvalidTemplate') throw error;
    const { position } = error;
    if (position.path !== undefined) throw error;
    throw new TemplateError(error.code, error.message, {
      ...position,
      path,
      expression: position.expression ?? text.slice(1, -1),
    });
  }
}
