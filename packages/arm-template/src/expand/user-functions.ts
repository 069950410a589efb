import type { JsonObject, JsonValue } from '../json.ts';
import { getOwn, isObject } from '../json-values.ts';
import type { EvaluationScope, UserFunction } from '../expression/scope.ts';
import { evaluateTree } from '../expression/template-tree.ts';
import { TemplateError } from '../template-error.ts';
import { unknownParameter } from './parameters.ts';

/**
 * The functions that a template declares under `functions`. A function sees its own parameters only; in language
 * version 2.0 it may also call other declared functions.
 */
export function readUserFunctions(
  declarations: readonly JsonObject[],
  base: EvaluationScope,
): (namespace: string, name: string) => UserFunction | undefined {
  const functions = new Map<string, UserFunction>();
  const find = (namespace: string, name: string): UserFunction | undefined =>
    functions.get(`${namespace}.${name}`.toLowerCase());
  for (const [index, declaration] of declarations.entries()) {
    const path = `functions[${String(index)}]`;
    const namespace = getOwn(declaration, 'namespace');
    const members = getOwn(declaration, 'members') ?? {};
    if (typeof namespace !== 'string' || !isObject(members)) {
      throw new TemplateError(
        'InvalidTemplate',
        "A declaration of user functions needs 'namespace' and 'members'.",
        { path },
      );
    }
    for (const [name, member] of Object.entries(members)) {
      functions.set(
        `${namespace}.${name}`.toLowerCase(),
        readFunction(member, `${path}.members.${name}`, { ...base, userFunction: find }),
      );
    }
  }
  return find;
}

function readFunction(member: JsonValue, path: string, base: EvaluationScope): UserFunction {
  const parameters = isObject(member) ? (getOwn(member, 'parameters') ?? []) : null;
  const output = isObject(member) ? getOwn(member, 'output') : undefined;
  const value = isObject(output) ? getOwn(output, 'value') : undefined;
  if (!Array.isArray(parameters) || value === undefined) {
    throw new TemplateError(
      'InvalidTemplate',
      "A user function needs 'parameters' and an 'output' with a value.",
      { path },
    );
  }
  const names = parameters.map((parameter) => {
    const name = isObject(parameter) ? getOwn(parameter, 'name') : undefined;
    if (typeof name !== 'string') {
      throw new TemplateError('InvalidTemplate', 'A parameter of a user function needs a name.', { path });
    }
    return name.toLowerCase();
  });
  return {
    parameterCount: names.length,
    invoke: (values) => {
      const given = new Map(names.map((name, index) => [name, values[index] ?? null] as const));
      return evaluateTree(value, {
        ...base,
        parameter: (name) => {
          const found = given.get(name.toLowerCase());
          if (found === undefined) throw unknownParameter(name);
          return found;
        },
      });
    },
  };
}
