// `npm run bench:clusters`: many clusters deployed at once.
import { startBenchServices } from './bench-services.ts';
import { specFor } from '../../e2e/fixtures/cluster-spec.ts';
import { PortalClient } from './portal-client.ts';
import { percentile, report, seconds, table } from './report.ts';

const clusterCount = 20;

const services = await startBenchServices({ SLIPWAY_PACE: 'fast' });
try {
  const clients = await Promise.all(
    Array.from({ length: clusterCount }, () => PortalClient.open(services.portal)),
  );
  const requestsBefore = await services.armRequests();
  const before = await services.use();
  const startedAt = performance.now();
  const timesMs = await Promise.all(
    clients.map(async (client, index) => {
      const path = await client.create(specFor(`many-${String(index)}-cluster`));
      await client.watchToTheEnd(path);
      const state = await client.stateOf(path);
      if (state !== 'succeeded') throw new Error(`${path.name} is ${state}.`);
      return performance.now() - startedAt;
    }),
  );
  const after = await services.use();
  const requestsAfter = await services.armRequests();
  const perCluster = (requestsAfter.total - requestsBefore.total) / clusterCount;
  await report('clusters', `${clusterCount} clusters at once`, [
    `${clusterCount} people submit a cluster of 1 master and 1 agent at the same moment, each into a resource group of its own, and watch it until it has succeeded (pace \`fast\`: about 4 s for one cluster alone, when the machine has nothing else to do).`,
    table(
      ['', 'value'],
      [
        ['all succeeded after (s)', seconds(Math.max(...timesMs))],
        ['half had succeeded after (s)', seconds(percentile(timesMs, 0.5))],
        ['ARM requests', requestsAfter.total - requestsBefore.total],
        ['ARM requests for each cluster', perCluster.toFixed(1)],
        ['API processor (s)', seconds(after.API.cpuMs - before.API.cpuMs)],
        ['local cloud processor (s)', seconds(after['local cloud'].cpuMs - before['local cloud'].cpuMs)],
      ],
    ),
  ]);
} finally {
  await services.stop();
}
