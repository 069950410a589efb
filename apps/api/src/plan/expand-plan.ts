import {
  type JsonObject,
  type PlannedResource,
  TemplateError,
  expandTemplate,
  parseTolerantJson,
} from '@slipway/arm-template';
import { type ArmResource, armResourceSchema } from '@slipway/contract';
import { withoutSecrets } from '../arm/secret-members.ts';
import { type Deployable, withStandIns } from './known-parameters.ts';
import { withPartIds } from './part-ids.ts';
import { type PlanPlace, type PlanStage, scopeOf } from './plan-scope.ts';
import { isObject, knownPart, standIns } from './unknown-values.ts';

const deepestNesting = 5;
const mostResources = 2_000;
/** An expansion keeps the process busy: a template that takes longer is shown as far as it got. */
const longestMs = 2_000;

/** What a plan is made of. */
export interface PlanInput {
  /** As ARM exported it. */
  template: Readonly<Record<string, unknown>>;
  /** Values by parameter name; those that ARM keeps to itself are absent. */
  parameters: Readonly<Record<string, unknown>>;
  place: PlanPlace;
}

/** What a template comes to; `incomplete` says why that is not all. */
export interface ExpandedPlan {
  resources: ArmResource[];
  incomplete: string | undefined;
}

interface Work {
  place: PlanPlace;
  resources: ArmResource[];
  gaps: Set<string>;
  /** By `performance.now()`. */
  endsAt: number;
}

/** The same deployment with the one stand-in and with the other. */
type Twins<Of> = readonly [Of, Of];

/**
 * Expands a template to the resources that it will create, with everything nested in it. Nothing is invented: a value that
 * depends on the running deployment, on the moment, or on a secret is absent, and so is a resource whose very name
 * depends on it. Secure parameters never enter the expansion, whatever the template says of them.
 */
export function expandPlan({ template, parameters, place }: PlanInput): ExpandedPlan {
  const work: Work = { place, resources: [], gaps: new Set(), endsAt: performance.now() + longestMs };
  unlessUnreadable(work, () => {
    const given = Object.entries(parameters).filter(([, value]) => value !== undefined);
    const whole: Deployable = {
      template: readJson(template),
      parameters: readJson(Object.fromEntries(given.map(([name, value]) => [name, { value }]))),
    };
    const { resourceGroup, deploymentName } = place;
    const group = { ...resourceGroup, tags: { ...resourceGroup.tags } };
    collect(work, [whole, whole], { depth: 0, deploymentName, group, location: undefined });
  });
  const gaps = [...work.gaps];
  return { resources: work.resources, incomplete: gaps.length === 0 ? undefined : gaps.join(' ') };
}

/** A template that makes no sense is a gap in the plan, in the words of the template language. */
function unlessUnreadable(work: Work, expand: () => void): void {
  try {
    expand();
  } catch (thrown) {
    if (!(thrown instanceof TemplateError) && !(thrown instanceof RangeError)) throw thrown;
    work.gaps.add(`A template could not be expanded: ${thrown.message}`);
  }
}

/** Through text: the template's reader knows what is too large or too deep. */
function readJson(value: Readonly<Record<string, unknown>>): JsonObject {
  const read = parseTolerantJson(JSON.stringify(value));
  if (!isObject(read)) throw new TemplateError('InvalidTemplate', 'It is no JSON object.');
  return read;
}

function collect(work: Work, twins: Twins<Deployable>, stage: PlanStage): void {
  const expand = (which: 0 | 1): readonly PlannedResource[] => {
    const standIn = standIns[which];
    return expandTemplate({
      ...withStandIns(twins[which], standIn),
      scope: scopeOf(work.place, stage, standIn),
      sources: { now: new Date(Date.UTC(2001 + which, which, 1 + which, which)), newGuid: () => standIn },
    }).resources;
  };
  const [resources, others] = [expand(0), expand(1)];
  if (resources.length !== others.length)
    work.gaps.add('How many resources there will be shows only while the deployment runs.');
  for (const [index, resource] of resources.entries()) {
    const other = others[index];
    if (!other || (!resource.condition && !other.condition)) continue;
    if (resource.id !== other.id || resource.condition !== other.condition) {
      work.gaps.add('The names of some resources show only while the deployment runs.');
      continue;
    }
    if (work.resources.length >= mostResources || performance.now() > work.endsAt) {
      work.gaps.add('The template is too large to be shown whole before it is deployed.');
      return;
    }
    if (isNested(resource)) collectNested(work, [resource, other], stage.depth + 1);
    else if (!/^Microsoft\.Resources\//i.test(resource.type))
      work.resources.push(describe([resource, other]));
  }
}

const isNested = ({ type }: PlannedResource): boolean => /^Microsoft\.Resources\/deployments$/i.test(type);

/** The resource as ARM will answer it, as far as that is known; where its body makes no sense, its name and type alone. */
function describe(twins: Twins<PlannedResource>): ArmResource {
  const { id, type, name } = twins[0];
  const identity = { id, name: name.split('/').at(-1) ?? name, type };
  const body = withoutSecrets(bodyOf(twins));
  const read = armResourceSchema.safeParse({ ...Object(body), ...identity });
  return read.success ? withPartIds(read.data) : identity;
}

function bodyOf([one, other]: Twins<PlannedResource>): unknown {
  try {
    return knownPart(one.preview(), other.preview());
  } catch (thrown) {
    if (!(thrown instanceof TemplateError)) throw thrown;
    return {};
  }
}

function collectNested(work: Work, twins: Twins<PlannedResource>, depth: number): void {
  if (depth > deepestNesting) {
    work.gaps.add(`Deployments that are nested more than ${deepestNesting} levels deep are not shown.`);
    return;
  }
  unlessUnreadable(work, () => {
    const [one, other] = [nestedOf(twins[0]), nestedOf(twins[1])];
    if (!one || !other) {
      work.gaps.add('A part of the template is kept at another address and cannot be read from here.');
      return;
    }
    const { location } = one;
    collect(work, [one, other], {
      depth,
      deploymentName: twins[0].name,
      group: groupOf(work.place, twins[0]),
      location: location === other.location ? location : undefined,
    });
  });
}

function nestedOf(resource: PlannedResource): (Deployable & { location: string | undefined }) | undefined {
  const { properties, location } = resource.preview();
  if (!isObject(properties)) return undefined;
  const { template, parameters } = properties;
  if (!isObject(template)) return undefined;
  return {
    template,
    parameters: isObject(parameters) ? parameters : {},
    location: typeof location === 'string' ? location : undefined,
  };
}

function groupOf(
  { subscriptionId, resourceGroup }: PlanPlace,
  { resourceGroup: name, subscriptionId: own }: PlannedResource,
): PlanStage['group'] {
  if (name === undefined) return undefined;
  const isOwn =
    name.toLowerCase() === resourceGroup.name.toLowerCase() &&
    own.toLowerCase() === subscriptionId.toLowerCase();
  return isOwn
    ? { ...resourceGroup, tags: { ...resourceGroup.tags } }
    : { id: `/subscriptions/${own}/resourceGroups/${name}`, name };
}
