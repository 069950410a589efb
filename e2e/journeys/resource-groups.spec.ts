import type { Page } from '@playwright/test';
import { expectAccessible } from '../fixtures/accessible.ts';
import { armClients, subscriptionId } from '../fixtures/arm-clients.ts';
import { expect, test } from '../fixtures/test.ts';

/** Somebody deploys a template of their own: a network whose subnet a security group guards, and a type nobody knows. */
async function deployForeign(group: string): Promise<void> {
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
              addressSpace: { addressPrefixes: ['10.1.0.0/16'] },
              subnets: [
                {
                  name: 'inner',
                  properties: {
                    addressPrefix: '10.1.0.0/24',
                    networkSecurityGroup: {
                      id: "[resourceId('Microsoft.Network/networkSecurityGroups', 'guard')]",
                    },
                  },
                },
              ],
            },
          },
        ],
      },
    },
  });
  await poller.pollUntilDone();
}

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
    await expect(page.getByText(/^0 of \d+ resource groups$/)).toBeVisible();
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
    const { resources } = armClients();
    const id = `/subscriptions/${subscriptionId}/resourceGroups/${group}/providers/Microsoft.Network/publicIPAddresses/late`;
    await resources.resources
      .createOrUpdateById(id, '2025-05-01', {
        location: 'westeurope',
        sku: { name: 'Standard' },
        properties: { publicIPAllocationMethod: 'Static' },
      })
      .pollUntilDone();
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
