import type { DeploymentScope, TemplateLimits } from '../expansion.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { getOwn, isObject, kindOf } from '../json-values.ts';
import { copyBatchSize, copyCount } from '../expression/copy-count.ts';
import type { EvaluationScope, LoopTurn } from '../expression/scope.ts';
import { evaluateText, evaluateTree } from '../expression/template-tree.ts';
import { joinTypeAndNames, withoutTrailingSlashes } from '../resource-id.ts';
import { TemplateError } from '../template-error.ts';
import { positionOf, positionText } from '../text-position.ts';
import { describeErrors } from './error-text.ts';
import { checkLimit } from './limits.ts';
import type { ResourceDraft } from './resource-draft.ts';
import { checkSegments, evaluateTextProperty, placeOf } from './resource-identity.ts';
import { readResourceList, type TemplateDocument } from './template-document.ts';

interface Declaration {
  body: JsonObject;
  path: string;
  symbolicName?: string;
}

/** What all resources of a template have in common. */
interface Context {
  deployment: DeploymentScope;
  isLanguageTwo: boolean;
}

interface Copy {
  name: string;
  count: number;
  /** How many run at a time when the loop is serial. */
  batchSize?: number;
}

/** All resources of a template with copy loops and inline children written out, and the names of its copy loops. */
export interface Drafts {
  resources: ResourceDraft[];
  /** Lower-case names, also of loops that turn no time. */
  loopNames: Set<string>;
  /** Whether resources have symbolic names, by which alone `reference` then knows them. */
  isSymbolic: boolean;
  /** Symbolic names of the resources with a loop. */
  collections: Set<string>;
  /** Symbolic names of resources of extensions, which are not there. */
  leftOut: Set<string>;
  /** How many of the resources are to be deployed, which Azure limits. */
  deployed: number;
  limits: TemplateLimits;
}

/** Writes out copy loops and inline children. @throws TemplateError that names the resource. */
export function draftResources(
  document: TemplateDocument,
  deployment: DeploymentScope,
  base: EvaluationScope,
  limits: TemplateLimits,
): Drafts {
  const drafts: Drafts = {
    resources: [],
    loopNames: new Set(),
    isSymbolic: document.isSymbolic,
    collections: new Set(),
    leftOut: document.leftOut,
    deployed: 0,
    limits,
  };
  const context: Context = { deployment, isLanguageTwo: document.isLanguageTwo };
  for (const declaration of document.resources) draft(declaration, undefined, context, base, drafts);
  return drafts;
}

function draft(
  declaration: Declaration,
  parent: ResourceDraft | undefined,
  context: Context,
  base: EvaluationScope,
  drafts: Drafts,
): void {
  const { body, path } = declaration;
  const label = getOwn(body, 'name');
  const described = <T>(work: () => T): T =>
    describeErrors(
      work,
      (message) => invalidResource(typeof label === 'string' ? label : '', body, message),
      positionOf(body),
    );

  const copy = described(() => readCopy(body, base, path));
  if (copy === undefined) {
    describeAndAdd(base, undefined);
    return;
  }
  drafts.loopNames.add(copy.name.toLowerCase());
  if (declaration.symbolicName !== undefined) drafts.collections.add(declaration.symbolicName);
  // Checked before the loop is written out, so that a huge count costs nothing.
  checkLimit('resources', drafts.deployed + copy.count, drafts.limits);
  for (let index = 0; index < copy.count; index += 1) {
    const turn: LoopTurn = { name: copy.name, index, ofResource: true };
    describeAndAdd({ ...base, loops: [...(base.loops ?? []), turn] }, { copy, index });
  }

  function describeAndAdd(scope: EvaluationScope, turn: { copy: Copy; index: number } | undefined): void {
    const made = described(() => makeDraftOrPlaceholder(declaration, parent, context, scope));
    if (turn !== undefined) {
      const { batchSize, name } = turn.copy;
      made.loop = batchSize === undefined ? { name } : { name, batch: Math.floor(turn.index / batchSize) };
      if (made.symbolicName !== undefined) made.symbolicName = `${made.symbolicName}[${String(turn.index)}]`;
    }
    drafts.resources.push(made);
    if (!made.isExisting) drafts.deployed += 1;
    checkLimit('resources', drafts.deployed, drafts.limits);
    checkLimit('existing resources', drafts.resources.length - drafts.deployed, drafts.limits);
    const children = getOwn(body, 'resources') ?? [];
    for (const child of isObject(children)
      ? symbolicChildren(children, path)
      : readResourceList(children, `${path}.resources`)) {
      draft(child, made, context, scope, drafts);
    }
  }
}

function symbolicChildren(children: JsonObject, path: string): Declaration[] {
  return Object.entries(children).map(([symbolicName, body]) => {
    if (isObject(body)) return { body, path: `${path}.resources.${symbolicName}`, symbolicName };
    throw new TemplateError('InvalidTemplate', `The template resource '${symbolicName}' must be an object.`, {
      path,
    });
  });
}

/** Azure's words around an error in one resource. */
export function invalidResource(name: string, source: JsonValue, message: string): string {
  return `The template resource '${name}'${positionText(source)} is not valid: ${message}. Please see https://aka.ms/arm-template-expressions for usage details.`;
}

function readCopy(body: JsonObject, scope: EvaluationScope, path: string): Copy | undefined {
  const written = getOwn(body, 'copy') ?? null;
  if (written === null) return undefined;
  const at = `${path}.copy`;
  const invalid = (message: string): TemplateError =>
    new TemplateError('InvalidTemplate', message, { path: at });
  if (!isObject(written))
    throw invalid("The 'copy' of a template resource must be an object with name and count.");
  const name = evaluateTextProperty(written, 'name', scope, at);
  if (name === undefined || name === '') throw invalid("The 'copy' of a template resource needs a name.");
  const counted = evaluateTree(getOwn(written, 'count') ?? null, scope, `${at}.count`);
  const count = copyCount(counted, written, at, scope.copyLimit);
  const mode = evaluateTextProperty(written, 'mode', scope, at)?.toLowerCase() ?? 'parallel';
  if (mode === 'parallel') return { name, count };
  if (mode !== 'serial')
    throw invalid(`The copy mode '${mode}' is not valid: it must be 'serial' or 'parallel'.`);
  const batchSize = evaluateTree(getOwn(written, 'batchSize') ?? 1, scope, `${at}.batchSize`);
  return { name, count, batchSize: copyBatchSize(batchSize, written, at, count) };
}

/** An existing resource is found out about when something refers to it: until then it may be nonsense. */
function makeDraftOrPlaceholder(
  declaration: Declaration,
  parent: ResourceDraft | undefined,
  context: Context,
  scope: EvaluationScope,
): ResourceDraft {
  const { body, path, symbolicName } = declaration;
  const isExisting = getOwn(body, 'existing') === true;
  try {
    if (parent?.failure !== undefined) throw parent.failure;
    return makeDraft(declaration, parent, context, scope);
  } catch (error) {
    if (!isExisting || !(error instanceof TemplateError) || error.code !== 'InvalidTemplate') throw error;
    const type = getOwn(body, 'type');
    return {
      source: body,
      path,
      id: '',
      type: typeof type === 'string' ? type : '',
      name: '',
      apiVersion: '',
      place: { scopeId: '', subscriptionId: '' },
      isExisting,
      failure: error,
      condition: true,
      isLanguageTwo: context.isLanguageTwo,
      scope,
      ...(symbolicName === undefined ? {} : { symbolicName }),
    };
  }
}

function makeDraft(
  declaration: Declaration,
  parent: ResourceDraft | undefined,
  context: Context,
  scope: EvaluationScope,
): ResourceDraft {
  const { body, path, symbolicName } = declaration;
  const ownType = withoutTrailingSlashes(evaluateTextProperty(body, 'type', scope, path) ?? '');
  const ownName = evaluateTextProperty(body, 'name', scope, path) ?? '';
  if (ownName === '') {
    throw new TemplateError(
      'InvalidTemplate',
      `The template resource ''${positionText(body)} is not valid. The name property cannot be null or empty. Please see https://aka.ms/arm-template/#resources for usage details.`,
      { path: `${path}.name` },
    );
  }
  const { type, name } = qualify(parent, ownType, ownName);
  checkSegments(body, type, name, path);
  const apiVersion = evaluateTextProperty(body, 'apiVersion', scope, path);
  if (apiVersion === undefined || apiVersion === '') {
    throw new TemplateError(
      'InvalidTemplate',
      `The template resource '${name}'${positionText(body)} is not valid: the 'apiVersion' property is missing. Please see https://aka.ms/arm-template/#resources for usage details.`,
      { path },
    );
  }
  // An inline child is where its parent is.
  const place =
    parent === undefined || getOwn(body, 'scope') !== undefined
      ? placeOf(body, type, context.deployment, scope, path)
      : parent.place;
  return {
    source: body,
    path,
    place,
    id: joinTypeAndNames(place.scopeId, type, name.split('/')),
    type,
    name,
    apiVersion,
    isExisting: getOwn(body, 'existing') === true,
    condition: readCondition(body, scope, path),
    isLanguageTwo: context.isLanguageTwo,
    scope,
    ...(symbolicName === undefined ? {} : { symbolicName }),
  };
}

/** Type and name of an inline child, whose own type and name are only the last segments. */
function qualify(
  parent: ResourceDraft | undefined,
  type: string,
  name: string,
): { type: string; name: string } {
  if (parent === undefined) return { type, name };
  const isFullType = type.toLowerCase().startsWith(`${parent.type.toLowerCase()}/`);
  const isFullName = isFullType && type.split('/').length - 1 === name.split('/').length;
  return {
    type: isFullType ? type : `${parent.type}/${type}`,
    name: isFullName ? name : `${parent.name}/${name}`,
  };
}

function readCondition(body: JsonObject, scope: EvaluationScope, path: string): boolean {
  const written = getOwn(body, 'condition') ?? true;
  const value = typeof written === 'string' ? evaluateText(written, scope, `${path}.condition`) : written;
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string' && /^(?:true|false)$/i.test(value)) return value.toLowerCase() === 'true';
  throw new TemplateError(
    'InvalidTemplate',
    `The condition must be a boolean, '${typeof value === 'string' ? value : kindOf(value)}' is none`,
    { path: `${path}.condition` },
  );
}
