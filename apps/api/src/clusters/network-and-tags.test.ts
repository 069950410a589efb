import { randomUUID } from 'node:crypto';
import {
  apiErrorSchema,
  armResourceSchema,
  clusterSchema,
  routes,
  validateClusterAnswerSchema,
} from '@slipway/contract';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { pathOf, specOf } from '../../test/cluster.test-support.ts';
import { type RunningApi, type RunningCloud, startApi, startCloud } from '../../test/portal.test-support.ts';

// A whole cluster, on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000 });

let cloud: RunningCloud;
let api: RunningApi;
beforeAll(async () => {
  cloud = await startCloud();
  api = await startApi(cloud.settings);
});
afterAll(async () => {
  await api.close();
  await cloud.close();
});

const spec = {
  ...specOf({}),
  network: { addressSpace: ['10.20.0.0/16'], masterSubnet: '10.20.0.0/28', agentSubnet: '10.20.4.0/22' },
  tags: [{ name: 'Cost centre', value: '4711' }],
};

it('a cluster gets the network and the tags that were asked for', async () => {
  const passed = await api.send('POST', routes.validateCluster(), { spec });
  expect(validateClusterAnswerSchema.parse(await passed.json())).toEqual({ passed: true });
  const answer = await api.send('POST', routes.clusters(), { requestId: randomUUID(), spec });
  expect(answer.status).toBe(201);
  await vi.waitFor(
    async () => {
      const cluster = clusterSchema.parse(await (await api.fetch(routes.cluster(pathOf(spec)))).json());
      expect(cluster).toMatchObject({ state: 'succeeded', network: spec.network, tags: spec.tags });
    },
    { timeout: 25_000 },
  );
  const listed = await api.fetch(routes.clusterResources(pathOf(spec)));
  const resources = z.array(armResourceSchema).parse(await listed.json());
  const network = resources.find(({ type }) => type === 'Microsoft.Network/virtualNetworks');
  expect(network?.properties).toMatchObject({
    addressSpace: { addressPrefixes: ['10.20.0.0/16'] },
    subnets: [
      { properties: { addressPrefix: '10.20.0.0/28' } },
      { properties: { addressPrefix: '10.20.4.0/22' } },
    ],
  });
  expect(network?.tags).toEqual({ 'Cost centre': '4711', 'slipway-cluster': 'web' });
  const nic = resources.find(({ name }) => /master-\d+-nic-0$/.test(name));
  expect(JSON.stringify(nic)).toContain('"privateIPAddress":"10.20.0.5"');
});

it.each([
  [{ network: { ...spec.network, agentSubnet: '10.20.0.0/24' } }, 'network.agentSubnet'],
  [{ tags: [{ name: 'slipway-cluster', value: 'mine' }] }, 'tags.0.name'],
])('%j is refused at its field', async (changes, path) => {
  const answer = await api.send('POST', routes.clusters(), {
    requestId: randomUUID(),
    spec: { ...spec, ...changes },
  });
  expect(answer.status).toBe(400);
  const { error } = apiErrorSchema.parse(await answer.json());
  expect(error.fields?.map((field) => field.path.replace(/^spec\./, ''))).toEqual([path]);
});
