import type { ResolvedParameter, SecretReference } from '../expansion.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { findKey, getOwn, isObject } from '../json-values.ts';
import { bounded } from '../expression/bounds.ts';
import type { EvaluationScope } from '../expression/scope.ts';
import { evaluateText, evaluateTree } from '../expression/template-tree.ts';
import { TemplateError } from '../template-error.ts';
import { positionOf, positionText } from '../text-position.ts';
import { describeErrors } from './error-text.ts';
import { readType, resolveDeclaration, type ParameterType } from './parameter-type.ts';
import type { Secrets } from './secrets.ts';
import { checkValue, holdsSecret, textOf } from './type-check.ts';

interface Context {
  declarations: JsonObject;
  definitions: JsonObject;
  /** Whether structured types are allowed. */
  hasTypes: boolean;
  values: JsonObject;
  /** What default values may use besides other parameters. */
  defaultScope: EvaluationScope;
  /** See `ExpandInput`. */
  secret?: ((reference: SecretReference) => string) | undefined;
  externalInputs?: JsonObject | undefined;
  /** See `ExpandInput.standIn`. */
  standIn?: ((value: JsonValue) => JsonValue) | undefined;
  /** Where secure values are noted, before anything is said of them. */
  secrets: Secrets;
}

const SEE_PARAMETERS = 'Please see https://aka.ms/arm-create-parameter-file for usage details.';

/** How much of a value a message repeats. */
const LONGEST_QUOTE = 200;

function fail(message: string, path: string): TemplateError {
  return new TemplateError('InvalidTemplate', message, { path });
}

/** The parameters of a deployment, each resolved when it is first asked for, and once. */
export interface Parameters {
  /** Answers `parameters('…')`. @throws TemplateError for an unknown parameter, or one whose default needs itself. */
  value: (name: string) => JsonValue;
  /** All of them, resolved. */
  resolveAll: () => Record<string, ResolvedParameter>;
}

/**
 * The parameters: given values, else defaults (which may use other parameters), checked against type and constraints.
 *
 * @throws TemplateError naming the parameter; a secure value is never part of the message.
 */
export function lazyParameters(context: Context): Parameters {
  const { declarations, values } = context;
  refuseUnknownValues(declarations, values);
  const resolved = new Map<string, ResolvedParameter>();
  const running = new Set<string>();

  const resolve = (name: string): ResolvedParameter => {
    const existing = resolved.get(name);
    if (existing !== undefined) return existing;
    if (running.has(name)) {
      throw fail(
        `The template parameter '${name}' is not valid: its default value refers to itself. Please see https://aka.ms/arm-template/#parameters for usage details.`,
        `parameters.${name}`,
      );
    }
    running.add(name);
    const parameter = resolveOne(name, context, value);
    running.delete(name);
    resolved.set(name, parameter);
    return parameter;
  };
  const value = (name: string): JsonValue => {
    const key = findKey(declarations, name);
    if (key === undefined) throw unknownParameter(name);
    return resolve(key).value;
  };
  return {
    value,
    resolveAll: () =>
      Object.fromEntries(Object.keys(declarations).map((name) => [name, resolve(name)] as const)),
  };
}

/** The error for `parameters('x')` where the template declares no x. */
export function unknownParameter(name: string): TemplateError {
  return new TemplateError(
    'InvalidTemplate',
    `The template parameter '${name}' is not found. Please see https://aka.ms/arm-template/#parameters for usage details.`,
  );
}

function refuseUnknownValues(declarations: JsonObject, values: JsonObject): void {
  const declared = new Set(Object.keys(declarations).map((name) => name.toLowerCase()));
  const unknown = Object.keys(values).filter((name) => !declared.has(name.toLowerCase()));
  if (unknown.length === 0) return;
  throw fail(
    `The template parameters '${unknown.join(', ')}' in the parameters file are not valid; they are not present in the original template and can therefore not be provided at deployment time. The only supported parameters for this template are '${Object.keys(declarations).join(', ')}'. Please see https://aka.ms/arm-pass-parameter-values for usage details.`,
    'parameters',
  );
}

function resolveOne(
  name: string,
  context: Context,
  parameter: (name: string) => JsonValue,
): ResolvedParameter {
  const path = `parameters.${name}`;
  const written = context.declarations[name];
  if (!isObject(written)) throw fail(`The template parameter '${name}' must be an object.`, path);
  const declaration = resolveDeclaration(written, context.definitions, path);
  const type = readType(declaration, `template parameter '${name}'`, path);
  const where = positionText(written);
  const nullable = getOwn(declaration, 'nullable') === true;
  const given = givenValue(name, context, path);
  let value: JsonValue;
  if (given !== undefined && (given !== null || nullable)) {
    value = bounded(() => given, path);
  } else {
    const defaultValue = getOwn(declaration, 'defaultValue');
    if (defaultValue === undefined) {
      if (!nullable) {
        throw fail(
          `The value for the template parameter '${name}'${where} is not provided. ${SEE_PARAMETERS}`,
          path,
        );
      }
      value = null;
    } else {
      const scope: EvaluationScope = { ...context.defaultScope, parameter };
      value = describeErrors(
        () => bounded(() => evaluateTree(defaultValue, scope, `${path}.defaultValue`), path),
        (message) => invalidDefault(name, where, message),
        positionOf(written),
      );
    }
  }
  const invalid = (reason: string, shown?: JsonValue): TemplateError => {
    const text = shown === undefined ? undefined : textOf(shown);
    // A long one would push out what is wrong with it.
    const isQuoted = text !== undefined && text.length <= LONGEST_QUOTE;
    const provided = isQuoted ? `The provided value '${text}'` : 'The provided value';
    return fail(
      `${provided} for the template parameter '${name}'${where} is not valid. ${reason} ${SEE_PARAMETERS}`,
      path,
    );
  };
  const { definitions, hasTypes, standIn } = context;
  const secure = type.secure || (hasTypes && holdsSecret(declaration, definitions, path));
  if (secure) context.secrets.add(value);
  checkValue(value, declaration, type, {
    definitions,
    what: `template parameter '${name}'`,
    isSecret: secure,
    wrongType: hasTypes ? typedMismatch : plainMismatch,
    invalid,
  });
  const shownValue = secure && standIn !== undefined ? standIn(value) : value;
  return { type: type.name, value: shownValue, secure };
}

/** What is said of a value of the wrong type. */
export const plainMismatch = (type: ParameterType, kind: string): string =>
  `Template parameter JToken type is not valid. Expected '${type.expected}'. Actual '${kind}'.`;
/** The words of language version 2.0. */
export const typedMismatch = (type: ParameterType, kind: string): string =>
  `Expected a value of type '${type.name.replace('Secure', '')}', but received a value of type '${kind}'.`;

/** Words around an error in a default value; an error about another parameter stands alone. */
function invalidDefault(name: string, where: string, message: string): string {
  if (/^The (?:template parameter|provided value|value for) /.test(message)) return message;
  return `The template parameter '${name}'${where} is not valid: ${message}. Please see https://aka.ms/arm-template/#parameters for usage details.`;
}

/** The value that the deployment gives; `undefined` where it gives none. */
function givenValue(name: string, context: Context, path: string): JsonValue | undefined {
  const entry = getOwn(context.values, name);
  if (entry === undefined || entry === null) return undefined;
  if (!isObject(entry)) {
    throw fail(
      `The value for the template parameter '${name}' must be an object with the property 'value'. ${SEE_PARAMETERS}`,
      path,
    );
  }
  const reference = getOwn(entry, 'reference');
  if (reference !== undefined && reference !== null) return readSecret(name, reference, context, path);
  const expression = getOwn(entry, 'expression');
  if (typeof expression === 'string') {
    const { externalInputs = {} } = context;
    return bounded(() => evaluateText(expression, { externalInputs }, path), path);
  }
  return getOwn(entry, 'value');
}

function readSecret(name: string, reference: JsonValue, context: Context, path: string): string {
  const vault = isObject(reference) ? getOwn(reference, 'keyVault') : undefined;
  const vaultId = isObject(vault) ? getOwn(vault, 'id') : undefined;
  const secretName = isObject(reference) ? getOwn(reference, 'secretName') : undefined;
  const secretVersion = isObject(reference) ? getOwn(reference, 'secretVersion') : undefined;
  if (typeof vaultId !== 'string' || typeof secretName !== 'string') {
    throw fail(
      `The reference of the template parameter '${name}' is not valid: it needs 'keyVault.id' and 'secretName'. ${SEE_PARAMETERS}`,
      path,
    );
  }
  if (context.secret === undefined) {
    throw fail(
      `The template parameter '${name}' refers to a Key Vault secret, which cannot be read here: give its value instead. ${SEE_PARAMETERS}`,
      path,
    );
  }
  return context.secret({
    vaultId,
    secretName,
    ...(typeof secretVersion === 'string' ? { secretVersion } : {}),
  });
}
