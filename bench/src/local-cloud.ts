// `npm run bench:cloud`: how the local cloud bears deployments as large as Azure allows, many at once, and many resources.
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { ProcessUse } from './probes.ts';
import { startBenchServices } from './bench-services.ts';
import { type Arm, openArm } from './arm.ts';
import { megabytes, percentile, report, seconds, table } from './report.ts';

const { values } = parseArgs({ options: { resources: { type: 'string', default: '100000' } } });
/** How many resources are stored at last; it is measured at a hundredth and a tenth of it, too. */
const wanted = Number(values.resources);

/** As many as one template may have in Azure. */
const largest = 800;
const atOnce = 50;

const deploymentVersion = 'api-version=2025-04-01';
const groupVersion = 'api-version=2021-04-01';

const groupPath = (arm: Arm, group: string): string => `${arm.subscription}/resourceGroups/${group}`;

async function createGroup(arm: Arm, group: string): Promise<void> {
  await arm.send('PUT', `${groupPath(arm, group)}?${groupVersion}`, { location });
}

const location = 'westeurope';
const tags = { number: '[string(mod(copyIndex(), 10))]', made: 'by the benchmark' };

const copied = (type: string, name: string, count: number, body: object) => ({
  type,
  name: `[format('${name}-{0:D4}', copyIndex())]`,
  location,
  tags,
  dependsOn: ['shared'],
  copy: { name, count },
  ...body,
});

/** A tenth of what is copied are public addresses, the rest disks, security groups and a type without a provider. */
const templateOf = (count: number) => {
  const addresses = Math.floor((count - 1) / 10);
  const others = Math.floor((count - 1 - addresses) / 3);
  return {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    resources: [
      {
        type: 'Microsoft.Network/networkSecurityGroups',
        apiVersion: '2024-07-01',
        name: 'shared',
        location,
        properties: { securityRules: [] },
      },
      copied('Microsoft.Network/publicIPAddresses', 'address', addresses, {
        apiVersion: '2024-07-01',
        sku: { name: 'Standard' },
        properties: { publicIPAllocationMethod: 'Static' },
      }),
      copied('Microsoft.Network/networkSecurityGroups', 'rules', others, {
        apiVersion: '2024-07-01',
        properties: { securityRules: [] },
      }),
      copied('Microsoft.Compute/disks', 'disk', others, {
        apiVersion: '2024-03-02',
        sku: { name: 'Premium_LRS' },
        properties: { creationData: { createOption: 'Empty' }, diskSizeGB: 64 },
      }),
      copied('Microsoft.Insights/components', 'insight', count - 1 - addresses - 2 * others, {
        apiVersion: '2020-02-02',
        kind: 'web',
        properties: { Application_Type: 'web' },
      }),
    ],
  };
};

const runningSchema = z.object({ properties: z.object({ provisioningState: z.string() }) });

interface Deployed {
  acceptedMs: number;
  endedMs: number;
}

/** Deploys as Azure's tools do: asked for, then asked after. */
async function deploy(arm: Arm, group: string, count: number): Promise<Deployed> {
  const path = `${groupPath(arm, group)}/providers/Microsoft.Resources/deployments/bench?${deploymentVersion}`;
  const startedAt = performance.now();
  await arm.send('PUT', path, { properties: { mode: 'Incremental', template: templateOf(count) } });
  const acceptedMs = performance.now() - startedAt;
  for (;;) {
    const { properties } = runningSchema.parse(await arm.send('GET', path));
    if (properties.provisioningState === 'Succeeded') break;
    if (properties.provisioningState === 'Failed') throw new Error(`The deployment to ${group} failed.`);
    await new Promise((resume) => setTimeout(resume, 50));
  }
  return { acceptedMs, endedMs: performance.now() - startedAt };
}

/** Times `times` calls one after the other, in milliseconds. */
async function timed(times: number, act: (index: number) => Promise<unknown>): Promise<number[]> {
  const found: number[] = [];
  for (let index = 0; index < times; index += 1) {
    const startedAt = performance.now();
    await act(index);
    found.push(performance.now() - startedAt);
  }
  return found;
}

const inMs = (value: number): string => value.toFixed(value < 10 ? 1 : 0);
const spread = (found: readonly number[]): [string, string] => [
  inMs(percentile(found, 0.5)),
  inMs(percentile(found, 0.99)),
];

const services = await startBenchServices({ SLIPWAY_PACE: 'instant' });
try {
  const arm = await openArm(services.place);
  const memory = async (): Promise<ProcessUse> => (await services.use())['local cloud'];
  const empty = await memory();

  const large: Deployed[] = [];
  for (let run = 0; run < 5; run += 1) {
    const group = `large-${run}`;
    await createGroup(arm, group);
    large.push(await deploy(arm, group, largest));
  }
  const afterLarge = await memory();

  const groups = Array.from({ length: atOnce }, (_, index) => `at-once-${index}`);
  for (const group of groups) await createGroup(arm, group);
  const startedAt = performance.now();
  const manyMs = await Promise.all(groups.map(async (group) => (await deploy(arm, group, 40)).endedMs));
  const allMs = performance.now() - startedAt;
  const afterMany = await memory();

  let stored = large.length * largest + atOnce * 40;
  const growth: (string | number)[][] = [];
  let filled = 0;
  // What is stored already is the first mark; those that lie below it would only measure it again.
  const marks = [stored, ...[wanted / 100, wanted / 10, wanted].filter((mark) => mark > stored)];
  for (const mark of marks) {
    const before = performance.now();
    let added = 0;
    while (stored < mark) {
      const group = `many-${filled}`;
      filled += 1;
      await createGroup(arm, group);
      await deploy(arm, group, largest);
      stored += largest;
      added += largest;
    }
    const took = performance.now() - before;
    const group = 'large-0';
    const one = `${groupPath(arm, group)}/providers/Microsoft.Network/publicIPAddresses/address-0042`;
    const list = await timed(40, () =>
      arm.send('GET', `${groupPath(arm, group)}/resources?${groupVersion}&$top=100`),
    );
    const whole = await timed(10, () => arm.all(`${groupPath(arm, group)}/resources?${groupVersion}`));
    const get = await timed(300, () => arm.send('GET', `${one}?api-version=2024-07-01`));
    const put = await timed(40, (index) =>
      arm.send('PUT', `${one}?api-version=2024-07-01`, {
        location,
        sku: { name: 'Standard' },
        tags: { turn: String(index) },
        properties: { publicIPAllocationMethod: 'Static' },
      }),
    );
    const query = await timed(10, () =>
      arm.send('POST', '/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01', {
        query:
          "Resources | where type =~ 'microsoft.compute/disks' | summarize count() by tostring(tags.number)",
      }),
    );
    const find = await timed(10, () =>
      arm.send('POST', '/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01', {
        query: `Resources | where resourceGroup =~ '${group}' and name == 'disk-0042' | project id, name, tags`,
      }),
    );
    const use = await memory();
    growth.push([
      stored,
      ...[list, whole, get, put, query, find].map((found) => spread(found).join(' / ')),
      megabytes(use.rssBytes),
      added === 0 ? '' : (added / (took / 1_000)).toFixed(0),
    ]);
    console.log(growth.at(-1)?.join(' | '));
  }

  await report('local-cloud', 'The local cloud under load', [
    'Over HTTPS, with one client that keeps its connection; pace `instant`: what is measured is the work of the control plane. Times are p50 / p99 in milliseconds.',
    `## A deployment of ${largest} resources, five times`,
    table(
      ['', 'p50 (ms)', 'slowest (ms)'],
      [
        ['until it is accepted', ...two(large.map(({ acceptedMs }) => acceptedMs))],
        ['until it has succeeded', ...two(large.map(({ endedMs }) => endedMs))],
      ],
    ),
    `## ${atOnce} deployments of 40 resources at once`,
    table(
      ['', 'value'],
      [
        ['half had succeeded after (s)', seconds(percentile(manyMs, 0.5))],
        ['99 of 100 had succeeded after (s)', seconds(percentile(manyMs, 0.99))],
        ['all had succeeded after (s)', seconds(allMs)],
      ],
    ),
    `Memory of the process (MB): ${megabytes(empty.rssBytes)} when it had begun, ${megabytes(afterLarge.rssBytes)} after the large ones, ${megabytes(afterMany.rssBytes)} after the many.`,
    '## Many stored resources',
    table(
      [
        'stored',
        'list of 100 of a group',
        `all ${largest} of a group`,
        'get one',
        'put one',
        'query: count by tag',
        'query: find one',
        'memory (MB)',
        'deployed per second',
      ],
      growth,
    ),
  ]);
} finally {
  await services.stop();
}

function two(found: readonly number[]): [string, string] {
  return [inMs(percentile(found, 0.5)), inMs(Math.max(...found))];
}
