import type { KnownRuntime, TemplateRuntime } from '../expansion.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { equalsIgnoreCase, getOwn, isObject, setOwn } from '../json-values.ts';
import { bounded, withinBudget } from '../expression/bounds.ts';
import { Deferred } from '../expression/deferred.ts';
import type { EvaluationScope } from '../expression/scope.ts';
import { evaluateTree, previewTree } from '../expression/template-tree.ts';
import { TemplateError } from '../template-error.ts';
import { positionOf, positionText } from '../text-position.ts';
import { hasInnerScope, substituteNestedTemplate } from './nested-template.ts';
import type { ResourceDraft } from './resource-draft.ts';
import { DEPLOYMENT_TYPE } from './resource-identity.ts';

/** What the template says about a resource that is not part of the resource itself. */
const NOT_IN_BODY = new Set([
  'name',
  'type',
  'apiversion',
  'condition',
  'dependson',
  'copy',
  'resources',
  'comments',
  'metadata',
  'scope',
  'existing',
]);
/** Where Bicep writes what it says about the deployment of a resource: `"@options": { "onlyIfNotExists": [] }`. */
const OPTIONS = '@options';
/** Also not part of a nested deployment, which runs there. */
const NOT_IN_DEPLOYMENT_BODY = new Set(['resourcegroup', 'subscriptionid']);

type TreeEvaluator = (value: JsonValue, scope: EvaluationScope, path: string) => JsonValue;

function body(draft: ResourceDraft, scope: EvaluationScope, evaluator: TreeEvaluator): JsonObject {
  const isDeployment = equalsIgnoreCase(draft.type, DEPLOYMENT_TYPE);
  const result: JsonObject = {};
  for (const [key, value] of Object.entries(draft.source)) {
    const name = key.toLowerCase();
    // What begins with @ is said to Azure Resource Manager, and no property of the resource.
    if (name.startsWith('@') || NOT_IN_BODY.has(name) || (isDeployment && NOT_IN_DEPLOYMENT_BODY.has(name)))
      continue;
    const path = `${draft.path}.${key}`;
    setOwn(
      result,
      key,
      isDeployment && name === 'properties' && isObject(value)
        ? deploymentProperties(value, draft.isLanguageTwo, scope, path, evaluator)
        : evaluator(value, scope, path),
    );
  }
  return result;
}

/** Whether a resource has one of Bicep's options, which are written with their arguments in an array. */
export function hasOption(source: JsonObject, option: 'onlyIfNotExists'): boolean {
  const options = getOwn(source, OPTIONS);
  return isObject(options) && Array.isArray(getOwn(options, option));
}

function deploymentProperties(
  properties: JsonObject,
  isLanguageTwo: boolean,
  scope: EvaluationScope,
  path: string,
  evaluator: TreeEvaluator,
): JsonObject {
  const isInner = hasInnerScope(properties, isLanguageTwo);
  const result: JsonObject = {};
  for (const [key, value] of Object.entries(properties)) {
    const itemPath = `${path}.${key}`;
    // A template that is an expression itself has nothing of the outer one in it.
    if (!equalsIgnoreCase(key, 'template') || typeof value === 'string')
      setOwn(result, key, evaluator(value, scope, itemPath));
    else setOwn(result, key, isInner ? value : substituteNestedTemplate(value, scope, itemPath));
  }
  return result;
}

/** A body has a budget of its own where it is not made in the course of the expansion. */
function limited(make: () => JsonObject, path: string, steps: number): JsonObject {
  return withinBudget(() => bounded(make, path), steps);
}

/** The body with everything evaluated that does not need the running deployment, or of which `known` knows enough. */
export function previewBody(
  draft: ResourceDraft,
  scope: EvaluationScope,
  steps: number,
  known?: KnownRuntime,
): JsonObject {
  const seen = known === undefined ? scope : { ...scope, runtime: runtimeOf(known) };
  return limited(() => body(draft, seen, previewTree), draft.path, steps);
}

function runtimeOf(known: KnownRuntime): TemplateRuntime {
  return {
    reference: (...request) => unlessUnknown(known.reference(...request)),
    list: (...request) => unlessUnknown(known.list(...request)),
  };
}

/** What is not known is left to the running deployment. */
function unlessUnknown(value: JsonValue | undefined): JsonValue {
  if (value === undefined) throw new Deferred();
  return value;
}

/** The body as it is sent to the provider. @throws TemplateError in the words Azure uses at run time. */
export function evaluateBody(
  draft: ResourceDraft,
  scope: EvaluationScope,
  steps: number,
  runtime: TemplateRuntime,
): JsonObject {
  try {
    return limited(() => body(draft, { ...scope, runtime }, evaluateTree), draft.path, steps);
  } catch (error) {
    if (error instanceof TemplateError && error.code === 'InvalidTemplate') {
      throw new TemplateError(
        error.code,
        `Unable to process template language expressions for resource '${draft.id}'${positionText(draft.source)}. '${error.message}'`,
        { ...positionOf(draft.source), ...error.position },
      );
    }
    throw error;
  }
}
