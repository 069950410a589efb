import type { ClusterPath } from '@slipway/contract';
import type { Page } from '@playwright/test';
import { deployCluster, pageOf } from '../fixtures/deployed-cluster.ts';
import { enduranceUnless } from '../fixtures/endurance.ts';
import { expectNoSidewaysScrolling, expectNothingCut, expectReachable } from '../fixtures/reach.ts';
import { expect, test } from '../fixtures/test.ts';

const zooms = [
  { zoom: '200 % of 1280 × 800', viewport: { width: 640, height: 400 }, deviceScaleFactor: 2, fontSize: '' },
  // WCAG 1.4.10: 1280 px wide at 400 %.
  { zoom: '320 px wide', viewport: { width: 320, height: 640 }, deviceScaleFactor: 1, fontSize: '' },
  {
    zoom: 'letters of 200 %',
    viewport: { width: 1280, height: 800 },
    deviceScaleFactor: 1,
    fontSize: '200%',
  },
];

for (const { zoom, viewport, deviceScaleFactor, fontSize } of zooms) {
  test.describe(zoom, enduranceUnless(viewport.width === 320), () => {
    test.use({ viewport, deviceScaleFactor });
    test('nothing is cut off, covered or out of reach on any page', async ({ page, uniqueName }) => {
      test.setTimeout(180_000);
      await page.emulateMedia({ reducedMotion: 'reduce' });
      const cluster = await deployCluster(page.request, uniqueName);
      for (const [state, show] of Object.entries(statesOf(page, cluster))) {
        await test.step(state, async () => {
          await show();
          if (fontSize !== '')
            await page.evaluate(`document.documentElement.style.fontSize = ${JSON.stringify(fontSize)}`);
          await expectNoSidewaysScrolling(page, state);
          await expectNothingCut(page, state);
          await expectReachable(page, state);
        });
      }
    });
  });
}

/** How each state is come by. */
function statesOf(page: Page, cluster: ClusterPath): Record<string, () => Promise<void>> {
  const open = async (address: string): Promise<void> => {
    await page.goto(address);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByRole('progressbar')).toHaveCount(0);
  };
  const press = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
  return {
    home: () => open('/'),
    basics: () => open('/create'),
    'basics with errors': () => press('OK'),
    masters: () => open('/create?step=master'),
    'how to make a key': () => press('How do I make an SSH key?'),
    agents: () => open('/create?step=agent'),
    summary: () => open('/create?step=summary'),
    overview: () => open(pageOf(cluster)),
    topology: async () => {
      await open(pageOf(cluster, '/topology'));
      await expect(page.locator('[data-kind="scaleSet"]')).toBeVisible();
    },
    'the topology as a tree': () => page.getByRole('radio', { name: 'Tree' }).click(),
    'about a piece': () => page.getByRole('treeitem', { name: /^Masters' load balancer/ }).click(),
    machines: () => open(pageOf(cluster, '/machines')),
    'a machine': () =>
      page
        .getByRole('main')
        .getByRole('link', { name: /master.*-0$/ })
        .click(),
    connect: () => open(pageOf(cluster, '/connect')),
    resources: () => open(pageOf(cluster, '/resources')),
    details: () => page.getByRole('table').getByRole('button').first().click(),
    deployment: () => open(pageOf(cluster, '/deployment')),
    deleting: () => press('Delete'),
    'nothing here': () => open('/no-such-page'),
  };
}
