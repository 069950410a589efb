import type { JsonObject, JsonValue } from '../json.ts';
import { equalsIgnoreCase, getOwn, isObject, setOwn } from '../json-values.ts';
import { spend } from '../expression/bounds.ts';
import { Deferred } from '../expression/deferred.ts';
import type { EvaluationScope, ResourceLookup } from '../expression/scope.ts';
import { substituteText } from '../expression/template-tree.ts';
import { TemplateError } from '../template-error.ts';
import { DEPLOYMENT_TYPE } from './resource-identity.ts';
import { isVersionTwo } from './template-document.ts';

/**
 * Whether expressions in a nested template belong to the nested deployment. Where the deployment does not say so, they belong
 * to the outer one, but in language version 2.0 to the nested one: there nothing else is allowed.
 *
 * @throws TemplateError for what language version 2.0 does not allow.
 */
export function hasInnerScope(properties: JsonObject, isLanguageTwo: boolean): boolean {
  const options = getOwn(properties, 'expressionEvaluationOptions');
  const scope = isObject(options) ? getOwn(options, 'scope') : undefined;
  if (typeof scope !== 'string' || equalsIgnoreCase(scope, 'NotSpecified')) return isLanguageTwo;
  if (isLanguageTwo && equalsIgnoreCase(scope, 'outer')) {
    throw new TemplateError(
      'InvalidTemplate',
      "The expression evaluation scope 'outer' is not supported in language version 2.0: the scope of a nested deployment must be 'inner'",
    );
  }
  return equalsIgnoreCase(scope, 'inner');
}

/**
 * Puts the outer deployment's parameters, variables and the like into a nested template of outer scope. What only
 * the nested deployment can answer (its copy loops, `reference`, `list*`) stays expression text, with resources of
 * the outer template named by id.
 */
export function substituteNestedTemplate(
  template: JsonValue,
  scope: EvaluationScope,
  path: string,
): JsonValue {
  const { runtime: _runtime, resources, ...rest } = scope;
  return substitute(
    template,
    resources === undefined ? rest : { ...rest, resources: lenient(resources) },
    path,
    false,
  );
}

/** A lookup that leaves what the outer template does not know to the nested one. */
function lenient(resources: ResourceLookup): ResourceLookup {
  const attempt = (nameOrId: string): { id: string; apiVersion?: string } | undefined => {
    try {
      return resources.resolve(nameOrId);
    } catch (error) {
      if (error instanceof TemplateError) return undefined;
      throw error;
    }
  };
  return {
    resolve: (nameOrId) => {
      const found = attempt(nameOrId);
      if (found === undefined) throw new Deferred();
      return found;
    },
    qualify: attempt,
  };
}

/** What of a nested template is read by the nested deployment alone. */
const OWN_SECTIONS = new Set(['parameters', 'functions', 'definitions', 'metadata']);
/** What is said about a resource, and may look like an expression. */
const REMARKS = new Set(['metadata', 'comments']);
const NOTHING = new Set<string>();

/** `isLanguageTwo` says it of the template that the value is part of. */
function substitute(
  value: JsonValue,
  scope: EvaluationScope,
  path: string,
  isLanguageTwo: boolean,
): JsonValue {
  spend(1);
  if (typeof value === 'string') return substituteText(value, scope, path);
  if (Array.isArray(value))
    return value.map((item, index) => substitute(item, scope, `${path}[${String(index)}]`, isLanguageTwo));
  if (!isObject(value)) return value;
  const inner = withLoopsOf(value, scope);
  const isTemplate = getOwn(value, 'resources') !== undefined && getOwn(value, 'type') === undefined;
  const isTwo = isTemplate ? isVersionTwo(getOwn(value, 'languageVersion')) : isLanguageTwo;
  const ownScope = isInnerDeployment(value, isTwo);
  const kept = isTemplate ? OWN_SECTIONS : isResource(value) ? REMARKS : NOTHING;
  const result: JsonObject = {};
  for (const [key, item] of Object.entries(value)) {
    const itemPath = `${path}.${key}`;
    const name = key.toLowerCase();
    const written = substituteText(key, scope, itemPath);
    const resultKey = typeof written === 'string' ? written : key;
    if (kept.has(name)) setOwn(result, resultKey, item);
    else if (name === 'properties' && ownScope && isObject(item))
      setOwn(result, resultKey, substituteAround(item, inner, itemPath, isTwo));
    else setOwn(result, resultKey, substitute(item, inner, itemPath, isTwo));
  }
  return result;
}

/** The properties of a deployment of inner scope inside the nested template: everything but its template. */
function substituteAround(
  properties: JsonObject,
  scope: EvaluationScope,
  path: string,
  isLanguageTwo: boolean,
): JsonObject {
  const result: JsonObject = {};
  for (const [key, item] of Object.entries(properties)) {
    setOwn(
      result,
      key,
      equalsIgnoreCase(key, 'template') ? item : substitute(item, scope, `${path}.${key}`, isLanguageTwo),
    );
  }
  return result;
}

const isResource = (value: JsonObject): boolean =>
  typeof getOwn(value, 'type') === 'string' && typeof getOwn(value, 'apiVersion') === 'string';

function isInnerDeployment(value: JsonObject, isLanguageTwo: boolean): boolean {
  const type = getOwn(value, 'type');
  const properties = getOwn(value, 'properties');
  return (
    typeof type === 'string' &&
    equalsIgnoreCase(type, DEPLOYMENT_TYPE) &&
    isObject(properties) &&
    hasInnerScope(properties, isLanguageTwo)
  );
}

/** The scope inside an object that has copy loops of its own: their `copyIndex` is not the outer template's to answer. */
function withLoopsOf(value: JsonObject, scope: EvaluationScope): EvaluationScope {
  const copy = getOwn(value, 'copy');
  const loops = Array.isArray(copy) ? copy : isObject(copy) ? [copy] : [];
  if (loops.length === 0) return scope;
  const names = new Set(scope.foreignLoops);
  for (const loop of loops) {
    const name = isObject(loop) ? getOwn(loop, 'name') : undefined;
    if (typeof name === 'string') names.add(name.toLowerCase());
  }
  names.add('');
  return { ...scope, foreignLoops: names };
}
