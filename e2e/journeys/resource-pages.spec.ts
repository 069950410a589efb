import type { Page } from '@playwright/test';
import { type ArmResource, routes } from '@slipway/contract';
import { pageOf } from '../fixtures/deployed-cluster.ts';
import { openOwnPortal, type OwnPortal } from '../fixtures/own-portal.ts';
import { expect, test as base } from '../fixtures/test.ts';

const test = base.extend<object, { stage: OwnPortal & { resources: ArmResource[]; overview: string } }>({
  stage: [
    async ({}, use) => {
      const portal = await openOwnPortal();
      const cluster = await portal.submit('parts', { masters: 1, agents: 1 });
      await portal.until(cluster, 'succeeded');
      const answer = await portal.api.get(routes.clusterResources(cluster));
      const resources = (await answer.json()) as ArmResource[];
      await use({ ...portal, resources, overview: pageOf(cluster) });
      await portal.close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: async ({ stage }, use) => {
    await use(stage.address);
  },
});

const title = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });
const view = (page: Page, name: string) =>
  page
    .getByRole('navigation', { name: 'Views of this resource' })
    .getByRole('link', { name, exact: true })
    .click();

function ofType(resources: readonly ArmResource[], type: string): ArmResource {
  const found = resources.find((each) => each.type.endsWith(type));
  if (!found) throw new Error(`There is no ${type}.`);
  return found;
}

test('a resource is explained, followed to its neighbours, tagged, locked and deleted', async ({
  page,
  stage: { resources, overview },
}) => {
  const balancer = resources.find(({ name }) => name.includes('master-lb'));
  const machine = ofType(resources, '/virtualMachines');
  const script = ofType(resources, '/extensions');
  await page.goto(`/resources${balancer?.id ?? ''}`);
  await expect(title(page, balancer?.name ?? '')).toBeVisible();

  await test.step('its overview leads to its neighbours, and Back leads back', async () => {
    const rules = page.getByRole('table', { name: 'Inbound NAT rules' });
    await expect(rules.getByRole('row', { name: /TCP 2200/ })).toContainText('port 22');
    await rules.getByRole('link', { name: machine.name }).first().click();
    await expect(title(page, machine.name)).toBeVisible();
    await expect(page.getByRole('region', { name: 'Power' })).toContainText('Running');
    await expect(page.getByRole('table', { name: 'Instance view' })).toContainText('VM running');
    await page.goBack();
    await expect(title(page, balancer?.name ?? '')).toBeVisible();
  });

  await test.step('its properties are found by a word, and ids in them lead on', async () => {
    await view(page, 'Properties');
    await page.getByRole('searchbox', { name: 'Filter the properties' }).fill('public IP');
    await expect(page.getByRole('table', { name: 'Properties' }).getByRole('link').first()).toBeVisible();
    await view(page, 'JSON');
    await expect(page.getByText(/"frontendIPConfigurations"/)).toBeVisible();
    await view(page, 'Relations');
    await expect(page.getByRole('heading', { name: 'Used by' })).toBeVisible();
  });

  await test.step('a tag that Azure refuses says why; another one is kept', async () => {
    await view(page, 'Tags');
    await page.getByRole('button', { name: 'Add a tag' }).click();
    const name = page.getByRole('textbox', { name: 'Name of tag 2' });
    await name.fill('azure-cost');
    await expect(page.getByText(/Azure’s own/)).toBeVisible();
    await name.fill('cost-center');
    await page.getByRole('textbox', { name: 'Value of tag 2' }).fill('42');
    await page.getByRole('button', { name: 'Apply' }).click();
    await expect(page.getByText('Applied.')).toBeVisible();
    await view(page, 'Overview');
    await expect(page.getByText('cost-center: 42')).toBeVisible();
  });

  await test.step('what is locked is not deleted, in ARM’s words, and the log tells of it', async () => {
    await page.goto(`/resources${script.id}?view=locks`);
    await page.getByRole('button', { name: 'Add a lock' }).click();
    await page.getByRole('textbox', { name: 'Lock name' }).fill('keep');
    await page.getByRole('button', { name: 'Add the lock' }).click();
    await expect(page.getByRole('row', { name: /keep.*Delete.*Here/ })).toBeVisible();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText(/belongs to the container service parts/)).toBeVisible();
    await dialog.getByRole('textbox').fill(script.name);
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
    await expect(dialog.getByText(/ScopeLocked/)).toBeVisible();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await view(page, 'Activity log');
    await expect(
      page.getByRole('row', { name: /Delete set-up script|Delete .*extension.*Failed/i }),
    ).toBeVisible();
  });

  await test.step('without the lock it goes, and its page says so', async () => {
    await view(page, 'Locks');
    await page.getByRole('button', { name: 'Remove the lock keep' }).click();
    const question = page.getByRole('alertdialog', { name: 'Remove the lock keep?' });
    await expect(question).toContainText('can delete what it protects');
    await question.getByRole('button', { name: 'Keep it' }).click();
    await expect(page.getByRole('button', { name: 'Remove the lock keep' })).toBeFocused();
    await page.keyboard.press('Enter');
    await question.getByRole('button', { name: 'Remove the lock' }).click();
    await expect(page.getByText('Nothing is locked here.')).toBeVisible();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('dialog').getByRole('textbox').fill(script.name);
    await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
    await expect(page).toHaveURL(/\/resource-groups\//);
    await page.goto(`/resources${script.id}`);
    await expect(title(page, `There is no resource ${script.name}`)).toBeVisible();
    await page.getByRole('link', { name: new RegExp(`Go to ${machine.name}`) }).click();
    await expect(title(page, machine.name)).toBeVisible();
  });

  await page.goto(`${overview}/activity`);
  await expect(page.getByRole('row', { name: /Create or update/ }).first()).toBeVisible();
  await test.step('the log is narrowed by the words that it shows, chosen or typed', async () => {
    const operation = page.getByRole('combobox', { name: 'Operation' });
    await operation.fill('create or update container');
    await page.getByRole('option', { name: 'Create or update container service' }).click();
    await expect(page.getByRole('row', { name: /Delete/ })).toHaveCount(0);
    await expect(page.getByRole('row', { name: /Create or update container service/ }).first()).toBeVisible();
    await operation.fill('reimage');
    await expect(page.getByText('Nothing that matches happened in this time.')).toBeVisible();
  });
});

test('a deletion with what is in its way goes on without its page, which tells how far it is', async ({
  page,
  context,
  stage,
}) => {
  const card = ofType(stage.resources, '/networkInterfaces');
  const machine = ofType(stage.resources, '/virtualMachines');
  await stage.setMoods({ work: [{ mood: 'never-ends', action: 'delete', name: machine.name }] });
  await page.goto(`/resources${card.id}`);
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: 'Also the one in the way, in this order' }).check();
  await dialog.getByRole('textbox').fill(card.name);
  // The page goes before it hears that its request has arrived.
  const arrived = Promise.withResolvers<void>();
  await page.route(`**${routes.deleteResource()}`, async (route) => {
    if (route.request().method() !== 'DELETE') return route.continue();
    await route.fetch();
    arrived.resolve();
  });
  await dialog.getByRole('button', { name: 'Delete', exact: true }).dblclick();
  await expect(dialog).toContainText('It goes on when you close this, or the portal.');
  await arrived.promise;

  await page.reload();
  const underway = page.getByRole('main').getByText(`1 of 2: ${machine.name}.`);
  await expect(underway).toBeVisible();
  await expect(page.getByRole('button', { name: 'Stop after this one' })).toBeVisible();
  await page.getByRole('button', { name: /^Notifications/ }).click();
  await expect(page.getByText(`${card.name} is being deleted`, { exact: true })).toBeVisible();
  await page.close();

  await stage.setMoods({});
  await expect.poll(async () => (await stage.api.get(routes.resource(card.id))).status()).toBe(404);
  const next = await context.newPage();
  await next.goto('/');
  await next.getByRole('button', { name: /^Notifications/ }).click();
  await expect(next.getByText(`${card.name} was deleted`, { exact: true }).last()).toBeVisible();
});
