import type { JsonObject } from '../json.ts';
import { TemplateError } from '../template-error.ts';
import { positionOf } from '../text-position.ts';

/** Names without their capitals, which do not matter to Azure here. */
const named = (...names: readonly string[]): ReadonlySet<string> =>
  new Set(names.map((name) => name.toLowerCase()));

const typed = [
  'type',
  '$ref',
  'metadata',
  'nullable',
  'allowedValues',
  'minLength',
  'maxLength',
  'minValue',
  'maxValue',
  'properties',
  'additionalProperties',
  'sealed',
  'items',
  'prefixItems',
  'discriminator',
];

/**
 * What a template, a resource in it and a parameter's declaration may consist of: Microsoft's "Understand the structure and
 * syntax of ARM templates", and for resources also what Bicep writes and lets be written beside `properties`.
 */
const KNOWN = {
  Template: named(
    '$schema',
    'contentVersion',
    'apiProfile',
    'languageVersion',
    'metadata',
    'definitions',
    'functions',
    'parameters',
    'variables',
    'resources',
    'outputs',
    'imports',
    'extensions',
    'asserts',
  ),
  TemplateResource: named(
    'id',
    'name',
    'type',
    'apiVersion',
    'location',
    'extendedLocation',
    'tags',
    'properties',
    'sku',
    'kind',
    'plan',
    'zones',
    'placement',
    'identity',
    'managedBy',
    'managedByExtended',
    'eTag',
    'scale',
    'condition',
    'comments',
    'metadata',
    'copy',
    'dependsOn',
    'resources',
    'scope',
    'resourceGroup',
    'subscriptionId',
    'existing',
    'import',
    'extension',
    'asserts',
    'method',
  ),
  TemplateInputParameter: named(...typed, 'defaultValue'),
};

/**
 * Refuses what Azure does not know, in its words: a misspelt member would else be left out without a word. What
 * begins with `@` is for Bicep's options.
 *
 * @throws TemplateError InvalidRequestContent.
 */
export function refuseUnknownMembers(kind: keyof typeof KNOWN, written: JsonObject, path: string): void {
  const unknown = Object.keys(written).find(
    (name) => !name.startsWith('@') && !KNOWN[kind].has(name.toLowerCase()),
  );
  if (unknown === undefined) return;
  const name = unknown.slice(0, 80);
  const place = path === '' ? name : `${path}.${name}`;
  const position = positionOf(written);
  const within =
    position === undefined ? '' : `, line ${String(position.line)}, position ${String(position.column)}`;
  throw new TemplateError(
    'InvalidRequestContent',
    `The request content was invalid and could not be deserialized: 'Could not find member '${name}' on object of type '${kind}'. Path 'properties.template.${place}'${within}.'.`,
    { path: place, ...position },
  );
}
