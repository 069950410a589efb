import type { Page } from '@playwright/test';
import type { ClusterPath } from '@slipway/contract';
import { pageOf } from '../fixtures/deployed-cluster.ts';
import { enduranceUnless } from '../fixtures/endurance.ts';
import { type MoodyCloud, expect, expectNoWaiting, startCluster, test } from '../fixtures/moody-test.ts';

const machines = 'Microsoft.Compute/virtualMachines';
const outOfMachines = {
  code: 'AllocationFailed',
  message: 'There are not enough machines of this size in the region at the moment.',
};
/** One machine cannot be made; the next attempt makes it. */
const oneFailure = { work: [{ mood: 'fails', type: machines, times: 1, error: outOfMachines }] };

const failed = (page: Page) => page.getByRole('heading', { name: 'Your deployment failed' });
const complete = (page: Page) => page.getByRole('heading', { name: 'Your deployment is complete' });
const redeploy = (page: Page) => page.getByRole('button', { name: 'Redeploy' });

/** Has a cluster created whose deployment fails, and shows that. */
async function failedCluster(page: Page, moody: MoodyCloud, name: string): Promise<ClusterPath> {
  await moody.setMoods(oneFailure);
  const cluster = await startCluster(page.request, name);
  await page.goto(pageOf(cluster, '/deployment'));
  await expect(failed(page)).toBeVisible({ timeout: 30_000 });
  return cluster;
}

test('after a failure the page says why, and Redeploy creates what is missing and nothing else', async ({
  page,
  uniqueName,
  moody,
}) => {
  const cluster = await failedCluster(page, moody, uniqueName);
  await expect(page.getByText(outOfMachines.message).first()).toBeVisible();
  await expect(page.getByText(/only what is missing is created/)).toBeVisible();
  await expectNoWaiting(page);

  const before = await creationTimes(moody, cluster.resourceGroup);
  await redeploy(page).dblclick();
  await expect(complete(page)).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('row', { name: /Failed|Running|Waiting/ })).toHaveCount(0);
  await expect(page.getByText('Deploying', { exact: true })).toHaveCount(0);
  await expectNoWaiting(page);

  const after = await creationTimes(moody, cluster.resourceGroup);
  for (const [id, createdAt] of before) expect(after.get(id), `${id} was left as it was`).toBe(createdAt);
  expect(after.size).toBeGreaterThan(before.size);
  const deployments: string[] = [];
  for await (const { name } of moody.arm.deployments.deployments.listByResourceGroup(cluster.resourceGroup))
    deployments.push(name ?? '');
  expect(deployments, 'two presses started one deployment').toHaveLength(2);

  await page.getByRole('button', { name: /^Notifications/ }).click();
  const panel = page
    .getByRole('region', { name: 'Notifications' })
    .or(page.getByLabel('Notifications').last());
  await expect(panel.getByText(`${cluster.name} is ready`)).toBeVisible();
});

test('two people redeploy the same cluster: one starts it, the other is told so, and both see it through', async ({
  page,
  browser,
  uniqueName,
  moody,
}) => {
  const cluster = await failedCluster(page, moody, uniqueName);
  const other = await (await browser.newContext({ baseURL: moody.services.portal })).newPage();
  await other.goto(pageOf(cluster, '/deployment'));
  await expect(failed(other)).toBeVisible();

  // The machine takes its time, so that the second one comes in the middle.
  await moody.setMoods({ work: [{ mood: 'slow', type: machines, delayMs: 6_000 }] });
  await redeploy(page).click();
  await expect(page.getByRole('heading', { name: 'Your deployment is underway' })).toBeVisible();
  await other.getByRole('button', { name: 'Redeploy' }).click();
  await expect(other.getByText('Nothing was started: something else has happened meanwhile.')).toBeVisible();
  for (const each of [page, other]) {
    await expect(complete(each)).toBeVisible({ timeout: 30_000 });
    await expectNoWaiting(each);
  }
  await other.context().close();
});

test('what somebody else redeploys is followed on the page that shows its failure', async ({
  page,
  browser,
  uniqueName,
  moody,
}) => {
  const cluster = await failedCluster(page, moody, uniqueName);
  const other = await (await browser.newContext({ baseURL: moody.services.portal })).newPage();
  await other.goto(pageOf(cluster, '/deployment'));
  await redeploy(other).click();
  await expect(complete(other)).toBeVisible({ timeout: 30_000 });
  await other.context().close();

  // Nothing is pressed here: the page learns of it by itself.
  await expect(complete(page)).toBeVisible({ timeout: 40_000 });
  await expectNoWaiting(page);
});

for (const arrived of [true, false]) {
  test(
    `a redeployment whose answer is lost, and which ${arrived ? 'had' : 'had not'} arrived, is started once`,
    enduranceUnless(arrived),
    async ({ page, uniqueName, moody }) => {
      const cluster = await failedCluster(page, moody, uniqueName);
      await moody.setMoods({ work: [{ mood: 'slow', type: machines, delayMs: 4_000 }] });
      let sent = 0;
      await page.route('**/deployment/redeploy', async (route) => {
        sent += 1;
        if (sent > 1) return route.continue();
        if (arrived) await route.fetch();
        await route.fulfill({ status: 504, body: 'Gateway timeout' });
      });
      await redeploy(page).click();
      await expect(page.getByText('The answer got lost. Asking again…')).toBeVisible();
      await expect(complete(page)).toBeVisible({ timeout: 30_000 });
      await expectNoWaiting(page);
      const deployments: string[] = [];
      for await (const { name } of moody.arm.deployments.deployments.listByResourceGroup(
        cluster.resourceGroup,
      ))
        deployments.push(name ?? '');
      expect(deployments).toHaveLength(2);
    },
  );
}

/** When each resource of a group was made, by its id. */
async function creationTimes({ arm }: MoodyCloud, group: string): Promise<Map<string, string>> {
  const times = new Map<string, string>();
  for await (const { id, createdTime } of arm.resources.resources.listByResourceGroup(group, {
    expand: 'createdTime',
  }))
    times.set(String(id), String(createdTime));
  return times;
}
