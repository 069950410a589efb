import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ClusterPath, routes } from '@slipway/contract';
import { type Page, test as base } from '@playwright/test';
import { pageOf } from '../fixtures/deployed-cluster.ts';
import { type OwnPortal, openOwnPortal } from '../fixtures/own-portal.ts';
import { expect } from '../fixtures/test.ts';
import {
  chooseSize,
  fillBasics,
  fillMasters,
  submit,
  valuesFor,
  type WizardValues,
} from '../fixtures/wizard.ts';

const folder = fileURLToPath(new URL('../../docs/images/', import.meta.url));

/** No price is built into Slipway: the pictures show a list that an operator may have written. */
const examplePrices = {
  source: 'Example price list',
  date: '2026-11-01',
  currency: 'EUR',
  regions: {
    westeurope: {
      Standard_D2s_v5: 0.1,
      Standard_D4s_v5: 0.2,
      Standard_D8s_v5: 0.4,
      Standard_D2as_v5: 0.09,
      Standard_D4as_v5: 0.18,
      Standard_B2s: 0.04,
    },
  },
};

/** A portal of the pictures' own: what other pictures make is in none of its lists. */
interface Stage extends OwnPortal {
  /** A cluster that is there, with a group of another name than `broken`'s. */
  harbour: ClusterPath;
  /** A cluster whose deployment failed. */
  broken: ClusterPath;
}

const test = base.extend<object, { stage: Stage }>({
  stage: [
    async ({}, use) => {
      const place = mkdtempSync(join(tmpdir(), 'slipway-pictures-'));
      const list = join(place, 'prices.json');
      writeFileSync(list, JSON.stringify(examplePrices));
      const portal = await openOwnPortal({ SLIPWAY_PRICES: list });
      const harbour = await portal.submit('harbour', { masters: 3, agents: 3 });
      await portal.until(harbour, 'succeeded');
      await portal.setMoods({
        work: [{ mood: 'fails', type: 'Microsoft.Compute/virtualMachines', name: '*-1', times: 1 }],
      });
      const broken = await portal.submit('quay', { masters: 3, agents: 2 });
      await portal.until(broken, 'failed');
      await portal.setMoods({});
      await use({ ...portal, harbour, broken });
      await portal.close();
      rmSync(place, { recursive: true });
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  baseURL: async ({ stage }, use) => {
    await use(stage.address);
  },
});

test.describe.configure({ timeout: 300_000 });

interface Look {
  width: number;
  theme: 'light' | 'dark';
}
type TakePicture = (name: string) => Promise<void>;

const desk: Look = { width: 1440, theme: 'light' };
const phone: Look = { width: 390, theme: 'dark' };

/** Sets the window, and gives what takes a picture of it once nothing lies over the page that comes and goes. */
async function lookThrough(page: Page, { width, theme }: Look): Promise<TakePicture> {
  await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  return async (name) => {
    const toast = page.getByRole('button', { name: 'Dismiss', exact: true }).first();
    // It may go by itself before it is pressed.
    while (await toast.isVisible()) await toast.click({ timeout: 2_000 }).catch(() => undefined);
    await page.screenshot({ path: `${folder}${name}-${width}-${theme}.png`, animations: 'disabled' });
  };
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const ok = (page: Page) => button(page, 'OK');
const valuesOf = (name: string): WizardValues => valuesFor(name, { masters: 3, agents: 3 });

async function toTop(page: Page, text: string | RegExp): Promise<void> {
  await page
    .getByText(text)
    .first()
    .evaluate((element) => element.scrollIntoView({ block: 'start' }));
}

test('the wizard, from its first blade to a deployment', async ({ page, stage }) => {
  const picture = await lookThrough(page, desk);
  const values = valuesOf('marina');
  await page.goto('/create');
  await button(page, 'Advanced').click();
  await button(page, 'Add a tag').click();
  await page.getByLabel('Name of tag 1', { exact: true }).fill('Cost centre');
  await page.getByLabel('Value of tag 1', { exact: true }).fill('4711');
  await page.getByLabel('Service name', { exact: true }).fill(values.serviceName);
  await page.getByRole('textbox', { name: 'Resource group', exact: true }).fill(values.resourceGroup);
  await page.getByRole('combobox', { name: 'Region', exact: true }).click();
  await page.getByRole('option').filter({ hasText: values.region }).first().click();
  await page.getByRole('heading', { level: 1 }).evaluate((title) => title.scrollIntoView({ block: 'end' }));
  await picture('basics');
  await ok(page).click();
  await button(page, 'Make a key pair here').click();
  await page.getByLabel('Passphrase (optional)').scrollIntoViewIfNeeded();
  await picture('key-pair');
  await button(page, 'Make a key pair here').click();
  await fillMasters(page, values);
  await page.getByLabel('Agent count', { exact: true }).fill(String(values.agents));
  await chooseSize(page, values.machineSize);
  await page.getByRole('searchbox', { name: 'Search machine sizes' }).fill('');
  await expect(page.getByRole('radio', { name: /^Standard_/ }).first()).toBeVisible();
  await picture('sizes');
  await ok(page).click();
  await expect(page.getByText('Validation passed')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(/Would be added|Would be created/).first()).toBeVisible({ timeout: 30_000 });
  await toTop(page, 'What will be created');
  await picture('summary-what-if');
  await button(page, 'Download for automation').click();
  await page.getByRole('dialog').getByRole('tab', { name: 'Azure CLI' }).click();
  await picture('automation');
  await page.reload();
  await expect(page.getByText('Validation passed')).toBeVisible({ timeout: 30_000 });
  await submit(page, values);
  await expect(page.getByRole('heading', { name: /complete/ })).toBeVisible({ timeout: 60_000 });
  await stage.until(
    { ...stage.harbour, resourceGroup: values.resourceGroup, name: values.serviceName },
    'succeeded',
  );
  await toTop(page, 'Your deployment is complete');
  await picture('timeline');
  await page
    .getByRole('button', { name: /^Operation details of .*lb/ })
    .first()
    .click();
  await expect(page.getByRole('dialog')).toContainText('Service request ID');
  await picture('operation-details');
});

test('a container service that is there', async ({ page, stage: { harbour, broken } }) => {
  const picture = await lookThrough(page, desk);
  const open = async (address: string): Promise<void> => {
    await page.goto(address);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  };
  await open(pageOf(broken, '/deployment'));
  await expect(page.getByRole('heading', { name: /failed/ }).first()).toBeVisible();
  await picture('failure');
  await open(pageOf(broken, '/activity'));
  await page.getByRole('table', { name: 'Activity log' }).getByRole('button').last().click();
  await picture('activity');
  await open(pageOf(harbour));
  await expect(page.getByRole('heading', { name: 'Next steps' })).toBeVisible();
  await expect(page.getByText('Local subscription')).toBeVisible();
  await expect(page.getByText('See it', { exact: true })).toHaveCount(0);
  await picture('overview');
  await open(pageOf(harbour, '/topology?trace=ssh+-p+2201'));
  await expect(page.getByRole('list', { name: 'Hops' }).getByRole('listitem').last()).toBeVisible();
  await picture('trace');
  await open(pageOf(harbour, '/topology'));
  await button(page, 'Guided walk').click();
  const next = page.getByRole('complementary', { name: 'Guided walk' }).getByRole('button', { name: 'Next' });
  for (let step = 1; step < 5; step += 1) await next.click();
  await picture('walk');
  await open(pageOf(harbour, '/scale'));
  await button(page, 'One more').click();
  await button(page, 'One more').click();
  await expect(page.getByText(/^Would change: /)).toBeVisible();
  await picture('scale');
  await open(pageOf(harbour, '/ports'));
  await button(page, 'Remove HTTPS').click();
  await button(page, 'Add a port').click();
  await page.keyboard.type('Grafana');
  await page.getByRole('textbox', { name: 'Port of Grafana', exact: true }).fill('3000');
  await expect(page.getByText(/^Would be added: /)).toBeVisible();
  await picture('ports');
  await open(pageOf(harbour, '/export'));
  await expect(page.getByRole('heading', { name: 'Another one like it' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Download/ }).first()).toBeVisible();
  await picture('export');
  await open(pageOf(harbour, '/machines'));
  await page.getByRole('link', { name: /master.*-1$/ }).click();
  await expect(page.getByRole('table', { name: 'Instance view' })).toBeVisible();
  await expect(page.getByText('Reading the boot log…')).toHaveCount(0);
  await picture('machine');
  await button(page, 'Delete').click();
  await page.getByRole('checkbox', { name: /^Also delete the resource group/ }).check();
  await expect(page.getByText('Nothing else is in the resource group.')).toBeVisible();
  await picture('delete');
});

test('resources, the search and what the shell holds', async ({ page, stage: { harbour, api } }) => {
  const picture = await lookThrough(page, desk);
  const resources = (await (await api.get(routes.clusterResources(harbour))).json()) as { id: string }[];
  const balancer = resources.find(({ id }) => /loadBalancers\/[^/]*agent/i.test(id));
  await page.goto('/resources?group=type');
  await expect(page.getByRole('rowheader').getByRole('link').first()).toBeVisible();
  await picture('resources');
  await page.goto(`/resources${balancer?.id ?? ''}`);
  await expect(page.getByRole('table').first()).toBeVisible();
  await picture('resource');
  await page.goto(`/resource-groups/${harbour.subscriptionId}/${harbour.resourceGroup}/locks`);
  await button(page, 'Add a lock').click();
  await page.getByRole('textbox', { name: 'Lock name' }).fill('keep');
  await picture('locks');
  await page.goto('/');
  await expect(
    page.getByRole('region', { name: 'Recent deployments' }).getByRole('row').nth(1),
  ).toBeVisible();
  await picture('home');
  await button(page, 'Search').click();
  await page.getByRole('combobox').fill('har');
  await expect(page.getByText(/\d found/)).toBeVisible();
  await picture('search');
  await page.keyboard.press('Escape');
});

test('on a phone', async ({ page, stage: { harbour } }) => {
  const picture = await lookThrough(page, phone);
  const values = valuesOf('lagoon');
  await page.goto('/create');
  await fillBasics(page, values);
  await fillMasters(page, values);
  await chooseSize(page, values.machineSize);
  await page.getByRole('searchbox', { name: 'Search machine sizes' }).fill('');
  await toTop(page, 'Machine size');
  await picture('sizes');
  await page.goto(pageOf(harbour, '/scale'));
  await button(page, 'One more').click();
  await expect(page.getByText(/^Would change: /)).toBeVisible();
  await picture('scale');
  await page.goto(pageOf(harbour, '/connect'));
  await expect(page.getByText(/ssh -fNL/).first()).toBeVisible();
  await picture('connect');
});
