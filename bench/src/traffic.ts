// `npm run bench:traffic`: an hour's traffic as fast as the machine can, and whether memory stays flat.
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startBenchServices } from './bench-services.ts';
import { fiveMinutes, peopleCount, Traffic } from './people.ts';
import { PortalClient } from './portal-client.ts';
import { processNames, type ProcessName, type ProcessUse, type Use } from './probes.ts';
import { megabytes, report, table } from './report.ts';

/** Turns of five minutes; the first ones fill caches and let the engine translate what runs often. */
const turnsOfAnHour = 12;
const warmUpTurns = 4;
/** More growth of the heap than this in an hour is a leak: at ten times that traffic a process would last a day. */
const allowedMegabytesPerHour = 4;

/** What is kept for a moment (answers that are shared, connections) is let go before memory is measured. */
const quietMs = 3_000;

const { values } = parseArgs({ options: { hours: { type: 'string', default: '1' } } });
const turns = Math.max(warmUpTurns + 4, Math.round(Number(values.hours) * turnsOfAnHour));

/** How much a value grows in an hour: the slope of the line that fits the points best (least squares). */
function growthPerHour(points: readonly number[]): number {
  const middle = (points.length - 1) / 2;
  const mean = points.reduce((sum, value) => sum + value, 0) / points.length;
  const above = points.reduce((sum, value, index) => sum + (index - middle) * (value - mean), 0);
  const below = points.reduce((sum, _value, index) => sum + (index - middle) ** 2, 0);
  return (above / below) * turnsOfAnHour;
}

const services = await startBenchServices({ SLIPWAY_PACE: 'instant', SLIPWAY_WATCH_INTERVAL_MS: '100' });
try {
  const clients = await Promise.all(
    Array.from({ length: peopleCount }, () => PortalClient.open(services.portal)),
  );
  const traffic = new Traffic();
  const uses: Use[] = [];
  const startedAt = performance.now();
  for (let turn = 0; turn < turns; turn += 1) {
    await Promise.all(clients.map((client, person) => fiveMinutes(client, person, turn, traffic)));
    await delay(quietMs);
    uses.push(await services.use());
    console.log(
      `turn ${turn + 1} of ${turns}: ${processNames.map((name) => `${name} heap ${megabytes(uses.at(-1)?.[name].heapBytes ?? 0)} MB`).join(', ')}`,
    );
  }
  const tookMs = performance.now() - startedAt;
  const armRequests = await services.armRequests();

  const growth = (name: ProcessName, key: keyof ProcessUse): number =>
    growthPerHour(uses.slice(warmUpTurns).map((use) => use[name][key]));
  const verdicts = processNames.map((name) => {
    const grown = growth(name, 'heapBytes') / 1_048_576;
    return { name, grown, isFlat: grown <= allowedMegabytesPerHour };
  });
  await report('traffic', "An hour's traffic, run fast", [
    `${peopleCount} people for ${(turns / turnsOfAnHour).toFixed(1)} hours (see the README for what a person does in an hour), done in ${(tookMs / 60_000).toFixed(1)} minutes: ${traffic.requests} requests, of which ${traffic.refused} had to be refused and ${traffic.late} came too late, ${traffic.streams} event streams, ${traffic.clusters} clusters made and deleted, ${armRequests.total} requests to Azure Resource Manager under ${Object.keys(armRequests.counts).length} addresses.`,
    verdicts
      .map(
        ({ name, grown, isFlat }) =>
          `- **${name}**: heap ${isFlat ? 'flat' : 'GROWS'}, ${grown.toFixed(2)} MB per hour (allowed: ${allowedMegabytesPerHour})`,
      )
      .join('\n'),
    `After each turn of five minutes, garbage collected (the first ${warmUpTurns} turns are not counted):`,
    table(
      [
        'turn',
        ...processNames.flatMap((name) => [
          `${name} heap (MB)`,
          `${name} external (MB)`,
          `${name} resident (MB)`,
        ]),
      ],
      uses.map((use, index) => [
        index + 1,
        ...processNames.flatMap((name) => [
          megabytes(use[name].heapBytes),
          megabytes(use[name].externalBytes),
          megabytes(use[name].rssBytes),
        ]),
      ]),
    ),
  ]);
  process.exitCode = verdicts.every(({ isFlat }) => isFlat) ? 0 : 1;
} finally {
  await services.stop();
}
