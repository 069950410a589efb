import { randomUUID } from 'node:crypto';
import {
  type DeploymentPath,
  apiErrorSchema,
  deploymentDetailsSchema,
  deploymentHistorySchema,
  deploymentSnapshotSchema,
  deploymentTemplateSchema,
  routes,
} from '@slipway/contract';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { armOf } from '../../test/arm.test-support.ts';
import { pathOf, specOf, subscriptionId } from '../../test/cluster.test-support.ts';
import { setMoods } from '../../test/moods.test-support.ts';
import {
  type RunningApi,
  type RunningCloud,
  patientSettings,
  startApi,
  startCloud,
} from '../../test/portal.test-support.ts';

// The machine may be busy with other tests.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000, expect: { poll: { timeout: 30_000 } } });

let cloud: RunningCloud;
let api: RunningApi;
beforeAll(async () => {
  cloud = await startCloud();
  api = await startApi({ ...cloud.settings, ...patientSettings });
});
afterAll(async () => {
  await api.close();
  await cloud.close();
});

const secret = 'a-secret-of-this-test-0815';
const template = (resources: object[] = [], more: object = {}) => ({
  $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
  contentVersion: '1.0.0.0',
  resources,
  ...more,
});
const securityGroup = (name: string, more: object = {}) => ({
  type: 'Microsoft.Network/networkSecurityGroups',
  apiVersion: '2023-11-01',
  name,
  location: 'westeurope',
  ...more,
});

const clients = () => armOf(cloud).clients(subscriptionId);
async function newGroup(name: string): Promise<string> {
  const { resources } = await clients();
  await resources.resourceGroups.createOrUpdate(name, { location: 'westeurope' });
  return name;
}
async function begin(group: string, name: string, body: object, parameters: object = {}): Promise<void> {
  const { deployments } = await clients();
  const properties = { mode: 'Incremental', template: body, parameters };
  await deployments.deployments.createOrUpdate(group, name, { properties } as never).submitted();
}
async function deploy(...given: Parameters<typeof begin>): Promise<void> {
  await begin(...given);
  const [group, name] = given;
  await expect.poll(() => stateOf(group, name)).toMatch(/^(?:Succeeded|Failed)$/);
}
async function stateOf(group: string, name: string): Promise<string | undefined> {
  const { deployments } = await clients();
  return (await deployments.deployments.get(group, name)).properties?.provisioningState;
}

const at = (resourceGroup: string, deployment: string): DeploymentPath => ({
  subscriptionId,
  resourceGroup,
  deployment,
});
const answerOf = async (route: string) => (await api.fetch(route)).json();
const historyOf = async (group: string, query?: { state?: string; limit?: number }) =>
  deploymentHistorySchema.parse(await answerOf(routes.groupDeployments(subscriptionId, group, query)));
const detailsOf = async (path: DeploymentPath) =>
  deploymentDetailsSchema.parse(await answerOf(routes.groupDeployment(path)));
const refusal = async (answer: Response) => apiErrorSchema.parse(await answer.json()).error;

describe('the deployments of a group', () => {
  it('are listed newest first, by state and as many as are wanted', async () => {
    const group = await newGroup('listed');
    await deploy(group, 'zebra', template());
    await deploy(group, 'apple', template([securityGroup('nsg')]));
    await setMoods(cloud, {
      work: [
        {
          mood: 'fails',
          type: 'Microsoft.Network/networkSecurityGroups',
          name: 'bad',
          error: { code: 'Sulking', message: 'Not today.' },
        },
      ],
    });
    await deploy(group, 'middle', template([securityGroup('bad')]));
    const { deployments, more } = await historyOf(group);
    expect(more).toBe(false);
    expect(deployments.map(({ name, state }) => [name, state])).toEqual([
      ['middle', 'Failed'],
      ['apple', 'Succeeded'],
      ['zebra', 'Succeeded'],
    ]);
    expect(deployments[0]).toMatchObject({
      id: expect.stringMatching(/\/deployments\/middle$/),
      startedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      durationMs: expect.any(Number),
      correlationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      error: { code: 'DeploymentFailed' },
    });
    expect((await historyOf(group, { state: 'Failed' })).deployments.map(({ name }) => name)).toEqual([
      'middle',
    ]);
    const newest = await historyOf(group, { limit: 2 });
    expect([newest.deployments.map(({ name }) => name), newest.more]).toEqual([['middle', 'apple'], true]);
    expect(await historyOf(await newGroup('empty'))).toEqual({ deployments: [], more: false });
  });

  it('are told with rows, what each waited for, inputs and outputs; secrets never', async () => {
    const group = await newGroup('told');
    const body = template(
      [
        securityGroup('first'),
        securityGroup('second', {
          dependsOn: ["[resourceId('Microsoft.Network/networkSecurityGroups', 'first')]"],
        }),
      ],
      {
        parameters: {
          count: { type: 'int', defaultValue: 3 },
          pin: { type: 'securestring', defaultValue: secret },
          tags: { type: 'object' },
        },
        outputs: {
          twice: { type: 'int', value: "[mul(parameters('count'), 2)]" },
          pin: { type: 'securestring', value: "[parameters('pin')]" },
        },
      },
    );
    await deploy(group, 'told', body, { tags: { value: { team: 'web', adminPassword: secret } } });
    const answer = await api.fetch(routes.groupDeployment(at(group, 'told')));
    const text = await answer.text();
    expect(text).not.toContain(secret);
    const { deployment, rows, inputs, outputs } = deploymentDetailsSchema.parse(JSON.parse(text));
    expect(deployment).toMatchObject({ name: 'told', state: 'Succeeded' });
    expect(rows.map(({ name, state }) => [name, state])).toEqual([
      ['first', 'Succeeded'],
      ['second', 'Succeeded'],
    ]);
    expect(rows[1]?.waitsFor).toEqual([rows[0]?.id]);
    expect(rows[0]?.waitsFor).toBeUndefined();
    expect(rows[0]).toMatchObject({
      operationId: expect.stringMatching(/^[0-9A-F]{16}$/),
      serviceRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      statusCode: 'Created',
    });
    expect(inputs).toEqual([
      { name: 'count', type: 'Int', value: 3, isWithheld: false },
      { name: 'pin', type: 'SecureString', isWithheld: true },
      { name: 'tags', type: 'Object', value: { team: 'web' }, isWithheld: false },
    ]);
    expect(outputs).toEqual([
      { name: 'twice', type: 'Int', value: 6, isWithheld: false },
      { name: 'pin', type: 'SecureString', isWithheld: true },
    ]);

    const exported = await (await api.fetch(routes.groupDeploymentTemplate(at(group, 'told')))).text();
    expect(exported).not.toContain(secret);
    const told = deploymentTemplateSchema.parse(JSON.parse(exported));
    expect(told.withheld).toEqual(['parameters.pin.defaultValue']);
    expect(told.template).toEqual({
      ...body,
      parameters: {
        ...(body as { parameters?: object }).parameters,
        pin: { type: 'securestring', defaultValue: '(withheld)' },
      },
    });
  });

  it('have a row for each nested one, which has its own', async () => {
    const group = await newGroup('nested');
    const inner = template([securityGroup('inner-guard')]);
    const nested = {
      type: 'Microsoft.Resources/deployments',
      apiVersion: '2022-09-01',
      name: 'inner',
      properties: { mode: 'Incremental', template: inner },
    };
    await deploy(group, 'outer', template([securityGroup('guard'), nested]));
    const namesOf = async (name: string) =>
      (await detailsOf(at(group, name))).rows.map((row) => `${row.name} ${row.state}`);
    expect((await namesOf('outer')).toSorted()).toEqual(['guard Succeeded', 'inner Succeeded']);
    expect(await namesOf('inner')).toEqual(['inner-guard Succeeded']);
    expect((await historyOf(group)).deployments).toHaveLength(2);
  });

  it('of a cluster are among them, with their whole template', async () => {
    const spec = specOf({});
    await api.send('POST', routes.clusters(), { requestId: randomUUID(), spec });
    const path = pathOf(spec);
    const read = async () => deploymentSnapshotSchema.parse(await answerOf(routes.clusterDeployment(path)));
    await expect.poll(async () => (await read()).deployment.state).toBe('Succeeded');
    const { deployment, rows } = await read();
    const own = at(path.resourceGroup, deployment.name ?? '');
    const details = await detailsOf(own);
    expect(details.rows).toEqual(rows);
    expect(rows.some(({ waitsFor }) => (waitsFor?.length ?? 0) > 1)).toBe(true);
    expect(details.inputs).toContainEqual({ name: 'masterCount', type: 'Int', value: 1, isWithheld: false });
    expect(details.outputs.map(({ name }) => name)).toContain('masterFQDN');
    const told = deploymentTemplateSchema.parse(await answerOf(routes.groupDeploymentTemplate(own)));
    expect(told.withheld).toEqual([]);
    expect(JSON.stringify(told.template)).toContain('customData');
  });

  it('are canceled while they run, and deleted from the history when they do not', async () => {
    const group = await newGroup('deleted');
    await setMoods(cloud, {
      work: [{ mood: 'never-ends', type: 'Microsoft.Network/networkSecurityGroups', name: 'slow' }],
    });
    await begin(group, 'long', template([securityGroup('slow')]));
    await expect.poll(async () => (await detailsOf(at(group, 'long'))).rows[0]?.state).toBe('Running');
    expect((await historyOf(group, { state: 'Running' })).deployments).toHaveLength(1);
    const early = await api.send('DELETE', routes.groupDeployment(at(group, 'long')));
    expect([early.status, (await refusal(early)).code]).toEqual([409, 'DeploymentRunning']);
    expect((await api.send('POST', routes.cancelGroupDeployment(at(group, 'long')))).status).toBe(202);
    expect((await detailsOf(at(group, 'long'))).deployment).toMatchObject({
      state: 'Canceled',
      error: { code: 'DeploymentCanceled' },
    });
    const late = await api.send('POST', routes.cancelGroupDeployment(at(group, 'long')));
    expect([late.status, (await refusal(late)).code]).toEqual([409, 'DeploymentNotRunning']);
    for (let time = 1; time <= 2; time += 1)
      expect((await api.send('DELETE', routes.groupDeployment(at(group, 'long')))).status).toBe(202);
    expect(await historyOf(group)).toEqual({ deployments: [], more: false });
  });

  it.each([
    ['no such group', () => routes.groupDeployments(subscriptionId, 'nowhere'), 404, 'NotFound'],
    ['no such deployment', () => routes.groupDeployment(at('listed', 'nobody')), 404, 'NotFound'],
    ['no template of it', () => routes.groupDeploymentTemplate(at('listed', 'nobody')), 404, 'NotFound'],
    [
      'a state that is none',
      () => routes.groupDeployments(subscriptionId, 'listed', { state: 'x' }),
      400,
      'InvalidRequest',
    ],
    [
      'too many',
      () => routes.groupDeployments(subscriptionId, 'listed', { limit: 801 }),
      400,
      'InvalidRequest',
    ],
    ['a name that is none', () => routes.groupDeployment(at('listed', 'a b')), 400, 'InvalidRequest'],
  ])('%s is told so', async (_what, route, status, code) => {
    const answer = await api.fetch(route());
    expect([answer.status, (await refusal(answer)).code]).toEqual([status, code]);
  });
});
