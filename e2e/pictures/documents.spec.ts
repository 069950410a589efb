import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { deployCluster, pageOf } from '../fixtures/deployed-cluster.ts';
import { expect, test } from '../fixtures/test.ts';
import { fillAgents, fillBasics, fillMasters, submit, valuesFor } from '../fixtures/wizard.ts';

const folder = fileURLToPath(new URL('../../docs/images/', import.meta.url));
const looks = [
  {
    width: 1440,
    theme: 'light',
    cluster: 'harbour',
    second: 'quay',
    shown: ['masters', 'summary', 'deployment', 'topology', 'connect'],
  },
  { width: 1440, theme: 'dark', cluster: 'marina', second: 'jetty', shown: ['topology'] },
  {
    width: 390,
    theme: 'light',
    cluster: 'lagoon',
    second: 'dock',
    shown: ['clusters', 'deployment', 'topology'],
  },
] as const;

for (const { width, theme, cluster: clusterName, second, shown } of looks) {
  test(`pictures at ${width} px, ${theme}`, async ({ page }) => {
    await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    const picture = async (name: string): Promise<void> => {
      if (shown.some((each) => each === name)) await takePicture(page, `${name}-${width}-${theme}.png`);
    };

    const values = valuesFor(second, { masters: 3, agents: 5 });
    await page.goto('/create');
    await fillBasics(page, values);
    await fillMasters(page, values, async () => {
      await expect(page.getByLabel('Free', { exact: true })).toHaveCount(2);
      await picture('masters');
    });
    await fillAgents(page, values);
    await expect(page.getByText('Validation passed')).toBeVisible({ timeout: 30_000 });
    await picture('summary');
    await submit(page, values);
    await expect(page.getByRole('heading', { name: /underway/ })).toBeVisible();
    await expect(page.getByText('Succeeded').first()).toBeVisible();
    await picture('deployment');

    const cluster = await deployCluster(page.request, clusterName, { masters: 3, agents: 5 });
    await page.goto(pageOf(cluster, '/topology'));
    await expect(page.locator('[data-kind="scaleSet"]')).toBeVisible();
    await picture('topology');
    await page.goto(pageOf(cluster, '/connect'));
    await expect(page.getByText(/ssh -fNL/)).toBeVisible();
    await picture('connect');
    await page.goto('/');
    await expect(page.getByRole('link', { name: clusterName, exact: true })).toBeVisible();
    await picture('clusters');
  });
}

function takePicture(page: Page, name: string): Promise<Buffer> {
  return page.screenshot({ path: `${folder}${name}`, animations: 'disabled' });
}
