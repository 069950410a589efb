// `npm run bench:arm`: how long templates take to be read and expanded, and how that grows.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  expandTemplate,
  parseTolerantJson,
  TemplateError,
  type DeploymentScope,
  type JsonObject,
  type JsonValue,
} from '@slipway/arm-template';
import { megabytes, percentile, report, table } from './report.ts';

const conformance =
  process.env['SLIPWAY_CONFORMANCE'] ?? resolve(import.meta.dirname, '../../../shared/conformance');
const subscriptionId = '11111111-2222-3333-4444-555555555555';
const scope: DeploymentScope = {
  kind: 'resourceGroup',
  tenantId: subscriptionId,
  subscription: {
    id: `/subscriptions/${subscriptionId}`,
    subscriptionId,
    tenantId: subscriptionId,
    displayName: 'Bench',
  },
  resourceGroup: {
    id: `/subscriptions/${subscriptionId}/resourceGroups/rg1`,
    name: 'rg1',
    location: 'westus2',
  },
  deployment: { name: 'bench' },
  environment: {
    suffixes: { storage: 'core.windows.net' },
    resourceManager: 'https://management.azure.com/',
  },
};
const sources = { now: new Date(0), newGuid: () => '7d1e2a52-3f5c-4d3a-9a3e-0c9a1b2c3d4e' };
/** Far above Azure's, for what is measured beyond them. */
const limits = { resources: 20_000, copyCount: 20_000, steps: 1_000_000_000 };

interface Measured {
  resources: number;
  readMs: number[];
  expandMs: number[];
  bodiesMs: number[];
  heapBytes: number;
}

const timed = <T>(times: number[], work: () => T): T => {
  const startedAt = performance.now();
  const result = work();
  times.push(performance.now() - startedAt);
  return result;
};

/** Reads a template from its text, expands it, and makes the bodies of all its resources, so many times. */
function measure(text: string, parameters: JsonObject, runs: number): Measured {
  const measured: Measured = { resources: 0, readMs: [], expandMs: [], bodiesMs: [], heapBytes: 0 };
  for (let run = 0; run < runs; run += 1) {
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    const template: JsonValue = timed(measured.readMs, () => parseTolerantJson(text));
    const { resources } = timed(measured.expandMs, () =>
      expandTemplate({ template, parameters, scope, sources, limits }),
    );
    const bodies = timed(measured.bodiesMs, () => resources.map((resource) => resource.preview()));
    measured.heapBytes = Math.max(measured.heapBytes, process.memoryUsage().heapUsed - before);
    measured.resources = bodies.length;
  }
  return measured;
}

const isObject = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Values of the kinds that the placeholders of parameter files stand for. */
function parametersOf(folder: string): JsonObject {
  const file = join(folder, 'azuredeploy.parameters.json');
  if (!existsSync(file)) return {};
  const read = parseTolerantJson(readFileSync(file, 'utf8').replaceAll(/GEN-UNIQUE(?:-\d+)?/g, 'unique'));
  const members = isObject(read) ? read : {};
  const parameters = members['parameters'] ?? members;
  return isObject(parameters) ? parameters : {};
}

function measureConformance(): { rows: (string | number)[][]; refused: number } {
  const rows: (string | number)[][] = [];
  let refused = 0;
  for (const group of ['templates', 'acs']) {
    if (!existsSync(join(conformance, group))) continue;
    for (const name of readdirSync(join(conformance, group))) {
      const folder = join(conformance, group, name);
      const file = join(folder, 'azuredeploy.json');
      if (!existsSync(file)) continue;
      const text = readFileSync(file, 'utf8');
      try {
        const measured = measure(text, parametersOf(folder), 30);
        rows.push([name, Math.round(text.length / 1024), ...cellsOf(measured)]);
      } catch (error) {
        // Some of them Azure refuses as well.
        if (!(error instanceof TemplateError)) throw error;
        refused += 1;
      }
    }
  }
  return { rows, refused };
}

const ms = (value: number): string => value.toFixed(value < 10 ? 2 : 0);
const both = (times: readonly number[]): string =>
  `${ms(percentile(times, 0.5))} / ${ms(percentile(times, 0.99))}`;
const cellsOf = ({ resources, readMs, expandMs, bodiesMs, heapBytes }: Measured): (string | number)[] => [
  resources,
  both(readMs),
  both(expandMs),
  both(bodiesMs),
  megabytes(Math.max(0, heapBytes)),
];

const body = (name: string, more: JsonObject = {}): JsonObject => ({
  type: 'Microsoft.Network/networkInterfaces',
  apiVersion: '2024-05-01',
  name,
  location: "[parameters('location')]",
  tags: { owner: "[variables('owner')]", number: '[string(copyIndex())]' },
  properties: {
    ipConfigurations: [
      {
        name: 'first',
        properties: {
          privateIPAddress: "[cidrHost('10.0.0.0/8', copyIndex())]",
          subnet: { id: "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'nodes')]" },
        },
      },
    ],
  },
  ...more,
});

const net: JsonObject = {
  type: 'Microsoft.Network/virtualNetworks',
  apiVersion: '2024-05-01',
  name: 'net',
  properties: { subnets: [{ name: 'nodes' }] },
};

const template = (resources: JsonValue, more: JsonObject = {}): string =>
  JSON.stringify({
    parameters: { location: { type: 'string', defaultValue: '[resourceGroup().location]' } },
    variables: { owner: "[concat('bench-', uniqueString(resourceGroup().id))]" },
    resources,
    ...more,
  });

const onNet = { dependsOn: ["[resourceId('Microsoft.Network/virtualNetworks', 'net')]"] };

/** Templates that expand to so many resources, each of another shape. */
const shapes: readonly { name: string; text: (count: number) => string }[] = [
  {
    name: 'a copy loop, all after one network',
    text: (count) =>
      template([
        net,
        body("[concat('nic-', copyIndex())]", { ...onNet, copy: { name: 'nics', count: count - 1 } }),
      ]),
  },
  {
    name: 'a serial copy loop, one at a time',
    text: (count) =>
      template([
        body("[concat('nic-', copyIndex())]", {
          copy: { name: 'nics', count, mode: 'serial', batchSize: 1 },
        }),
      ]),
  },
  {
    name: 'two loops, each turn of one after its turn of the other',
    text: (count) =>
      template([
        body("[concat('a-', copyIndex())]", { copy: { name: 'a', count: count / 2 } }),
        body("[concat('b-', copyIndex())]", {
          copy: { name: 'b', count: count / 2 },
          dependsOn: ["[concat('a-', copyIndex())]"],
        }),
      ]),
  },
  {
    name: 'written out, each after the one before, by its id',
    text: (count) =>
      template(
        Array.from({ length: count }, (_item, index) => ({
          ...net,
          name: `net-${String(index)}`,
          ...(index === 0
            ? {}
            : {
                dependsOn: [`[resourceId('Microsoft.Network/virtualNetworks', 'net-${String(index - 1)}')]`],
              }),
        })),
      ),
  },
  {
    name: 'symbolic names, one that refers to the whole loop',
    text: (count) =>
      template(
        {
          nics: body("[concat('nic-', copyIndex())]", { copy: { name: 'nics', count: count - 1 } }),
          all: { ...net, properties: { count: "[length(references('nics'))]" }, dependsOn: ['nics'] },
        },
        { languageVersion: '2.0' },
      ),
  },
];

const sizes = [800, 10_000];
const synthetic: (string | number)[][] = [];
for (const { name, text } of shapes) {
  for (const count of sizes) {
    const measured = measure(text(count), {}, count > 1_000 ? 10 : 30);
    const { readMs, expandMs, bodiesMs } = measured;
    const total = [readMs, expandMs, bodiesMs].reduce((sum, times) => sum + percentile(times, 0.5), 0);
    synthetic.push([name, ...cellsOf(measured), Math.round((total * 1_000) / count)]);
  }
}
const { rows, refused } = measureConformance();
const columns = [
  'resources',
  'read p50 / p99 (ms)',
  'expand p50 / p99 (ms)',
  'bodies p50 / p99 (ms)',
  'heap (MB)',
];
await report('arm', 'Reading and expanding templates', [
  'Each template is read from its text, expanded, and the bodies of all its resources are made as for the preflight. Heap is the most that one such run added, before its garbage was collected. Limits of size are lifted for the larger ones; Azure’s are the default.',
  '## Synthetic templates',
  table(['shape', ...columns, 'µs for each resource'], synthetic),
  '## Templates of the conformance data',
  rows.length === 0
    ? 'The conformance data was not there.'
    : `${String(rows.length)} templates; ${String(refused)} others are refused, as by Azure.`,
  table(['template', 'text (KB)', ...columns], rows),
]);
