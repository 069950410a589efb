import { apiErrorSchema, routes, scopeLockSchema, scopeTagsSchema } from '@slipway/contract';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { armOf } from '../../test/arm.test-support.ts';
import { subscriptionId } from '../../test/cluster.test-support.ts';
import { type RunningApi, type RunningCloud, startApi, startCloud } from '../../test/portal.test-support.ts';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });

const subscription = `/subscriptions/${subscriptionId}`;
const group = `${subscription}/resourceGroups/Kept-(1)`;
const network = `${group}/providers/Microsoft.Network/virtualNetworks/net`;
let cloud: RunningCloud;
let api: RunningApi;
beforeAll(async () => {
  cloud = await startCloud();
  api = await startApi(cloud.settings);
  const clients = await armOf(cloud).clients(subscriptionId);
  await clients.resources.resourceGroups.createOrUpdate('Kept-(1)', { location: 'westeurope' });
  await clients.network.virtualNetworks.createOrUpdate('Kept-(1)', 'net', {
    location: 'westeurope',
    tags: { owner: 'anna' },
    addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
    subnets: [{ name: 'inner', addressPrefix: '10.0.0.0/24' }],
  });
});
afterAll(async () => {
  await api.close();
  await cloud.close();
});

const tagsOf = async (scope: string) =>
  scopeTagsSchema.parse(await (await api.fetch(routes.scopeTags(scope))).json()).tags;
const change = (body: object) => api.send('PATCH', routes.tags(), body);
const refusal = async (answer: Response) => {
  const { error } = apiErrorSchema.parse(await answer.json());
  return { status: answer.status, ...error };
};
const locksOf = async (scope: string) =>
  z.array(scopeLockSchema).parse(await (await api.fetch(routes.scopeLocks(scope))).json());
const lock = (body: object) => api.send('PUT', routes.locks(), body);
const unlock = (id: string) => api.send('DELETE', routes.locks(), { id });

describe('tags', () => {
  it('are added, removed and replaced, of a resource as of a group and a subscription', async () => {
    for (const scope of [subscription, group, network]) {
      const before = await tagsOf(scope);
      expect((await change({ scope, operation: 'Merge', tags: { cost: '42', Team: 'ops' } })).status).toBe(
        200,
      );
      expect(await tagsOf(scope)).toEqual({ ...before, cost: '42', Team: 'ops' });
      expect((await change({ scope, operation: 'Delete', tags: { cost: '' } })).status).toBe(200);
      expect(await tagsOf(scope)).toEqual({ ...before, Team: 'ops' });
      expect((await change({ scope, operation: 'Replace', tags: before })).status).toBe(200);
      expect(await tagsOf(scope)).toEqual(before);
    }
  });

  it('that somebody else has changed are not overwritten', async () => {
    const before = await tagsOf(network);
    await change({ scope: network, operation: 'Merge', tags: { by: 'somebody else' } });
    expect(
      await refusal(await change({ scope: network, operation: 'Replace', tags: { mine: '1' }, before })),
    ).toMatchObject({ status: 409, code: 'TagsChanged' });
    expect(await tagsOf(network)).toEqual({ ...before, by: 'somebody else' });
    await change({ scope: network, operation: 'Replace', tags: before, before: await tagsOf(network) });
    expect(await tagsOf(network)).toEqual(before);
  });

  it('that are as they are to be already, for the answer got lost, are not told to be somebody else’s', async () => {
    const before = await tagsOf(network);
    const wish = { scope: network, operation: 'Replace', tags: { ...before, again: '1' }, before };
    for (const time of ['first', 'second'])
      expect([time, (await change(wish)).status, await tagsOf(network)]).toEqual([time, 200, wish.tags]);
    await change({ scope: network, operation: 'Replace', tags: before });
  });

  it('that ARM would refuse are refused with their names, before ARM is asked', async () => {
    for (const [tags, words] of [
      [{ 'a<b': '' }, /cannot contain/],
      [{ 'Azure-x': '' }, /Azure’s own/],
      [{ ok: 'x'.repeat(300) }, /at most 256/],
      [{ one: '', ONE: '' }, /upper and lower case/],
      [Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`t${index}`, ''])), /at most 50/],
    ] as const) {
      const answer = await refusal(await change({ scope: network, operation: 'Merge', tags }));
      expect(answer).toMatchObject({ status: 400, code: 'InvalidRequest' });
      expect(answer.message).toMatch(words);
    }
  });

  it('of what is not there are refused in ARM’s words', async () => {
    expect(await refusal(await api.fetch(routes.scopeTags(`${network}x`)))).toMatchObject({
      status: 404,
      arm: { code: 'ResourceNotFound' },
    });
  });
});

describe('locks', () => {
  it('on a group hold for what is in it, and forbid what they say until they are taken away', async () => {
    const made = await lock({ scope: group, name: 'keep it', level: 'CanNotDelete', notes: 'Production.' });
    expect(made.status).toBe(200);
    expect(await locksOf(network)).toMatchObject([
      { name: 'keep it', level: 'CanNotDelete', notes: 'Production.', place: 'above' },
    ]);
    await lock({ scope: network, name: 'frozen', level: 'ReadOnly' });
    expect((await locksOf(network)).map(({ name, place }) => [name, place])).toEqual([
      ['frozen', 'here'],
      ['keep it', 'above'],
    ]);
    expect((await locksOf(group)).map(({ name, place }) => [name, place])).toEqual([
      ['keep it', 'here'],
      ['frozen', 'below'],
    ]);
    expect(
      await refusal(await change({ scope: network, operation: 'Merge', tags: { late: '' } })),
    ).toMatchObject({ status: 409, arm: { code: 'ScopeLocked' } });
    expect(await refusal(await api.send('DELETE', routes.deleteResource(), { id: network }))).toMatchObject({
      status: 409,
      arm: { code: 'ScopeLocked' },
    });
    for (const { id } of await locksOf(group)) expect((await unlock(id)).status).toBe(200);
    expect(await locksOf(group)).toEqual([]);
    expect((await change({ scope: network, operation: 'Merge', tags: {} })).status).toBe(200);
  });

  it('are changed by their name, and gone twice is gone', async () => {
    await lock({ scope: network, name: 'one', level: 'CanNotDelete' });
    await lock({ scope: network, name: 'one', level: 'ReadOnly', notes: 'More.' });
    const [found] = await locksOf(network);
    expect(found).toMatchObject({ level: 'ReadOnly', notes: 'More.' });
    await unlock(found!.id);
    expect((await unlock(found!.id)).status).toBe(200);
  });

  it('have names, and are taken away by nothing but their own ids', async () => {
    for (const name of ['', '..', 'a/b', 'a?b', 'x'.repeat(300)])
      expect((await refusal(await lock({ scope: group, name, level: 'ReadOnly' }))).code).toBe(
        'InvalidRequest',
      );
    for (const id of [network, `${group}/providers/Microsoft.Authorization/locks/../x`, 'x'])
      expect((await refusal(await unlock(id))).code).toBe('InvalidRequest');
  });
});
