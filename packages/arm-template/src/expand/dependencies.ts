import type { JsonValue } from '../json.ts';
import { getOwn } from '../json-values.ts';
import { spend } from '../expression/bounds.ts';
import { evaluateText } from '../expression/template-tree.ts';
import { TemplateError } from '../template-error.ts';
import { positionOf } from '../text-position.ts';
import { describeErrors } from './error-text.ts';
import type { ResourceDraft } from './resource-draft.ts';
import type { ResourceIndex } from './resource-index.ts';

/** The resources that a resource's `dependsOn` names. @throws TemplateError for an item that names none. */
export function explicitDependencies(draft: ResourceDraft, index: ResourceIndex): ResourceDraft[] {
  const written: JsonValue = getOwn(draft.source, 'dependsOn') ?? [];
  const path = `${draft.path}.dependsOn`;
  if (!Array.isArray(written)) throw notStrings(path, draft);
  return written.flatMap((item, position) => {
    spend(2);
    const itemPath = `${path}[${String(position)}]`;
    if (typeof item !== 'string') throw notStrings(itemPath, draft);
    const value = evaluateText(item, draft.scope, itemPath);
    if (typeof value !== 'string') throw notStrings(itemPath, draft);
    return describeErrors(
      () => index.dependencies(value),
      (message) => message,
      { path: itemPath },
    );
  });
}

function notStrings(path: string, draft: ResourceDraft): TemplateError {
  const position = positionOf(draft.source);
  const where =
    position === undefined ? '' : `, line ${String(position.line)}, position ${String(position.column)}`;
  return new TemplateError(
    'InvalidRequestContent',
    `The request content was invalid and could not be deserialized: 'Error converting value to type 'System.String[]'. Path 'properties.template.${path}'${where}.'.`,
    { path, ...position },
  );
}

/** In a serial copy loop each batch waits for the one before it: the batch before, for each resource of such a loop. */
export function serialDependencies(drafts: readonly ResourceDraft[]): Map<ResourceDraft, ResourceDraft[]> {
  const batches = new Map<string, ResourceDraft[]>();
  for (const draft of drafts) {
    if (draft.loop?.batch === undefined) continue;
    const key = batchKey(draft, draft.loop.batch);
    const batch = batches.get(key);
    if (batch === undefined) batches.set(key, [draft]);
    else batch.push(draft);
  }
  const dependencies = new Map<ResourceDraft, ResourceDraft[]>();
  for (const draft of drafts) {
    const batch = draft.loop?.batch;
    if (batch !== undefined && batch > 0)
      dependencies.set(draft, batches.get(batchKey(draft, batch - 1)) ?? []);
  }
  return dependencies;
}

function batchKey(draft: ResourceDraft, batch: number): string {
  return `${draft.path}|${loopsAround(draft)}|${String(batch)}`;
}

/** Tells apart the turns of a loop around the resource's own loop. */
function loopsAround(draft: ResourceDraft): string {
  return (draft.scope.loops ?? [])
    .slice(0, -1)
    .map((turn) => `${turn.name}:${String(turn.index)}`)
    .join(',');
}

/**
 * The ids of the resources to wait for: an existing one is not deployed, but what it waits for itself must be there before
 * it can be read.
 */
export function deployedAmong(
  needed: readonly ResourceDraft[],
  dependencies: ReadonlyMap<ResourceDraft, readonly ResourceDraft[]>,
): string[] {
  const ids = new Set<string>();
  const seen = new Set<ResourceDraft>();
  const waiting = needed.toReversed();
  for (let draft = waiting.pop(); draft !== undefined; draft = waiting.pop()) {
    if (seen.has(draft)) continue;
    seen.add(draft);
    if (!draft.isExisting) {
      ids.add(draft.id);
      continue;
    }
    const behind = dependencies.get(draft) ?? [];
    spend(behind.length);
    waiting.push(...behind.toReversed());
  }
  return [...ids];
}

/** Refuses dependencies that run in a circle. @throws TemplateError naming the resources of one circle. */
export function refuseCycles(dependencies: ReadonlyMap<ResourceDraft, readonly ResourceDraft[]>): void {
  const waiting = new Map<ResourceDraft, number>();
  const dependants = new Map<ResourceDraft, ResourceDraft[]>();
  for (const [draft, needed] of dependencies) {
    if (!draft.condition) continue;
    waiting.set(draft, needed.length);
    for (const other of needed) {
      const list = dependants.get(other);
      if (list === undefined) dependants.set(other, [draft]);
      else list.push(draft);
    }
  }
  const ready = [...waiting].flatMap(([draft, count]) => (count === 0 ? [draft] : []));
  for (let draft = ready.pop(); draft !== undefined; draft = ready.pop()) {
    waiting.delete(draft);
    for (const dependant of dependants.get(draft) ?? []) {
      const left = (waiting.get(dependant) ?? 0) - 1;
      waiting.set(dependant, left);
      if (left === 0) ready.push(dependant);
    }
  }
  const [start] = waiting.keys();
  if (start === undefined) return;
  // Whatever still waits has a dependency that still waits: following it must come back to a resource seen before.
  const seen: ResourceDraft[] = [];
  let current = start;
  while (!seen.includes(current)) {
    seen.push(current);
    current = dependencies.get(current)?.find((other) => waiting.has(other)) ?? current;
  }
  const circle = seen.slice(seen.indexOf(current));
  throw new TemplateError(
    'InvalidTemplateCircularDependency',
    `Deployment template validation failed: 'Circular dependency detected on resource: '${current.id}'. The resources that depend on one another are: ${circle.map(({ id }) => `'${id}'`).join(', ')}. Please see https://aka.ms/arm-template/#resources for usage details.'.`,
    { path: 'resources' },
  );
}
