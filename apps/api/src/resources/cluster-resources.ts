import type { ArmResource, Cluster, ClusterPath } from '@slipway/contract';
import { unlessMissing } from '../arm/arm-failure.ts';
import type { Arm } from '../arm/arm.ts';
import { listOperations } from '../arm/deployments.ts';
import type { Stack } from '../arm/stacks.ts';
import { clusterKey, readCluster } from '../clusters/cluster-of-stack.ts';
import { SharedReads } from '../concurrency.ts';
import { readPieces } from './read-pieces.ts';

const briefMs = 1_000;

/** A cluster and every resource it is made of. */
export interface ClusterResources {
  cluster: Cluster;
  resources: readonly ArmResource[];
}

/**
 * Reads clusters' resources by id; many viewers of one cluster share a read. What was read is kept for a moment, but not
 * beyond a change of the cluster's state: whoever asks because something has ended must not be told how it was before.
 */
export class ClusterResourceReader {
  readonly #arm: Arm;
  readonly #clusters = new SharedReads<Awaited<ReturnType<typeof readCluster>>>(0);
  readonly #changing = new SharedReads<ClusterResources['resources']>(briefMs);
  readonly #settled: SharedReads<ClusterResources['resources']>;

  /** `settledForMs`: how long what was read is kept while ARM is not at work on the cluster. */
  constructor(arm: Arm, { settledForMs = briefMs }: { settledForMs?: number } = {}) {
    this.#arm = arm;
    this.#settled = new SharedReads(settledForMs);
  }

  /** Throws `ClusterNotFound` where there is no such cluster. */
  async read(path: ClusterPath): Promise<ClusterResources> {
    const key = clusterKey(path);
    const { cluster, stack } = await this.#clusters.read(key, () => readCluster(this.#arm, path));
    const moment = `${key} ${cluster.state} ${stack.state} ${stack.deploymentId ?? ''}`;
    const isChanging = cluster.state === 'deploying' || cluster.state === 'deleting';
    const reads = isChanging ? this.#changing : this.#settled;
    const resources = await reads.read(moment, async () =>
      readPieces(this.#arm, await idsOf(this.#arm, stack)),
    );
    return { cluster, resources };
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
