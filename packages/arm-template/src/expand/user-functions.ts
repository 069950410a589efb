import type { JsonObject, JsonValue } from '../json.ts';
import { equalsIgnoreCase, getOwn, isObject } from '../json-values.ts';
import type { EvaluationScope, UserFunction } from '../expression/scope.ts';
import type { CallExpression } from '../expression/syntax.ts';
import { callsIn, evaluateTree } from '../expression/template-tree.ts';
import { TemplateError } from '../template-error.ts';
import { positionText } from '../text-position.ts';
import { readType, resolveDeclaration, type ParameterType } from './parameter-type.ts';
import { plainMismatch, typedMismatch, unknownParameter } from './parameters.ts';
import type { TemplateDocument } from './template-document.ts';
import { checkValue, holdsSecret, isStructured, needsLanguageVersion } from './type-check.ts';

type Declarations = Pick<TemplateDocument, 'functions' | 'definitions' | 'hasTypes'>;

/** A parameter or the output of a user function: a value of a type. */
interface Typed {
  declaration: JsonObject;
  type: ParameterType;
  isSecret: boolean;
}

const SEE_FUNCTIONS = 'Please see https://aka.ms/arm-template/#functions for usage details.';

/**
 * The functions that a template declares under `functions`. A function sees its own parameters, and no resources; in language
 * version 2.0 also the template's variables and the other declared functions.
 *
 * @throws TemplateError for a declaration that Azure refuses, whether the function is called or not.
 */
export function readUserFunctions(
  document: Declarations,
  base: EvaluationScope,
): (namespace: string, name: string) => UserFunction | undefined {
  const functions = new Map<string, UserFunction>();
  const find = (namespace: string, name: string): UserFunction | undefined =>
    functions.get(`${namespace}.${name}`.toLowerCase());
  for (const [index, declaration] of document.functions.entries()) {
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
    const wrong = wrongCharacters(namespace);
    if (wrong !== '') {
      throw new TemplateError(
        'InvalidTemplate',
        `The template function${positionText(declaration)} is not valid. The function namespace '${namespace}' contains invalid characters '${wrong}'. ${SEE_FUNCTIONS}`,
        { path },
      );
    }
    for (const [name, member] of Object.entries(members)) {
      functions.set(
        `${namespace}.${name}`.toLowerCase(),
        readFunction(name, member, document, `${path}.members.${name}`, { ...base, userFunction: find }),
      );
    }
  }
  return find;
}

/** Characters that no name of a function may have, as no expression could call it. */
function wrongCharacters(name: string): string {
  return [...new Set(name.replaceAll(/[\p{L}\p{N}_$]/gu, ''))].join('');
}

function readFunction(
  name: string,
  member: JsonValue,
  document: Declarations,
  path: string,
  base: EvaluationScope,
): UserFunction {
  const refuse = (reason: string, at: JsonValue = member): TemplateError =>
    new TemplateError(
      'InvalidTemplate',
      `The template function '${name}'${positionText(at)} is not valid. ${reason} ${SEE_FUNCTIONS}`,
      { path },
    );
  const wrong = wrongCharacters(name);
  if (wrong !== '') throw refuse(`The function name contains invalid characters '${wrong}'.`);
  const parameters = isObject(member) ? (getOwn(member, 'parameters') ?? []) : null;
  const output = isObject(member) ? getOwn(member, 'output') : undefined;
  const value = isObject(output) ? getOwn(output, 'value') : undefined;
  if (!Array.isArray(parameters) || !isObject(output) || value === undefined) {
    throw new TemplateError(
      'InvalidTemplate',
      "A user function needs 'parameters' and an 'output' with a value.",
      { path },
    );
  }
  const calls = callsIn(value, `${path}.output.value`);
  const refused = new Set(calls.filter((call) => isRefused(call, document.hasTypes)).map(nameOfCall));
  if (refused.size > 0) {
    throw refuse(
      `These function calls are not supported in a function definition: '${[...refused].join(', ')}'.`,
      output,
    );
  }
  const declared = parameters.map((parameter) => {
    const own = isObject(parameter) ? getOwn(parameter, 'name') : undefined;
    if (!isObject(parameter) || typeof own !== 'string') {
      throw new TemplateError('InvalidTemplate', 'A parameter of a user function needs a name.', { path });
    }
    if (getOwn(parameter, 'defaultValue') !== undefined) {
      throw refuse(`The function parameter '${own}' must not have a default value.`);
    }
    return { name: own, ...readTyped(parameter, `function parameter '${own}'`, document, path) };
  });
  if (new Set(declared.map((parameter) => parameter.name.toLowerCase())).size < declared.length) {
    throw refuse('Each function parameter must have a name of its own.');
  }
  const result = readTyped(output, 'function output', document, path);
  return {
    parameterCount: declared.length,
    invoke: (values, fail) => {
      const given = new Map<string, JsonValue>();
      for (const [index, parameter] of declared.entries()) {
        const argument = values[index] ?? null;
        checkTyped(argument, parameter, `function parameter '${parameter.name}'`, document, fail);
        given.set(parameter.name.toLowerCase(), argument);
      }
      const returned = evaluateTree(value, {
        ...base,
        parameter: (wanted) => {
          const found = given.get(wanted.toLowerCase());
          if (found === undefined) throw unknownParameter(wanted);
          return found;
        },
      });
      checkTyped(returned, result, 'function output', document, fail);
      return returned;
    },
  };
}

const nameOfCall = ({ namespace, name }: CallExpression): string =>
  namespace === undefined ? name : `${namespace}.${name}`;

/** Calls of what a function cannot see: the template's resources, and, before 2.0, its variables and other functions. */
function isRefused({ namespace, name }: CallExpression, hasTypes: boolean): boolean {
  if (namespace !== undefined || equalsIgnoreCase(name, 'variables')) return !hasTypes;
  return /^(?:references?|list.*)$/i.test(name);
}

function readTyped(
  written: JsonObject,
  what: string,
  { definitions, hasTypes }: Declarations,
  path: string,
): Typed {
  if (!hasTypes && isStructured(written)) throw needsLanguageVersion(path);
  const declaration = resolveDeclaration(written, definitions, path);
  const type = readType(declaration, what, path);
  return {
    declaration,
    type,
    isSecret: type.secure || (hasTypes && holdsSecret(declaration, definitions, path)),
  };
}

function checkTyped(
  value: JsonValue,
  { declaration, type, isSecret }: Typed,
  what: string,
  { definitions, hasTypes }: Declarations,
  fail: (message: string) => TemplateError,
): void {
  checkValue(value, declaration, type, {
    definitions,
    what,
    isSecret,
    wrongType: hasTypes ? typedMismatch : plainMismatch,
    invalid: (reason) => fail(`The provided value for the ${what} is not valid. ${reason} ${SEE_FUNCTIONS}`),
  });
}
