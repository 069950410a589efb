import type { JsonObject, JsonValue } from '../json.ts';
import { getOwn, isObject } from '../json-values.ts';
import { TemplateError } from '../template-error.ts';
import { checkLimit } from './limits.ts';

/** The sections of a template, with their shape checked. */
export interface TemplateDocument {
  /** Whether resources have symbolic names (language version 2.0). */
  isSymbolic: boolean;
  parameters: JsonObject;
  variables: JsonObject;
  functions: JsonObject[];
  definitions: JsonObject;
  outputs: JsonObject;
  /** Each resource as written, with its path and, in language version 2.0, its symbolic name. */
  resources: { body: JsonObject; path: string; symbolicName?: string }[];
}

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
export function readTemplate(template: JsonValue): TemplateDocument {
  if (!isObject(template)) throw malformed('The template must be a JSON object.', '');
  for (const unsupported of ['imports', 'extensions']) {
    if (Object.keys(section(template, unsupported)).length > 0) {
      throw malformed(`The template section '${unsupported}' is not supported.`, unsupported);
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
  const variables = section(template, 'variables');
  const outputs = section(template, 'outputs');
  checkLimit('parameters', Object.keys(parameters).length);
  checkLimit('variables', Object.keys(variables).length);
  checkLimit('outputs', Object.keys(outputs).length);
  const functions = getOwn(template, 'functions') ?? [];
  if (!Array.isArray(functions) || !functions.every(isObject)) {
    throw malformed("The template section 'functions' must be an array of objects.", 'functions');
  }
  const resources = getOwn(template, 'resources') ?? [];
  const isSymbolic = isObject(resources);
  return {
    isSymbolic,
    parameters,
    variables,
    functions,
    definitions: section(template, 'definitions'),
    outputs,
    resources: isSymbolic ? readSymbolicResources(resources) : readResourceList(resources, 'resources'),
  };
}

function readSymbolicResources(resources: JsonObject): TemplateDocument['resources'] {
  return Object.entries(resources).map(([symbolicName, body]) => {
    const path = `resources.${symbolicName}`;
    if (!isObject(body)) throw malformed(`The template resource '${symbolicName}' must be an object.`, path);
    return { body, path, symbolicName };
  });
}

/** Reads an array of resources: the template's own, or the children inside a resource. */
export function readResourceList(resources: JsonValue, path: string): { body: JsonObject; path: string }[] {
  if (!Array.isArray(resources)) throw malformed(`The template section '${path}' must be an array.`, path);
  return resources.map((body, index) => {
    const itemPath = `${path}[${String(index)}]`;
    if (!isObject(body))
      throw malformed(`The template resource at '${itemPath}' must be an object.`, itemPath);
    return { body, path: itemPath };
  });
}
