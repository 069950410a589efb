import { AxeBuilder } from '@axe-core/playwright';
import { deployCluster, pageOf } from '../fixtures/deployed-cluster.ts';
import { expect, test } from '../fixtures/test.ts';

const looks = [
  { theme: 'light', width: 1440 },
  { theme: 'dark', width: 1440 },
  { theme: 'light', width: 390 },
  { theme: 'dark', width: 390 },
] as const;

for (const { theme, width } of looks) {
  test(`every page at ${width} px, ${theme}: accessible, and no wider than the screen`, async ({
    page,
    uniqueName,
  }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: theme });
    const cluster = await deployCluster(page.request, uniqueName);
    const steps = ['basics', 'master', 'agent', 'summary'].map((step) => `/create?step=${step}`);
    const clusterPages = ['', '/topology', '/connect', '/resources', '/deployment'].map((end) =>
      pageOf(cluster, end),
    );

    for (const address of ['/', ...steps, ...clusterPages, '/no-such-page']) {
      await test.step(address, async () => {
        await page.goto(address);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await expect(page.getByRole('progressbar')).toHaveCount(0);
        if (address.endsWith('/topology')) await expect(page.locator('[data-kind="scaleSet"]')).toBeVisible();
        // Tabster's focus sentinels are hidden and focusable by design; they pass the focus on at once.
        const { violations } = await new AxeBuilder({ page }).exclude('[data-tabster-dummy]').analyze();
        const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
        expect(grave.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`)).toEqual(
          [],
        );
        const overflow = await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth);
        expect(overflow, 'the page does not scroll sideways').toBeLessThanOrEqual(0);
      });
    }
  });
}
