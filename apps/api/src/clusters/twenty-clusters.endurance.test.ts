import { randomUUID } from 'node:crypto';
import type { ClusterSpec } from '@slipway/cluster';
import { clusterSchema, routes } from '@slipway/contract';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { countOf, openEvents, pathOf, requestCounts, specOf } from '../../test/cluster.test-support.ts';
import {
  type RunningApi,
  type RunningCloud,
  patientSettings,
  startApi,
  startCloud,
} from '../../test/portal.test-support.ts';

// Twenty whole clusters in this one process, on a machine that may be busy.
vi.setConfig({ testTimeout: 900_000, hookTimeout: 300_000 });

const watchIntervalMs = 500;
const clusterCount = 20;
const watchersEach = 3;

let cloud: RunningCloud;
let api: RunningApi;
beforeAll(async () => {
  cloud = await startCloud('fast');
  api = await startApi({ ...cloud.settings, ...patientSettings, watchIntervalMs });
});
afterAll(async () => {
  await api.close();
  await cloud.close();
});

function numberedSpec(number: number): ClusterSpec {
  const regions = ['westeurope', 'northeurope', 'eastus', 'westus2'];
  return specOf({
    basics: {
      serviceName: `fleet-${number}`,
      resourceGroup: { kind: 'new', name: `fleet-group-${number}` },
      region: regions[number % regions.length]!,
    },
    master: { dnsPrefix: `fleet${number}` },
    agent: { count: 1 },
  });
}
async function create(spec: ClusterSpec): Promise<void> {
  const answer = await api.send('POST', routes.clusters(), { requestId: randomUUID(), spec });
  expect(answer.status).toBe(201);
}
async function watchToTheEnd(spec: ClusterSpec): Promise<void> {
  const { events } = await openEvents(api, routes.clusterDeploymentEvents(pathOf(spec)));
  for await (const { event } of events) if (event.type === 'ended') return;
  throw new Error('The events stopped before the end.');
}
const requests = async () => countOf(await requestCounts(cloud), /^\w+ \/(?!slipway)/);
async function requestsDuring(work: () => Promise<unknown>): Promise<number> {
  const before = await requests();
  await work();
  return (await requests()) - before;
}

it('twenty clusters at once all succeed, and ask ARM no more than twenty times as much as one', async () => {
  // What is learnt once for all (regions' API versions, tokens) is learnt by the first.
  await create(numberedSpec(0));
  const asksOfOne = await requestsDuring(() => create(numberedSpec(1)));
  expect(asksOfOne).toBeLessThan(25);

  const specs = Array.from({ length: clusterCount }, (_, index) => numberedSpec(index + 2));
  const asksOfAll = await requestsDuring(() => Promise.all(specs.map(create)));
  expect(asksOfAll).toBeLessThanOrEqual(clusterCount * asksOfOne);

  const startedAt = performance.now();
  const asksOfWatching = await requestsDuring(() =>
    Promise.all(specs.flatMap((spec) => Array.from({ length: watchersEach }, () => watchToTheEnd(spec)))),
  );
  const looks = (performance.now() - startedAt) / watchIntervalMs + 2;
  // The stack, its group when it is at rest, the deployment and its operations: once a look, for all who watch.
  expect(asksOfWatching).toBeLessThan(clusterCount * looks * 4);

  const clusters = z.array(clusterSchema).parse(await (await api.fetch(routes.clusters())).json());
  const states = new Map(clusters.map(({ name, state }) => [name, state]));
  expect(specs.map(({ basics }) => states.get(basics.serviceName))).toEqual(specs.map(() => 'succeeded'));
  const asksOfList = await requestsDuring(() => api.fetch(routes.clusters()));
  expect(asksOfList).toBeLessThanOrEqual(clusterCount + 2 + 3);
});
