import type { Page } from '@playwright/test';
import { routes } from '@slipway/contract';
import { deployCluster, pageOf } from '../fixtures/deployed-cluster.ts';
import { expect, test } from '../fixtures/test.ts';

test.use({ viewport: { width: 768, height: 1024 } });

/** Words that are to be read in one, and stand on more than one line; and whether the page is wider than the window. */
const faultsOf = async (page: Page) => {
  const broken: (string | null)[] = [];
  for (const one of await page.locator('main time, main .fui-Badge').all()) {
    const height = (await one.boundingBox())?.height ?? 0;
    // Two lines of the smallest text.
    if (height > 31) broken.push(await one.textContent());
  }
  const { width } = await page.locator('html').evaluate(({ scrollWidth }) => ({ width: scrollWidth }));
  return { broken, width };
};

test('on a tablet pages keep to the window, and ages and states keep their words whole', async ({
  page,
  uniqueName,
}) => {
  const cluster = await deployCluster(page.request, uniqueName, { masters: 1, agents: 1 });
  const group = `/resource-groups/${cluster.subscriptionId}/${cluster.resourceGroup}`;
  for (const [address, ready] of [
    ['/', page.getByRole('link', { name: uniqueName, exact: true }).first()],
    ['/resource-groups', page.getByRole('table', { name: 'Resource groups' })],
    [`${group}/resources`, page.getByRole('table')],
    [`${group}/deployments`, page.getByRole('table')],
    [pageOf(cluster, '/machines'), page.getByRole('table')],
    [pageOf(cluster, '/ports'), page.getByRole('heading', { name: 'Ports of the agents' })],
    [pageOf(cluster, '/deployment'), page.getByRole('heading', { name: 'Your deployment is complete' })],
    [pageOf(cluster, '/activity'), page.getByRole('table', { name: 'Activity log' })],
  ] as const) {
    await page.goto(address);
    await expect(ready).toBeVisible();
    expect([address, await faultsOf(page)]).toEqual([address, { broken: [], width: 768 }]);
  }

  await test.step('a group has as many resources on its own pages as in the list of groups', async () => {
    await page.goto(`${group}/resources`);
    const counts = page.getByText(/^\d+ resources$/);
    await expect(counts).toHaveCount(2);
    const counted = await counts.allTextContents();
    const contents = (await (await page.request.get(routes.groupContents())).json()) as {
      resourceGroup: string;
      resources: number;
    }[];
    const listed = contents.find(({ resourceGroup }) => resourceGroup === cluster.resourceGroup);
    const expected = `${listed?.resources ?? 0} resources`;
    expect(counted).toEqual([expected, expected]);
  });
});

test('Scale and Ports tell of a lock before anything is asked for, and are free of it when it is gone', async ({
  page,
  uniqueName,
}) => {
  const cluster = await deployCluster(page.request, uniqueName, { masters: 1, agents: 1 });
  await page.goto(`/resource-groups/${cluster.subscriptionId}/${cluster.resourceGroup}/locks`);
  await page.getByRole('button', { name: 'Add a lock' }).click();
  await page.getByRole('textbox', { name: 'Lock name' }).fill('frozen');
  await page.getByRole('radio', { name: /^Read-only/ }).check();
  await page.getByRole('button', { name: 'Add the lock' }).click();
  await expect(page.getByRole('row', { name: /frozen.*Read-only.*Here/ })).toBeVisible();

  const warning = page.getByText(/Azure refuses the change until it is removed: frozen \(Read-only/);
  const changeAgents = async () => {
    await page.goto(pageOf(cluster, '/scale'));
    await page.getByRole('button', { name: 'One more' }).click();
  };
  await changeAgents();
  await expect(warning).toBeVisible();
  await page.goto(pageOf(cluster, '/ports'));
  await page
    .getByRole('button', { name: /^Remove .*8080/ })
    .first()
    .click();
  await expect(warning).toBeVisible();

  await page.goto(`/resource-groups/${cluster.subscriptionId}/${cluster.resourceGroup}/locks`);
  await page.getByRole('button', { name: 'Remove the lock frozen' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove the lock' }).click();
  await expect(page.getByText('Nothing is locked here.')).toBeVisible();
  await changeAgents();
  await expect(page.getByText(/Machines 1 → 2/).first()).toBeVisible();
  await expect(warning).toHaveCount(0);
});
