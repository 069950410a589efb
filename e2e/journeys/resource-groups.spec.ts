import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expectAccessible, takeWindow } from '../fixtures/accessible.ts';
import { armClients, subscriptionId } from '../fixtures/arm-clients.ts';
import { deployCluster, pageOf } from '../fixtures/deployed-cluster.ts';
import { expectNoSidewaysScrolling } from '../fixtures/reach.ts';
import { expect, test } from '../fixtures/test.ts';

/** Somebody deploys a template of their own: a network whose subnets a security group guards. */
async function deployForeign(group: string, subnets = ['inner']): Promise<void> {
  const { resources, deployments } = armClients();
  await resources.resourceGroups.createOrUpdate(group, {
    location: 'westeurope',
    tags: { owner: 'harbour' },
  });
  const poller = deployments.deployments.createOrUpdate(group, 'foreign', {
    properties: {
      mode: 'Incremental',
      template: {
        $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
        contentVersion: '1.0.0.0',
        resources: [
          {
            type: 'Microsoft.Network/networkSecurityGroups',
            apiVersion: '2025-05-01',
            name: 'guard',
            location: 'westeurope',
            properties: {},
          },
          {
            type: 'Microsoft.Network/virtualNetworks',
            apiVersion: '2025-05-01',
            name: 'foreign-network',
            location: 'westeurope',
            dependsOn: ["[resourceId('Microsoft.Network/networkSecurityGroups', 'guard')]"],
            properties: {
              addressSpace: { addressPrefixes: ['10.0.0.0/8'] },
              subnets: subnets.map((name, at) => ({
                name,
                properties: {
                  addressPrefix: `10.${1 + Math.floor(at / 250)}.${at % 250}.0/24`,
                  networkSecurityGroup: {
                    id: "[resourceId('Microsoft.Network/networkSecurityGroups', 'guard')]",
                  },
                },
              })),
            },
          },
        ],
      },
    },
  });
  await poller.pollUntilDone();
}

/** Somebody adds a public IP address to a group. */
async function addPublicIp(group: string, name: string): Promise<void> {
  const id = `/subscriptions/${subscriptionId}/resourceGroups/${group}/providers/Microsoft.Network/publicIPAddresses/${name}`;
  await armClients()
    .resources.resources.createOrUpdateById(id, '2025-05-01', {
      location: 'westeurope',
      sku: { name: 'Standard' },
      properties: { publicIPAllocationMethod: 'Static' },
    })
    .pollUntilDone();
}

const pageOfGroup = (group: string, page = ''): string =>
  `/resource-groups/${subscriptionId}/${group}${page}`;
const groupLinks = (page: Page) => page.getByRole('table').getByRole('link');

test('any resource group is found and drawn, whoever made it', async ({ page, uniqueName }) => {
  test.setTimeout(180_000);
  const group = `${uniqueName}-foreign`;
  await deployForeign(group);

  await test.step('it is in the list, and a search finds it', async () => {
    await page.goto('/');
    await page.getByRole('link', { name: 'Resource groups' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Resource groups' })).toBeVisible();
    await expect(page.getByRole('link', { name: group })).toBeVisible();
    await expectAccessible(page, 'the list of resource groups');
    const search = page.getByRole('searchbox', { name: 'Search the resource groups' });
    await search.fill(`harbour ${uniqueName}`);
    await expect(groupLinks(page)).toHaveText([group]);
    await expect(page).toHaveURL(/\?q=harbour/);
    await page.reload();
    await expect(groupLinks(page)).toHaveText([group]);
    await search.fill('no such thing');
    await expect(groupLinks(page)).toHaveCount(0);
    await expect(page.getByText(/^0 of \d+ resource groups?$/)).toBeVisible();
    await search.fill('');
  });

  await test.step('its page draws it', async () => {
    await page.getByRole('link', { name: group }).click();
    await expect(page).toHaveURL(new RegExp(`/resource-groups/${subscriptionId}/${group}`));
    await expect(page.getByRole('heading', { level: 1, name: group })).toBeVisible();
    await expect(page.getByText('2 resources')).toBeVisible();
    for (const kind of ['virtualNetwork', 'subnet', 'networkSecurityGroup'])
      await expect(page.locator(`[data-kind="${kind}"]`)).toHaveCount(1);
    await expectAccessible(page, 'a resource group');
  });

  await test.step('what somebody adds appears by itself', async () => {
    await addPublicIp(group, 'late');
    await expect(page.locator('[data-kind="publicIp"]')).toHaveCount(1, { timeout: 30_000 });
    await expect(page.getByText('3 resources')).toBeVisible();
  });

  await test.step('when it is gone the page says so', async () => {
    await armClients().resources.resourceGroups.delete(group);
    await expect(page.getByRole('heading', { name: `There is no resource group ${group}` })).toBeVisible({
      timeout: 40_000,
    });
    await page.getByRole('link', { name: 'Go to the resource groups' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Resource groups' })).toBeVisible();
  });
});

test('a resource group is compared with itself before, with a file, a group and a cluster', async ({
  page,
  uniqueName,
}) => {
  test.setTimeout(240_000);
  const [group, other] = [`${uniqueName}-one`, `${uniqueName}-two`];
  await deployForeign(group);
  await deployForeign(other);
  const cluster = await deployCluster(page.request, uniqueName);
  const menu = async (name: string, item: string): Promise<void> => {
    await page.getByRole('button', { name, exact: true }).click();
    await page.getByRole('menuitem', { name: item, exact: true }).click();
  };
  const counts = (added: number, removed: number) =>
    expect(page.getByText(`${added} added (+), ${removed} removed (−), 0 changed (≠)`)).toBeVisible({
      timeout: 30_000,
    });
  const differences = page.getByRole('list', { name: 'Differences' });
  let json = '';

  await test.step('an earlier moment', async () => {
    await page.goto(pageOfGroup(group));
    await menu('Compare', 'Keep this moment');
    await expect(page.getByText('This moment is kept in this browser')).toBeVisible();
    const saved = page.waitForEvent('download');
    await menu('Export', 'JSON');
    json = await (await saved).path();
    await addPublicIp(group, 'late');
    await menu('Compare', 'Compare with…');
    await expect(page).toHaveURL(new RegExp(`${pageOfGroup(group, '/compare')}$`));
    await expect(page.getByRole('heading', { level: 1, name: group })).toBeVisible();
    await page.getByRole('button', { name: /^Kept by hand/ }).click();
    await expect(page).toHaveURL(/with=moment/);
    await page.reload();
    await counts(1, 0);
    await expect(differences).toContainText('Public IP address');
  });

  await test.step('an exported file', async () => {
    await page.getByLabel('A topology as JSON').setInputFiles({
      name: 'before.json',
      mimeType: 'application/json',
      buffer: await readFile(json),
    });
    await expect(page.getByText('before.json')).toBeVisible();
    await counts(1, 0);
  });

  await test.step('another resource group, also by a shared link', async () => {
    const choice = page.getByRole('combobox', { name: 'Another resource group' });
    await expect(choice.getByRole('option', { name: group })).toHaveCount(0);
    await choice.selectOption(other);
    await expect(page).toHaveURL(/with=group/);
    await counts(1, 0);
    await expect(page.getByText(`Only in “resource group ${group}”: Public IP address`)).toBeVisible();
    await page.reload();
    await counts(1, 0);
    await expect(choice).toHaveValue(`group:${subscriptionId}/${other}`);
  });

  await test.step('a container service', async () => {
    await page
      .getByRole('combobox', { name: 'A container service' })
      .selectOption(`cluster:${subscriptionId}/${cluster.resourceGroup}/${cluster.name}`);
    await expect(page.getByRole('combobox', { name: 'Another resource group' })).toHaveValue('');
    await expect(page.getByText(`Only in “${cluster.name}”: `)).toBeVisible({ timeout: 30_000 });
  });

  await test.step('what a link leads to and is not there is said', async () => {
    await page.goto(pageOfGroup(group, `/compare?with=group:${subscriptionId}/${uniqueName}-none`));
    await expect(page.getByText(`${uniqueName}-none could not be read.`)).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole('combobox', { name: 'Another resource group' })).toHaveValue(
      `group:${subscriptionId}/${uniqueName}-none`,
    );
    await page.goto(pageOfGroup(group, '/compare?with=group:nonsense'));
    await expect(page.getByRole('heading', { name: `Compare ${group} with` })).toBeVisible();
    await expect(differences).toHaveCount(0);
    await page.goto(pageOfGroup(`${uniqueName}-none`, '/compare'));
    await expect(
      page.getByRole('heading', { name: `There is no resource group ${uniqueName}-none` }),
    ).toBeVisible();
  });

  await test.step('a cluster leads to its group and back, and is compared with it', async () => {
    await page.goto(pageOf(cluster));
    await page.getByRole('link', { name: cluster.resourceGroup, exact: true }).click();
    await expect(page).toHaveURL(new RegExp(pageOfGroup(cluster.resourceGroup)));
    await page.getByRole('main').getByRole('link', { name: cluster.name, exact: true }).click();
    await expect(page).toHaveURL(new RegExp(`${pageOf(cluster)}$`));
    await page.goto(pageOf(cluster, '/topology/compare'));
    const choice = page.getByRole('combobox', { name: 'A resource group' });
    await choice.selectOption(cluster.resourceGroup);
    await counts(0, 0);
    await expect(page.getByText(/^Both are the same \d+ pieces\.$/)).toBeVisible();
    await choice.selectOption(other);
    await expect(page.getByText(`Only in “${cluster.name}”: `)).toBeVisible();
  });

  for (const width of [1440, 390])
    await test.step(`it is accessible at ${width} px`, async () => {
      await takeWindow(page, width);
      await page.goto(pageOfGroup(group, `/compare?with=group:${subscriptionId}/${other}`));
      await counts(1, 0);
      await expectAccessible(page, 'comparing resource groups');
      await expectNoSidewaysScrolling(page, 'comparing resource groups');
    });
});

test('a flowchart that is too large for Mermaid is saved all the same, and that is said', async ({
  page,
  uniqueName,
}) => {
  test.setTimeout(180_000);
  const group = `${uniqueName}-wide`;
  await deployForeign(
    group,
    Array.from({ length: 510 }, (_, at) => `berth-${at}`),
  );
  await page.goto(pageOfGroup(group));
  await expect(page.getByRole('combobox', { name: 'Find a piece' })).toBeVisible({ timeout: 30_000 });
  const save = async (): Promise<string> => {
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    const saved = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: 'Mermaid', exact: true }).click();
    return readFile(await (await saved).path(), 'utf8');
  };
  expect(await save()).toContain('10.3.9.0/24');
  await expect(page.getByText(/too large for most viewers.* 5\d\d lines between its boxes/)).toBeVisible();

  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Collapse all' }).click();
  expect(await save()).not.toContain('10.3.9.0/24');
  await expect(page.getByText(/was saved\.$/)).toBeVisible();
});
