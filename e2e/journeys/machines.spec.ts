import type { Locator, Page } from '@playwright/test';
import type { ClusterPath } from '@slipway/contract';
import { pageOf } from '../fixtures/deployed-cluster.ts';
import { openOwnPortal, type OwnPortal } from '../fixtures/own-portal.ts';
import { expect, test as base } from '../fixtures/test.ts';

const test = base.extend<object, { stage: OwnPortal & { cluster: ClusterPath } }>({
  stage: [
    async ({}, use) => {
      const portal = await openOwnPortal();
      const cluster = await portal.submit('fleet', { masters: 3, agents: 2 });
      await portal.until(cluster, 'succeeded');
      await use({ ...portal, cluster });
      await portal.close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: async ({ stage }, use) => {
    await use(stage.address);
  },
});

// One cluster for all, on which one thing happens at a time.
test.describe.configure({ mode: 'serial' });

const notifications = (page: Page): Locator => page.getByRole('dialog', { name: 'Notifications' });
const row = (page: Page, name: RegExp): Locator => page.getByRole('row', { name });
const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });
const essential = (page: Page, label: string): Locator =>
  page.locator('dl > div').filter({ has: page.getByText(label, { exact: true }) });

test('a master is stopped and started again, with its Swarm in mind, and its boot log is read', async ({
  page,
  stage: { cluster },
}) => {
  await page.goto(pageOf(cluster));
  await page.getByRole('link', { name: 'Machines', exact: true }).click();
  await expect(page.getByText('5 machines, 5 running')).toBeVisible();
  await expect(row(page, /Master.*Running/)).toHaveCount(3);
  await expect(row(page, /Agent.*Running/)).toHaveCount(2);

  const name =
    (await row(page, /Master/)
      .first()
      .getByRole('link')
      .textContent()) ?? '';
  await page.getByRole('link', { name, exact: true }).click();
  await expect(page.getByRole('heading', { name, level: 2 })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Machines', exact: true }).last()).toBeVisible();
  await expect(essential(page, 'State')).toContainText('Running');
  await expect(page.getByRole('textbox', { name: 'Boot log' })).toHaveValue(/This machine is simulated/);
  await expect(page.getByText(/nothing boots here/)).toBeVisible();
  await expect(page.getByText(/Last updated (just now|\d+ s ago)/)).toBeVisible();

  await test.step('what makes no sense is disabled, with a reason', async () => {
    await expect(button(page, 'Start')).toHaveAttribute('aria-disabled', 'true');
    await expect(button(page, 'Start')).toHaveAccessibleDescription('It runs already.');
    await expect(button(page, 'Stop')).toHaveAccessibleDescription(/stays allocated/);
  });

  await test.step('what interrupts is asked for first, and can be left', async () => {
    await button(page, 'Stop').click();
    const dialog = page.getByRole('alertdialog', { name: `Stop ${name}?` });
    await expect(dialog).toContainText('2 of 3 masters remain, and that is a majority');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(dialog).toBeHidden();
    await expect(button(page, 'Stop')).toBeFocused();
    await expect(essential(page, 'State')).toContainText('Running');
  });

  await test.step('it is stopped', async () => {
    await button(page, 'Stop').click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Stop' }).click();
    await expect(page.getByText(`${name} is being stopped…`)).toBeVisible();
    await expect(page.getByText(`${name} has stopped.`)).toBeVisible();
    await expect(essential(page, 'State')).toContainText('Stopped');
    await expect(button(page, 'Restart')).toHaveAccessibleDescription('It does not run: start it instead.');
  });

  await test.step('the list and the bell tell it, and the next stop would cost the majority', async () => {
    await page.getByRole('navigation', { name: 'Pages of' }).getByRole('link', { name: 'Machines' }).click();
    await expect(page.getByText('5 machines, 4 running')).toBeVisible();
    await expect(row(page, new RegExp(`${name}.*Stopped`))).toBeVisible();
    await page.getByRole('button', { name: /^Notifications/ }).click();
    await expect(notifications(page).getByText(`${name} has stopped`)).toBeVisible();
    await page.keyboard.press('Escape');
    await row(page, /Master.*Running/)
      .first()
      .getByRole('link')
      .click();
    await button(page, 'Deallocate').click();
    await expect(page.getByRole('alertdialog')).toContainText(
      '1 of 3 masters remains, and that is no majority',
    );
    await page.keyboard.press('Escape');
  });

  await test.step('it is started again, also when its page is left meanwhile', async () => {
    await page.goto(pageOf(cluster, `/machines/${name}`));
    await button(page, 'Start').click();
    await expect(page.getByText(`${name} is being started…`)).toBeVisible();
    await page.getByRole('link', { name: 'Overview' }).click();
    await page.getByRole('button', { name: /^Notifications/ }).click();
    await expect(notifications(page).getByText(`${name} has started`)).toBeVisible();
    await notifications(page).getByRole('link', { name: 'Go to the machine' }).first().click();
    await expect(essential(page, 'State')).toContainText('Running');
    await expect(page.getByText(`${name} has started.`)).toBeVisible();
  });
});

test('what ARM refuses, and what fails after it has begun, is told with ARM’s code and words', async ({
  page,
  stage: { cluster, setMoods },
}) => {
  await page.goto(pageOf(cluster, '/machines'));
  await row(page, /Agent/).first().getByRole('link').click();
  await expect(button(page, 'Restart')).toBeEnabled();

  await setMoods({
    requests: [
      {
        mood: 'status',
        status: 409,
        method: 'POST',
        path: '*/restart',
        times: 1,
        code: 'Sulking',
        message: 'Not now.',
      },
    ],
  });
  await button(page, 'Restart').click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Restart' }).click();
  const refusal = page.getByRole('alert').filter({ hasText: 'could not be restarted' });
  await expect(refusal).toContainText('Not now.');
  await expect(refusal).toContainText('Sulking');

  await setMoods({
    work: [
      {
        mood: 'fails',
        action: 'action',
        times: 1,
        error: { code: 'AllocationFailed', message: 'There is no room.' },
      },
    ],
  });
  await button(page, 'Deallocate').click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Deallocate' }).click();
  await expect(page.getByText('The last change of this machine failed.')).toBeVisible();
  await expect(page.getByRole('main').getByText('AllocationFailed')).toBeVisible();
  await expect(page.getByRole('main').getByText('There is no room.')).toBeVisible();
  await page.reload();
  await expect(page.getByText('AllocationFailed')).toBeVisible();

  await setMoods({});
  await button(page, 'Restart').click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Restart' }).click();
  await expect(page.getByText(/has restarted\./)).toBeVisible();
  await expect(page.getByText('AllocationFailed')).toBeHidden();
});

test('the boot log stays at its end while it grows, unless somebody has scrolled up', async ({
  page,
  stage: { cluster },
}) => {
  let lines = 200;
  await page.route('**/machines/boot-log?*', (route) => {
    lines += 50;
    const text = Array.from({ length: lines }, (_, index) => `[ OK ] line ${index}\n`).join('');
    return route.fulfill({ json: { text, truncated: true } });
  });
  await page.goto(pageOf(cluster, '/machines'));
  await row(page, /Master/)
    .first()
    .getByRole('link')
    .click();
  const log = page.getByRole('textbox', { name: 'Boot log' });
  const fromEnd = () =>
    log.evaluate(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight);
  await expect(log).toHaveValue(/line 249\n$/);
  await expect(page.getByText('Only the newest megabyte is shown.')).toBeVisible();
  await expect(log).toHaveValue(/line 299\n$/);
  expect(await fromEnd()).toBeLessThan(10);

  await log.evaluate((area) => area.scrollTo(0, 300));
  await expect.poll(() => log.evaluate((area) => area.scrollTop)).toBe(300);
  await expect(log).toHaveValue(/line 399\n$/);
  expect(await log.evaluate((area) => area.scrollTop)).toBe(300);

  await log.press('ControlOrMeta+End');
  await expect.poll(fromEnd).toBeLessThan(10);
  await expect(log).toHaveValue(/line 499\n$/);
  expect(await fromEnd()).toBeLessThan(10);
});

test('a machine is found from the diagram and from the list of resources', async ({
  page,
  stage: { cluster },
}) => {
  await page.goto(pageOf(cluster, '/topology'));
  await page.locator('[data-kind="virtualMachine"]').first().click();
  await page.getByRole('link', { name: 'Go to the machine' }).click();
  await expect(page.getByRole('heading', { name: /master/, level: 2 })).toBeVisible();
  await page.goto(pageOf(cluster, '/resources'));
  await row(page, /Scale set instance/)
    .first()
    .getByRole('button')
    .first()
    .click();
  await page.getByRole('link', { name: 'Go to the machine' }).click();
  await expect(essential(page, 'Role')).toContainText('Agent');
});
