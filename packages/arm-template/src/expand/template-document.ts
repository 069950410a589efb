import type { TemplateLimits } from '../expansion.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { getOwn, isObject } from '../json-values.ts';
import { TemplateError } from '../template-error.ts';
import { refuseUnknownMembers } from './known-members.ts';
import { checkLimit } from './limits.ts';
import { refuseStructure } from './type-check.ts';

/** The sections of a template, with their shape checked. */
export interface TemplateDocument {
  /** Whether its resources have symbolic names, which `reference` then knows them by. */
  isSymbolic: boolean;
  /** Whether it is written in language version 2.0. */
  isLanguageTwo: boolean;
  /** Whether parameters and outputs may have structured types, as in language version 2.0. */
  hasTypes: boolean;
  parameters: JsonObject;
  variables: JsonObject;
  functions: JsonObject[];
  definitions: JsonObject;
  outputs: JsonObject;
  asserts: JsonObject;
  /** Symbolic names of the resources of extensions, where these are left out. */
  leftOut: Set<string>;
  /** Each resource as written, with its path and, in language version 2.0, its symbolic name. */
  resources: WrittenResource[];
}

/** Whether a `languageVersion` is 2.0 or above. */
export function isVersionTwo(version: JsonValue | undefined): boolean {
  return typeof version === 'string' && version.startsWith('2.');
}

/** What Bicep wrote while structured types were an experiment. */
const EARLY_TYPES = /^1\.(?:9|1\d)-experimental$/;

function malformed(message: string, path: string): TemplateError {
  return new TemplateError('InvalidTemplate', message, { path });
}

function section(template: JsonObject, name: string): JsonObject {
  const value = getOwn(template, name) ?? null;
  if (value === null) return {};
  if (!isObject(value)) throw malformed(`The template section '${name}' must be an object.`, name);
  return value;
}

/** Reads the sections of a template. @throws TemplateError where one has the wrong shape or a feature is not supported. */
export function readTemplate(
  template: JsonValue,
  limits: TemplateLimits,
  extensions: 'refuse' | 'leave out',
): TemplateDocument {
  if (!isObject(template)) throw malformed('The template must be a JSON object.', '');
  refuseUnknownMembers('Template', template, '');
  for (const name of ['imports', 'extensions']) {
    const [alias] = Object.keys(section(template, name));
    if (alias !== undefined && extensions === 'refuse') {
      throw malformed(
        `The template section '${name}' is not supported: the extension '${alias}' deploys to another service than Azure Resource Manager.`,
        name,
      );
    }
  }
  const languageVersion = getOwn(template, 'languageVersion') ?? null;
  if (languageVersion !== null && typeof languageVersion !== 'string') {
    throw malformed("The template property 'languageVersion' must be a string.", 'languageVersion');
  }
  if (typeof languageVersion === 'string' && !/^[12]\.\d+(?:-experimental)?$/.test(languageVersion)) {
    throw malformed(
      `The template language version '${languageVersion}' is not supported.`,
      'languageVersion',
    );
  }
  const parameters = section(template, 'parameters');
  for (const [name, declaration] of Object.entries(parameters))
    if (isObject(declaration))
      refuseUnknownMembers('TemplateInputParameter', declaration, `parameters.${name}`);
  const variables = section(template, 'variables');
  const outputs = section(template, 'outputs');
  checkLimit('parameters', Object.keys(parameters).length, limits);
  checkLimit('variables', Object.keys(variables).length, limits);
  checkLimit('outputs', Object.keys(outputs).length, limits);
  const functions = getOwn(template, 'functions') ?? [];
  if (!Array.isArray(functions) || !functions.every(isObject)) {
    throw malformed("The template section 'functions' must be an array of objects.", 'functions');
  }
  const definitions = section(template, 'definitions');
  const isLanguageTwo = isVersionTwo(languageVersion);
  const hasTypes =
    isLanguageTwo || (typeof languageVersion === 'string' && EARLY_TYPES.test(languageVersion));
  if (!hasTypes) {
    refuseStructure(parameters, definitions, 'parameters');
    refuseStructure(outputs, definitions, 'outputs');
  }
  const resources = getOwn(template, 'resources') ?? [];
  const isSymbolic = isObject(resources);
  const list = isSymbolic ? readSymbolicResources(resources) : readResourceList(resources, 'resources');
  const aliases = new Set(['imports', 'extensions'].flatMap((name) => Object.keys(section(template, name))));
  const isExtended = ({ body }: WrittenResource): boolean => {
    const alias = getOwn(body, 'import') ?? getOwn(body, 'extension');
    return typeof alias === 'string' && aliases.has(alias);
  };
  return {
    isSymbolic,
    isLanguageTwo,
    hasTypes,
    parameters,
    variables,
    functions,
    definitions,
    outputs,
    asserts: section(template, 'asserts'),
    leftOut: new Set(
      list.flatMap((resource) =>
        isExtended(resource) && resource.symbolicName !== undefined ? [resource.symbolicName] : [],
      ),
    ),
    resources: list.filter((resource) => !isExtended(resource)),
  };
}

interface WrittenResource {
  body: JsonObject;
  path: string;
  symbolicName?: string;
}

function readSymbolicResources(resources: JsonObject): WrittenResource[] {
  return Object.entries(resources).map(([symbolicName, body]) => {
    const path = `resources.${symbolicName}`;
    if (!isObject(body)) throw malformed(`The template resource '${symbolicName}' must be an object.`, path);
    refuseUnknownMembers('TemplateResource', body, path);
    return { body, path, symbolicName };
  });
}

/** Reads an array of resources: the template's own, or the children inside a resource. */
export function readResourceList(resources: JsonValue, path: string): WrittenResource[] {
  if (!Array.isArray(resources)) throw malformed(`The template section '${path}' must be an array.`, path);
  return resources.map((body, index) => {
    const itemPath = `${path}[${String(index)}]`;
    if (!isObject(body))
      throw malformed(`The template resource at '${itemPath}' must be an object.`, itemPath);
    refuseUnknownMembers('TemplateResource', body, itemPath);
    return { body, path: itemPath };
  });
}
