import { expect, test } from '../fixtures/test.ts';

test('who wants no motion gets other colours at once, on every element', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'dark', forcedColors: 'active' });
  await page.goto('/create');
  const button = page.getByRole('button', { name: 'OK' });
  await expect(button).toBeVisible();
  for (const colorScheme of ['light', 'dark', 'light'] as const) {
    await page.emulateMedia({ reducedMotion: 'reduce', colorScheme, forcedColors: 'none' });
    await expect(page.locator('html')).toHaveAttribute('style', new RegExp(`color-scheme: ${colorScheme}`));
    const moving = `document.getAnimations()
      .map(({ transitionProperty, effect }) => transitionProperty + ' of ' + effect.target.localName)`;
    expect(await page.evaluate<string[]>(moving)).toEqual([]);
    await expect(button).toHaveCSS('color', 'rgb(255, 255, 255)');
  }
});
