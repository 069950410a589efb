import { existsSync, readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import { z } from 'zod';

/**
 * Microsoft's published type definitions, beside the repository. They are draft-04 documents in which each value may
 * also be a template expression. What is checked here is an expanded template, so the alternative “expression” is taken
 * away, and what no definition names is refused: the documents themselves let unknown properties pass.
 */
const folder = new URL('../../../../shared/azure-schemas/', import.meta.url);

export const azureSchemasArePresent = existsSync(folder);

const files: Record<string, string> = {
  'Microsoft.Compute': 'Microsoft.Compute.2025-11-01.json',
  'Microsoft.Network': 'Microsoft.Network.2025-05-01.json',
  'Microsoft.Storage': 'Microsoft.Storage.2025-06-01.json',
};

const objectSchema = z.record(z.string(), z.unknown());
const documentSchema = z.looseObject({
  resourceDefinitions: z.record(z.string(), objectSchema),
  definitions: z.record(z.string(), objectSchema),
});
type SchemaDocument = z.infer<typeof documentSchema>;

const documents = new Map<string, SchemaDocument>();
const validators = new Map<string, ValidateFunction>();

function documentOf(namespace: string): SchemaDocument {
  const known = documents.get(namespace);
  if (known !== undefined) return known;
  const file = files[namespace];
  if (file === undefined) throw new Error(`No published definitions of ${namespace} are at hand.`);
  const document = documentSchema.parse(JSON.parse(readFileSync(new URL(file, folder), 'utf8')));
  documents.set(namespace, document);
  return document;
}

const isExpression = (value: unknown): boolean => {
  const reference = objectSchema.safeParse(value).data?.['$ref'];
  return typeof reference === 'string' && reference.includes('common/definitions.json');
};

const isExtensionType = (value: unknown): boolean => {
  const reference = objectSchema.safeParse(value).data?.['$ref'];
  return typeof reference === 'string' && reference.includes('Microsoft.Compute.Extensions.json');
};

/** A definition as ajv takes it: without expressions, closed, and free of draft-04's words. */
function strict(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strict);
  const object = objectSchema.safeParse(value).data;
  if (object === undefined) return value;
  // The definition says so itself of machine sizes: its list is out of date, Microsoft.Compute/skus has the sizes.
  if (String(object['description']).includes('enum data type is currently deprecated'))
    return { type: 'string' };
  const choices = object['oneOf'];
  if (Array.isArray(choices) && choices.some(isExpression)) {
    const rest = choices.filter((choice) => !isExpression(choice));
    return rest.length === 1 ? strict(rest[0]) : { oneOf: rest.map(strict) };
  }
  // The catalogue of extension types is a document that is not at hand; what all extensions share is defined here.
  const types = object['anyOf'];
  if (Array.isArray(types) && types.some(isExtensionType))
    return { $ref: '#/definitions/VirtualMachineScaleSetExtensionProperties' };
  const { id: _id, $schema: _schema, description: _description, properties, ...others } = object;
  const result: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(others)) result[key] = strict(inner);
  const members = objectSchema.safeParse(properties).data;
  if (members === undefined) return result;
  const named = Object.fromEntries(Object.entries(members).map(([name, inner]) => [name, strict(inner)]));
  return { additionalProperties: false, ...result, properties: named };
}

/** Validation of one resource type, with all that its definition refers to. */
function validatorOf(type: string, apiVersion: string): ValidateFunction {
  const known = validators.get(type);
  if (known !== undefined) return known;
  const [namespace = '', ...segments] = type.split('/');
  const document = documentOf(namespace);
  const definition =
    document.resourceDefinitions[segments.join('_')] ??
    document.definitions[`${segments.join('_')}_childResource`];
  if (definition === undefined) throw new Error(`${type} has no published definition.`);
  if (files[namespace] !== `${namespace}.${apiVersion}.json`)
    throw new Error(`${type} uses the version ${apiVersion}, the definitions are ${files[namespace]}.`);
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false });
  const validator = ajv.compile({
    ...objectSchema.parse(strict(definition)),
    definitions: objectSchema.parse(strict({ properties: document.definitions }))['properties'],
  });
  validators.set(type, validator);
  return validator;
}

/**
 * What Microsoft's definitions have against a resource: one line per fault, none when it is right.
 *
 * @param resource a whole resource of an expanded template, with type, name and apiVersion
 */
export function schemaFaults(resource: Record<string, unknown>): string[] {
  const type = z.string().parse(resource['type']);
  const apiVersion = z.string().parse(resource['apiVersion']);
  const validate = validatorOf(type, apiVersion);
  // The definition of an extension is that of a child inside its machine: its type there is the last segment alone.
  const isChild = type.split('/').length > 2;
  const shown = isChild ? { ...resource, type: type.split('/').at(-1) } : resource;
  return validate(shown)
    ? []
    : (validate.errors ?? []).map(
        ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
      );
}
