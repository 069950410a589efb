import type { ExpandInput, Expansion, PlannedResource } from '../expansion.ts';
import type { JsonObject } from '../json.ts';
import { findKey } from '../json-values.ts';
import { MAXIMUM_EXPANSION_STEPS, withinBudget, withoutOverflow } from '../expression/bounds.ts';
import type { EvaluationScope } from '../expression/scope.ts';
import { templateHash } from '../template-hash.ts';
import { TemplateError } from '../template-error.ts';
import { explicitDependencies, refuseCycles, serialDependencies } from './dependencies.ts';
import { describeErrors, positionText } from './error-text.ts';
import { checkOutputs, evaluateOutputs } from './outputs.ts';
import { resolveParameters, unknownParameter } from './parameters.ts';
import { evaluateBody, previewBody } from './resource-body.ts';
import type { ResourceDraft } from './resource-draft.ts';
import { draftResources, invalidResource } from './resource-drafts.ts';
import { ResourceIndex } from './resource-index.ts';
import { readTemplate } from './template-document.ts';
import { readUserFunctions } from './user-functions.ts';
import { lazyVariables } from './variables.ts';

/**
 * Expands a template: resolves parameters, variables and copy loops, finds out names, conditions and dependencies,
 * and leaves to `PlannedResource.evaluate` what needs the running deployment. A nested deployment stays one planned
 * resource; whoever runs it expands its `properties.template` in turn.
 *
 * @throws TemplateError with Azure's code and wording: `InvalidTemplate`, `InvalidTemplateCircularDependency` or
 *   `InvalidRequestContent`.
 */
export function expandTemplate(input: ExpandInput): Expansion {
  return describeErrors(
    () => withoutOverflow(() => withinBudget(() => expand(input), MAXIMUM_EXPANSION_STEPS)),
    (message) => `Deployment template validation failed: '${message}'.`,
  );
}

function expand(input: ExpandInput): Expansion {
  const { scope: deployment, sources } = input;
  const document = readTemplate(input.template);
  const userFunction = readUserFunctions(document.functions, deployment);
  let properties: JsonObject | undefined;
  const deploymentProperties = (): JsonObject => {
    properties ??= {
      template: input.template,
      templateHash: templateHash(input.template),
      parameters: givenParameters(input),
      mode: 'Incremental',
      provisioningState: 'Accepted',
    };
    return properties;
  };
  const parameters = resolveParameters({
    declarations: document.parameters,
    definitions: document.definitions,
    values: input.parameters,
    scope: deployment,
    sources,
    deploymentProperties,
    userFunction,
    standIn: input.standIn,
  });
  const base: EvaluationScope = {
    deployment,
    userFunction,
    parameter: (name) => {
      const key = findKey(parameters, name);
      const found = key === undefined ? undefined : parameters[key];
      if (found === undefined) throw unknownParameter(name);
      return found.value;
    },
    deploymentProperties,
  };
  const scope: EvaluationScope = { ...base, variable: lazyVariables(document.variables, base) };
  const drafts = draftResources(document, deployment, scope);
  const index = new ResourceIndex(drafts);
  const resources = { resolve: (nameOrId: string) => index.referenced(nameOrId) };
  refuseDuplicates(drafts.resources);
  const planned = plan(drafts.resources, index, resources);
  const outputScope: EvaluationScope = { ...scope, resources };
  checkOutputs(document.outputs, document.definitions, outputScope);
  return {
    parameters,
    resources: planned,
    evaluateOutputs: (runtime) =>
      withinBudget(
        () => evaluateOutputs(document.outputs, document.definitions, outputScope, runtime),
        MAXIMUM_EXPANSION_STEPS,
      ),
  };
}

/** What `deployment()` tells of the given values; which of them are secure is not known yet, so all have a stand-in. */
function givenParameters({ parameters, standIn }: ExpandInput): JsonObject {
  if (standIn === undefined) return parameters;
  return Object.fromEntries(Object.entries(parameters).map(([name, given]) => [name, standIn(given)]));
}

function refuseDuplicates(drafts: readonly ResourceDraft[]): void {
  const seen = new Set<string>();
  for (const draft of drafts) {
    if (!draft.condition || draft.isExisting) continue;
    const key = draft.id.toLowerCase();
    if (seen.has(key)) {
      throw new TemplateError(
        'InvalidTemplate',
        `The resource '${draft.type}/${draft.name}'${positionText(draft.source)} is defined multiple times in a template. Please see https://aka.ms/arm-template/#resources for usage details.`,
        { path: draft.path },
      );
    }
    seen.add(key);
  }
}

function plan(
  drafts: readonly ResourceDraft[],
  index: ResourceIndex,
  resources: NonNullable<EvaluationScope['resources']>,
): PlannedResource[] {
  const serial = serialDependencies(drafts);
  const dependencies = new Map<string, readonly string[]>();
  const planned = drafts
    .filter((draft) => !draft.isExisting)
    .map((draft): PlannedResource => {
      const scope: EvaluationScope = { ...draft.scope, resources };
      const needed = describeErrors(
        () => [
          ...explicitDependencies(draft, index),
          ...(serial.get(draft) ?? []),
          ...(draft.condition ? implicitDependencies(draft, scope, index) : []),
        ],
        (message) => invalidResource(draft.name, draft.source, message),
        draft.source,
      );
      const dependsOn = [
        ...new Set(needed.flatMap((other) => (other.condition && !other.isExisting ? [other.id] : []))),
      ];
      if (draft.condition) dependencies.set(draft.id, dependsOn);
      return {
        id: draft.id,
        type: draft.type,
        name: draft.name,
        apiVersion: draft.apiVersion,
        subscriptionId: draft.subscriptionId,
        ...(draft.resourceGroup === undefined ? {} : { resourceGroup: draft.resourceGroup }),
        ...(draft.symbolicName === undefined ? {} : { symbolicName: draft.symbolicName }),
        condition: draft.condition,
        dependsOn,
        evaluate: (runtime) => evaluateBody(draft, scope, runtime),
        preview: (known) => previewBody(draft, scope, known),
      };
    });
  refuseCycles(dependencies);
  return planned;
}

/** The resources of the template that a resource's body refers to by name with `reference` or `list*`. */
function implicitDependencies(
  draft: ResourceDraft,
  scope: EvaluationScope,
  index: ResourceIndex,
): ResourceDraft[] {
  const found = new Set<ResourceDraft>();
  previewBody(draft, {
    ...scope,
    onRuntimeCall: (_functionName, nameOrId) => {
      const named = index.find(nameOrId);
      // An id creates no dependency: only a name does.
      if (named !== undefined && !nameOrId.startsWith('/')) found.add(named);
    },
  });
  return [...found];
}
