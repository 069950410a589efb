import type { ActivityOperation, ActivityPage, ActivityQuery } from '@slipway/contract';
import { operationWords } from '@slipway/topology';
import { type ActivityEvent, readActivityPage } from '../arm/activity-log.ts';
import type { Arm } from '../arm/arm.ts';
import { type Stack, findStack } from '../arm/stacks.ts';
import { clusterNotFound } from '../clusters/cluster-of-stack.ts';
import { foldEvents } from './fold-events.ts';

/** So many operations make an answer, unless so many pages of ARM's have been read for it before. */
const enough = 40;
const mostPages = 5;

/**
 * A part of the activity log, newest first. Of a deployment stack it is what happened to all that belongs to it: ARM has no
 * such log, so that of the group is read, and what belongs to others is left out.
 */
export async function readActivity(arm: Arm, query: ActivityQuery): Promise<ActivityPage> {
  const { scope, from, to } = query;
  const { filterScope, belongs } = await outlineOf(arm, scope);
  const events: ActivityEvent[] = [];
  let next = query.next;
  for (let read = 1; ; read += 1) {
    const page = await readActivityPage(arm, { scope: filterScope, from, to }, next);
    next = page.next;
    events.push(...page.events);
    const operations = wanted(foldEvents(belongs(events)), query);
    if (next === undefined) return { operations };
    if (operations.length >= enough || read === mostPages) return { operations, next };
  }
}

function wanted(operations: readonly ActivityOperation[], query: ActivityQuery): ActivityOperation[] {
  const { status, caller = '', operation = '' } = query;
  return operations.filter(
    (each) =>
      (status === undefined || each.status === status) &&
      each.caller.toLowerCase().includes(caller.toLowerCase()) &&
      isCalled(each.operation, operation),
  );
}

/** By ARM's name of it, or by the words that people read. */
const isCalled = (operation: string, text: string): boolean =>
  [operation, operationWords(operation)].some((name) =>
    name.toLowerCase().includes(text.trim().toLowerCase()),
  );

interface Outline {
  /** What ARM is asked for. */
  filterScope: string;
  /** Those of its events that are wanted. */
  belongs: (events: readonly ActivityEvent[]) => readonly ActivityEvent[];
}

async function outlineOf(arm: Arm, scope: string): Promise<Outline> {
  const [, group, subscriptionId, resourceGroup, name] =
    /^(\/subscriptions\/([^/]+)\/resourcegroups\/([^/]+))\/providers\/Microsoft\.Resources\/deploymentStacks\/([^/]+)$/i.exec(
      scope,
    ) ?? [];
  if (
    group === undefined ||
    subscriptionId === undefined ||
    resourceGroup === undefined ||
    name === undefined
  )
    return { filterScope: scope, belongs: (events) => events };
  const path = { subscriptionId, resourceGroup, name };
  const stack = await findStack(arm, path);
  if (!stack) throw clusterNotFound(path);
  return { filterScope: group, belongs: (events) => eventsOf(stack, events) };
}

/** The events on a stack and what it manages, and those that one of the stack's own requests has brought about. */
function eventsOf(stack: Stack, events: readonly ActivityEvent[]): ActivityEvent[] {
  const ids = [
    stack.id,
    ...(stack.deploymentId === undefined ? [] : [stack.deploymentId]),
    ...stack.resourceIds,
  ].map((id) => id.toLowerCase());
  const own = new Set(ids);
  const isOwn = ({ resourceId }: ActivityEvent): boolean => {
    let at = resourceId.toLowerCase();
    while (at.includes('/providers/')) {
      if (own.has(at)) return true;
      at = at.slice(0, at.lastIndexOf('/'));
    }
    return false;
  };
  const requests = new Set(events.filter(isOwn).map(({ correlationId }) => correlationId));
  return events.filter((event) => requests.has(event.correlationId));
}
