// `npm run bench:watchers`: what watchers of one deployment cost, and how soon they are told.
import { routes } from '@slipway/contract';
import { startBenchServices } from './bench-services.ts';
import { specFor } from '../../e2e/fixtures/cluster-spec.ts';
import { PortalClient, pathOf } from './portal-client.ts';
import { percentile, report, seconds, table } from './report.ts';

/** Slower than `fast`, so that each deployment is watched for about 20 s. */
const environment = { SLIPWAY_PACE: 'fast', SLIPWAY_PACE_FACTOR: '4' };

async function measure(watcherCount: number): Promise<(string | number)[]> {
  const services = await startBenchServices(environment);
  try {
    const clients = await Promise.all(
      Array.from({ length: watcherCount }, () => PortalClient.open(services.portal)),
    );
    const [first] = clients;
    if (!first) throw new Error('There is nobody to watch.');
    const spec = specFor('watched', { masters: 3, agents: 2 });
    const path = pathOf(spec);
    await first.create(spec);
    const requestsBefore = await services.armRequests();
    const before = await services.use();
    const startedAt = performance.now();
    const delaysMs: number[] = [];
    let eventCount = 0;
    await Promise.all(
      clients.map((client) =>
        client.watchToTheEnd(path, (event) => {
          eventCount += 1;
          // Only what changes while one watches: `changedAt` is when the cloud changed it, by the same clock.
          if (event.type === 'row' && event.row.changedAt !== undefined)
            delaysMs.push(Date.now() - Date.parse(event.row.changedAt));
        }),
      ),
    );
    const watchedMs = performance.now() - startedAt;
    const after = await services.use();
    const requestsAfter = await services.armRequests();
    const { status } = await first.send('GET', routes.cluster(path));
    if (status !== 200) throw new Error(`The watched cluster answers ${status}.`);
    const requests = requestsAfter.total - requestsBefore.total;
    return [
      watcherCount,
      seconds(watchedMs),
      requests,
      (requests / (watchedMs / 1_000)).toFixed(2),
      seconds(after.API.cpuMs - before.API.cpuMs),
      eventCount,
      Math.round(percentile(delaysMs, 0.5)),
      Math.round(percentile(delaysMs, 0.95)),
    ];
  } finally {
    await services.stop();
  }
}

const rows: (string | number)[][] = [];
for (const watcherCount of [1, 50, 200]) rows.push(await measure(watcherCount));

await report('watchers', 'Watchers of one deployment', [
  'A cluster of 3 masters and 2 agents is created; so many browsers watch its deployment until it ends. Counted is what happens from the first watcher to the end: requests that reach Azure Resource Manager (here the local cloud), the processor time of the API, and the delay from the moment at which the cloud changed an operation to the moment at which a watcher was told (the API reads once a second).',
  table(
    [
      'watchers',
      'watched (s)',
      'ARM requests',
      'per second',
      'API processor (s)',
      'events',
      'delay p50 (ms)',
      'delay p95 (ms)',
    ],
    rows,
  ),
]);
