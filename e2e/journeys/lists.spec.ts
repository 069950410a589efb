import { readFile } from 'node:fs/promises';
import { expectAccessible, takeWindow } from '../fixtures/accessible.ts';
import { armClients, subscriptionId } from '../fixtures/arm-clients.ts';
import { expectNoSidewaysScrolling, expectTouchable } from '../fixtures/reach.ts';
import { expect, test } from '../fixtures/test.ts';

/** What a spreadsheet would calculate. */
const formula = '=1+1';

/** Somebody's groups: one with many security groups, one with an address. */
async function furnish(name: string): Promise<void> {
  const { resources, deployments } = armClients();
  const groups = [`${name}-quay`, `${name}-shed`];
  for (const [at, group] of groups.entries())
    await resources.resourceGroups.createOrUpdate(group, {
      location: at === 0 ? 'westeurope' : 'northeurope',
      tags: { [formula]: name, berth: `${at}` },
    });
  const lamp = `/subscriptions/${subscriptionId}/resourceGroups/${name}-shed/providers/Microsoft.Network/publicIPAddresses/lamp`;
  await resources.resources
    .createOrUpdateById(lamp, '2025-05-01', {
      location: 'northeurope',
      sku: { name: 'Standard' },
      properties: { publicIPAllocationMethod: 'Static' },
    })
    .pollUntilDone();
  const template = {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    resources: [
      {
        type: 'Microsoft.Network/networkSecurityGroups',
        apiVersion: '2025-05-01',
        name: `[format('${name}-guard-{0}', copyIndex())]`,
        location: 'westeurope',
        copy: { name: 'guards', count: 300 },
        properties: {},
      },
    ],
  };
  await deployments.deployments
    .createOrUpdate(`${name}-quay`, 'guards', { properties: { mode: 'Incremental', template } })
    .pollUntilDone();
}

test('resource groups and resources are found, filtered, grouped, exported, and a group is deleted', async ({
  page,
  uniqueName: name,
}) => {
  test.setTimeout(180_000);
  await furnish(name);
  const button = (label: string | RegExp) => page.getByRole('button', { name: label });
  const names = page.getByRole('rowheader').getByRole('link');
  const search = (what: string) => page.getByRole('searchbox', { name: `Search the ${what}` });

  await test.step('a filter is added, changed into its contrary, taken back by Back and removed', async () => {
    await page.goto('/resource-groups');
    await search('resource groups').fill(name);
    await expect(names).toHaveText([`${name}-quay`, `${name}-shed`]);
    await button('Add filter').click();
    await page.getByLabel('Filter by').selectOption('Location');
    await page.getByRole('checkbox', { name: /^North Europe/ }).check();
    await button('Apply').click();
    await expect(names).toHaveText([`${name}-shed`]);
    await expect(page.getByText(/^1 of \d+ resource groups?$/)).toBeVisible();
    await button('Location is North Europe').first().click();
    await page.getByRole('radio', { name: 'Is not' }).check();
    await button('Apply').click();
    await expect(names).toHaveText([`${name}-quay`]);
    await page.goBack();
    await expect(names).toHaveText([`${name}-shed`]);
    await page.reload();
    await expect(names).toHaveText([`${name}-shed`]);
    await button('Remove the filter Location is North Europe').click();
    await expect(names).toHaveCount(2);
    await expect(button('Add filter')).toBeFocused();
  });

  await test.step('what is shown is exported, and no tag becomes a formula', async () => {
    await expect(
      page.getByRole('row', { name: `${name}-quay` }).getByRole('cell', { name: '300' }),
    ).toBeVisible();
    await page.getByRole('columnheader', { name: 'Resources' }).getByRole('button').click();
    await expect(names).toHaveText([`${name}-shed`, `${name}-quay`]);
    const saving = page.waitForEvent('download');
    await button('Export to CSV').click();
    const saved = await saving;
    expect(saved.suggestedFilename()).toBe('resource-groups.csv');
    const [head, ...lines] = (await readFile(await saved.path(), 'utf8')).split('\r\n');
    expect(head).toBe('\uFEFFName,Subscription,Location,State,Resources,Container services,Tags');
    expect(lines).toEqual([
      `${name}-shed,Local subscription,North Europe,Succeeded,1,,'${formula}: ${name}; berth: 1`,
      `${name}-quay,Local subscription,West Europe,Succeeded,300,,'${formula}: ${name}; berth: 0`,
      '',
    ]);
  });

  await test.step('nothing matches: the filters can be cleared', async () => {
    await search('resource groups').fill('no such group');
    await expect(page.getByRole('heading', { name: 'Nothing matches' })).toBeVisible();
    await expectAccessible(page, 'a list in which nothing matches');
    await button('Clear filters').click();
    await expect(names.filter({ hasText: `${name}-quay` })).toBeVisible();
  });

  await test.step('all resources: hundreds cost no more than a screenful, and can be grouped', async () => {
    await page.getByRole('link', { name: 'All resources' }).click();
    await search('resources').fill(name);
    await expect(page.getByText(/^301 (of [\d,]+ )?resources$/)).toBeVisible();
    await expect(page.getByRole('table', { name: 'Resources' })).toHaveAttribute('aria-rowcount', '302');
    expect(await names.count()).toBeLessThan(120);
    await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click();
    await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click();
    await expect(names.nth(1)).toHaveText(`${name}-guard-299`);
    await expectAccessible(page, 'all resources');
    await button('Group by').click();
    await page.getByRole('menuitemradio', { name: 'Type' }).click();
    const guards = button(/^Network security group/);
    await expect(guards).toHaveAttribute('aria-expanded', 'true');
    await guards.click();
    await expect(names).toHaveText(['lamp']);
    await button('Columns').click();
    await page.getByRole('menuitemcheckbox', { name: 'ARM type' }).click();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('cell', { name: 'Microsoft.Network/publicIPAddresses' })).toBeVisible();
    await expect(page).toHaveURL(/columns=.*armType/);
  });

  await test.step('on a phone', async () => {
    await takeWindow(page, 390);
    for (const address of [
      '/resource-groups',
      '/resources',
      `/resource-groups/${subscriptionId}/${name}-shed/resources`,
    ]) {
      await page.goto(address);
      await expect(names.first()).toBeVisible();
      await expectAccessible(page, address);
      await expectNoSidewaysScrolling(page, address);
      await expectTouchable(page, address);
    }
    await expect(page.getByText('1 resource', { exact: true }).last()).toBeVisible();
    await button('Essentials').click();
    await expect(page.getByText(`${formula}: ${name}`)).toBeVisible();
    await takeWindow(page, 1440);
  });

  await test.step('a group that is locked stays; else it goes once its name was typed', async () => {
    const group = `${name}-shed`;
    const lock = `/subscriptions/${subscriptionId}/resourceGroups/${group}/providers/Microsoft.Authorization/locks/keep`;
    const { resources } = armClients();
    await resources.resources.createOrUpdateById(lock, '2020-05-01', {
      properties: { level: 'CanNotDelete' },
    });
    for (const tab of ['Tags', 'Locks']) {
      await page.getByRole('link', { name: tab, exact: true }).click();
      await expect(page.getByRole('heading', { level: 2, name: tab })).toBeVisible();
    }
    await expect(page.getByText('keep', { exact: true }).first()).toBeVisible();
    await button('Delete resource group').click();
    const dialog = page.getByRole('dialog', { name: 'Delete confirmation' });
    await expect(dialog.getByText('Public IP address: lamp')).toBeVisible();
    await expect(dialog.getByText(/A lock stops this.*keep \(Delete, on /)).toBeVisible();
    await expectAccessible(page, 'deleting a resource group');
    const go = dialog.getByRole('button', { name: 'Delete', exact: true });
    await expect(go).toBeDisabled();
    await dialog.getByRole('textbox').fill(group);
    await go.click();
    await expect(dialog.getByText(/remove the lock/)).toBeVisible();
    await resources.resources.deleteById(lock, '2020-05-01');
    await go.click();
    await expect(page.getByRole('heading', { level: 1, name: 'Resource groups' })).toBeVisible();
    // Whoever comes back in the middle is told of the end all the same.
    await page.reload();
    await button(/^Notifications/).click();
    await expect(page.getByText(`The resource group ${group} was deleted`).first()).toBeVisible({
      timeout: 30_000,
    });
    await page.keyboard.press('Escape');
    await search('resource groups').fill(name);
    await expect(names).toHaveText([`${name}-quay`]);
  });
});
