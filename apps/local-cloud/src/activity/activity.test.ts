import { randomUUID } from 'node:crypto';
import { MonitorClient, type EventData } from '@azure/arm-monitor';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  polling,
  rejection,
  startTestCloud,
  subscription,
  type TestCloud,
} from '../local-cloud.test-support.ts';
import { HandClock, testProvider, thingsTemplate } from '../test-provider.test-support.ts';

let cloud: TestCloud;
let monitor: MonitorClient;
beforeAll(async () => {
  cloud = await startTestCloud({ providers: [testProvider] });
  monitor = monitorOf(cloud);
});
afterAll(() => cloud.close());

const api = '2026-01-01';
const scope = `/subscriptions/${subscription}`;
const dayMs = 86_400_000;

function monitorOf({ access }: TestCloud): MonitorClient {
  return new MonitorClient(access.credential, subscription, access.options);
}

const since = (ms: number) => `eventTimestamp ge '${new Date(Date.now() - ms).toISOString()}'`;

async function events(narrowed: string, select?: string): Promise<EventData[]> {
  const found: EventData[] = [];
  const list = monitor.activityLogs.list(`${since(dayMs)} and ${narrowed}`, select ? { select } : {});
  for await (const event of list) found.push(event);
  return found;
}

/** What happened, oldest first: operation and status. */
const story = (found: readonly EventData[]): string[] =>
  found.map((event) => `${event.operationName?.value} ${event.status?.value}`).toReversed();

async function newGroup(): Promise<{ name: string; group: string; idOf: (thing: string) => string }> {
  const name = `rg-${randomUUID()}`;
  await cloud.resources.resourceGroups.createOrUpdate(name, { location: 'eastus' });
  const group = `${scope}/resourceGroups/${name}`;
  return { name, group, idOf: (thing) => `${group}/providers/Microsoft.Test/things/${thing}` };
}

const put = (id: string, properties: Record<string, unknown> = {}) =>
  cloud.resources.resources.createOrUpdateById(id, api, { location: 'eastus', properties }, polling);

describe('the activity log', () => {
  test('tells who wrote a resource, when it was accepted and when it was done', async () => {
    const { name, idOf } = await newGroup();
    const correlationId = randomUUID();
    await cloud.send('PUT', `${idOf('thing').toLowerCase()}?api-version=${api}`, {
      body: { location: 'eastus' },
      headers: {
        'x-ms-correlation-request-id': correlationId,
        'x-ms-client-request-id': 'the-clients-own',
      },
    });
    await expect
      .poll(async () => (await events(`correlationId eq '${correlationId}'`)).length, { interval: 1 })
      .toBe(2);
    const [done, accepted] = await events(`correlationId eq '${correlationId}'`);
    const operation = 'Microsoft.Test/things/write';
    const id = idOf('thing').replace(/[^/]+$/, 'thing');
    expect(accepted).toMatchObject({
      authorization: { action: operation, scope: id },
      caller: 'slipway-local',
      correlationId,
      category: { value: 'Administrative' },
      eventName: { value: 'EndRequest' },
      httpRequest: { method: 'PUT', clientRequestId: 'the-clients-own' },
      level: 'Informational',
      operationName: { value: operation },
      resourceGroupName: name,
      resourceProviderName: { value: 'Microsoft.Test' },
      resourceType: { value: 'Microsoft.Test/things' },
      resourceId: id,
      status: { value: 'Accepted' },
      subStatus: { value: 'Created', localizedValue: 'Created (HTTP Status Code: 201)' },
      subscriptionId: subscription,
      properties: { statusCode: 'Created', eventCategory: 'Administrative' },
    });
    expect(accepted?.id).toMatch(new RegExp(`^${id}/events/${accepted?.eventDataId}/ticks/6\\d{17}$`));
    expect(done).toMatchObject({
      operationId: accepted?.operationId,
      status: { value: 'Succeeded' },
      subStatus: { value: '' },
    });
    expect(done?.eventTimestamp?.getTime()).toBeGreaterThan(accepted?.eventTimestamp?.getTime() ?? NaN);
    expect(done?.eventDataId).not.toBe(accepted?.eventDataId);
  });

  test('tells what was refused and what failed, with the reason', async () => {
    const { name, idOf } = await newGroup();
    await rejection(put(idOf('no'), { refuse: 'Not this one.' }));
    await rejection(put(idOf('breaks'), { failLater: 'It broke.' }));
    const found = await events(`resourceGroupName eq '${name}' and levels eq 'Critical,Error'`);
    expect(
      found.map(({ status, subStatus, level, properties }) => [
        status?.value,
        subStatus?.value,
        level,
        JSON.parse(properties?.['statusMessage'] ?? '').error,
      ]),
    ).toEqual([
      ['Failed', '', 'Error', { code: 'ThingBroke', message: 'It broke.' }],
      ['Failed', 'Conflict', 'Error', { code: 'ThingRefused', message: 'Not this one.' }],
    ]);
  });

  test('tells of tags, locks, actions, updates and deletes', async () => {
    const { name, group, idOf } = await newGroup();
    const id = idOf('thing');
    await put(id);
    await cloud.resources.resources.updateById(id, api, { tags: { a: 'b' } }, polling);
    const tags = { operation: 'Merge' as const, properties: { tags: { c: 'd' } } };
    await cloud.resources.tagsOperations.updateAtScope(id, tags, polling);
    await cloud.send('POST', `${id}/listKeys?api-version=${api}`);
    const lock = `${id}/providers/Microsoft.Authorization/locks/keep`;
    await cloud.send('PUT', `${lock}?api-version=2020-05-01`, {
      body: { properties: { level: 'CanNotDelete' } },
    });
    await rejection(cloud.resources.resources.deleteById(id, api, polling));
    await cloud.send('DELETE', `${lock}?api-version=2020-05-01`);
    await cloud.resources.resources.deleteById(id, api, polling);
    const found = await events(`resourceGroupName eq '${name}'`);
    expect(story(found)).toEqual([
      'Microsoft.Resources/subscriptions/resourceGroups/write Succeeded',
      'Microsoft.Test/things/write Accepted',
      'Microsoft.Test/things/write Succeeded',
      'Microsoft.Test/things/write Succeeded',
      'Microsoft.Resources/tags/write Succeeded',
      'Microsoft.Test/things/listKeys/action Succeeded',
      'Microsoft.Authorization/locks/write Succeeded',
      'Microsoft.Test/things/delete Failed',
      'Microsoft.Authorization/locks/delete Succeeded',
      'Microsoft.Test/things/delete Accepted',
      'Microsoft.Test/things/delete Succeeded',
    ]);
    expect(found[0]).toMatchObject({ subStatus: { value: '' } });
    // What is put on a resource is told with it.
    expect(await events(`resourceUri eq '${id}'`)).toHaveLength(10);
    expect(await events(`resourceId eq '${id.toUpperCase()}'`)).toHaveLength(10);
    expect(await events(`resourceId eq '${lock}'`)).toHaveLength(2);
    expect(await events(`resourceId eq '${group}x'`)).toEqual([]);
  });

  test('tells of everything that a stack brings about, under one correlation id', async () => {
    const { name, group } = await newGroup();
    const stacks = cloud.stacks.deploymentStacks;
    await stacks.beginCreateOrUpdateAtResourceGroupAndWait(
      name,
      's',
      {
        properties: {
          template: thingsTemplate({ first: {}, second: { dependsOn: ['first'] } }),
          actionOnUnmanage: { resources: 'delete' },
          denySettings: { mode: 'none' },
        },
      },
      polling,
    );
    const { properties } = await stacks.getAtResourceGroup(name, 's');
    const made = await events(`correlationId eq '${properties?.correlationId}'`);
    expect(story(made)).toEqual([
      'Microsoft.Resources/deploymentStacks/write Accepted',
      'Microsoft.Resources/deployments/write Accepted',
      'Microsoft.Test/things/write Accepted',
      'Microsoft.Test/things/write Succeeded',
      'Microsoft.Test/things/write Accepted',
      'Microsoft.Test/things/write Succeeded',
      'Microsoft.Resources/deployments/write Succeeded',
      'Microsoft.Resources/deploymentStacks/write Succeeded',
    ]);
    expect(new Set(made.map(({ caller }) => caller))).toEqual(new Set(['slipway-local']));
    // Each piece of work has an id of its own, the same at its beginning and its end.
    expect(new Set(made.map(({ operationId }) => operationId)).size).toBe(4);

    await stacks.beginDeleteAtResourceGroupAndWait(name, 's', {
      unmanageActionResources: 'delete',
      ...polling,
    });
    const [{ correlationId } = { correlationId: '' }] = await events(
      `resourceId eq '${group}/providers/Microsoft.Resources/deploymentStacks/s'`,
    );
    expect(story(await events(`correlationId eq '${correlationId}'`)).toSorted()).toEqual(
      [
        'Microsoft.Resources/deploymentStacks/delete Accepted',
        'Microsoft.Resources/deploymentStacks/delete Succeeded',
        'Microsoft.Test/things/delete Accepted',
        'Microsoft.Test/things/delete Accepted',
        'Microsoft.Test/things/delete Succeeded',
        'Microsoft.Test/things/delete Succeeded',
      ].toSorted(),
    );
  });

  test('tells why a deployment failed, of what is nested in it, and that a group is gone', async () => {
    const { name } = await newGroup();
    const nested = {
      $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
      contentVersion: '1.0.0.0',
      resources: [
        {
          type: 'Microsoft.Resources/deployments',
          apiVersion: '2025-04-01',
          name: 'inner',
          properties: {
            mode: 'Incremental',
            template: thingsTemplate({ breaks: { properties: { failLater: 'It broke.' } } }),
          },
        },
      ],
    };
    const properties = { mode: 'Incremental' as const, template: nested };
    await rejection(cloud.deployments.deployments.createOrUpdate(name, 'outer', { properties }, polling));
    await cloud.resources.resourceGroups.delete(name, polling);
    const found = await events(`resourceGroupName eq '${name}'`);
    expect(story(found).slice(1)).toEqual([
      'Microsoft.Resources/deployments/write Accepted',
      'Microsoft.Resources/deployments/write Accepted',
      'Microsoft.Test/things/write Accepted',
      'Microsoft.Test/things/write Failed',
      'Microsoft.Resources/deployments/write Failed',
      'Microsoft.Resources/deployments/write Failed',
      'Microsoft.Resources/subscriptions/resourceGroups/delete Accepted',
      'Microsoft.Test/things/delete Accepted',
      'Microsoft.Test/things/delete Succeeded',
      'Microsoft.Resources/subscriptions/resourceGroups/delete Succeeded',
    ]);
    expect(found.map(({ properties: more }) => more?.['statusMessage'] ?? '').join()).toContain(
      'DeploymentFailed',
    );
  });

  test('repeats no secret, neither of a resource nor of a deployment', async () => {
    const { name, idOf } = await newGroup();
    const password = 'open-sesame-0815';
    const told = { password, refuse: `The password ${password} is too short.` };
    await rejection(put(idOf('no'), told));
    await rejection(put(idOf('later'), { password, failLater: `No machine takes ${password}.` }));
    const template = thingsTemplate(
      { no: { properties: { refuse: "[concat('Bad: ', parameters('pass'))]" } } },
      { parameters: { pass: { type: 'securestring' } } },
    );
    const properties = {
      mode: 'Incremental' as const,
      template,
      parameters: { pass: { value: password } },
    };
    await rejection(cloud.deployments.deployments.createOrUpdate(name, 'd', { properties }, polling));
    const found = await events(`resourceGroupName eq '${name}' and status eq 'Failed'`);
    expect(found.length).toBeGreaterThan(3);
    expect(JSON.stringify(found)).toContain('***');
    expect(JSON.stringify(found)).not.toContain(password);
  });
});

describe('its list', () => {
  test('goes on page by page, newest first, also while more happens', async () => {
    const { name, idOf } = await newGroup();
    for (let index = 0; index < 210; index += 1)
      await cloud.send('POST', `${idOf('none')}/act${index}?api-version=${api}`);
    const seen: EventData[] = [];
    const sizes: number[] = [];
    const filter = `${since(dayMs)} and resourceGroupName eq '${name}'`;
    for await (const page of monitor.activityLogs.list(filter).byPage()) {
      seen.push(...page);
      sizes.push(page.length);
      await cloud.send('POST', `${idOf('none')}/more?api-version=${api}`);
    }
    expect(sizes).toEqual([200, 11]);
    expect(new Set(seen.map(({ eventDataId }) => eventDataId)).size).toBe(211);
    const times = seen.map(({ eventTimestamp }) => eventTimestamp?.getTime() ?? NaN);
    expect(times).toEqual(times.toSorted((one, other) => other - one));
  });

  test('has the members that are asked for, and the provider and the time', async () => {
    const { name, idOf } = await newGroup();
    await put(idOf('thing'));
    const narrowed = `resourceGroupName eq '${name}' and resourceProvider eq 'microsoft.test'`;
    const [newest, ...others] = await events(narrowed, 'eventName,operationName, status');
    expect(others).toHaveLength(1);
    const asked = await cloud.send(
      'GET',
      `${scope}/providers/microsoft.insights/eventtypes/management/values?api-version=2015-04-01&$select=status&$filter=${encodeURIComponent(
        `${since(dayMs).replaceAll("'", '')} and ${narrowed} and eventChannels eq 'Admin, Operation' and caller eq 'slipway-local'`,
      )}`,
    );
    expect(asked.json.value[0]).toEqual({ status: { value: 'Succeeded', localizedValue: 'Succeeded' } });
    expect(newest).toMatchObject({ status: { value: 'Succeeded' }, eventName: { value: 'EndRequest' } });
    expect(newest?.resourceId).toBeUndefined();
    const [first] = await events(narrowed);
    const before = new Date((first?.eventTimestamp?.getTime() ?? 0) - 1).toISOString();
    expect(await events(`${narrowed} and eventTimestamp le '${before}'`)).toHaveLength(1);
  });

  const start = since(dayMs);
  test.each([
    ['no filter', undefined],
    ['no start', "resourceGroupName eq 'rg'"],
    ['a start that is no time', "eventTimestamp ge 'yesterday'"],
    ['a start too long ago', since(92 * dayMs)],
    ['an end before its start', `${start} and eventTimestamp le '2020-01-01T00:00:00Z'`],
    ['a field that is none', `${start} and resourceName eq 'a'`],
    ['an operator that is none', `${start} and caller ne 'a'`],
    ['an or', `${start} or caller eq 'a'`],
    ['an open quote', `${start} and caller eq 'a`],
    ['an and too many', `${start} and `],
  ])('is refused with %s', async (_name, filter) => {
    const query = filter === undefined ? '' : `&$filter=${encodeURIComponent(filter)}`;
    const answer = await cloud.send(
      'GET',
      `${scope}/providers/Microsoft.Insights/eventtypes/management/values?api-version=2015-04-01${query}`,
    );
    expect([answer.status, answer.json.error?.code]).toEqual([400, 'BadRequest']);
  });
});

test('events outlast restarts, and ninety days at most', async () => {
  const clock = new HandClock();
  let own = await startTestCloud({ providers: [testProvider], clock });
  await own.resources.resourceGroups.createOrUpdate('old', { location: 'eastus' });
  const listed = async () => {
    const filter = `eventTimestamp ge '${new Date(clock.now().getTime() - 90 * dayMs).toISOString()}'`;
    const path = `${scope}/providers/Microsoft.Insights/eventtypes/management/values`;
    const answer = await own.send(
      'GET',
      `${path}?api-version=2015-04-01&$filter=${encodeURIComponent(filter)}`,
    );
    return answer.json.value.map((event: { resourceGroupName: string }) => event.resourceGroupName);
  };
  expect(await listed()).toEqual(['old']);
  for (const [days, expected] of [
    [89, ['old']],
    [2, []],
  ] as const) {
    await own.cloud.close();
    clock.advance(days * dayMs);
    own = await startTestCloud({ settings: own.settings, providers: [testProvider], clock });
    expect(await listed()).toEqual(expected);
  }
  await own.close();
});
