import type { JsonObject, JsonValue } from '../json.ts';
import { getOwn, isObject, kindOf } from '../json-values.ts';
import { TemplateError } from '../template-error.ts';

/** A type of a parameter or an output. */
export interface ParameterType {
  /** Pascal case, as ARM returns it. */
  name: 'String' | 'SecureString' | 'Int' | 'Bool' | 'Object' | 'SecureObject' | 'Array';
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
    const name = typeof reference === 'string' ? /^#\/definitions\/([^/]+)$/.exec(reference)?.[1] : undefined;
    const target = name === undefined ? undefined : getOwn(definitions, name);
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

/** The type that a declaration names. @throws TemplateError for a missing or unknown one. */
export function readType(declaration: JsonObject, what: string, path: string): ParameterType {
  const written = getOwn(declaration, 'type');
  const type = typeof written === 'string' ? TYPES.get(written.toLowerCase()) : undefined;
  if (type !== undefined) return type;
  throw new TemplateError(
    'InvalidTemplate',
    `The ${what} has the type '${typeof written === 'string' ? written : ''}', which is not valid. The supported types are 'Array, Bool, Int, Object, SecureObject, SecureString, String'. Please see https://aka.ms/arm-template/#parameters for usage details.`,
    { path },
  );
}
