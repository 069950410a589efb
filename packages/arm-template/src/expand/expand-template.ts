import type { ExpandInput, Expansion, PlannedResource, TemplateLimits } from '../expansion.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { getOwn, isObject } from '../json-values.ts';
import { withinBudget, withoutOverflow } from '../expression/bounds.ts';
import type { EvaluationScope, ResourceLookup } from '../expression/scope.ts';
import { evaluateTree } from '../expression/template-tree.ts';
import { templateHash } from '../template-hash.ts';
import { TemplateError } from '../template-error.ts';
import { positionOf, positionText } from '../text-position.ts';
import { deployedAmong, explicitDependencies, refuseCycles, serialDependencies } from './dependencies.ts';
import { describeErrors, refuseDeployment, withPlaces } from './error-text.ts';
import { azureLimits } from './limits.ts';
import { checkOutputs, evaluateOutputs } from './outputs.ts';
import { lazyParameters } from './parameters.ts';
import { evaluateBody, hasOption, previewBody } from './resource-body.ts';
import type { ResourceDraft } from './resource-draft.ts';
import { draftResources, invalidResource } from './resource-drafts.ts';
import { ResourceIndex } from './resource-index.ts';
import { Secrets } from './secrets.ts';
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
  const limits: TemplateLimits = { ...azureLimits, ...input.limits };
  const secrets = new Secrets();
  return withPlaces(input.template, () =>
    refuseDeployment(() =>
      secrets.guard(() =>
        withoutOverflow(() => withinBudget(() => expand(input, limits, secrets), limits.steps)),
      ),
    ),
  );
}

function expand(input: ExpandInput, limits: TemplateLimits, secrets: Secrets): Expansion {
  const { scope: deployment, sources } = input;
  const document = readTemplate(input.template, limits, input.extensions ?? 'refuse');
  const everywhere: EvaluationScope = {
    deployment,
    copyLimit: limits.copyCount,
    ...(input.cloud === undefined ? {} : { cloud: input.cloud }),
  };
  // Functions may use variables, which may use parameters, whose defaults may use functions.
  const userFunction = readUserFunctions(document, {
    ...everywhere,
    ...(document.hasTypes ? { variable: (name) => variable(name) } : {}),
  });
  let properties: JsonObject | undefined;
  const deploymentProperties = (): JsonObject => {
    properties ??= document.isLanguageTwo
      ? { template: versionOf(input.template) }
      : {
          template: input.template,
          templateHash: templateHash(input.template),
          parameters: givenParameters(input),
          mode: 'Incremental',
          provisioningState: 'Accepted',
        };
    return properties;
  };
  const parameters = lazyParameters({
    declarations: document.parameters,
    definitions: document.definitions,
    hasTypes: document.hasTypes,
    values: input.parameters,
    defaultScope: { ...everywhere, sources, deploymentProperties, userFunction },
    secret: input.secret,
    externalInputs: input.externalInputs,
    standIn: input.standIn,
    secrets,
  });
  const base: EvaluationScope = {
    ...everywhere,
    userFunction,
    parameter: parameters.value,
    deploymentProperties,
  };
  const variable = lazyVariables(document.variables, base);
  const resolvedParameters = parameters.resolveAll();
  const scope: EvaluationScope = { ...base, variable };
  checkAsserts(document.asserts, scope);
  const drafts = draftResources(document, deployment, scope, limits);
  const index = new ResourceIndex(drafts);
  const resources: ResourceLookup = {
    resolve: (nameOrId) => index.referenced(nameOrId),
    collection: (symbolicName) => index.collection(symbolicName),
  };
  refuseDuplicates(drafts.resources);
  const planned = plan(drafts.resources, { index, resources, steps: limits.steps, secrets });
  const outputScope: EvaluationScope = { ...scope, resources };
  checkOutputs(document.outputs, document.definitions, outputScope);
  return {
    parameters: resolvedParameters,
    resources: planned,
    evaluateOutputs: (runtime) =>
      secrets.guard(() => withinBudget(() => evaluateOutputs(document, outputScope, runtime), limits.steps)),
  };
}

/** What `deployment()` tells of a template in language version 2.0. */
function versionOf(template: JsonValue): JsonObject {
  const version = isObject(template) ? getOwn(template, 'contentVersion') : undefined;
  return version === undefined ? {} : { contentVersion: version };
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

/** Refuses a template whose own assertions do not hold. */
function checkAsserts(asserts: JsonObject, scope: EvaluationScope): void {
  for (const [name, written] of Object.entries(asserts)) {
    const path = `asserts.${name}`;
    if (evaluateTree(written, scope, path) === true) continue;
    throw new TemplateError('InvalidTemplate', `The template assertion '${name}' does not hold.`, { path });
  }
}

/** What resources are planned with. */
interface PlanContext {
  index: ResourceIndex;
  resources: ResourceLookup;
  /** How many steps a body may take. */
  steps: number;
  secrets: Secrets;
}

function plan(
  drafts: readonly ResourceDraft[],
  { index, resources, steps, secrets }: PlanContext,
): PlannedResource[] {
  const needed = neededResources(drafts, { index, resources, steps, secrets });
  refuseCycles(needed);
  return drafts.flatMap((draft): PlannedResource[] => {
    if (draft.isExisting) return [];
    const scope: EvaluationScope = { ...draft.scope, resources };
    const { place } = draft;
    return [
      {
        id: draft.id,
        type: draft.type,
        name: draft.name,
        apiVersion: draft.apiVersion,
        subscriptionId: place.subscriptionId,
        ...(place.resourceGroup === undefined ? {} : { resourceGroup: place.resourceGroup }),
        ...(draft.symbolicName === undefined ? {} : { symbolicName: draft.symbolicName }),
        condition: draft.condition,
        onlyIfNotExists: hasOption(draft.source, 'onlyIfNotExists'),
        dependsOn: deployedAmong(needed.get(draft) ?? [], needed),
        evaluate: (runtime) => secrets.guard(() => evaluateBody(draft, scope, steps, runtime)),
        preview: (known) => secrets.guard(() => previewBody(draft, scope, steps, known)),
      },
    ];
  });
}

/** What each resource waits for, existing ones too. Nothing waits for a resource whose condition is false. */
function neededResources(
  drafts: readonly ResourceDraft[],
  { index, resources, steps }: PlanContext,
): Map<ResourceDraft, ResourceDraft[]> {
  const serial = serialDependencies(drafts);
  return new Map(
    drafts.map((draft) => {
      const scope: EvaluationScope = { ...draft.scope, resources };
      const found = describeErrors(
        () => [
          ...explicitDependencies(draft, index),
          ...(serial.get(draft) ?? []),
          ...(draft.condition && !draft.isExisting ? implicitDependencies(draft, scope, index, steps) : []),
        ],
        (message) => invalidResource(draft.name, draft.source, message),
        positionOf(draft.source),
      );
      return [draft, [...new Set(found.filter((other) => other.condition))]] as const;
    }),
  );
}

/** The resources of the template that a resource's body refers to by name with `reference` or `list*`. */
function implicitDependencies(
  draft: ResourceDraft,
  scope: EvaluationScope,
  index: ResourceIndex,
  steps: number,
): ResourceDraft[] {
  const found = new Set<ResourceDraft>();
  const onRuntimeCall = (functionName: string, nameOrId: string, hasApiVersion: boolean): void => {
    // An id creates no dependency, unless it leaves the API version to the resource of the template: quickstarts count on that.
    if (nameOrId.startsWith('/') && hasApiVersion) return;
    if (functionName.toLowerCase() === 'references') {
      for (const member of index.collection(nameOrId)) found.add(member);
      return;
    }
    const named = index.find(nameOrId);
    if (named !== undefined) found.add(named);
  };
  previewBody(draft, { ...scope, onRuntimeCall }, steps);
  return [...found];
}
