import type { JsonObject, JsonValue } from '../json.ts';
import { getOwn, isObject, kindOf } from '../json-values.ts';
import { TemplateError } from '../template-error.ts';

/** A type of a parameter or an output. */
export interface ParameterType {
  /** Pascal case, as ARM returns it; `Any` for a declaration that names no type. */
  name: 'String' | 'SecureString' | 'Int' | 'Bool' | 'Object' | 'SecureObject' | 'Array' | 'Any';
  secure: boolean;
  /** What Azure's error text says is expected. */
  expected: string;
  accepts: (value: JsonValue) => boolean;
}

const isText = (value: JsonValue): boolean => typeof value === 'string';

const TYPES = new Map<string, ParameterType>(
  (
    [
      { name: 'String', secure: false, expected: 'String, Uri', accepts: isText },
      { name: 'SecureString', secure: true, expected: 'String, Uri', accepts: isText },
      {
        name: 'Int',
        secure: false,
        expected: 'Integer',
        accepts: (value) =>
          typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value)),
      },
      { name: 'Bool', secure: false, expected: 'Boolean', accepts: (value) => typeof value === 'boolean' },
      { name: 'Object', secure: false, expected: 'Object', accepts: isObject },
      { name: 'SecureObject', secure: true, expected: 'Object', accepts: isObject },
      { name: 'Array', secure: false, expected: 'Array', accepts: (value) => Array.isArray(value) },
    ] satisfies ParameterType[]
  ).map((type) => [type.name.toLowerCase(), type] as const),
);

/** What a declaration without a type has: Bicep leaves it out for its `any`, and for what is of several types. */
const ANY: ParameterType = { name: 'Any', secure: false, expected: 'Any', accepts: () => true };

/** How many `$ref`s may lead to one another. */
const MAXIMUM_REFERENCES = 30;

/**
 * A declaration with its `$ref` into the template's `definitions` resolved; what the declaration says itself wins.
 * @throws TemplateError where the definition does not exist or the references run in a circle.
 */
export function resolveDeclaration(
  declaration: JsonObject,
  definitions: JsonObject,
  path: string,
): JsonObject {
  let resolved = declaration;
  for (let hops = 0; ; hops += 1) {
    const reference = getOwn(resolved, '$ref');
    if (reference === undefined) return resolved;
    const target = typeof reference === 'string' ? declarationAt(reference, definitions) : undefined;
    if (!isObject(target) || hops >= MAXIMUM_REFERENCES) {
      throw new TemplateError(
        'InvalidTemplate',
        `The type reference '${typeof reference === 'string' ? reference : kindOf(reference)}' cannot be resolved.`,
        { path },
      );
    }
    const own = Object.fromEntries(Object.entries(resolved).filter(([key]) => key.toLowerCase() !== '$ref'));
    resolved = { ...target, ...own };
  }
}

/**
 * What a `$ref` points to: a definition, or a type inside of one, such as `#/definitions/site/properties/name`,
 * `…/prefixItems/0`, `…/items` or `…/additionalProperties`.
 */
function declarationAt(reference: string, definitions: JsonObject): JsonValue | undefined {
  const [root, section, ...steps] = reference.split('/');
  if (root !== '#' || section !== 'definitions' || steps.length === 0) return undefined;
  return steps
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<JsonValue | undefined>((found, step) => {
      if (Array.isArray(found)) return found[Number(step)];
      return isObject(found) ? getOwn(found, step) : undefined;
    }, definitions);
}

/** The type that a declaration names. @throws TemplateError for an unknown one. */
export function readType(declaration: JsonObject, what: string, path: string): ParameterType {
  const written = getOwn(declaration, 'type');
  if (written === undefined) return ANY;
  const type = typeof written === 'string' ? TYPES.get(written.toLowerCase()) : undefined;
  if (type !== undefined) return type;
  throw new TemplateError(
    'InvalidTemplate',
    `The ${what} has the type '${typeof written === 'string' ? written : ''}', which is not valid. The supported types are 'Array, Bool, Int, Object, SecureObject, SecureString, String'. Please see https://aka.ms/arm-template/#parameters for usage details.`,
    { path },
  );
}
