import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseTolerantJson } from '@slipway/arm-template';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { polling, startTestCloud, subscription, type TestCloud } from '../../local-cloud.test-support.ts';
import { swarmParameters, swarmTemplate } from '../../swarm-stack.test-support.ts';

// Whole clusters, on a machine that may be busy.
vi.setConfig({ testTimeout: 90_000 });

const conformance =
  process.env['SLIPWAY_CONFORMANCE'] ??
  fileURLToPath(new URL('../../../../../../shared/conformance', import.meta.url));

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.close());

/** Deploys a template, and asks what it would do once more: first as it is, then after every resource was touched by hand. */
async function expectNoNoise(group: string, template: unknown, parameters: unknown): Promise<void> {
  const properties = { mode: 'Incremental', template, parameters } as never;
  await cloud.resources.resourceGroups.createOrUpdate(group, { location: 'eastus' });
  await cloud.deployments.deployments.createOrUpdate(group, 'made', { properties }, polling);
  const changed = async () => {
    const { changes = [] } = await cloud.deployments.deployments.whatIf(
      group,
      'again',
      { properties },
      polling,
    );
    expect(changes.length).toBeGreaterThan(10);
    return changes
      .filter(({ changeType }) => changeType !== 'NoChange' && changeType !== 'Ignore')
      .map(({ changeType, resourceId, delta }) => ({ changeType, resourceId, delta }));
  };
  expect(await changed()).toEqual([]);
  const path = `/subscriptions/${subscription}/resourceGroups/${group}/resources?api-version=2021-04-01`;
  const { value } = (await cloud.send('GET', path)).json as { value: { id: string; tags?: object }[] };
  for (const { id, tags = {} } of value) {
    const touched = await cloud.send('PATCH', `${id}?api-version=2021-04-01`, { body: { tags } });
    expect(touched.status, touched.text).toBe(200);
  }
  // Now the engine does not know any more what each was made of: the dry run itself must come to the same.
  expect(await changed()).toEqual([]);
}

test.each([1, 3, 5])('the Swarm template with %i masters', (masterCount) =>
  expectNoNoise(
    `masters-${masterCount}`,
    swarmTemplate,
    swarmParameters({ masterCount, dnsPrefix: `noise${masterCount}` }),
  ),
);

/** Templates of the retired container service. */
const classics = [
  'classic-swarm-2016',
  'head-ex-swarmmode',
  'v0.7.0-acs2017-01-31-dcos-m3',
  'v0.7.0-acs2017-01-31-swarm-m1',
  'v0.7.0-var-swarmmode-manypools',
];

test.skipIf(!existsSync(`${conformance}/acs`)).each(classics)(
  'the container service’s template %s (skipped without the conformance data)',
  async (name) => {
    const read = (file: string) =>
      parseTolerantJson(readFileSync(`${conformance}/acs/${name}/${file}`, 'utf8')) as {
        parameters?: unknown;
      };
    const given = read('azuredeploy.parameters.json');
    await expectNoNoise(name.replaceAll('.', '-'), read('azuredeploy.json'), given.parameters ?? given);
  },
);
