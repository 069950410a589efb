import type { Cause } from '../activity/cause.ts';
import type { Deletion, ResourceGroup } from '../store/documents.ts';
import { scopeKey, type Store } from '../store/store.ts';
import type { Deletions } from './deletions.ts';

/** Deletes resource groups with everything in them. */
export class GroupRemoval {
  readonly #store: Store;
  readonly #deletions: Deletions;
  /** Ends what runs in the group. */
  readonly #stopWorkIn: (group: ResourceGroup) => void;

  constructor(store: Store, deletions: Deletions, stopWorkIn: (group: ResourceGroup) => void) {
    this.#store = store;
    this.#deletions = deletions;
    this.#stopWorkIn = stopWorkIn;
    deletions.onEnd('resourceGroup', (deletion) => this.#end(deletion));
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

  #end(deletion: Deletion): void {
    const group = this.#store.groups.get(deletion.ownerId.toLowerCase());
    if (!group) return;
    const scope = scopeKey(group.subscriptionId, group.name);
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
    for (const deployment of this.#store.deployments.inScope(scope))
      this.#store.removeDeployment(deployment.id);
    for (const stack of this.#store.stacks.inScope(scope)) this.#store.stacks.remove(stack.id.toLowerCase());
    this.#store.removeWorksUnder(scope);
    this.#store.removeLocksAt(scope);
    this.#store.groups.remove(scope);
  }
}
