import type { ExpansionSources, DeploymentScope, ResolvedParameter } from '../expansion.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { deepEquals, findKey, getOwn, isNumber, isObject, kindOf, writeJson } from '../json-values.ts';
import { bounded } from '../expression/bounds.ts';
import type { EvaluationScope, UserFunction } from '../expression/scope.ts';
import { evaluateTree } from '../expression/template-tree.ts';
import { TemplateError } from '../template-error.ts';
import { describeErrors, positionText } from './error-text.ts';
import { readType, resolveDeclaration, type ParameterType } from './parameter-type.ts';

interface Context {
  declarations: JsonObject;
  definitions: JsonObject;
  values: JsonObject;
  scope: DeploymentScope;
  sources: ExpansionSources;
  deploymentProperties: () => JsonObject;
  userFunction: (namespace: string, name: string) => UserFunction | undefined;
  /** See `ExpandInput.standIn`. */
  standIn?: ((value: JsonValue) => JsonValue) | undefined;
}

const SEE_PARAMETERS = 'Please see https://aka.ms/arm-create-parameter-file for usage details.';

function fail(message: string, path: string): TemplateError {
  return new TemplateError('InvalidTemplate', message, { path });
}

/**
 * Resolves all parameters: given values, else defaults (which may use other parameters), checked against type and
 * constraints. The result answers `parameters('…')`.
 *
 * @throws TemplateError naming the parameter; a secure value is never part of the message.
 */
export function resolveParameters(context: Context): Record<string, ResolvedParameter> {
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
    const parameter = resolveOne(name, context, (other) => {
      const key = findKey(declarations, other);
      if (key === undefined) throw unknownParameter(other);
      return resolve(key).value;
    });
    running.delete(name);
    resolved.set(name, parameter);
    return parameter;
  };

  for (const name of Object.keys(declarations)) resolve(name);
  return Object.fromEntries(resolved);
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
  const given = givenValue(name, context.values, path);
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
      const scope: EvaluationScope = {
        deployment: context.scope,
        sources: context.sources,
        deploymentProperties: context.deploymentProperties,
        parameter,
        userFunction: context.userFunction,
      };
      value = describeErrors(
        () => bounded(() => evaluateTree(defaultValue, scope, `${path}.defaultValue`), path),
        (message) => invalidDefault(name, where, message),
        written,
      );
    }
  }
  if (value !== null || !nullable) check(name, type, value, declaration, where, path);
  const { standIn } = context;
  const shownValue = type.secure && standIn !== undefined ? standIn(value) : value;
  return { type: type.name, value: shownValue, secure: type.secure };
}

/** Words around an error in a default value; an error about another parameter stands alone. */
function invalidDefault(name: string, where: string, message: string): string {
  if (/^The (?:template parameter|provided value|value for) /.test(message)) return message;
  return `The template parameter '${name}'${where} is not valid: ${message}. Please see https://aka.ms/arm-template/#parameters for usage details.`;
}

/** The value that the deployment gives; `undefined` where it gives none. */
function givenValue(name: string, values: JsonObject, path: string): JsonValue | undefined {
  const entry = getOwn(values, name);
  if (entry === undefined || entry === null) return undefined;
  if (!isObject(entry)) {
    throw fail(
      `The value for the template parameter '${name}' must be an object with the property 'value'. ${SEE_PARAMETERS}`,
      path,
    );
  }
  if (getOwn(entry, 'reference') !== undefined) {
    throw fail(
      `The template parameter '${name}' refers to a Key Vault secret. Key Vault references must be resolved before the template is expanded.`,
      path,
    );
  }
  return getOwn(entry, 'value');
}

function check(
  name: string,
  type: ParameterType,
  value: JsonValue,
  declaration: JsonObject,
  where: string,
  path: string,
): void {
  const invalid = (reason: string): TemplateError =>
    fail(
      `The provided value for the template parameter '${name}'${where} is not valid. ${reason} ${SEE_PARAMETERS}`,
      path,
    );
  if (!type.accepts(value)) {
    throw invalid(
      `Template parameter JToken type is not valid. Expected '${type.expected}'. Actual '${kindOf(value)}'.`,
    );
  }
  const allowed = getOwn(declaration, 'allowedValues');
  if (Array.isArray(allowed) && !isAllowed(value, allowed)) {
    const subject = type.secure ? 'The value' : `The value '${shown(value)}'`;
    throw invalid(`${subject} is not part of the allowed value(s): '${allowed.map(shown).join(',')}'.`);
  }
  const size = typeof value === 'string' || Array.isArray(value) ? value.length : undefined;
  checkBound(size, getOwn(declaration, 'minLength'), 'Length of the value', true, invalid);
  checkBound(size, getOwn(declaration, 'maxLength'), 'Length of the value', false, invalid);
  const amount = isNumber(value) ? value : undefined;
  checkBound(amount, getOwn(declaration, 'minValue'), 'Value', true, invalid);
  checkBound(amount, getOwn(declaration, 'maxValue'), 'Value', false, invalid);
}

function shown(value: JsonValue): string {
  return typeof value === 'string' ? value : writeJson(value);
}

/** A value is allowed if it is in the list; an array, if each of its items is. */
function isAllowed(value: JsonValue, allowed: readonly JsonValue[]): boolean {
  const listed = (item: JsonValue): boolean => allowed.some((candidate) => deepEquals(candidate, item));
  return listed(value) || (Array.isArray(value) && value.every(listed));
}

function checkBound(
  actual: number | bigint | undefined,
  bound: JsonValue | undefined,
  subject: string,
  isMinimum: boolean,
  invalid: (reason: string) => TemplateError,
): void {
  if (actual === undefined || !isNumber(bound)) return;
  if (isMinimum ? actual >= bound : actual <= bound) return;
  throw invalid(
    `${subject} should be ${isMinimum ? 'greater' : 'less'} than or equal to '${bound.toString()}'.`,
  );
}
