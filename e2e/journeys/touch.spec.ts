import type { Page } from '@playwright/test';
import { expectNoSidewaysScrolling, expectTouchable } from '../fixtures/reach.ts';
import { expect, test } from '../fixtures/test.ts';
import { valuesFor } from '../fixtures/wizard.ts';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

/** Large enough to be hit without looking. */
const primaryPx = 44;

test('the whole journey on a phone, by touch', async ({ page, uniqueName }) => {
  test.setTimeout(240_000);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const values = valuesFor(uniqueName);
  const button = (name: string | RegExp) =>
    page.getByRole('button', { name, exact: typeof name === 'string' });
  const ok = button('OK');
  const judge = async (state: string): Promise<void> => {
    await expectNoSidewaysScrolling(page, state);
    // A page scrolls in its own place: whoever goes on at its end must not get to where nothing is.
    const below = await page.evaluate<number>('document.documentElement.scrollHeight - innerHeight');
    expect.soft(below, `${state}: nothing is below the window`).toBeLessThanOrEqual(0);
    await expectTouchable(page, state);
  };
  const choose = async (field: string, value: string): Promise<void> => {
    await page.getByRole('combobox', { name: field, exact: true }).tap();
    await judge(`${field}, open`);
    await page.getByRole('option').filter({ hasText: value }).first().tap();
  };
  const expectPlainKeyboard = async (label: string): Promise<void> => {
    const field = page.getByRole('textbox', { name: label, exact: true });
    await expect.soft(field, `${label} is not capitalised`).toHaveAttribute('autocapitalize', /none|off/);
    await expect.soft(field, `${label} is not corrected`).toHaveAttribute('spellcheck', 'false');
  };

  await test.step('home, and the navigation that folds away', async () => {
    await page.goto('/');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await judge('home');
    const navigation = page.getByRole('navigation', { name: 'Portal' });
    await expect(navigation).toBeHidden();
    await button('Unfold the navigation').tap();
    await judge('the navigation');
    await navigation.getByRole('link', { name: 'Create' }).tap();
    await expect(navigation).toBeHidden();
  });

  await test.step('the wizard', async () => {
    await judge('basics');
    expect((await ok.boundingBox())?.height).toBeGreaterThanOrEqual(primaryPx);
    await expectPlainKeyboard('Service name');
    await expectPlainKeyboard('Resource group');
    await page.getByLabel('Service name', { exact: true }).fill(values.serviceName);
    await page.getByRole('textbox', { name: 'Resource group', exact: true }).fill(values.resourceGroup);
    await choose('Region', values.region);
    await button('More information').first().tap();
    await judge('an explanation');
    await page.keyboard.press('Escape');
    await ok.tap();

    await expect(page.getByLabel('DNS name prefix', { exact: true })).toBeVisible();
    await judge('masters');
    await expectPlainKeyboard('DNS name prefix');
    await expectPlainKeyboard('User name');
    await page.getByLabel('DNS name prefix', { exact: true }).fill(values.dnsPrefix);
    await page.getByLabel('User name', { exact: true }).fill(values.userName);
    await button('How do I make an SSH key?').tap();
    await judge('how to make a key');
    await page.getByLabel('SSH public key', { exact: true }).fill(values.sshPublicKey);
    await page.getByRole('radio', { name: /^1 master/ }).tap();
    await ok.tap();

    const count = page.getByLabel('Agent count', { exact: true });
    await expect(count).toBeVisible();
    await judge('agents');
    await expect.soft(count, 'digits are typed').toHaveAttribute('inputmode', 'numeric');
    await count.fill('2');
    await page.getByRole('searchbox', { name: 'Search machine sizes' }).fill(values.machineSize);
    await page.getByRole('radio', { name: values.machineSize, exact: true }).tap();
    await ok.tap();
    await expect(page.getByText('Validation passed')).toBeVisible({ timeout: 30_000 });
    await judge('the summary');
    await ok.tap();
  });

  await test.step('the progress', async () => {
    await expect(page.getByRole('heading', { name: /underway|complete/ })).toBeVisible();
    await judge('the progress');
    await expect(page.getByRole('heading', { name: 'Your deployment is complete' })).toBeVisible({
      timeout: 60_000,
    });
    await button(/^Notifications/).tap();
    await judge('notifications');
    await page.keyboard.press('Escape');
  });

  await test.step('the topology is moved and zoomed by fingers', async () => {
    await page.getByRole('link', { name: 'Topology' }).tap();
    await expect(page.locator('[data-kind="scaleSet"]')).toBeVisible();
    await judge('the topology');
    await page.getByTestId('topology').scrollIntoViewIfNeeded();
    const before = await placeOf(page);
    await drag(page, [{ dx: 0, dy: -150 }]);
    await expect.poll(async () => (await placeOf(page)).y).toBeLessThan(before.y - 100);
    await drag(page, [
      { dx: -60, dy: 0 },
      { dx: 60, dy: 0 },
    ]);
    await expect.poll(async () => (await placeOf(page)).scale).toBeGreaterThan(before.scale * 1.2);
    await button('Show the whole diagram').tap();
    await expect.poll(async () => (await placeOf(page)).scale).toBeLessThan(before.scale);
    await page.locator('[data-kind="containerService"]').tap();
    const panel = page.getByRole('complementary', { name: /Container service/ });
    await expect(panel).toBeVisible();
    // The diagram was made small on purpose.
    await expectTouchable(page, 'about a piece', 'aside');
    await panel.getByRole('button', { name: 'Close' }).tap();
    await page.getByRole('radio', { name: 'Tree' }).tap();
    await judge('the topology as a tree');
  });

  await test.step('a machine', async () => {
    await page.getByRole('link', { name: 'Machines', exact: true }).tap();
    await expect(page.getByText(/machines?, \d+ running/)).toBeVisible();
    await judge('machines');
    await page
      .getByRole('row', { name: /Master/ })
      .first()
      .getByRole('link')
      .tap();
    await expect(page.getByRole('textbox', { name: 'Boot log' })).toBeVisible();
    await judge('a machine');
  });

  const apply = async (): Promise<void> => {
    await expect(button('Apply')).toBeEnabled();
    await expect(button('Apply')).not.toHaveAttribute('aria-disabled', 'true');
    await judge('what a change would do');
    await button('Apply').tap();
    await expect(page).toHaveURL(/\/deployment$/);
    await expect(page.getByRole('heading', { name: 'Your deployment is complete' })).toBeVisible({
      timeout: 60_000,
    });
  };

  await test.step('one agent less', async () => {
    await page.getByRole('link', { name: 'Scale', exact: true }).tap();
    await button('One less').tap();
    await expect(page.getByText(/^One agent is deleted/)).toBeVisible();
    await apply();
  });

  await test.step('another port', async () => {
    await page.getByRole('link', { name: 'Ports', exact: true }).tap();
    await button('Add a port').tap();
    await expectPlainKeyboard('Name of the new port');
    await page.getByLabel('Name of the new port', { exact: true }).fill('Grafana');
    const port = page.getByLabel('Port of Grafana', { exact: true });
    await expect.soft(port, 'digits are typed').toHaveAttribute('inputmode', 'numeric');
    await port.fill('3000');
    await button('Remove HTTPS').tap();
    await apply();
  });

  await test.step('the commands', async () => {
    await page.getByRole('link', { name: 'Connect', exact: true }).tap();
    await expect(page.getByText(/ssh -fNL/)).toBeVisible();
    await judge('connect');
    await button(/^Copy/).first().tap();
    await expect.poll(() => page.evaluate('navigator.clipboard.readText()')).toContain(values.dnsPrefix);
  });

  await test.step('a resource’s details', async () => {
    await page.getByRole('link', { name: 'Resources', exact: true }).tap();
    await expect(page.getByRole('row', { name: /Virtual network/ })).toBeVisible();
    await judge('resources');
    await page
      .getByRole('row', { name: /Virtual network/ })
      .getByRole('button')
      .first()
      .tap();
    await expect(page.getByRole('dialog')).toBeVisible();
    await judge('details');
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).tap();
  });

  await test.step('the end', async () => {
    const dialog = page.getByRole('dialog', { name: 'Delete confirmation' });
    await test.step('on a phone where not all of it has room, it begins at its beginning', async () => {
      await page.setViewportSize({ width: 390, height: 520 });
      await button('Delete').first().tap();
      await expect(dialog.getByRole('list', { name: 'What will be deleted' })).toBeVisible();
      await expect
        .soft(dialog.getByText(/will be deleted with everything in it/))
        .toBeInViewport({ ratio: 1, timeout: 3_000 });
      await page.setViewportSize({ width: 390, height: 844 });
    });
    await judge('deleting');
    const box = await dialog.boundingBox();
    expect(box && box.x >= 0 && box.x + box.width <= 390 && box.y >= 0 && box.y + box.height <= 844).toBe(
      true,
    );
    const name = dialog.getByRole('textbox');
    await expect.soft(name).toHaveAttribute('autocapitalize', /none|off/);
    await name.fill(values.serviceName);
    const remove = dialog.getByRole('button', { name: 'Delete' });
    expect((await remove.boundingBox())?.height).toBeGreaterThanOrEqual(primaryPx);
    await remove.tap();
    await expect(page).toHaveURL('/');
    await expect(page.getByText(values.serviceName, { exact: true })).toHaveCount(0, { timeout: 60_000 });
  });
});

/** Where the drawing stands in its window, and how large. */
const placeOf = (page: Page): Promise<{ y: number; scale: number }> =>
  page
    .getByTestId('topology')
    .locator('[data-drawing]')
    .evaluate((view) => ({
      y: view.getBoundingClientRect().y,
      scale: Number(/scale\(([\d.]+)\)/.exec(view.getAttribute('style') ?? '')?.[1]),
    }));

/** Puts as many fingers beside each other on the diagram as there are ways, and moves each on its way. */
async function drag(page: Page, ways: readonly { dx: number; dy: number }[]): Promise<void> {
  const box = await page.getByTestId('topology').boundingBox();
  if (!box) throw new Error('The diagram is not to be seen.');
  const touch = await page.context().newCDPSession(page);
  const fingers = (share: number): { x: number; y: number; id: number }[] =>
    ways.map(({ dx, dy }, id) => ({
      x: box.x + box.width / 2 + (id * 2 - ways.length + 1) * 30 + dx * share,
      y: box.y + Math.min(box.height, 844 - box.y) / 2 + dy * share,
      id,
    }));
  // One finger after the other, as hands do.
  for (const [index] of ways.entries()) {
    const touchPoints = fingers(0).slice(0, index + 1);
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints });
  }
  for (const share of [0.25, 0.5, 0.75, 1]) {
    await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: fingers(share) });
  }
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await touch.detach();
}
