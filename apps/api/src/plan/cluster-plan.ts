import { UPDATE_ID_TAG } from '@slipway/cluster';
import type { ClusterPath, ClusterPlan } from '@slipway/contract';
import { armFailureOf } from '../arm/arm-failure.ts';
import type { Arm } from '../arm/arm.ts';
import { findResourceGroup } from '../arm/resource-groups.ts';
import { type Stack, findStackTemplate } from '../arm/stacks.ts';
import { clusterKey, clusterNotFound, readCluster } from '../clusters/cluster-of-stack.ts';
import { SharedReads } from '../concurrency.ts';
import { expandPlan } from './expand-plan.ts';

/** A deployment's plan does not change; another deployment is another plan. */
const keptForMs = 60_000;

/** Reads what the last deployments of clusters mean to create; many viewers of one cluster share an expansion. */
export class ClusterPlanReader {
  readonly #arm: Arm;
  readonly #clusters = new SharedReads<Awaited<ReturnType<typeof readCluster>>>(0);
  readonly #plans = new SharedReads<ClusterPlan>(keptForMs);

  constructor(arm: Arm) {
    this.#arm = arm;
  }

  /** Throws `ClusterNotFound` where there is no such cluster. A template that cannot be read is no error: see `incomplete`. */
  async read(path: ClusterPath): Promise<ClusterPlan> {
    const { stack } = await this.#clusters.read(clusterKey(path), () => readCluster(this.#arm, path));
    // A stack takes an update before it names the deployment of it.
    const moment = [clusterKey(path), stack.state, stack.deploymentId, stack.tags[UPDATE_ID_TAG]].join(' ');
    return this.#plans.read(moment, () => this.#expand(path, stack));
  }

  async #expand(path: ClusterPath, stack: Stack): Promise<ClusterPlan> {
    const { subscriptionId, resourceGroup } = path;
    const { deploymentId } = stack;
    const of = deploymentId === undefined ? {} : { deploymentId };
    const [exported, group] = await Promise.all([
      this.#template(path),
      findResourceGroup(this.#arm, subscriptionId, resourceGroup),
    ]);
    if (!group) throw clusterNotFound(path);
    if ('refusal' in exported) return { ...of, resources: [], incomplete: exported.refusal };
    const { resources, incomplete } = expandPlan({
      template: exported.template,
      parameters: stack.parameters,
      place: { subscriptionId, resourceGroup: group, deploymentName: deploymentId?.split('/').at(-1) ?? '' },
    });
    return { ...of, resources, ...(incomplete === undefined ? {} : { incomplete }) };
  }

  async #template(path: ClusterPath): Promise<{ template: Record<string, unknown> } | { refusal: string }> {
    try {
      const found = await findStackTemplate(this.#arm, path);
      if (!found) throw clusterNotFound(path);
      return found.template
        ? { template: found.template }
        : { refusal: 'The template is kept at another address and cannot be read from here.' };
    } catch (thrown) {
      const failure = armFailureOf(thrown);
      // Whoever may read a stack need not be allowed to export it. Everything else may pass.
      if (failure?.status !== 403 && failure?.status !== 409) throw thrown;
      return { refusal: `The template could not be read: ${failure.body.message}` };
    }
  }
}
