import type { Cause } from '../activity/cause.ts';
import { ArmError } from '../arm-error.ts';
import type { Locks } from '../governance/locks.ts';
import type { Deletion, ResourceGroup } from '../store/documents.ts';
import { scopeKey, type Store } from '../store/store.ts';
import type { Deletions } from './deletions.ts';

/** Deletes resource groups with everything in them. */
export class GroupRemoval {
  readonly #store: Store;
  readonly #deletions: Deletions;
  readonly #locks: Locks;
  /** Ends what runs in the group. */
  readonly #stopWorkIn: (group: ResourceGroup) => void;

  constructor(parts: {
    store: Store;
    deletions: Deletions;
    locks: Locks;
    stopWorkIn: (group: ResourceGroup) => void;
  }) {
    this.#store = parts.store;
    this.#deletions = parts.deletions;
    this.#locks = parts.locks;
    this.#stopWorkIn = parts.stopWorkIn;
    parts.deletions.onEnd('resourceGroup', (deletion) => this.#end(deletion));
    parts.deletions.onGroupEmptied((group) => this.#removeEmpty(group));
  }

  /** Accepts the deletion; a second request joins the first. */
  start(group: ResourceGroup, cause: Cause): Deletion {
    return this.#store.transaction(() => {
      const running = this.#deletions.runningFor(group);
      if (running) return running;
      this.#store.groups.put({ ...group, provisioningState: 'Deleting' });
      this.#stopWorkIn(group);
      return this.#deletions.start({
        purpose: 'resourceGroup',
        ownerId: group.id,
        subscriptionId: group.subscriptionId,
        resourceIds: [],
        cause,
      });
    });
  }

  /**
   * Takes away a group that goes with a stack. What the stack does not manage keeps it: Microsoft's "Create and deploy Azure
   * deployment stacks", its section on deletion.
   */
  #removeEmpty(group: ResourceGroup): void {
    const { subscriptionId, name } = group;
    const left = this.#store.resources.list({ subscriptionId, resourceGroup: name });
    if (left.length > 0)
      throw new ArmError(
        409,
        'ResourceGroupDeletionBlocked',
        `The resource group '${name}' was not deleted, for it has resources that the deployment stack does not delete: '${left.map(({ id }) => id).join(',')}'. Delete or move these first.`,
      );
    this.#locks.refuseDelete(group.id);
    this.#stopWorkIn(group);
    this.#forget(group);
  }

  #end(deletion: Deletion): void {
    const group = this.#store.groups.get(deletion.ownerId.toLowerCase());
    if (!group) return;
    if (deletion.state === 'Failed') {
      this.#store.groups.put({ ...group, provisioningState: 'Succeeded' });
      this.#store.deletions.put({
        ...deletion,
        error: {
          code: deletion.gaveUp ? 'ResourceGroupDeletionTimeout' : 'ResourceGroupDeletionBlocked',
          message: `Deletion of resource group '${group.name}' ${deletion.gaveUp ? 'did not finish within the allowed time' : 'failed'} as resources with identifiers '${deletion.failures.map(({ id }) => id).join(',')}' could not be deleted. The provisioning state of the resource group will be rolled back. The tracking Id is '${deletion.id}'.`,
          details: deletion.failures.map(({ id, error }) => ({ ...error, target: error.target ?? id })),
        },
      });
      return;
    }
    this.#forget(group);
  }

  /** Removes a group in which no resource is left, with what was noted of it. */
  #forget(group: ResourceGroup): void {
    const scope = scopeKey(group.subscriptionId, group.name);
    for (const deployment of this.#store.deployments.inScope(scope))
      this.#store.removeDeployment(deployment.id);
    for (const stack of this.#store.stacks.inScope(scope)) this.#store.removeStack(stack.id);
    this.#store.removeWorksUnder(scope);
    this.#store.removeGuardsAt(scope);
    this.#store.groups.remove(scope);
  }
}
