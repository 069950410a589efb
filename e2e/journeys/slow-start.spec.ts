import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/test.ts';

/** Holds back the portal's code until it is let go. */
async function holdBackCode(page: Page): Promise<() => void> {
  const { promise: letGo, resolve } = Promise.withResolvers<void>();
  await page.route('/assets/*.js', async (route) => {
    await letGo;
    await route.continue();
  });
  return resolve;
}

const places = ['.static-header', '.static-navigation', '.static-main'] as const;
const boxesOf = (page: Page, selectors: readonly string[]) =>
  Promise.all(selectors.map((selector) => page.locator(selector).boundingBox()));

test('the page shows its shell, as it will look, before its code is there', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (/^\/api\/(?:session|clusters)$/.test(pathname)) asked.push(pathname);
  });
  const status = page.getByRole('status').filter({ hasText: 'Slipway is loading…' });

  await test.step('in the dark, folded, and exactly where the portal takes over', async () => {
    await page.emulateMedia({ colorScheme: 'light' });
    await page.addInitScript(() => {
      localStorage.setItem('slipway.theme', 'dark');
      localStorage.setItem('slipway.navigation', 'folded');
    });
    const letGo = await holdBackCode(page);
    await page.goto('/', { waitUntil: 'commit' });
    await expect(status).toBeVisible();
    await expect(page.locator('.static-header')).toHaveCSS('background-color', 'rgb(41, 41, 41)');
    await expect(page.locator('.static-main')).toHaveCSS('color', 'rgb(255, 255, 255)');
    await expect(page.locator('html')).toHaveCSS('color-scheme', 'dark');
    const before = await boxesOf(page, places);
    expect(asked.toSorted(), 'the first requests do not wait for the code').toEqual([
      '/api/clusters',
      '/api/session',
    ]);
    letGo();
    await expect(page.getByRole('banner')).toBeVisible();
    await expect(status).toHaveCount(0);
    expect(await boxesOf(page, ['header', 'nav[aria-label=Portal]', 'main'])).toEqual(before);
    await expect(page.getByRole('banner')).toHaveCSS('background-color', 'rgb(41, 41, 41)');
    await expect(page.getByRole('heading', { name: 'Container services', level: 1 })).toBeVisible();
    await page.waitForLoadState('networkidle');
    expect(asked, 'and are asked once').toHaveLength(2);
  });

  await test.step('on a phone, in the light, and in forced colours', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.emulateMedia({ colorScheme: 'dark', forcedColors: 'active' });
    await page.addInitScript(() => localStorage.setItem('slipway.theme', 'light'));
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    const letGo = await holdBackCode(page);
    await page.goto('/no/such/place', { waitUntil: 'commit' });
    await expect(status).toBeVisible();
    await expect(page.locator('.static-navigation')).toBeHidden();
    await page.emulateMedia({ forcedColors: 'none' });
    await expect(page.locator('html')).toHaveCSS('color-scheme', 'light');
    await expect(page.locator('.static-header')).toHaveCSS('background-color', 'rgb(255, 255, 255)');
    const before = await boxesOf(page, ['.static-header', '.static-main']);
    letGo();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(status).toHaveCount(0);
    expect(await boxesOf(page, ['header', 'main'])).toEqual(before);
  });
});

test('on a tablet the navigation leaves the page its room until somebody wants its words', async ({
  page,
}) => {
  const navigation = page.getByRole('navigation', { name: 'Portal' });
  const inWords = navigation.getByText('All resources', { exact: true });
  await page.setViewportSize({ width: 900, height: 1000 });
  const letGo = await holdBackCode(page);
  await page.goto('/', { waitUntil: 'commit' });
  await expect(page.getByRole('status').filter({ hasText: 'Slipway is loading…' })).toBeVisible();
  const before = await boxesOf(page, places);
  expect(before[1]?.width).toBe(56);
  letGo();
  await expect(navigation.getByRole('link', { name: 'All resources' })).toBeVisible();
  expect(await boxesOf(page, ['header', 'nav[aria-label=Portal]', 'main'])).toEqual(before);
  await expect(inWords).toHaveCount(0);
  await page.getByRole('button', { name: /navigation/i }).click();
  await expect(inWords).toBeVisible();
  await page.reload();
  await expect(inWords, 'what was chosen stays').toBeVisible();
});

test('once its code and its answers are there the page waits for nothing else', async ({ page }) => {
  await page.addInitScript(() => {
    const { setTimeout } = globalThis;
    // A wait of a second and more never ends: whoever draws only after one, draws nothing.
    Object.assign(globalThis, {
      setTimeout: (act: () => void, ms = 0) => (ms < 1_000 ? setTimeout(act, ms) : 0),
    });
  });
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Container services', level: 1 })).toBeVisible();
  await page.goto('/create');
  await expect(page.getByRole('combobox', { name: 'Region', exact: true })).toBeVisible();
});
