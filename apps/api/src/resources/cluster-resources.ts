import type { ArmResource, Cluster, ClusterPath } from '@slipway/contract';
import { unlessMissing } from '../arm/arm-failure.ts';
import type { Arm } from '../arm/arm.ts';
import { listOperations } from '../arm/deployments.ts';
import type { Stack } from '../arm/stacks.ts';
import { readCluster } from '../clusters/cluster-of-stack.ts';
import { SharedReads } from '../concurrency.ts';
import { readPieces } from './read-pieces.ts';

const keptForMs = 1_000;

/** A cluster and every resource it is made of. */
export interface ClusterResources {
  cluster: Cluster;
  resources: readonly ArmResource[];
}

/** Reads clusters' resources by id; many viewers of one cluster share a read. */
export class ClusterResourceReader {
  readonly #arm: Arm;
  readonly #reads = new SharedReads<ClusterResources>(keptForMs);

  constructor(arm: Arm) {
    this.#arm = arm;
  }

  /** Throws `ClusterNotFound` where there is no such cluster. */
  read(path: ClusterPath): Promise<ClusterResources> {
    const key = `${path.subscriptionId}/${path.resourceGroup}/${path.name}`.toLowerCase();
    return this.#reads.read(key, async () => {
      const { cluster, stack } = await readCluster(this.#arm, path);
      return { cluster, resources: await readPieces(this.#arm, await idsOf(this.#arm, stack)) };
    });
  }
}

/** What a stack manages. Until it has come to a good end its list is not complete: the operations know more. */
async function idsOf(arm: Arm, stack: Stack): Promise<string[]> {
  const { deploymentId } = stack;
  const unfinished = stack.state.toLowerCase() !== 'succeeded' && deploymentId !== undefined;
  const operations = unfinished ? await unlessMissing(() => listOperations(arm, deploymentId)) : [];
  const begun = (operations ?? []).map((operation) => operation.resource.id);
  return [...stack.resourceIds, ...begun].filter((id) => !/\/providers\/Microsoft\.Resources\//i.test(id));
}
