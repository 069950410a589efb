import { type ClusterPath, routes } from '@slipway/contract';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { armOf } from '../../test/arm.test-support.ts';
import { setMoods } from '../../test/moods.test-support.ts';
import { type SeenEvent, openEvents, subscriptionId } from '../../test/cluster.test-support.ts';
import { type RunningApi, type RunningCloud, startApi, startCloud } from '../../test/portal.test-support.ts';
import { createSmall, follow, replay, snapshotOf, typesOf } from '../../test/watching.test-support.ts';

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
afterEach(() => setMoods(cloud, {}));

/** Every deletion of a resource takes this long, so that there is something to see. */
const slowly = { mood: 'slow', action: 'delete', delayMs: 350 };
const networkType = 'Microsoft.Network/virtualNetworks';
const groupType = 'Microsoft.Resources/resourceGroups';

async function createDone(name: string): Promise<ClusterPath> {
  const path = await createSmall(api, name);
  expect(replay(await follow(api, path))?.deployment.state).toBe('Succeeded');
  return path;
}

async function submitDelete(path: ClusterPath, deleteResourceGroup: boolean): Promise<void> {
  const body = { confirmName: path.name, deleteResourceGroup };
  expect((await api.send('DELETE', routes.cluster(path), body)).status).toBe(202);
}

/** Somebody else's machine hangs on the cluster's network: what is in use cannot be deleted. */
async function occupyNetwork(
  { resourceGroup }: ClusterPath,
  holder: string,
): Promise<{ letGo: () => Promise<void> }> {
  const { resources, network } = await armOf(cloud).clients(subscriptionId);
  const location = 'westeurope';
  await resources.resourceGroups.createOrUpdate(holder, { location });
  const networks: string[] = [];
  for await (const { name } of network.virtualNetworks.list(resourceGroup)) networks.push(name ?? '');
  const subnet = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.Network/virtualNetworks/${networks[0]}/subnets/swarm-subnet`;
  const polling = { updateIntervalInMs: 20 };
  await network.networkInterfaces.createOrUpdate(
    holder,
    'visitor',
    { location, ipConfigurations: [{ name: 'one', subnet: { id: subnet } }] },
    polling,
  );
  return {
    letGo: async () => {
      await network.networkInterfaces.delete(holder, 'visitor', polling);
    },
  };
}

const told = (events: readonly SeenEvent[]) =>
  events.flatMap(({ event }) => (event.type === 'row' ? [`${event.row.id} ${event.row.state}`] : []));

describe('the deletion of a cluster', () => {
  it('shows each of its resources being deleted until it is gone, then the end', async () => {
    const path = await createDone('gone');
    const made = (await snapshotOf(api, path)).rows.map(({ id }) => id.toLowerCase());
    await setMoods(cloud, { work: [slowly] });
    await submitDelete(path, false);
    const seen = await follow(api, path);
    const [first] = seen;
    if (first?.event.type !== 'snapshot') throw new Error('No snapshot.');
    expect(first.event.snapshot.deployment.state).toBe('Deleting');
    const rows = first.event.snapshot.rows;
    expect(rows.map(({ id }) => id.toLowerCase()).toSorted()).toEqual(made.toSorted());
    expect(rows.some(({ state }) => state === 'Deleting')).toBe(true);
    expect(rows.every(({ state }) => state === 'Deleting' || state === 'Deleted')).toBe(true);
    expect(rows.map(({ type }) => type)).toContain('Microsoft.Compute/virtualMachines/extensions');

    // In steps, each resource once, and nothing left in the end.
    expect(new Set(told(seen)).size).toBe(told(seen).length);
    expect(told(seen).every((text) => text.endsWith(' Deleted'))).toBe(true);
    const end = replay(seen);
    expect(end?.rows.map(({ state }) => state)).toEqual(rows.map(() => 'Deleted'));
    expect(end?.deployment.state).toBe('Deleting');
    expect(typesOf(seen).at(-1)).toBe('ended');
    expect((await api.fetch(routes.cluster(path))).status).toBe(404);
    expect((await api.fetch(routes.clusterDeploymentEvents(path))).status).toBe(404);
  }, 40_000);

  it('with its whole group has the group as a row, which goes last', async () => {
    const path = await createDone('whole');
    await setMoods(cloud, { work: [slowly] });
    await submitDelete(path, true);
    const seen = await follow(api, path);
    const group = replay(seen)?.rows.find(({ type }) => type === groupType);
    expect(group).toMatchObject({ name: path.resourceGroup, state: 'Deleted' });
    expect(told(seen).at(-1)).toBe(`${group?.id} Deleted`);
    expect(replay(seen)?.rows.every(({ state }) => state === 'Deleted')).toBe(true);
  }, 40_000);

  it('is told whole to a page that is opened in the middle, and continued by cursor in any process', async () => {
    const path = await createDone('halfway');
    // What goes among the last takes long enough for all of the middle, on a busy machine, too.
    await setMoods(cloud, { work: [{ ...slowly, type: networkType, delayMs: 5_000 }, slowly] });
    await submitDelete(path, true);
    const seen: SeenEvent[] = [];
    const first = await openEvents(api, routes.clusterDeploymentEvents(path));
    for await (const event of first.events) {
      seen.push(event);
      if (told(seen).length === 3) break;
    }
    const late = await snapshotOf(api, path);
    const states = new Set(late.rows.map(({ state }) => state));
    expect(states).toEqual(new Set(['Deleting', 'Deleted']));

    const other = await startApi(cloud.settings);
    try {
      const rest = await follow(other, path, seen.at(-1)?.id);
      expect(typesOf(rest)).not.toContain('snapshot');
      const all = told([...seen, ...rest]);
      expect(new Set(all).size).toBe(all.length);
      expect(replay(rest, replay(seen))?.rows.every(({ state }) => state === 'Deleted')).toBe(true);
      expect(typesOf(rest).at(-1)).toBe('ended');
    } finally {
      await other.close();
    }
  }, 40_000);

  it('that fails ends as failed, with what ARM says and what remains, and can be repeated', async () => {
    const path = await createDone('stuck');
    const { letGo } = await occupyNetwork(path, 'visitors-of-stuck');
    await setMoods(cloud, { work: [slowly] });
    await submitDelete(path, false);
    const seen = await follow(api, path);
    expect(typesOf(seen).at(-1)).toBe('ended');
    const end = replay(seen);
    expect(end?.deployment).toMatchObject({
      state: 'Failed',
      error: { code: 'DeploymentStackDeleteResourcesFailed' },
    });
    expect(JSON.stringify(end?.deployment.error)).toContain('InUseSubnetCannotBeDeleted');
    const network = end?.rows.find(({ type }) => type === networkType);
    expect(network).toMatchObject({ state: 'Failed', error: { code: 'InUseSubnetCannotBeDeleted' } });
    expect(end?.rows.filter(({ state }) => state === 'Deleted').length).toBeGreaterThan(5);
    // Who comes later, to any process, is told the same, and what was known by cursor is known still.
    expect(await snapshotOf(api, path)).toEqual(end);
    const again = await follow(api, path, seen.findLast(({ id }) => id)?.id);
    expect(typesOf(again)).toEqual(['deployment', 'ended']);

    await letGo();
    await submitDelete(path, false);
    expect(replay(await follow(api, path))?.rows.every(({ state }) => state === 'Deleted')).toBe(true);
  }, 40_000);

  it('of a group that ARM gives up says so to those who watch', async () => {
    const path = await createDone('kept');
    const { letGo } = await occupyNetwork(path, 'visitors-of-kept');
    await setMoods(cloud, { work: [slowly] });
    await submitDelete(path, true);
    const end = replay(await follow(api, path));
    expect(end?.deployment).toMatchObject({ state: 'Failed', error: { code: 'ResourceGroupNotDeleted' } });
    expect(end?.rows.find(({ type }) => type === groupType)).toMatchObject({ state: 'Failed' });
    expect(end?.rows.find(({ type }) => type === networkType)?.state).toBe('Failed');
    expect(end?.rows.map(({ state }) => state)).not.toContain('Deleting');
    await letGo();
  }, 40_000);

  it('by somebody else, in the middle of a deployment, is followed to its end', async () => {
    const stuck = { mood: 'never-ends', action: 'write', type: 'Microsoft.Compute/virtualMachines' };
    await setMoods(cloud, { work: [stuck] });
    const path = await createSmall(api, 'torn');
    const { events } = await openEvents(api, routes.clusterDeploymentEvents(path));
    const seen: SeenEvent[] = [];
    for await (const event of events) {
      seen.push(event);
      if (seen.length === 1) {
        // Still stuck: without it the deployment might be over before the deletion begins.
        await setMoods(cloud, { work: [stuck, { ...slowly, delayMs: 1_500 }] });
        await submitDelete(path, true);
      }
    }
    expect(typesOf(seen).at(-1)).toBe('ended');
    expect(replay(seen)?.deployment.state).toBe('Deleting');
    expect(replay(seen)?.rows.find(({ type }) => type === groupType)?.state).toBe('Deleted');
    expect((await api.fetch(routes.cluster(path))).status).toBe(404);
  }, 40_000);
});
