import { setTimeout as delay } from 'node:timers/promises';
import {
  type ClusterPath,
  type DeploymentSnapshot,
  csrfHeader,
  deploymentSnapshotSchema,
  dnsAvailabilitySchema,
  routes,
  sessionSchema,
} from '@slipway/contract';
import type { APIRequestContext, APIResponse } from '@playwright/test';
import { specFor } from '../fixtures/cluster-spec.ts';
import { subscriptionId } from '../fixtures/arm-clients.ts';

const patienceMs = 60_000;
const betweenMs = 100;

/** Asks the API as a patient client does: what fails because a service is down is asked again, unchanged. */
export class PortalClient {
  readonly #api: APIRequestContext;

  constructor(api: APIRequestContext) {
    this.#api = api;
  }

  /** Submits a cluster, with one request id however often it has to be sent. */
  async create(name: string): Promise<ClusterPath> {
    const data = { requestId: crypto.randomUUID(), spec: specFor(name) };
    await this.#patiently([200, 201], async () =>
      this.#api.post(routes.clusters(), { headers: await this.#csrf(), data }),
    );
    return { subscriptionId, resourceGroup: `${name}-group`, name };
  }

  /** Asks for the deletion; that the cluster is gone already is as good an answer. */
  async remove(path: ClusterPath, deleteResourceGroup: boolean): Promise<void> {
    const data = { confirmName: path.name, deleteResourceGroup };
    await this.#patiently([202, 404], async () =>
      this.#api.delete(routes.cluster(path), { headers: await this.#csrf(), data }),
    );
  }

  async snapshot(path: ClusterPath): Promise<DeploymentSnapshot> {
    const answer = await this.#patiently([200], () => this.#api.get(routes.clusterDeployment(path)));
    return deploymentSnapshotSchema.parse(await answer.json());
  }

  /** Whether both names of a prefix can be had. */
  async namesAreFree(prefix: string): Promise<boolean> {
    const address = routes.dnsAvailability(subscriptionId, 'westeurope', prefix);
    const answer = await this.#patiently([200], () => this.#api.get(address));
    return dnsAvailabilitySchema.parse(await answer.json()).available;
  }

  /** Resolves when there is no such cluster any more. */
  async untilGone(path: ClusterPath): Promise<void> {
    await this.#patiently([404], () => this.#api.get(routes.cluster(path)));
  }

  async #csrf(): Promise<Record<string, string>> {
    const answer = await this.#api.get(routes.session());
    return { [csrfHeader]: sessionSchema.parse(await answer.json()).csrfToken };
  }

  async #patiently(wanted: readonly number[], ask: () => Promise<APIResponse>): Promise<APIResponse> {
    const deadline = Date.now() + patienceMs;
    let last = 'no answer';
    while (Date.now() < deadline) {
      try {
        const answer = await ask();
        if (wanted.includes(answer.status())) return answer;
        last = `${answer.status()} ${await answer.text()}`;
      } catch (thrown) {
        last = thrown instanceof Error ? (thrown.message.split('\n', 1)[0] ?? '') : String(thrown);
      }
      await delay(betweenMs);
    }
    throw new Error(`No answer ${wanted.join(' or ')} within ${patienceMs / 1_000} s; the last was: ${last}`);
  }
}
