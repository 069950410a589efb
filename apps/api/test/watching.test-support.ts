import { randomUUID } from 'node:crypto';
import {
  type ClusterPath,
  type DeploymentSnapshot,
  applyStreamEvent,
  deploymentSnapshotSchema,
  routes,
} from '@slipway/contract';
import { type SeenEvent, openEvents, pathOf, specOf } from './cluster.test-support.ts';
import type { ApiClient } from './portal.test-support.ts';

/** Creates a small cluster in a group of its own, called after `name`; answers when ARM has accepted it. */
export async function createSmall(
  api: ApiClient,
  name: string,
  sshPublicKey = specOf({}).master.sshPublicKey,
): Promise<ClusterPath> {
  const spec = specOf({
    basics: { serviceName: name, resourceGroup: { kind: 'new', name: `${name}-group` } },
    master: { dnsPrefix: name, sshPublicKey },
    agent: { count: 1, machineSize: 'Standard_D2s_v5' },
  });
  const answer = await api.send('POST', routes.clusters(), { requestId: randomUUID(), spec });
  const text = await answer.text();
  if (answer.status !== 201) throw new Error(`Not created: ${text}`);
  return pathOf(spec);
}

/** Everything that a stream tells until its end, but for the heartbeats. */
export async function collect(events: AsyncIterable<SeenEvent>): Promise<SeenEvent[]> {
  const seen: SeenEvent[] = [];
  for await (const event of events) if (event.event.type !== 'alive') seen.push(event);
  return seen;
}

/** Follows a cluster's events to their end. */
export async function follow(api: ApiClient, path: ClusterPath, lastEventId?: string): Promise<SeenEvent[]> {
  return collect((await openEvents(api, routes.clusterDeploymentEvents(path), lastEventId)).events);
}

/** What a reader of these events knows in the end. */
export const replay = (
  events: readonly SeenEvent[],
  from?: DeploymentSnapshot,
): DeploymentSnapshot | undefined =>
  events.reduce<DeploymentSnapshot | undefined>((known, { event }) => applyStreamEvent(known, event), from);

/** The types of events, in their order. */
export const typesOf = (events: readonly SeenEvent[]): string[] => events.map(({ event }) => event.type);

/** The rows, sorted by their ids. */
export const byId = (snapshot: DeploymentSnapshot | undefined) =>
  snapshot?.rows.toSorted((one, other) => (one.id < other.id ? -1 : 1));

/** What the API says at this moment. */
export async function snapshotOf(api: ApiClient, path: ClusterPath): Promise<DeploymentSnapshot> {
  return deploymentSnapshotSchema.parse(await (await api.fetch(routes.clusterDeployment(path))).json());
}
