import { writeFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { openOwnPortal } from '../fixtures/own-portal.ts';
import { expect, test } from '../fixtures/test.ts';
import { chooseSize, fillBasics, fillMasters, valuesFor } from '../fixtures/wizard.ts';

const prices = {
  source: 'Our agreement with Contoso',
  date: '2026-11-01',
  currency: 'EUR',
  regions: { westeurope: { Standard_D2s_v5: 0.1, Standard_B2s: 0.05 } },
};

const field = (page: Page, name: string) => page.getByLabel(name, { exact: true });
const rows = (page: Page) => page.getByRole('table', { name: 'Machine sizes' }).getByRole('row');
const value = (page: Page, label: string) =>
  page.locator('dt', { hasText: new RegExp(`^${label}$`) }).locator('+ dd');

test('sizes with quota and price, network ranges and tags: chosen, checked, summed up and built', async ({
  browser,
}, testInfo) => {
  const priceFile = testInfo.outputPath('prices.json');
  await writeFile(priceFile, JSON.stringify(prices));
  const portal = await openOwnPortal({ SLIPWAY_PACE: 'instant', SLIPWAY_PRICES: priceFile });
  const page = await browser.newPage({ baseURL: portal.address });
  try {
    const values = valuesFor('choices');
    await page.goto('/create');

    await test.step('the advanced part is folded, and opens for what is wrong in it', async () => {
      const advanced = page.getByRole('button', { name: 'Advanced' });
      await expect(advanced).toHaveAttribute('aria-expanded', 'false');
      await advanced.click();
      await field(page, 'Address space').fill('192.168.0.0/20');
      await expect(page.getByText(/192\.168\.0\.0\/20 overlaps/)).toBeHidden();
      await field(page, 'Address space').blur();
      await expect(page.getByText(/overlaps 192\.168\.0\.0\/16, which is used by Swarm/)).toBeVisible();
      await field(page, 'Address space').fill('20.0.0.0/16');
      await expect(page.getByText(/20\.0\.0\.0\/16 is public/)).toBeVisible();
      await field(page, 'Address space').fill('10.20.0.0/16');
      await field(page, "Masters' subnet").fill('10.20.0.0/28');
      await expect(page.getByText('Masters get 10.20.0.5, 10.20.0.6, 10.20.0.7.')).toBeVisible();
      await field(page, "Agents' subnet").fill('10.20.0.0/24');
      await page.getByRole('button', { name: 'Add a tag' }).click();
      await field(page, 'Name of tag 1').fill('slipway-cluster');
      await field(page, 'Value of tag 1').fill('4711');
      await advanced.click();
      await page.reload();
      await expect(advanced).toHaveAttribute('aria-expanded', 'false');
      await expect(page.getByText('Own network ranges, 1 tag')).toBeVisible();
      await fillBasics(page, values);
      await expect(page.getByText(/overlaps the masters' subnet/)).toBeVisible();
      await expect(page.getByText(/are Slipway’s own/)).toBeVisible();
      await expect(field(page, "Agents' subnet")).toBeFocused();
      await field(page, "Agents' subnet").fill('10.20.1.0/24');
      await field(page, 'Name of tag 1').fill('Cost centre');
      await page.getByRole('button', { name: 'OK', exact: true }).click();
    });

    await fillMasters(page, values);

    await test.step('the sizes are sorted and searched, and what cannot be chosen says why', async () => {
      await field(page, 'Agent count').fill('100');
      await page.getByRole('searchbox', { name: 'Search machine sizes' }).fill('DSv5');
      await expect(rows(page)).toHaveCount(5);
      await page.getByRole('columnheader', { name: 'Memory' }).getByRole('button').click();
      await page.getByRole('columnheader', { name: 'Memory' }).getByRole('button').click();
      await expect(page.getByRole('columnheader', { name: 'Memory' })).toHaveAttribute(
        'aria-sort',
        'descending',
      );
      await expect(rows(page).nth(1)).toContainText('Standard_D16s_v5');
      await expect(rows(page).nth(1)).toContainText(/The cluster needs 1616 vCPUs; the quota .* left/);
      await expect(page.getByRole('radio', { name: 'Standard_D16s_v5', exact: true })).toBeDisabled();
      await field(page, 'Agent count').fill('2');
      await expect(page.getByRole('radio', { name: 'Standard_D16s_v5', exact: true })).toBeEnabled();
      await expect(rows(page).filter({ hasText: 'Standard_D2s_v5' })).toContainText('€73.00');
      await page.getByRole('searchbox', { name: 'Search machine sizes' }).fill('Fasv6');
      await expect(rows(page).nth(1)).toContainText('Not available to this subscription in this region.');
      await page.getByRole('searchbox', { name: 'Search machine sizes' }).fill('nothing of the kind');
      await expect(page.getByText('No size matches.')).toBeVisible();
      await chooseSize(page, 'Standard_D4s_v5');
      const chosen = page.getByRole('region', { name: 'Chosen size' });
      await expect(chosen).toContainText(
        'price unknown. Our agreement with Contoso has no price of Standard_D4s_v5.',
      );
      await chooseSize(page, values.machineSize);
      await expect(chosen).toContainText('1 master and 2 agents need 6 vCPUs.');
      await expect(chosen).toContainText('€219.00 a month for 3 machines');
      await page.getByRole('button', { name: 'OK', exact: true }).click();
    });

    await test.step('the summary tells all of it, and ARM takes it', async () => {
      await expect(page.getByText('Validation passed')).toBeVisible({ timeout: 30_000 });
      await expect(value(page, "Agents' subnet")).toHaveText('10.20.1.0/24');
      await expect(value(page, 'Tags')).toHaveText('Cost centre: 4711');
      await expect(value(page, 'Cost')).toContainText('€219.00 a month');
      await expect(value(page, 'Cost')).toContainText('Our agreement with Contoso, Nov 1, 2026');
      await expect(value(page, 'Master count')).toContainText('the rack that it stands in');
    });
  } finally {
    await page.close();
    await portal.close();
  }
});

test('what is typed before a list is there goes on in it, a space too', async ({ page }) => {
  await page.goto('/create');
  const region = page.getByRole('combobox', { name: 'Region', exact: true });
  await region.fill('West');
  await expect(page.getByRole('listbox')).toBeVisible();
  await page.keyboard.type(' Eur');
  await expect(region).toHaveValue('West Eur');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(region).toHaveValue('West Europe');
});
