import { routes } from '@slipway/contract';
import { subscriptionId } from '../fixtures/arm-clients.ts';
import { KeyboardWalk } from '../fixtures/keyboard.ts';
import { expect, test } from '../fixtures/test.ts';
import { valuesFor } from '../fixtures/wizard.ts';

test('the whole journey without a mouse', async ({ page, uniqueName }) => {
  test.setTimeout(240_000);
  const walk = new KeyboardWalk(page);
  const { keyboard } = page;
  const values = valuesFor(uniqueName);
  const button = (name: string | RegExp) =>
    page.getByRole('button', { name, exact: typeof name === 'string' });
  const bladeTitle = (name: string) => page.getByRole('heading', { level: 2, name });

  await test.step('the first key leads past the header', async () => {
    await page.goto('/');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    const skip = page.getByRole('link', { name: 'Skip to the page' });
    await keyboard.press('Tab');
    await expect(skip).toBeFocused();
    await expect(skip).toBeInViewport({ ratio: 1 });
    await keyboard.press('Enter');
    await expect(page.getByRole('main')).toBeFocused();
    await walk.step();
    await expect(page.getByRole('main').locator(':focus')).toHaveCount(1);
  });

  await test.step('menus open, give the focus back, and hold nobody', async () => {
    await page.goto('/');
    for (const name of [/Local cloud/, /^Notifications/, 'Theme']) {
      await walk.press(button(name));
      // What lies behind an open menu is hidden from screen readers.
      await expect(page.getByRole('button', { name, includeHidden: true })).toHaveAttribute(
        'aria-expanded',
        'true',
      );
      await keyboard.press('Escape');
      await expect(button(name)).toBeFocused();
    }
  });

  await test.step('the wizard', async () => {
    await walk.press(page.getByRole('navigation', { name: 'Portal' }).getByRole('link', { name: 'Create' }));
    await expect(page.getByRole('main')).toBeFocused();

    await walk.press(button('OK'));
    const serviceName = page.getByLabel('Service name', { exact: true });
    await expect(serviceName).toBeFocused();
    await keyboard.type(values.serviceName);
    await walk.type(page.getByRole('textbox', { name: 'Resource group', exact: true }), values.resourceGroup);
    await walk.type(page.getByRole('combobox', { name: 'Region', exact: true }), values.region);
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await expect(page.getByRole('combobox', { name: 'Region', exact: true })).toHaveValue(/West Europe/);
    await walk.press(button('OK'));

    await expect(bladeTitle('Master configuration')).toBeFocused();
    await walk.type(page.getByLabel('DNS name prefix', { exact: true }), values.dnsPrefix);
    await walk.type(page.getByLabel('User name', { exact: true }), values.userName);
    await walk.type(page.getByLabel('SSH public key', { exact: true }), values.sshPublicKey);
    const masters = page.getByRole('radio', { name: /\d masters?/ });
    await walk.to(masters.and(page.locator(':checked')));
    await keyboard.press('ArrowDown');
    await keyboard.press('ArrowUp');
    while (!(await page.getByRole('radio', { name: /^1 master/ }).isChecked()))
      await keyboard.press('ArrowUp');
    await walk.press(button('OK'));

    await expect(bladeTitle('Agent configuration')).toBeFocused();
    await walk.type(page.getByLabel('Agent count', { exact: true }), '1');
    await walk.type(page.getByRole('searchbox', { name: 'Search machine sizes' }), values.machineSize);
    await walk.press(page.getByRole('radio', { name: values.machineSize, exact: true }), 'Space');
    await walk.press(button('OK'));

    await expect(bladeTitle('Summary')).toBeFocused();
    await expect(page.getByText('Validation passed')).toBeVisible({ timeout: 30_000 });
    await walk.press(button('OK'));
  });

  await test.step('the progress', async () => {
    await expect(page.getByRole('heading', { name: 'Your deployment is complete' })).toBeVisible({
      timeout: 60_000,
    });
    await expect(page.getByRole('main')).toBeFocused();
  });

  await test.step('the topology', async () => {
    await walk.press(page.getByRole('link', { name: 'Topology' }));
    await walk.to(page.getByRole('radio', { name: 'Diagram' }));
    await keyboard.press('ArrowRight');
    await expect(page.getByRole('radio', { name: 'Tree' })).toBeFocused();
    const internet = page.locator('[data-kind="internet"]');
    await walk.to(internet);
    await keyboard.press('ArrowRight');
    await expect(page.locator('[data-kind="publicIp"]:focus')).toHaveCount(1);
    await keyboard.press('ArrowRight');
    const balancer = page.locator('[data-kind="loadBalancer"]:focus');
    await expect(balancer).toHaveCount(1);
    await keyboard.press('Enter');
    const panel = page.getByRole('complementary', { name: /load balancer/ });
    await expect(panel.getByRole('heading', { level: 2 })).toBeFocused();
    await keyboard.press('Escape');
    await expect(panel).toBeHidden();
    await expect(balancer).toHaveCount(1);

    const scale = () => page.locator('[data-drawing]').evaluate((view) => view.getBoundingClientRect().width);
    const before = await scale();
    await keyboard.press('+');
    await expect.poll(scale).toBeGreaterThan(before);
    for (const _ of [1, 2, 3, 4]) await keyboard.press('+');
    await walk.to(button('Show each'));
    await keyboard.press('Enter');
    await expect(button('Close')).toBeFocused();
    await expect(page.locator('[data-kind="scaleSetInstance"]')).toHaveCount(1);
    await keyboard.press('Enter');
    await expect(button('Show each')).toBeFocused();
    await walk.press(button('Show the whole diagram'));
    await expect.poll(scale).toBeLessThanOrEqual(before + 1);
  });

  const complete = page.getByRole('heading', { name: 'Your deployment is complete' });
  const openTab = async (name: string): Promise<void> => {
    await walk.to(page.getByRole('link', { name, exact: true }), { backwards: true });
    await keyboard.press('Enter');
  };

  await test.step('one agent more', async () => {
    await openTab('Scale');
    const agents = page.getByRole('textbox', { name: 'Number of agents' });
    await walk.to(agents);
    await keyboard.press('ArrowUp');
    await expect(agents).toHaveValue('2');
    await expect(page.getByText(/Machines 1 → 2/)).toBeVisible();
    await walk.press(button('Apply'));
    await expect(page).toHaveURL(/\/deployment$/);
    await expect(complete).toBeVisible({ timeout: 60_000 });
  });

  await test.step('one port more, one less', async () => {
    await openTab('Ports');
    await walk.press(button('Remove HTTPS'));
    await expect(button('Keep HTTPS')).toBeFocused();
    await walk.press(button('Add a port'));
    await keyboard.type('Grafana');
    await keyboard.press('Tab');
    await keyboard.type('3000');
    await expect(page.getByText(/^Would be added: TCP 3000/)).toBeVisible();
    await walk.press(button('Apply'));
    await expect(page).toHaveURL(/\/deployment$/);
    await expect(complete).toBeVisible({ timeout: 60_000 });
  });

  await test.step('the commands', async () => {
    await walk.to(page.getByRole('link', { name: 'Connect', exact: true }), { backwards: true });
    await keyboard.press('Enter');
    await expect(page.getByText(/ssh -fNL/)).toBeVisible();
    await walk.press(button(/^Copy/).first());
    await expect.poll(() => page.evaluate('navigator.clipboard.readText()')).toContain(values.dnsPrefix);
  });

  await test.step('a resource’s details', async () => {
    await walk.to(page.getByRole('link', { name: 'Resources', exact: true }), { backwards: true });
    await keyboard.press('Enter');
    const first = page.getByRole('rowheader').getByRole('button').first();
    await walk.press(first);
    await expect(page.getByRole('dialog')).toBeVisible();
    await expect(page.getByRole('dialog').locator(':focus')).toHaveCount(1);
    await keyboard.press('Escape');
    await expect(first).toBeFocused();
  });

  await test.step('the end', async () => {
    const remove = button('Delete').first();
    await walk.to(remove, { backwards: true });
    const dialog = page.getByRole('dialog', { name: 'Delete confirmation' });
    const size = page.viewportSize() ?? { width: 0, height: 0 };
    await test.step('in a window where not all of it has room, it begins at its beginning', async () => {
      await page.setViewportSize({ width: size.width, height: 420 });
      await keyboard.press('Enter');
      await expect(dialog.getByRole('list', { name: 'What will be deleted' })).toBeVisible();
      const question = dialog.getByText(/will be deleted with everything in it/);
      await expect(question).toBeFocused();
      await expect(question).toBeInViewport({ ratio: 1 });
      await keyboard.press('Escape');
      await expect(remove).toBeFocused();
      await page.setViewportSize(size);
    });
    await keyboard.press('Enter');
    await expect(dialog.locator(':focus')).toHaveCount(1);
    await keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(remove).toBeFocused();
    await keyboard.press('Enter');
    await walk.type(dialog.getByRole('textbox'), values.serviceName);
    await walk.press(dialog.getByRole('button', { name: 'Delete' }));
    await expect(page).toHaveURL('/');
    await expect(page.getByRole('main')).toBeFocused();
    const path = { subscriptionId, resourceGroup: values.resourceGroup, name: values.serviceName };
    await expect
      .poll(async () => (await page.request.get(routes.cluster(path))).status(), { timeout: 60_000 })
      .toBe(404);
  });
});
