import { managementGroupOf } from './deployment-place.ts';

const kinds = ['resources', 'resourceGroups', 'managementGroups'] as const;

/** What becomes of each kind of what a stack manages no longer. */
export type UnmanageActions = Record<(typeof kinds)[number], 'delete' | 'detach'>;

/** The kinds of what a stack manages, as `actionOnUnmanage` and `unmanageAction` name them. */
export const managedKinds: readonly (keyof UnmanageActions)[] = kinds;

/** The ids that are to be deleted and those that are let go. */
export function divide(
  ids: readonly string[],
  actions: UnmanageActions,
): { deleted: string[]; detached: string[] } {
  const isDeleted = (id: string): boolean => actions[kindOf(id)] === 'delete';
  return { deleted: ids.filter(isDeleted), detached: ids.filter((id) => !isDeleted(id)) };
}

function kindOf(id: string): keyof UnmanageActions {
  if (isGroupId(id)) return 'resourceGroups';
  return managementGroupOf(id) === undefined ? 'resources' : 'managementGroups';
}

const isGroupId = (id: string): boolean => /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+$/i.test(id);
