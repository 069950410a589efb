import type { Locator, Page } from '@playwright/test';
import { routes } from '@slipway/contract';
import { armClients, subscriptionId } from '../fixtures/arm-clients.ts';
import { type OwnPortal, openOwnPortal } from '../fixtures/own-portal.ts';
import { freshPublicKey } from '../fixtures/ssh-keys.ts';
import { expect, test as base } from '../fixtures/test.ts';

const group = 'by-hand';
const providers = `/subscriptions/${subscriptionId}/resourceGroups/${group}/providers`;
const machineId = `${providers}/Microsoft.Compute/virtualMachines/lone`;
const networkId = `${providers}/Microsoft.Network/virtualNetworks/net`;

const networkType = 'Microsoft.Network/virtualNetworks';
const cardType = 'Microsoft.Network/networkInterfaces';

/** One machine and what it needs, as somebody would write it who has never heard of this portal. */
const template = {
  $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
  contentVersion: '1.0.0.0',
  resources: [
    {
      type: networkType,
      apiVersion: '2024-05-01',
      name: 'net',
      location: 'westeurope',
      properties: {
        addressSpace: { addressPrefixes: ['10.9.0.0/24'] },
        subnets: [{ name: 'one', properties: { addressPrefix: '10.9.0.0/24' } }],
      },
    },
    {
      type: cardType,
      apiVersion: '2024-05-01',
      name: 'card',
      location: 'westeurope',
      dependsOn: [networkId],
      properties: {
        ipConfigurations: [{ name: 'ip', properties: { subnet: { id: `${networkId}/subnets/one` } } }],
      },
    },
    {
      type: 'Microsoft.Compute/virtualMachines',
      apiVersion: '2024-07-01',
      name: 'lone',
      location: 'westeurope',
      dependsOn: [`${providers}/${cardType}/card`],
      properties: {
        hardwareProfile: { vmSize: 'Standard_D2s_v3' },
        storageProfile: {
          imageReference: {
            publisher: 'Canonical',
            offer: 'ubuntu-24_04-lts',
            sku: 'server',
            version: 'latest',
          },
          osDisk: { createOption: 'FromImage' },
        },
        osProfile: {
          computerName: 'lone',
          adminUsername: 'azureuser',
          linuxConfiguration: {
            disablePasswordAuthentication: true,
            ssh: {
              publicKeys: [{ path: '/home/azureuser/.ssh/authorized_keys', keyData: freshPublicKey() }],
            },
          },
        },
        networkProfile: { networkInterfaces: [{ id: `${providers}/${cardType}/card` }] },
        diagnosticsProfile: { bootDiagnostics: { enabled: true } },
      },
    },
  ],
};

const test = base.extend<object, { stage: OwnPortal }>({
  stage: [
    async ({}, use) => {
      const portal = await openOwnPortal({ SLIPWAY_PACE: 'instant' });
      const { resources, deployments } = armClients(portal.services.place);
      await resources.resourceGroups.createOrUpdate(group, { location: 'westeurope' });
      const properties = { mode: 'Incremental' as const, template };
      await deployments.deployments.createOrUpdate(
        group,
        'machine',
        { properties },
        { updateIntervalInMs: 200 },
      );
      await use(portal);
      await portal.close();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  baseURL: async ({ stage }, use) => {
    await use(stage.address);
  },
  // Answers are cut off, and the portal itself is killed.
  expectedComplaint: /net::ERR_/,
});

// One machine for all; the last test takes it away.
test.describe.configure({ mode: 'serial' });

const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });
const power = (page: Page): Locator => page.getByRole('region', { name: 'Power' });
const openNotifications = (page: Page): Promise<void> =>
  page.getByRole('button', { name: /^Notifications/ }).click();

/** Lets the next request of that kind be carried out, and cuts the line before its answer. */
async function loseAnswer(page: Page, method: string, address: string): Promise<void> {
  let isLost = false;
  await page.route(
    ({ pathname }) => pathname === address,
    async (route) => {
      if (isLost || route.request().method() !== method) return route.fallback();
      isLost = true;
      await route.fetch();
      return route.abort('connectionreset');
    },
  );
}

test('a machine that no cluster has is stopped and started, and its boot log is read', async ({ page }) => {
  await page.goto(`/resources${machineId}`);
  await expect(power(page)).toContainText('Running');
  await expect(page.getByRole('textbox', { name: 'Boot log' })).toHaveValue(/This machine is simulated/);
  await button(page, 'Stop').click();
  const question = page.getByRole('alertdialog', { name: 'Stop lone?' });
  // There is no Swarm that it could be missing to.
  await expect(question).not.toContainText(/Swarm|master|agent/);
  await question.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(power(page)).toContainText('Stopped');
  await expect(page.getByText('lone has stopped.')).toBeVisible();
  await expect(button(page, 'Restart')).toHaveAccessibleDescription('It does not run: start it instead.');
  await button(page, 'Start').click();
  await expect(power(page)).toContainText('Running');
  await expect(page.getByText('lone has started.')).toBeVisible();
  await openNotifications(page);
  await page.getByRole('link', { name: 'Go to the machine' }).first().click();
  await expect(page).toHaveURL(`/resources${machineId}`);
});

test('what was done although its answer got lost is not told to have failed', async ({ page }) => {
  await test.step('a machine', async () => {
    await page.goto(`/resources${machineId}`);
    await loseAnswer(page, 'POST', routes.actOnMachine());
    await button(page, 'Deallocate').click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Deallocate', exact: true }).click();
    await expect(page.getByText('lone is deallocated.')).toBeVisible();
    await expect(power(page)).toContainText('Deallocated');
  });
  await test.step('tags: what was typed stays, and is applied when it is asked for again', async () => {
    await page.goto(`/resources${networkId}?view=tags`);
    await button(page, 'Add a tag').click();
    await page.getByRole('textbox', { name: 'Name of tag 1' }).fill('owner');
    await page.getByRole('textbox', { name: 'Value of tag 1' }).fill('anna');
    await loseAnswer(page, 'PATCH', routes.tags());
    await button(page, 'Apply').click();
    await expect(page.getByText('The tags could not be changed.')).toBeVisible();
    await expect(page.getByRole('textbox', { name: 'Value of tag 1' })).toHaveValue('anna');
    await button(page, 'Apply').click();
    await expect(page.getByText('Applied.')).toBeVisible();
  });
  await test.step('a lock, made and taken away', async () => {
    await page.goto(`/resources${networkId}?view=locks`);
    await button(page, 'Add a lock').click();
    await page.getByRole('textbox', { name: 'Lock name' }).fill('keep');
    await loseAnswer(page, 'PUT', routes.locks());
    await button(page, 'Add the lock').click();
    await expect(page.getByRole('row', { name: /keep.*Delete.*Here/ })).toBeVisible();
    await expect(button(page, 'Add a lock')).toBeVisible();
    await button(page, 'Remove the lock keep').click();
    await loseAnswer(page, 'DELETE', routes.locks());
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove the lock' }).click();
    await expect(page.getByText('Nothing is locked here.')).toBeVisible();
    await expect(page.getByRole('alertdialog')).toBeHidden();
  });
});

test('an activity log that is not read in time says so until it is, and comes by itself', async ({
  page,
}) => {
  const answered = Promise.withResolvers<void>();
  let asked = 0;
  const timeout = {
    code: 'CloudTimeout',
    message: 'The cloud has not answered in time.',
    remedy: 'Refresh the page in a moment.',
    correlationId: '1',
  };
  await page.route('**/api/activity?*', async (route) => {
    asked += 1;
    // The page asks twice more before it says so.
    if (asked <= 3) return route.fulfill({ status: 504, json: { error: timeout } });
    await answered.promise;
    return route.continue();
  });
  await page.goto(`/resources${machineId}?view=activity`);
  const bar = page.getByText('The activity log could not be read.');
  await expect(bar).toBeVisible();
  await expect.poll(() => asked).toBe(4);
  await expect(bar).toBeVisible();
  answered.resolve();
  await expect(page.getByRole('row', { name: /Deallocate/ }).first()).toBeVisible();
  await expect(bar).toBeHidden();
});

test('a deletion of several resources that the portal’s end breaks off says what is left and what to do', async ({
  page,
  stage,
}) => {
  await stage.setMoods({ work: [{ mood: 'never-ends', action: 'delete', name: 'lone' }] });
  await page.goto(`/resources${networkId}`);
  const dialog = page.getByRole('dialog');
  const remove = async (extent: string): Promise<void> => {
    await button(page, 'Delete').click();
    await dialog.getByRole('radio', { name: extent }).check();
    await dialog.getByRole('textbox').fill('net');
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
  };
  await remove('Also the 2 in the way, in this order');
  await expect(page.getByText('1 of 3: lone.').first()).toBeAttached();

  stage.services.kill('API', 'SIGKILL');
  // ARM ends what it has begun, whoever asked for it.
  await stage.setMoods({});
  await expect(dialog).toContainText('The deletion was broken off', { timeout: 60_000 });
  await expect(dialog).toContainText('What had not been deleted by then is still there. Delete it again');
  await dialog.getByRole('button', { name: /^(Cancel|Close)$/ }).click();
  await openNotifications(page);
  const told = page.getByRole('dialog', { name: 'Notifications' });
  await expect(told.getByText('net is not being deleted any more', { exact: true })).toBeVisible();
  await expect(told.getByText(/still there\. Delete it again/)).toBeVisible();
  await told.getByRole('link', { name: 'Go to the resource' }).first().click();
  expect((await stage.api.get(routes.resource(machineId))).status()).toBe(404);

  await page.reload();
  await remove('Also the one in the way, in this order');
  await expect(page).toHaveURL(/\/resource-groups\//);
  for (const id of [networkId, `${providers}/${cardType}/card`])
    expect((await stage.api.get(routes.resource(id))).status()).toBe(404);
});
