import { type ClusterPath, routes } from '@slipway/contract';
import { type Page, test as base } from '@playwright/test';
import { pageOf } from '../fixtures/deployed-cluster.ts';
import { type OwnPortal, openOwnPortal } from '../fixtures/own-portal.ts';
import { expect } from '../fixtures/test.ts';
import { chooseSize, fillAgents, fillBasics, fillMasters, valuesFor } from '../fixtures/wizard.ts';
import { bringFonts } from './fonts.ts';
import { differenceInWords, noteBrowser } from './same-browser.ts';
import { standStill, withoutChance } from './stillness.ts';

/** A portal of the pictures' own: nobody else's clusters are in its lists. */
interface Stage extends OwnPortal {
  harbour: ClusterPath;
}

const test = base.extend<object, { stage: Stage }>({
  stage: [
    async ({}, use) => {
      const portal = await openOwnPortal({ SLIPWAY_PACE: 'instant' });
      const harbour = await portal.submit('harbour', { masters: 3, agents: 3 });
      await portal.until(harbour, 'succeeded');
      await portal.until(await portal.submit('quay', { agents: 2 }), 'succeeded');
      await use({ ...portal, harbour });
      await portal.close();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  baseURL: async ({ stage }, use) => {
    await use(stage.address);
  },
});

test.describe.configure({ timeout: 180_000 });

test.beforeAll(({ browser }, { config }) => {
  if (config.updateSnapshots === 'all' || config.updateSnapshots === 'changed') noteBrowser(browser);
  const difference = differenceInWords(browser);
  // The list of the tests says that they are skipped, but not why.
  if (difference !== undefined) process.stderr.write(`\n${difference}\n`);
  test.skip(difference !== undefined, difference);
});

// A page asks again and again: the end of a test comes upon some answer that is still on its way.
test.afterEach(({ page }) => page.unrouteAll({ behavior: 'ignoreErrors' }));

interface Look {
  width: 390 | 1440;
  theme: 'light' | 'dark';
}

/** Compares what is shown with the picture of that name, as soon as it has come to rest. */
type Compare = (name: string) => Promise<void>;

async function lookThrough(page: Page, { width, theme }: Look): Promise<Compare> {
  await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  await bringFonts(page);
  await standStill(page);
  return async (name) => {
    // Where the mouse was left, something would be lit.
    await page.mouse.move(0, 0);
    await page.evaluate('document.fonts.ready');
    await withoutChance(page);
    // Each picture that differs is told, not only the first.
    await expect.soft(page).toHaveScreenshot(`${name}-${width}-${theme}.png`);
  };
}

// No one's key: its thirty-two bytes are all the same.
const sshPublicKey = `ssh-ed25519 ${Buffer.from(`\0\0\0\x0bssh-ed25519\0\0\0\x20${'k'.repeat(32)}`, 'latin1').toString('base64')} captain@slipway`;
const values = valuesFor('marina', { masters: 3, agents: 3, sshPublicKey });

async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

async function showHome(page: Page): Promise<void> {
  await open(page, '/');
  await expect(page.getByRole('link', { name: 'harbour', exact: true }).first()).toBeVisible();
  await expect(
    page.getByRole('region', { name: 'Recent deployments' }).getByRole('row').nth(1),
  ).toBeVisible();
}

async function showDeployment(page: Page, path: ClusterPath): Promise<void> {
  await open(page, pageOf(path, '/deployment'));
  await expect(page.getByRole('heading', { name: /complete/ })).toBeVisible();
}

async function showTopology(page: Page, path: ClusterPath): Promise<void> {
  await open(page, pageOf(path, '/topology'));
  await expect(page.locator('[data-kind="scaleSet"]')).toBeVisible();
}

test('light, 1440 px', async ({ page, stage: { api, harbour } }) => {
  const compare = await lookThrough(page, { width: 1440, theme: 'light' });
  await showHome(page);
  await compare('home');
  await showTopology(page, harbour);
  await compare('topology');
  await open(page, pageOf(harbour, '/ports'));
  await page.getByRole('button', { name: 'Remove HTTPS', exact: true }).click();
  await expect(page.getByText(/^Resources: \d+ to be changed/)).toBeVisible();
  await compare('ports');
  const resources = (await (await api.get(routes.clusterResources(harbour))).json()) as { id: string }[];
  const balancer = resources.find(({ id }) => /loadBalancers\/[^/]*agent/i.test(id));
  await open(page, `/resources${balancer?.id ?? ''}`);
  await expect(page.getByRole('table', { name: 'Frontend addresses' })).toBeVisible();
  await compare('resource');
  await open(page, '/create');
  await fillBasics(page, values);
  await fillMasters(page, values);
  await page.getByLabel('Agent count', { exact: true }).fill(String(values.agents));
  await chooseSize(page, values.machineSize);
  await page.getByRole('searchbox', { name: 'Search machine sizes' }).fill('');
  await expect(page.getByRole('radio', { name: /^Standard_/ }).first()).toBeVisible();
  await compare('sizes');
});

test('dark, 1440 px', async ({ page, stage: { harbour } }) => {
  const compare = await lookThrough(page, { width: 1440, theme: 'dark' });
  await showDeployment(page, harbour);
  await compare('deployment');
  await open(page, pageOf(harbour, '/scale'));
  await page.getByRole('button', { name: 'One more', exact: true }).click();
  await expect(page.getByText(/^Would change: /)).toBeVisible();
  await compare('scale');
  await open(page, '/create');
  await fillBasics(page, values);
  await fillMasters(page, values);
  await fillAgents(page, values);
  await expect(page.getByText('Validation passed')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(/Would be added|Would be created/).first()).toBeVisible({ timeout: 30_000 });
  await compare('summary');
});

test('light, 390 px', async ({ page, stage: { harbour } }) => {
  const compare = await lookThrough(page, { width: 390, theme: 'light' });
  await open(page, '/create');
  await page.getByRole('button', { name: 'OK', exact: true }).click();
  await expect(page.getByLabel('Service name', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await compare('basics');
  await open(page, pageOf(harbour, '/connect'));
  await expect(page.getByText(/ssh -fNL/).first()).toBeVisible();
  await compare('connect');
  await open(page, '/resources?group=type');
  await expect(page.getByRole('link', { name: /^harbour/ }).first()).toBeVisible();
  await compare('resources');
});

test('dark, 390 px', async ({ page, stage: { harbour } }) => {
  const compare = await lookThrough(page, { width: 390, theme: 'dark' });
  await showHome(page);
  await compare('home');
  await showTopology(page, harbour);
  await compare('topology');
  await open(page, '/settings');
  await page.getByRole('radio', { name: 'Dark', exact: true }).check();
  await expect(page.getByRole('table', { name: 'Stored in this browser' })).toBeVisible();
  await compare('settings');
});
