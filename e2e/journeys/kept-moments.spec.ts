import type { Page } from '@playwright/test';
import { routes } from '@slipway/contract';
import { pageOf } from '../fixtures/deployed-cluster.ts';
import { expect, startCluster, test } from '../fixtures/moody-test.ts';

const machines = 'Microsoft.Compute/virtualMachines';

/** Leaves a browser room for less than ten thousand characters. */
const fillStorage = (page: Page): Promise<void> =>
  page.evaluate(`for (const size of [1_000_000, 100_000, 10_000])
    try {
      for (let at = 0; at < 1_000; at += 1) localStorage.setItem('filled ' + size + ' ' + at, 'x'.repeat(size));
    } catch {
      // As much as fits.
    }`);

test('a moment that was to be kept by itself and could not be is told of where one compares', async ({
  page,
  uniqueName,
  moody,
}) => {
  // So that the page sees the deployment while it runs.
  await moody.setMoods({ work: [{ mood: 'slow', type: machines, delayMs: 8_000 }] });
  // One session after the other: of two that are begun at the same time one replaces the other.
  const session = page.waitForResponse((answer) => answer.url().endsWith(routes.session()));
  await page.goto('/');
  await session;
  await fillStorage(page);
  const cluster = await startCluster(page.request, uniqueName);
  await page.goto(pageOf(cluster, '/topology/compare'));
  const missed = page.getByRole('list', { name: 'Moments that could not be kept' });
  const kept = page.getByRole('button', { name: /^After a deployment/ });

  await test.step('it is there as soon as the deployment has ended, and after a reload', async () => {
    const words = /^After a deployment, .+: this moment could not be kept\. The browser has no room for it/;
    await expect(missed.getByText(words)).toBeVisible({ timeout: 60_000 });
    await expect(kept).toHaveCount(0);
    await page.reload();
    await expect(missed.getByText(words)).toBeVisible();
  });
  await test.step('whoever knows of it takes it away', async () => {
    await missed.getByRole('button', { name: /^Forget the moment of/ }).click();
    await expect(missed).toHaveCount(0);
    await page.reload();
    await expect(page.getByRole('heading', { name: 'An earlier moment' })).toBeVisible();
    await expect(missed).toHaveCount(0);
  });
});
