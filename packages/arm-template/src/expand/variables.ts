import type { JsonObject, JsonValue } from '../json.ts';
import { getOwn, isObject, setOwn } from '../json-values.ts';
import { bounded } from '../expression/bounds.ts';
import type { EvaluationScope } from '../expression/scope.ts';
import { evaluateTree, loopCount } from '../expression/template-tree.ts';
import { TemplateError } from '../template-error.ts';
import { describeErrors } from './error-text.ts';

function fail(message: string, path: string): TemplateError {
  return new TemplateError('InvalidTemplate', message, { path });
}

/**
 * The template's variables: each is evaluated when it is first asked for, and once.
 *
 * @returns what answers `variables('…')`; it throws TemplateError for an unknown variable or one that needs itself.
 */
export function lazyVariables(declarations: JsonObject, base: EvaluationScope): (name: string) => JsonValue {
  const sources = withCopies(declarations);
  const keys = new Map([...sources.keys()].map((key) => [key.toLowerCase(), key] as const));
  const known = new Map<string, JsonValue>();
  const running: string[] = [];

  const variable = (name: string): JsonValue => {
    const key = sources.has(name) ? name : keys.get(name.toLowerCase());
    const source = key === undefined ? undefined : sources.get(key);
    if (key === undefined || source === undefined) {
      throw fail(
        `The template variable '${name}' is not found. Please see https://aka.ms/arm-template/#variables for usage details.`,
        'variables',
      );
    }
    const existing = known.get(key);
    if (existing !== undefined) return existing;
    if (running.includes(key)) {
      throw fail(
        `The template variable '${key}' is not valid: it refers to itself through '${[...running, key].join(' → ')}'. Please see https://aka.ms/arm-template/#variables for usage details.`,
        `variables.${key}`,
      );
    }
    running.push(key);
    try {
      const value = describeErrors(
        () => bounded(() => evaluateSource(source, key, scope), `variables.${key}`),
        (message) =>
          `The template variable '${key}' is not valid: ${message}. Please see https://aka.ms/arm-template-expressions for usage details.`,
      );
      known.set(key, value);
      return value;
    } finally {
      running.pop();
    }
  };
  const scope: EvaluationScope = { ...base, variable };
  return variable;
}

/** A variable as written, or one turn for each item of a variable `copy`. */
type Source = { value: JsonValue } | { loop: JsonObject };

/** The variables, with those that the section's `copy` declares. */
function withCopies(declarations: JsonObject): Map<string, Source> {
  const sources = new Map<string, Source>();
  for (const [name, value] of Object.entries(declarations)) {
    if (name.toLowerCase() !== 'copy' || !Array.isArray(value)) {
      sources.set(name, { value });
      continue;
    }
    for (const loop of value) {
      const loopName = isObject(loop) ? getOwn(loop, 'name') : undefined;
      if (!isObject(loop) || typeof loopName !== 'string') {
        throw fail(
          "Each item of the variables' copy must be an object with name, count and input.",
          'variables.copy',
        );
      }
      sources.set(loopName, { loop });
    }
  }
  return sources;
}

function evaluateSource(source: Source, name: string, scope: EvaluationScope): JsonValue {
  const path = `variables.${name}`;
  if ('value' in source) return evaluateTree(source.value, scope, path);
  // A loop over variables is a property loop of an object that has nothing else.
  const holder: JsonObject = {};
  setOwn(holder, 'copy', [source.loop]);
  loopCount(source.loop, scope, path);
  const expanded = evaluateTree(holder, scope, path);
  return (isObject(expanded) ? getOwn(expanded, name) : undefined) ?? [];
}
