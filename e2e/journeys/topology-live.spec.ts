import type { Locator, Page } from '@playwright/test';
import { type ClusterPath, armResourceSchema, routes } from '@slipway/contract';
import { z } from 'zod';
import { bearerToken, call } from '../fixtures/arm-clients.ts';
import { pageOf, send, untilState } from '../fixtures/deployed-cluster.ts';
import { type MoodyCloud, expect, startCluster, test } from '../fixtures/moody-test.ts';
import { fillWizard, submit, valuesFor } from '../fixtures/wizard.ts';

const machines = 'Microsoft.Compute/virtualMachines';
const scaleSets = 'Microsoft.Compute/virtualMachineScaleSets';

test.describe.configure({ timeout: 180_000 });

/** The pieces of a kind that the diagram shows in a phase. */
const pieces = (page: Page, kind: string, phase: string): Locator =>
  page
    .locator(`[data-box][data-phase="${phase}"]`)
    .filter({ has: page.locator(`[data-piece][data-kind="${kind}"]`) });

const resourcesOf = async (page: Page, cluster: ClusterPath) =>
  z.array(armResourceSchema).parse(await (await page.request.get(routes.clusterResources(cluster))).json());

test('while a deployment runs the diagram is the progress: outlined, in work, done', async ({
  page,
  uniqueName,
  moody,
}) => {
  await moody.setMoods({ work: [{ mood: 'never-ends', type: machines, action: 'write' }] });
  const values = valuesFor(uniqueName);
  await fillWizard(page, values);
  await submit(page, values);
  await page.getByRole('link', { name: 'Topology' }).click();

  await test.step('what is to come is outlined, with what joins it', async () => {
    await expect(pieces(page, 'virtualMachine', 'working')).toHaveCount(1, { timeout: 30_000 });
    await expect(pieces(page, 'extension', 'planned')).toHaveCount(1);
    await expect(pieces(page, 'virtualNetwork', 'done')).toHaveCount(1);
    await expect(pieces(page, 'loadBalancer', 'done')).toHaveCount(2);
    await expect(pieces(page, 'containerService', 'working')).toHaveCount(1);
  });
  await test.step('a reload shows the same', async () => {
    await page.reload();
    await expect(pieces(page, 'virtualMachine', 'working')).toHaveCount(1, { timeout: 30_000 });
    await expect(pieces(page, 'extension', 'planned')).toHaveCount(1);
  });
  await test.step('in the end all is done, without a reload', async () => {
    await moody.setMoods({});
    await expect(pieces(page, 'containerService', 'done')).toHaveCount(1, { timeout: 60_000 });
    await expect(pieces(page, 'virtualMachine', 'done')).toHaveCount(1);
    await expect(page.locator('[data-box]:is([data-phase="planned"], [data-phase="working"])')).toHaveCount(
      0,
    );
  });
});

test('what failed says why, and what was never begun stays outlined', async ({ page, uniqueName, moody }) => {
  const error = { code: 'SkuNotAvailable', message: 'There are none of this size left here.' };
  await moody.setMoods({ work: [{ mood: 'fails', type: machines, action: 'write', error }] });
  const cluster = await startCluster(page.request, uniqueName);
  await page.goto(pageOf(cluster, '/topology'));
  const broken = pieces(page, 'virtualMachine', 'failed');
  await expect(broken).toHaveCount(1, { timeout: 30_000 });
  await expect(broken).toContainText(`${error.code}: ${error.message}`);
  await untilState(page.request, cluster, 'failed');
  await expect(pieces(page, 'containerService', 'failed')).toHaveCount(1);
  await expect(pieces(page, 'extension', 'planned')).toHaveCount(1);
  await expect(pieces(page, 'virtualNetwork', 'done')).toHaveCount(1);
});

test('a deletion shows piece by piece, until the cluster is gone', async ({ page, uniqueName, moody }) => {
  const cluster = await startCluster(page.request, uniqueName);
  await untilState(page.request, cluster, 'succeeded');
  await page.goto(pageOf(cluster, '/topology'));
  await expect(pieces(page, 'virtualNetwork', 'done')).toHaveCount(1, { timeout: 30_000 });
  await moody.setMoods({
    work: [{ mood: 'slow', delayMs: 12_000, type: 'Microsoft.Network/virtualNetworks', action: 'delete' }],
  });
  await send(page.request, 'delete', routes.cluster(cluster), {
    confirmName: cluster.name,
    deleteResourceGroup: false,
  });
  await expect(pieces(page, 'virtualNetwork', 'deleting')).toHaveCount(1, { timeout: 30_000 });
  await expect(pieces(page, 'virtualMachine', 'deleted')).toHaveCount(1, { timeout: 30_000 });
  await expect(pieces(page, 'disk', 'deleted')).toHaveCount(1);
  await expect(page.getByRole('heading', { name: `${cluster.name} was deleted` })).toBeVisible({
    timeout: 30_000,
  });
});

test('a machine that is stopped elsewhere shows its power by itself', async ({ page, uniqueName, moody }) => {
  await moody.setMoods({});
  const cluster = await startCluster(page.request, uniqueName);
  await untilState(page.request, cluster, 'succeeded');
  await page.goto(pageOf(cluster, '/topology'));
  const machine = pieces(page, 'virtualMachine', 'done');
  await expect(machine).toHaveCount(1, { timeout: 30_000 });
  const { id } = (await resourcesOf(page, cluster)).find(({ type }) => type === machines)!;
  await send(page.request, 'post', routes.machineAction(cluster), { id, action: 'deallocate' });
  await expect(machine).toContainText(/deallocated/i, { timeout: 30_000 });
});

test('a scaling that somebody else does shows, instance by instance', async ({ page, uniqueName, moody }) => {
  const cluster = await startCluster(page.request, uniqueName);
  await untilState(page.request, cluster, 'succeeded');
  const set = (await resourcesOf(page, cluster)).find(({ type }) => type === scaleSets)!;
  await moody.setMoods({ work: [{ mood: 'never-ends', type: scaleSets, action: 'write' }] });
  await page.goto(pageOf(cluster, '/topology'));
  await expect(pieces(page, 'scaleSet', 'done')).toHaveCount(1, { timeout: 30_000 });
  await scale(moody, set.id, 4);
  await expect(pieces(page, 'scaleSet', 'working')).toHaveCount(1, { timeout: 30_000 });
  await moody.setMoods({});
  await expect(pieces(page, 'scaleSet', 'done')).toHaveCount(1, { timeout: 40_000 });
  await expect(pieces(page, 'scaleSet', 'done')).toContainText('× 4');
});

async function scale({ services }: MoodyCloud, id: string, capacity: number): Promise<void> {
  const { token } = await bearerToken(services.place);
  const { status, body } = await call(
    'PATCH',
    `${id}?api-version=2025-04-01`,
    {
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ sku: { capacity } }),
    },
    services.place,
  );
  expect(status, body).toBeLessThan(300);
}
