import { setTimeout as delay } from 'node:timers/promises';
import { heartbeatMs, routes, type ClusterPath } from '@slipway/contract';
import { specFor } from '../../e2e/fixtures/cluster-spec.ts';
import { type PortalClient, busy, subscriptionId } from './portal-client.ts';

/** What one person does in an hour; the sum is written down in the README. */
export const hourOfAPerson = {
  /** Opening a page of a cluster or refreshing it: each asks for four things. */
  clusterPages: 40,
  /** Opening the list of clusters. */
  lists: 20,
  /** Going through the wizard: places, machine sizes, DNS names. */
  wizards: 2,
  /** Event streams of which the reader goes away in the middle, as when a page is closed. */
  brokenStreams: 6,
  /** Clusters made, watched to the end, looked at and deleted: more than a person makes, because these cost most. */
  clusters: 12,
  /** Clusters that are deployed once more before they are deleted. */
  redeployed: 2,
  /** Clusters whose deployment is canceled. */
  canceled: 1,
  /** Requests with something wrong in them. */
  wrongRequests: 30,
} as const;

/** How many people work with the portal at the same time, all hour long. */
export const peopleCount = 12;

/** Counts what was sent, so that the report can say it. */
export class Traffic {
  requests = 0;
  streams = 0;
  clusters = 0;
  refused = 0;
  /** Answers that say that the cloud took too long. */
  late = 0;
}

type Work = () => Promise<void>;

async function repeat(times: number, work: (index: number) => Promise<void>): Promise<void> {
  for (let index = 0; index < times; index += 1) await work(index);
}

/** One twelfth of what a person does in an hour, in an order of the person's own. */
export async function fiveMinutes(
  client: PortalClient,
  person: number,
  turn: number,
  traffic: Traffic,
): Promise<void> {
  const portion = (perHour: number): number =>
    Math.floor(((turn + 1) * perHour) / 12) - Math.floor((turn * perHour) / 12);
  // Names that never come again, as people's names do not: a cache that keeps each would grow.
  const name = `p${person}t${turn}`;
  const read = async (address: string): Promise<void> => {
    traffic.requests += 1;
    const { status } = await client.send('GET', address);
    if (busy.has(status)) traffic.late += 1;
    else if (status >= 500) throw new Error(`GET ${address} answered ${status}.`);
  };
  const lookAt = async (path: ClusterPath): Promise<void> => {
    await read(routes.cluster(path));
    await read(routes.clusterTopology(path));
    await read(routes.clusterResources(path));
    await read(routes.clusterConnect(path));
  };
  const pages =
    (path: ClusterPath): Work =>
    () =>
      repeat(portion(hourOfAPerson.clusterPages), () => lookAt(path));
  const lists: Work = () => repeat(portion(hourOfAPerson.lists), () => read(routes.clusters()));
  const wizards: Work = () =>
    repeat(portion(hourOfAPerson.wizards), async (index) => {
      await read(routes.subscriptions());
      await read(routes.regions(subscriptionId));
      await read(routes.resourceGroups(subscriptionId));
      await read(routes.machineSizes(subscriptionId, 'westeurope'));
      for (const prefix of ['a', 'ab', 'abc'])
        await read(routes.dnsAvailability(subscriptionId, 'westeurope', `${prefix}${name}x${index}`));
      traffic.requests += 1;
      await client.expect('POST', routes.validateCluster(), { spec: specFor(`${name}v${index}`) });
    });
  const brokenStreams =
    (path: ClusterPath): Work =>
    () =>
      repeat(portion(hourOfAPerson.brokenStreams), async () => {
        traffic.streams += 1;
        const leave = new AbortController();
        await client.watch(path, () => leave.abort(), leave.signal);
      });
  const wrongRequests: Work = () =>
    repeat(portion(hourOfAPerson.wrongRequests), (index) =>
      wrongRequest(client, `${name}w${index}`, index, traffic),
    );

  const made = await createdCluster(client, name, traffic);
  await Promise.all([pages(made), lists, wizards, brokenStreams(made), wrongRequests].map((work) => work()));
  if (portion(hourOfAPerson.redeployed) > 0) await redeployed(client, made, traffic);
  await removed(client, made, traffic);
  await repeat(portion(hourOfAPerson.canceled), () => canceled(client, `${name}c`, traffic));
}

async function createdCluster(client: PortalClient, name: string, traffic: Traffic): Promise<ClusterPath> {
  traffic.clusters += 1;
  traffic.requests += 1;
  const path = await client.create(specFor(name));
  traffic.streams += 1;
  await client.watchToTheEnd(path);
  return path;
}

async function redeployed(client: PortalClient, path: ClusterPath, traffic: Traffic): Promise<void> {
  traffic.requests += 1;
  const { status } = await client.send('POST', routes.redeployCluster(path), {
    requestId: crypto.randomUUID(),
  });
  if (status >= 500 && !busy.has(status)) throw new Error(`A redeployment answered ${status}.`);
  traffic.streams += 1;
  await client.watchToTheEnd(path);
}

async function canceled(client: PortalClient, name: string, traffic: Traffic): Promise<void> {
  traffic.clusters += 1;
  traffic.requests += 2;
  const path = await client.create(specFor(name));
  const { status } = await client.send('POST', routes.cancelDeployment(path));
  if (status >= 500 && !busy.has(status)) throw new Error(`Canceling answered ${status}.`);
  traffic.streams += 1;
  await client.watchToTheEnd(path);
  await removed(client, path, traffic);
}

async function removed(client: PortalClient, path: ClusterPath, traffic: Traffic): Promise<void> {
  traffic.requests += 1;
  await client.expect('DELETE', routes.cluster(path), { confirmName: path.name, deleteResourceGroup: true });
  const deadline = Date.now() + 60 * heartbeatMs;
  while ((await client.stateOf(path)) !== 'gone') {
    traffic.requests += 1;
    if (Date.now() > deadline) throw new Error(`${path.name} is not deleted.`);
    await delay(200);
  }
}

/** A request that must be refused; each kind has names of its own, which nobody should remember. */
async function wrongRequest(
  client: PortalClient,
  name: string,
  kind: number,
  traffic: Traffic,
): Promise<void> {
  const missing = { subscriptionId, resourceGroup: `${name}-group`, name };
  const requests: [method: string, address: string, body?: unknown, headers?: Record<string, string>][] = [
    ['GET', `/api/nowhere/${name}`],
    ['GET', routes.cluster(missing)],
    ['GET', routes.clusterDeploymentEvents(missing)],
    ['GET', routes.clusterTopology({ ...missing, subscriptionId: crypto.randomUUID() })],
    ['GET', routes.regions(crypto.randomUUID())],
    ['POST', routes.clusters(), '{"spec":'],
    ['POST', routes.clusters(), { requestId: name, spec: { [name]: 'x'.repeat(10_000) } }],
    ['POST', routes.clusters(), { requestId: crypto.randomUUID() }, { 'x-csrf-token': name }],
    ['DELETE', routes.cluster(missing), { confirmName: 'x' }],
    ['PATCH', routes.cluster(missing), {}],
  ];
  const chosen = requests[kind % requests.length];
  if (!chosen) return;
  traffic.requests += 1;
  const { status } = await client.send(...chosen);
  if (busy.has(status)) traffic.late += 1;
  else if (status < 400 || status >= 500) throw new Error(`${chosen[0]} ${chosen[1]} answered ${status}.`);
  traffic.refused += 1;
}
