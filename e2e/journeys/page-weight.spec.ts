import type { Locator, Page, Response } from '@playwright/test';
import { expect, test } from '../fixtures/test.ts';

/** What a phone's connection can bear until a page can be used: JavaScript as it is transferred, in bytes. */
const budgets: { name: string; address: string; budget: number; usable: (page: Page) => Locator }[] = [
  {
    name: 'the list',
    address: '/',
    budget: 170_000,
    usable: (page) =>
      page
        .getByRole('main')
        .getByRole('link', { name: /Create/ })
        .first(),
  },
  {
    name: 'the wizard',
    address: '/create',
    budget: 220_000,
    usable: (page) => page.getByRole('combobox', { name: 'Region', exact: true }),
  },
];

for (const { name, address, budget, usable } of budgets) {
  test(`${name} is light enough for a phone's connection`, async ({ page }) => {
    const scripts: Response[] = [];
    page.on('response', (response) => {
      if (response.headers()['content-type']?.includes('javascript')) scripts.push(response);
    });
    await page.goto(address);
    await expect(usable(page)).toBeVisible();
    await page.waitForLoadState('networkidle');

    const weighed = await Promise.all(
      scripts.map(async (response) => ({
        file: new URL(response.url()).pathname.split('/').pop() ?? '',
        bytes: (await response.request().sizes()).responseBodySize,
      })),
    );
    const total = weighed.reduce((sum, { bytes }) => sum + bytes, 0);
    const heaviest = weighed
      .toSorted((one, other) => other.bytes - one.bytes)
      .slice(0, 12)
      .map(({ file, bytes }) => `${kilobytes(bytes)} ${file}`);
    const said = `${name}: ${kilobytes(total)} of ${kilobytes(budget)} in ${weighed.length} files`;
    console.log(said);
    test.info().annotations.push({ type: 'weight', description: said });
    expect(total, [said, ...heaviest].join('\n')).toBeLessThanOrEqual(budget);
  });
}

const kilobytes = (bytes: number): string => `${(bytes / 1_000).toFixed(1)} kB`;
