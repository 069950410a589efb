import type { Page } from '@playwright/test';
import { routes, type ClusterPath } from '@slipway/contract';
import { armClients } from '../fixtures/arm-clients.ts';
import { pageOf } from '../fixtures/deployed-cluster.ts';
import { enduranceUnless } from '../fixtures/endurance.ts';
import { openOwnPortal, type OwnPortal } from '../fixtures/own-portal.ts';
import { expect, test as base } from '../fixtures/test.ts';
import { fillAgents, fillBasics, fillMasters, submit, valuesFor } from '../fixtures/wizard.ts';

const test = base.extend<object, { portal: OwnPortal }>({
  // A hundred agents take quota that other tests need.
  portal: [
    async ({}, use) => {
      const portal = await openOwnPortal({ SLIPWAY_PACE: 'instant' });
      await use(portal);
      await portal.close();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  baseURL: async ({ portal }, use) => {
    await use(portal.address);
  },
});

/** One core each: a hundred of them stay within the quota. */
const machineSize = 'Standard_B1ms';

for (const masters of [1, 3, 5] as const) {
  for (const agents of [1, 100]) {
    const isLargest = masters === 5 && agents === 100;
    test(
      `${masters} × ${agents}: from nothing to nothing`,
      enduranceUnless(isLargest),
      async ({ page, portal }) => {
        test.setTimeout(180_000);
        await page.emulateMedia({ reducedMotion: 'reduce' });
        const name = `m${masters}a${agents}`;
        const values = valuesFor(name, { masters, agents, machineSize });
        // The largest goes through the wizard; what the wizard asks is the same for all.
        if (isLargest) {
          await page.goto('/create');
          await fillBasics(page, values);
          await fillMasters(page, values);
          await fillAgents(page, values);
          await expect(page.getByText('Validation passed')).toBeVisible({ timeout: 30_000 });
          await submit(page, values);
        } else {
          await page.goto(pageOf(await portal.submit(name, { masters, agents, machineSize }), '/deployment'));
        }
        const [, subscriptionId = ''] = /\/clusters\/([^/]+)/.exec(page.url()) ?? [];
        const path: ClusterPath = { subscriptionId, resourceGroup: values.resourceGroup, name };
        await expect(page.getByRole('heading', { name: 'Your deployment is complete' })).toBeVisible({
          timeout: 60_000,
        });
        await expect(page.getByRole('row', { name: /Virtual machine\b.*Succeeded/ })).toHaveCount(masters);

        for (const width of [1440, 390]) {
          await test.step(`the diagram at ${width} px`, async () => {
            await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
            await page.goto(pageOf(path, '/topology'));
            const scaleSet = page.locator('[data-kind="scaleSet"]');
            await expect(scaleSet).toContainText(`Agents × ${agents}`);
            await expect(page.locator('[data-kind="virtualMachine"]')).toHaveCount(masters);
            await expectReadable(page);
            if (width === 1440) await expect(() => expectWholeInView(page)).toPass({ timeout: 15_000 });
            else await expect(() => expectTitlesFreeOfLines(page)).toPass({ timeout: 15_000 });

            await page.getByRole('button', { name: 'Show each' }).press('Enter');
            await expect(page.locator('[data-kind="scaleSetInstance"]')).toHaveCount(agents);
            await expectReadable(page);
            await expect(page.getByRole('button', { name: 'Close', exact: true })).toBeInViewport();
            await page.getByRole('button', { name: 'Close', exact: true }).press('Enter');
            await expect(page.locator('[data-kind="scaleSetInstance"]')).toHaveCount(0);
            await reachEveryPiece(page);
          });
        }

        await test.step('the commands', async () => {
          await page.getByRole('link', { name: 'Connect' }).click();
          await expect(page.getByText(/ssh -fNL 2375:localhost:2375 -p 2200/)).toBeVisible();
        });

        await test.step('nothing is left', async () => {
          await page.getByRole('button', { name: 'Delete', exact: true }).click();
          const dialog = page.getByRole('dialog', { name: 'Delete confirmation' });
          await dialog.getByRole('checkbox').check();
          await dialog.getByRole('textbox').fill(name);
          await dialog.getByRole('button', { name: 'Delete' }).click();
          await expect(page).toHaveURL('/');
          await expect
            .poll(async () => (await portal.api.get(routes.cluster(path))).status(), { timeout: 60_000 })
            .toBe(404);
          const { resources } = armClients(portal.services.place);
          const left: string[] = [];
          for await (const { id } of resources.resources.list()) left.push(id ?? '');
          for await (const { id } of resources.resourceGroups.list()) left.push(id ?? '');
          expect(left.filter((id) => id.includes(name))).toEqual([]);
        });
      },
    );
  }
}

/** No letter of the diagram is lower than 10 px as it opens, no two pieces overlap, and cut text has a title. */
function expectReadable(page: Page): Promise<void> {
  const look = () =>
    page.evaluate<{ smallest: number; overlapping: string[]; untold: string[] }>(`(() => {
    const flow = document.querySelector('[data-testid="topology"]');
    const texts = [...flow.querySelectorAll('[data-drawing] *')].filter((element) =>
      [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '') && element.offsetWidth > 1);
    const zoom = new DOMMatrix(flow.querySelector('[data-drawing]').style.transform).a;
    const smallest = Math.min(...texts.map((element) =>
      parseFloat(getComputedStyle(element).fontSize) * zoom));
    const cards = [...flow.querySelectorAll('[data-box]:not([data-frame])')]
      .map((node) => ({ id: node.dataset.box, box: node.getBoundingClientRect() }));
    const overlap = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    const overlapping = cards.flatMap((a, index) => cards.slice(index + 1)
      .filter((b) => overlap(a.box, b.box)).map((b) => a.id + ' on ' + b.id));
    const untold = texts.filter((element) => element.scrollWidth > element.clientWidth + 1 &&
      getComputedStyle(element).overflowX === 'hidden' && !element.closest('[title]'))
      .map((element) => element.textContent);
    return { smallest, overlapping, untold };
  })()`);
  return expect(async () => {
    const { smallest, overlapping, untold } = await look();
    expect(Number(smallest.toFixed(3))).toBeGreaterThanOrEqual(10);
    expect(overlapping).toEqual([]);
    expect(untold).toEqual([]);
  }).toPass({ timeout: 15_000 });
}

async function expectWholeInView(page: Page): Promise<void> {
  const window = await page.getByTestId('topology').boundingBox();
  const service = await page.locator('[data-box="service"]').boundingBox();
  if (!window || !service) throw new Error('There is no diagram.');
  expect(service.x).toBeGreaterThanOrEqual(window.x);
  expect(service.y).toBeGreaterThanOrEqual(window.y);
  expect(service.x + service.width).toBeLessThanOrEqual(window.x + window.width);
  expect(service.y + service.height).toBeLessThanOrEqual(window.y + window.height);
}

/** The first line passes the service's title by. */
async function expectTitlesFreeOfLines(page: Page): Promise<void> {
  const title = await page.locator('[data-kind="containerService"]').boundingBox();
  const internet = await page.locator('[data-kind="internet"]').boundingBox();
  if (!title || !internet) throw new Error('There is no diagram.');
  expect(title.x + title.width).toBeLessThan(internet.x + internet.width / 2);
}

/** Every piece comes into the window when the keyboard goes to it. */
async function reachEveryPiece(page: Page): Promise<void> {
  const pieces = page.locator('[data-piece]');
  await page.getByRole('radio', { name: 'Diagram' }).focus();
  // Past the tools that stand before the diagram.
  for (let tool = 0; tool < 12 && (await page.locator('[data-piece]:focus').count()) === 0; tool += 1) {
    await page.keyboard.press('Tab');
  }
  await expect(pieces.first()).toBeFocused();
  const count = await pieces.count();
  for (let index = 0; index < count; index += 1) {
    await expect(page.locator('[data-piece]:focus')).toBeInViewport({ ratio: 0.5 });
    await page.keyboard.press('Tab');
    if ((await page.locator('[data-piece]:focus').count()) === 0) await page.keyboard.press('Tab');
  }
}
