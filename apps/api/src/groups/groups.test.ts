import { apiErrorSchema, routes } from '@slipway/contract';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { armOf } from '../../test/arm.test-support.ts';
import { subscriptionId } from '../../test/cluster.test-support.ts';
import { type RunningApi, type RunningCloud, startApi, startCloud } from '../../test/portal.test-support.ts';

let cloud: RunningCloud;
let api: RunningApi;
beforeAll(async () => {
  cloud = await startCloud();
  api = await startApi(cloud.settings);
});
afterAll(async () => {
  await api.close();
  await cloud.close();
});

const clients = () => armOf(cloud).clients(subscriptionId);
const remove = (name: string, confirmName: string) =>
  api.send('DELETE', routes.resourceGroup(subscriptionId, name), { confirmName });
const errorOf = async (answer: Response) => apiErrorSchema.parse(await answer.json()).error;

describe('a resource group', () => {
  it('is deleted with everything in it, once its name was typed', async () => {
    const { resources, network } = await clients();
    await resources.resourceGroups.createOrUpdate('Quay', { location: 'westeurope' });
    await network.networkSecurityGroups.createOrUpdate('Quay', 'guard', { location: 'westeurope' });
    const unconfirmed = await remove('quay', 'quay');
    expect(unconfirmed.status).toBe(400);
    expect((await errorOf(unconfirmed)).fields).toEqual([
      { path: 'confirmName', message: 'Enter Quay to confirm.' },
    ]);
    const accepted = await remove('quay', 'Quay');
    expect([accepted.status, await accepted.json()]).toEqual([202, { accepted: true }]);
    await vi.waitFor(
      async () => {
        const groups = (await (await api.fetch(routes.resourceGroups(subscriptionId))).json()) as unknown[];
        expect(groups).toEqual([]);
      },
      { timeout: 15_000 },
    );
  });

  it('that is not there cannot be deleted', async () => {
    const answer = await remove('nowhere', 'nowhere');
    expect(answer.status).toBe(404);
    expect((await errorOf(answer)).message).toBe('There is no resource group nowhere in this subscription.');
  });

  it('that is locked stays, and the lock is told in the words of ARM', async () => {
    const { resources } = await clients();
    const { id } = await resources.resourceGroups.createOrUpdate('kept', { location: 'westeurope' });
    await resources.resources
      .createOrUpdateById(`${id}/providers/Microsoft.Authorization/locks/keep`, '2020-05-01', {
        properties: { level: 'CanNotDelete' },
      })
      .pollUntilDone();
    const answer = await remove('kept', 'kept');
    expect(answer.status).toBe(409);
    const { arm, message } = await errorOf(answer);
    expect(arm?.code).toBe('ScopeLocked');
    expect(message).toContain('Please remove the lock');
  });
});
