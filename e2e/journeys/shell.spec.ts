import type { ClusterPath } from '@slipway/contract';
import { expectAccessible } from '../fixtures/accessible.ts';
import { pageOf } from '../fixtures/deployed-cluster.ts';
import { openOwnPortal, type OwnPortal } from '../fixtures/own-portal.ts';
import { expect, test as base } from '../fixtures/test.ts';

const test = base.extend<object, { portal: OwnPortal & { harbor: ClusterPath } }>({
  portal: [
    async ({}, use) => {
      const portal = await openOwnPortal({ SLIPWAY_PACE: 'instant' });
      const harbor = await portal.submit('harbor', { masters: 1, agents: 1 });
      await portal.until(harbor, 'succeeded');
      await use({ ...portal, harbor });
      await portal.close();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  baseURL: async ({ portal }, use) => {
    await use(portal.address);
  },
});

test('the search finds, remembers and does; shortcuts lead everywhere', async ({ page, portal }) => {
  const { keyboard } = page;
  const panel = page.getByRole('dialog', { name: 'Search' });
  const field = panel.getByRole('combobox');
  const option = (name: string | RegExp) => panel.getByRole('option', { name });
  await page.goto('/');
  await expect(page.getByRole('link', { name: 'harbor', exact: true })).toBeVisible();

  await test.step('by the keyboard, with the state of what is found', async () => {
    await keyboard.press('g');
    await keyboard.press('/');
    await expect(field).toBeFocused();
    await keyboard.type('harb');
    await expect(option('harbor-group Resource group')).toBeVisible();
    await expect(option(/^harbor Container service in harbor-group Succeeded/)).toHaveAttribute(
      'aria-selected',
      'true',
    );
    await keyboard.press('ArrowUp');
    await expect(panel.getByRole('option', { selected: true })).toHaveText(
      (await panel.getByRole('option').last().textContent()) ?? '',
    );
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await expect(page).toHaveURL(pageOf(portal.harbor));
    await expect(page.getByRole('main')).toBeFocused();
  });

  await test.step('remembers what was chosen, and knows the cluster at hand', async () => {
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await expect(panel.getByRole('group', { name: 'Recent' }).getByRole('option')).toHaveText([/^harbor/]);
    await panel.getByRole('group', { name: 'harbor' }).getByRole('option', { name: 'Connect' }).click();
    await expect(page).toHaveURL(pageOf(portal.harbor, '/connect'));
    await expect(page).toHaveTitle('Connect · harbor · Slipway');
    await keyboard.press('ControlOrMeta+k');
    await field.fill('dark');
    await keyboard.press('Enter');
    await expect(page.locator('html')).toHaveCSS('color-scheme', 'dark');
  });

  await test.step('says when nothing is found, and when it fails', async () => {
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await field.fill('no such <b>name</b>');
    await expect(panel.getByText('Nothing has “no such <b>name</b>” in its name.')).toBeVisible();
    await portal.setMoods({
      requests: [{ mood: 'status', status: 403, path: '*/Microsoft.ResourceGraph/*' }],
    });
    await field.fill('harbor-g');
    await expect(panel.getByText('The search failed.')).toBeVisible();
    await portal.setMoods({});
    await panel.getByRole('button', { name: 'Try again' }).click();
    await expect(option(/^harbor-group/)).toBeVisible();
    await field.fill('swarm-master-lb');
    await expect(option(/^swarm-master-lb-.* Load balancer in harbor-group$/)).toHaveAttribute(
      'href',
      /^\/resources\/subscriptions\/.*\/loadBalancers\//,
    );
    await keyboard.press('Escape');
    await expect(panel).toBeHidden();
    await expect(page.getByRole('button', { name: 'Search', exact: true })).toBeFocused();
  });

  await test.step('shortcuts are told, work, and can be off', async () => {
    const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await keyboard.press('g');
    await keyboard.press('r');
    await expect(page).toHaveURL('/resource-groups');
    await page.getByRole('searchbox').fill('g?n');
    await expect(help).toBeHidden();
    await page.getByRole('heading', { level: 1 }).click();
    await keyboard.press('?');
    await help.getByRole('switch', { name: 'Shortcuts of single keys' }).click();
    await help.getByRole('button', { name: 'Close' }).click();
    await page.reload();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await keyboard.press('?');
    await keyboard.press('ControlOrMeta+k');
    await expect(panel).toBeVisible();
    await expect(help).toBeHidden();
  });
});

test('home finds and sorts clusters by its address, and tells what was deployed last', async ({
  page,
  portal,
}) => {
  const link = page.getByRole('link', { name: 'harbor', exact: true });
  const recent = page.getByRole('region', { name: 'Recent deployments' });
  await portal.setMoods({
    requests: [{ mood: 'status', status: 403, path: '*/resourcegroups/harbor-group/*/deployments' }],
  });
  await page.goto('/?q=nothing&sort=-agents');
  await expect(page.getByText('No container service matches “nothing”.')).toBeVisible();
  await expect(recent.getByText(/The deployments of harbor-group could not be read/)).toBeVisible();
  await portal.setMoods({});
  await page.getByRole('button', { name: 'Clear the search' }).click();
  await expect(link).toBeVisible();
  const agents = page.getByRole('columnheader', { name: 'Agents' });
  await expect(agents).toHaveAttribute('aria-sort', 'descending');
  await agents.getByRole('button').click();
  await expect(page).toHaveURL(/\?sort=agents$/);
  await page.reload();
  await expect(recent.getByRole('row', { name: /^harbor-.* Succeeded harbor-group/ })).toBeVisible();
  await expect(agents).toHaveAttribute('aria-sort', 'ascending');
});

test('notifications are a history that survives a reload, and tell what ended meanwhile', async ({
  page,
  portal,
}) => {
  const bell = page.getByRole('button', { name: /^Notifications/ });
  const panel = page.getByRole('dialog', { name: 'Notifications' });
  await page.goto('/');
  await expect(page.getByRole('link', { name: 'harbor', exact: true })).toBeVisible();

  await test.step('what was left before its code came does not open any more', async () => {
    const held = Promise.withResolvers<void>();
    await page.route(/notification-panel-.*\.js$/, async (route) => {
      await held.promise;
      await route.continue();
    });
    const came = page.waitForResponse(/notification-panel-.*\.js$/);
    await bell.click();
    await expect(bell).toBeFocused();
    await page.keyboard.press('Escape');
    held.resolve();
    await (await came).finished();
    await expect(bell).toHaveAttribute('aria-expanded', 'false');
    await expect(bell).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(panel).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(panel).toBeHidden();
  });

  await portal.setMoods({
    work: [{ mood: 'never-ends', type: 'Microsoft.Compute/virtualMachineScaleSets', action: 'write' }],
  });
  const schooner = await portal.submit('schooner', { masters: 1, agents: 1 });
  await page.reload();
  await bell.click();
  await expect(panel.getByText('schooner is being deployed')).toBeVisible();
  // It ends while nobody looks.
  await page.goto('about:blank');
  await portal.setMoods({});
  await portal.until(schooner, 'succeeded');
  await page.goto('/');
  await expect(page.getByRole('button', { name: 'Notifications, 1 new' })).toBeVisible();
  await bell.click();
  await expect(panel.getByText('schooner is ready')).toBeVisible();
  await page.reload();
  await bell.click();
  await expect(panel.getByText('schooner is ready')).toBeVisible();
  await panel.getByRole('button', { name: 'Dismiss all' }).click();
  await expect(panel.getByText('There are no notifications.')).toBeVisible();
});

test('a notification that is dismissed over a dialog leaves the focus in it', async ({ page, portal }) => {
  const { keyboard } = page;
  await page.goto('/');
  await expect(page.getByRole('link', { name: 'harbor', exact: true })).toBeVisible();
  await portal.setMoods({ work: [{ mood: 'never-ends', type: 'Microsoft.Network/virtualNetworks' }] });
  await portal.submit('sloop', { masters: 1, agents: 1 });
  await page.getByRole('button', { name: 'Refresh' }).click();
  await page.getByText('sloop is being deployed', { exact: true }).hover();
  await expectAccessible(page, 'a notification of what is underway');

  await keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(help.locator(':focus')).toHaveCount(1);
  const error = { code: 'Sulking', message: 'No.' };
  await portal.setMoods({
    work: [{ mood: 'fails', type: 'Microsoft.Compute/virtualMachineScaleSets', error }],
  });
  // Where another notification was there before, the dialog hides their place from screen readers, which hear of it all the same.
  const hidden = { includeHidden: true };
  const toast = page.getByRole('listitem', hidden).filter({ hasText: 'The deployment of sloop failed' });
  await toast.getByRole('button', { name: 'Dismiss', ...hidden }).click();
  expect(await help.locator(':focus').count()).toBe(1);
  await keyboard.press('Escape');
  await expect(help).toBeHidden();
  await portal.setMoods({});

  await keyboard.press('?');
  await expect(help.locator(':focus')).toHaveCount(1);
  // Also where the focus has got lost otherwise.
  await page.evaluate('document.activeElement.blur()');
  await keyboard.press('Escape');
  await expect(help).toBeHidden();
});

test.describe('an area that fails', () => {
  test.use({ expectedComplaint: /out of order/ });
  test('leaves the rest of the portal standing, tells all of it, and can be tried again', async ({
    page,
  }) => {
    await page.goto('/');
    await expect(page.getByRole('link', { name: 'harbor', exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Fold the navigation' }).click();
    await page.reload();
    await expect(page.getByRole('button', { name: 'Unfold the navigation' })).toBeVisible();

    // Every page fails that tells when something was.
    await page.evaluate(`{
      const { toLocaleString } = Date.prototype;
      window.mend = () => Object.assign(Date.prototype, { toLocaleString });
      Date.prototype.toLocaleString = () => { throw new Error('The clock is out of order.'); };
    }`);
    await page
      .getByRole('navigation', { name: 'Portal' })
      .getByRole('link', { name: 'Resource groups' })
      .click();
    // Whoever goes back before another page is there has never left.
    await expect(page.getByRole('heading', { level: 1, name: 'Resource groups' })).toBeVisible();
    await page.goBack();
    const failure = page.getByRole('alert').filter({ hasText: 'This page could not be shown.' });
    await expect(failure).toContainText('The clock is out of order.');
    await page.getByRole('button', { name: 'Copy the details for a report' }).click();
    await expect.poll(() => page.evaluate('navigator.clipboard.readText()')).toMatch(/Page: \/\nSlipway \d/);
    await page.evaluate('window.mend()');
    await failure.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByRole('link', { name: 'harbor', exact: true })).toBeVisible();
    await page.getByRole('link', { name: 'Settings', exact: true }).click();
    await page.getByRole('radio', { name: 'Dark' }).check();
    await page.getByRole('button', { name: 'Clear all' }).click();
    await expect(page.getByText('Nothing is stored.')).toBeVisible();
    await expect(page.getByRole('radio', { name: /^Auto/ })).toBeChecked();
    await expect(page.getByRole('button', { name: 'Fold the navigation', exact: true })).toBeVisible();
    await page.goto('/clusters/nowhere');
    await expect(page.getByText('/clusters/nowhere')).toBeVisible();
    await page.getByRole('link', { name: 'Go to the resource groups' }).click();
    await expect(page).toHaveURL('/resource-groups');
  });
});
