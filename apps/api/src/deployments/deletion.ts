import type { DeploymentHead, DeploymentRow, ResourceGroup } from '@slipway/contract';
import type { Arm } from '../arm/arm.ts';
import { namedResource } from '../arm/deployments.ts';
import { listGroupResources, readResource } from '../arm/resources.ts';
import type { Stack } from '../arm/stacks.ts';
import { mapLimited } from '../concurrency.ts';
import type { Progress } from './progress.ts';

const readsAtOnce = 8;
const groupType = 'Microsoft.Resources/resourceGroups';

/** What is known of a deletion before its resources are looked at. */
interface DeletionFacts {
  group: ResourceGroup;
  /** The whole group is being deleted. */
  groupGoes: boolean;
  /** The whole group was being deleted and now is not: ARM has given up. */
  groupStays: boolean;
  /** Absent when the group has lost it already. */
  stack: Stack | undefined;
  before: Progress | undefined;
}

/**
 * A cluster that is being deleted: what its stack manages, `Deleting` as long as ARM has it, then `Deleted`; with the
 * group itself as the last row where the whole group goes. ARM tells no times of it. What the group's list cannot
 * show (parts of a resource, resources elsewhere) is read by its id.
 */
export async function readDeletion(arm: Arm, facts: DeletionFacts): Promise<Progress> {
  const { group, groupGoes, groupStays, stack } = facts;
  const subscriptionId = group.id.split('/')[2] ?? '';
  const listed = (await listGroupResources(arm, subscriptionId, group.name)) ?? [];
  const present = new Set(listed.map(({ id }) => id.toLowerCase()));
  const gone = new Set(
    facts.before?.phase === 'deletion'
      ? facts.before.rows.filter(({ state }) => state === 'Deleted').map(({ id }) => id.toLowerCase())
      : [],
  );
  const rows = await mapLimited(
    idsOf(
      facts,
      listed.map(({ id }) => id),
    ),
    readsAtOnce,
    async (id): Promise<DeploymentRow> => {
      const remains =
        present.has(id.toLowerCase()) ||
        (!gone.has(id.toLowerCase()) && (await isHidden(arm, id, group, present)));
      const state = !remains ? 'Deleted' : groupStays ? 'Failed' : 'Deleting';
      return { ...namedResource(id), state };
    },
  );
  if (groupGoes || groupStays)
    rows.push({ id: group.id, type: groupType, name: group.name, state: groupStays ? 'Failed' : 'Deleting' });
  return {
    phase: 'deletion',
    head: groupStays ? givenUp(group, stack) : { state: 'Deleting', ...nameOf(stack) },
    rows,
    ended: groupStays,
  };
}

/** Whether a progress tells of a whole group's deletion. */
export const isGroupDeletion = (progress: Progress): boolean =>
  progress.phase === 'deletion' &&
  progress.head.state === 'Deleting' &&
  progress.rows.some(({ type }) => type === groupType);

/** The progress with everything deleted: what is told of a deletion whose cluster is gone. */
export const allDeleted = (progress: Progress): Progress => ({
  ...progress,
  rows: progress.rows.map(({ id, type, name }) => ({ id, type, name, state: 'Deleted' })),
});

/** Whether a stack failed because resources could not be deleted; ARM's code says so (`DeploymentStackDeleteResourcesFailed`). */
export const deletionHasFailed = (stack: Stack): boolean =>
  stack.state.toLowerCase() === 'failed' && /delet/i.test(stack.error?.code ?? '');

/** A deployment's rows after a deletion that failed: what it deleted, what it could not, and why. */
export function withDeletionOutcome(stack: Stack, rows: readonly DeploymentRow[]): DeploymentRow[] {
  const kept = new Set(stack.resourceIds.map((id) => id.toLowerCase()));
  const failures = new Map(stack.failedResources.map((failed) => [failed.id.toLowerCase(), failed]));
  const known = new Set(rows.map(({ id }) => id.toLowerCase()));
  const others = [...stack.resourceIds, ...stack.failedResources.map(({ id }) => id)].filter(
    (id) => !known.has(id.toLowerCase()),
  );
  const all = new Map(
    [...rows, ...others.map((id): DeploymentRow => ({ ...namedResource(id), state: 'Succeeded' }))].map(
      (row) => [row.id.toLowerCase(), row],
    ),
  );
  return [...all].map(([key, row]): DeploymentRow => {
    const { id, type, name } = row;
    const failed = failures.get(key);
    if (failed) return { id, type, name, state: 'Failed', ...(failed.error ? { error: failed.error } : {}) };
    return kept.has(key) ? row : { id, type, name, state: 'Deleted' };
  });
}

/** What is to be deleted: what the stack manages, and what earlier reads knew; without both, what there still is. */
function idsOf({ stack, before }: DeletionFacts, listed: readonly string[]): string[] {
  const earlier =
    before?.phase === 'deletion'
      ? before.rows.filter(({ type }) => type !== groupType).map(({ id }) => id)
      : [];
  const managed = [...earlier, ...(stack?.resourceIds ?? [])];
  const ids = managed.length > 0 || stack ? managed : listed;
  return [...new Map(ids.map((id) => [id.toLowerCase(), id])).values()];
}

/** Whether a resource that the group's list does not show is there all the same. */
async function isHidden(
  arm: Arm,
  id: string,
  group: ResourceGroup,
  present: ReadonlySet<string>,
): Promise<boolean> {
  const key = id.toLowerCase();
  const inGroup = key.startsWith(`${group.id.toLowerCase()}/providers/`);
  const owners = inGroup ? ownersOf(key) : [];
  // The list shows every resource that is no part of another one; a part goes with its owner at the latest.
  if (inGroup && !owners.some((owner) => present.has(owner))) return false;
  return (await readResource(arm, id)) !== undefined;
}

/** The resources that a resource is a part or an extension of, by their ids. */
function ownersOf(id: string): string[] {
  const owners: string[] = [];
  const atGroup = id.indexOf('/providers/');
  for (let at = id.length; ;) {
    const inner = id.lastIndexOf('/providers/', at - 1);
    const segments = id.slice(inner, at).split('/').length;
    // `/providers/namespace/type/name` has five segments; two less are an owner, or what an extension hangs on.
    at = segments > 5 ? id.lastIndexOf('/', id.lastIndexOf('/', at - 1) - 1) : inner;
    if (at <= atGroup) return owners;
    owners.push(id.slice(0, at));
  }
}

const nameOf = (stack: Stack | undefined): Pick<DeploymentHead, 'id' | 'name'> =>
  stack?.deploymentId === undefined
    ? {}
    : { id: stack.deploymentId, name: stack.deploymentId.split('/').at(-1) };

const givenUp = (group: ResourceGroup, stack: Stack | undefined): DeploymentHead => ({
  state: 'Failed',
  ...nameOf(stack),
  error: {
    code: 'ResourceGroupNotDeleted',
    message: `Azure Resource Manager has stopped deleting the resource group '${group.name}' before it was gone. Its activity log says why.`,
  },
});
