// `npm run bench:machines`: how long a cluster on real machines takes, and where the time goes. Needs a Docker Engine.
import { setTimeout as delay } from 'node:timers/promises';
import {
  type ClusterPath,
  type DeploymentRow,
  deploymentSnapshotSchema,
  routes,
  sessionSchema,
} from '@slipway/contract';
import { specFor } from '../../e2e/fixtures/cluster-spec.ts';
import { startBenchServices } from './bench-services.ts';
import { PortalClient } from './portal-client.ts';
import { report, seconds, table } from './report.ts';

const rounds = 3;
const lookEveryMs = 500;

interface Round {
  /** From the submission to the end of the deployment, in milliseconds. */
  totalMs: number;
  deletedMs: number;
  rows: DeploymentRow[];
}

const services = await startBenchServices({ SLIPWAY_MACHINES: 'docker', SLIPWAY_PACE: 'realistic' });
try {
  const client = await PortalClient.open(services.portal);
  const preparedMs = await untilPrepared(client);
  const parts: string[] = [
    'From the submission of a spec in the portal to the state succeeded, with the settings of `npm start` (pace `realistic`) and the images of machines cached. Every machine boots the template’s own cloud-init, every extension runs; the cluster is ready when the Swarm itself says so of each node.',
    preparedMs > lookEveryMs
      ? `The images were built first, in ${seconds(preparedMs)} s.`
      : 'The images were there.',
  ];
  for (const [masters, agents] of [[1, 1] as const, [3, 2] as const]) {
    const measured: Round[] = [];
    for (let round = 0; round < rounds; round += 1)
      measured.push(await measure(client, `round-${masters}${agents}${round}`, { masters, agents }));
    parts.push(...describe(`${masters} master(s), ${agents} agent(s)`, measured));
  }
  await report('machines', 'Clusters on real machines', parts);
} finally {
  await services.stop();
}

/** How long the local cloud takes to get its images, in milliseconds. */
async function untilPrepared(client: PortalClient): Promise<number> {
  const startedAt = performance.now();
  for (;;) {
    const { body } = await client.expect('GET', routes.session());
    if (sessionSchema.parse(JSON.parse(body)).cloud?.preparation === undefined)
      return performance.now() - startedAt;
    await delay(lookEveryMs);
  }
}

async function measure(
  client: PortalClient,
  name: string,
  size: { masters: 1 | 3; agents: number },
): Promise<Round> {
  const startedAt = performance.now();
  const path = await client.create(specFor(name, size));
  await client.watchToTheEnd(path);
  const totalMs = performance.now() - startedAt;
  const state = await client.stateOf(path);
  if (state !== 'succeeded') throw new Error(`${name} is ${state}.`);
  const { body } = await client.expect('GET', routes.clusterDeployment(path));
  const { rows } = deploymentSnapshotSchema.parse(JSON.parse(body));
  return { totalMs, deletedMs: await remove(client, path), rows };
}

async function remove(client: PortalClient, path: ClusterPath): Promise<number> {
  const startedAt = performance.now();
  await client.expect('DELETE', routes.cluster(path), { confirmName: path.name, deleteResourceGroup: true });
  while ((await client.stateOf(path)) !== 'gone') await delay(lookEveryMs);
  return performance.now() - startedAt;
}

function describe(title: string, measured: readonly Round[]): string[] {
  const middle = measured.toSorted((one, other) => one.totalMs - other.totalMs)[Math.floor(rounds / 2)];
  const begin = Math.min(...(middle?.rows ?? []).map(startOf));
  const timeline = (middle?.rows ?? [])
    .toSorted((one, other) => startOf(one) - startOf(other))
    .map((row) => [
      row.type.split('/').slice(1).join('/'),
      row.name,
      seconds(startOf(row) - begin),
      seconds(row.durationMs ?? 0),
    ]);
  return [
    `## ${title}`,
    table(
      ['', ...measured.map((_, index) => `round ${index + 1}`)],
      [
        ['ready after (s)', ...measured.map(({ totalMs }) => seconds(totalMs))],
        ['deleted after (s)', ...measured.map(({ deletedMs }) => seconds(deletedMs))],
      ],
    ),
    'Where the time goes, in the round in the middle:',
    table(['resource', 'name', 'began (s)', 'took (s)'], timeline),
  ];
}

function startOf({ changedAt = '', durationMs = 0 }: DeploymentRow): number {
  return Date.parse(changedAt) - durationMs;
}
