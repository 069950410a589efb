import type { JsonObject, JsonValue } from '../json.ts';
import { deepEquals, findKey, getOwn, isNumber, isObject, kindOf } from '../json-values.ts';
import { writeJson } from '../json-writer.ts';
import { spend } from '../expression/bounds.ts';
import { TemplateError } from '../template-error.ts';
import { readType, resolveDeclaration, type ParameterType } from './parameter-type.ts';

/** What a value is checked against, and how it is complained about. */
export interface TypeContext {
  definitions: JsonObject;
  /** What has the type: `template parameter 'x'`. */
  what: string;
  /** Whether the value must not be shown. */
  isSecret: boolean;
  /** What is said of a value of the wrong type. */
  wrongType: (type: ParameterType, kind: string) => string;
  /** Puts the reason into the words for a parameter or an output; with the value where it may be shown. */
  invalid: (reason: string, value?: JsonValue) => TemplateError;
}

/** Members of a declaration that describe what is inside of a value. */
const STRUCTURE = ['properties', 'additionalProperties', 'discriminator', 'items', 'prefixItems'];

/** Whether a declaration describes what is inside of its value, or refers to one in `definitions`. */
export function isStructured(declaration: JsonObject): boolean {
  return ['$ref', ...STRUCTURE].some((member) => getOwn(declaration, member) !== undefined);
}

/** Refuses structured types where the template does not say its language version, as Azure does. */
export function refuseStructure(declarations: JsonObject, definitions: JsonObject, section: string): void {
  const found = Object.entries(declarations).find(
    ([, declaration]) => isObject(declaration) && isStructured(declaration),
  );
  if (found === undefined && Object.keys(definitions).length === 0) return;
  throw needsLanguageVersion(found === undefined ? 'definitions' : `${section}.${found[0]}`);
}

/** The error for a structured type in a template that does not say its language version. */
export function needsLanguageVersion(path: string): TemplateError {
  return new TemplateError(
    'InvalidTemplate',
    "Template language version must be specified in order to use feature 'AggregateTypeValidation'.",
    { path },
  );
}

/**
 * Checks a value against a declaration with all its constraints, and what is inside of it against the types declared
 * there. `at` is the path inside of the value, empty for the value itself.
 *
 * @throws TemplateError that `invalid` words; also for a declaration that is no type.
 */
export function checkValue(
  value: JsonValue,
  written: JsonObject,
  type: ParameterType,
  context: TypeContext,
  at = '',
): void {
  spend(2);
  if (value === null && getOwn(written, 'nullable') === true) return;
  const invalid = (reason: string, shownValue?: JsonValue): TemplateError =>
    at === '' ? context.invalid(reason, shownValue) : context.invalid(`At '${at}': ${reason}`);
  if (!type.accepts(value)) {
    throw invalid(context.wrongType(type, kindOf(value)));
  }
  checkConstraints(value, written, type.secure || context.isSecret, invalid);
  if (Array.isArray(value)) checkItems(value, written, context, at, invalid);
  else if (isObject(value)) checkProperties(value, written, context, at, invalid);
}

function checkInner(value: JsonValue, schema: JsonObject, context: TypeContext, at: string): void {
  const declaration = resolveDeclaration(schema, context.definitions, at);
  checkValue(value, declaration, readType(declaration, `${context.what} at '${at}'`, at), context, at);
}

function checkItems(
  items: readonly JsonValue[],
  declaration: JsonObject,
  context: TypeContext,
  at: string,
  invalid: (reason: string) => TemplateError,
): void {
  const prefix = getOwn(declaration, 'prefixItems');
  const fixed = Array.isArray(prefix) ? prefix : [];
  const others = getOwn(declaration, 'items') ?? true;
  if (items.length < fixed.length) {
    throw invalid(
      `Expected an array of at least '${String(fixed.length)}' items, but received one of '${String(items.length)}'.`,
    );
  }
  if (others === false && items.length > fixed.length) {
    throw invalid(
      `Expected an array of '${String(fixed.length)}' items, but received one of '${String(items.length)}'.`,
    );
  }
  for (const [index, item] of items.entries()) {
    const schema = index < fixed.length ? fixed[index] : others;
    if (isObject(schema)) checkInner(item, schema, context, `${at}[${String(index)}]`);
  }
}

function checkProperties(
  value: JsonObject,
  declaration: JsonObject,
  context: TypeContext,
  at: string,
  invalid: (reason: string) => TemplateError,
  known?: string,
): void {
  const properties = getOwn(declaration, 'properties');
  const declared = isObject(properties) ? properties : {};
  const inside = (name: string): string => (at === '' ? name : `${at}.${name}`);
  for (const [name, schema] of Object.entries(declared)) {
    if (!isObject(schema)) continue;
    const key = findKey(value, name);
    const item = key === undefined ? null : (value[key] ?? null);
    if (key === undefined) {
      const resolved = resolveDeclaration(schema, context.definitions, inside(name));
      if (getOwn(resolved, 'nullable') === true) continue;
      throw invalid(`The required property '${name}' is missing.`);
    }
    checkInner(item, schema, context, inside(name));
  }
  const others = getOwn(declaration, 'additionalProperties') ?? true;
  const discriminator = getOwn(declaration, 'discriminator');
  const tag = isObject(discriminator) ? getOwn(discriminator, 'propertyName') : undefined;
  if (others !== true) {
    for (const [name, item] of Object.entries(value)) {
      if (findKey(declared, name) !== undefined || isSame(name, known) || isSame(name, tag)) continue;
      if (isObject(others)) checkInner(item, others, context, inside(name));
      else {
        throw invalid(
          `The property '${name}' is not allowed. The allowed properties are '${Object.keys(declared).join(', ')}'.`,
        );
      }
    }
  }
  if (isObject(discriminator)) checkTagged(value, discriminator, context, at, invalid);
}

const isSame = (name: string, other: JsonValue | undefined): boolean =>
  typeof other === 'string' && name.toLowerCase() === other.toLowerCase();

/** A tagged union: the type that the value's own tag names. */
function checkTagged(
  value: JsonObject,
  discriminator: JsonObject,
  context: TypeContext,
  at: string,
  invalid: (reason: string) => TemplateError,
): void {
  const tag = getOwn(discriminator, 'propertyName');
  const mapping = getOwn(discriminator, 'mapping');
  if (typeof tag !== 'string' || !isObject(mapping)) {
    throw new TemplateError(
      'InvalidTemplate',
      `The discriminator of the ${context.what} needs 'propertyName' and 'mapping'.`,
    );
  }
  const chosen = getOwn(value, tag);
  const schema = typeof chosen === 'string' && Object.hasOwn(mapping, chosen) ? mapping[chosen] : undefined;
  if (!isObject(schema)) {
    throw invalid(
      `The property '${tag}' must be one of '${Object.keys(mapping).join(', ')}', but is ${chosen === undefined ? 'missing' : context.isSecret ? 'none of them' : `'${textOf(chosen)}'`}.`,
    );
  }
  checkProperties(value, resolveDeclaration(schema, context.definitions, at), context, at, invalid, tag);
}

function checkConstraints(
  value: JsonValue,
  declaration: JsonObject,
  isSecret: boolean,
  invalid: (reason: string, value?: JsonValue) => TemplateError,
): void {
  const allowed = getOwn(declaration, 'allowedValues');
  if (Array.isArray(allowed) && !isAllowed(value, allowed)) {
    throw invalid(
      `The parameter value is not part of the allowed value(s): '${allowed.map(textOf).join(',')}'.`,
      isSecret ? undefined : value,
    );
  }
  const size = typeof value === 'string' || Array.isArray(value) ? value.length : undefined;
  checkBound(size, getOwn(declaration, 'minLength'), 'Length of the value', true, invalid);
  checkBound(size, getOwn(declaration, 'maxLength'), 'Length of the value', false, invalid);
  const amount = isNumber(value) ? value : undefined;
  checkBound(amount, getOwn(declaration, 'minValue'), 'Value', true, invalid);
  checkBound(amount, getOwn(declaration, 'maxValue'), 'Value', false, invalid);
}

/** A value as messages quote it. */
export function textOf(value: JsonValue): string {
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

/** Whether a type holds a secret, itself or anywhere inside: such values are never shown. */
export function holdsSecret(declaration: JsonObject, definitions: JsonObject, path: string): boolean {
  const seen = new Set<string>();
  const search = (schema: JsonValue | undefined): boolean => {
    if (Array.isArray(schema)) return schema.some(search);
    if (!isObject(schema)) return false;
    spend(4);
    const reference = getOwn(schema, '$ref');
    if (typeof reference === 'string') {
      if (seen.has(reference)) return false;
      seen.add(reference);
    }
    const resolved = resolveDeclaration(schema, definitions, path);
    const type = getOwn(resolved, 'type');
    if (typeof type === 'string' && /^secure/i.test(type)) return true;
    const discriminator = getOwn(resolved, 'discriminator');
    const mapping = isObject(discriminator) ? getOwn(discriminator, 'mapping') : undefined;
    const properties = getOwn(resolved, 'properties');
    return [
      getOwn(resolved, 'items'),
      getOwn(resolved, 'prefixItems'),
      getOwn(resolved, 'additionalProperties'),
      ...(isObject(properties) ? Object.values(properties) : []),
      ...(isObject(mapping) ? Object.values(mapping) : []),
    ].some(search);
  };
  return search(declaration);
}
