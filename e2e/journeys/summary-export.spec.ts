import { readFileSync } from 'node:fs';
import { clusterSchema, routes } from '@slipway/contract';
import type { Download, Page } from '@playwright/test';
import { deployCluster, pageOf } from '../fixtures/deployed-cluster.ts';
import { expectNoSidewaysScrolling } from '../fixtures/reach.ts';
import { expect, test } from '../fixtures/test.ts';
import { fillWizard, valuesFor } from '../fixtures/wizard.ts';

/** What a press downloads, as JSON. */
async function downloadedBy(
  page: Page,
  press: () => Promise<void>,
): Promise<{ name: string; content: unknown }> {
  const [download]: [Download, void] = await Promise.all([page.waitForEvent('download'), press()]);
  return {
    name: download.suggestedFilename(),
    content: JSON.parse(readFileSync(await download.path(), 'utf8')),
  };
}

const serviceName = (page: Page) => page.getByLabel('Service name', { exact: true });

test('the summary tells what will be created, and is taken along as files, as commands, as a link and on paper', async ({
  page,
  uniqueName,
}) => {
  const values = valuesFor(uniqueName, { masters: 3 });
  await fillWizard(page, values);
  const foreseen = page.getByRole('region', { name: 'What will be created' });
  await expect(foreseen.getByText('To be added, from the internet inwards:')).toBeVisible();
  await expect(foreseen.getByRole('listitem').first()).toContainText("Masters' public IP address");
  await foreseen.getByText(/^All \d+ resources/).click();
  await foreseen.getByText(/To be added \(\d+\)/).click();
  await foreseen.locator('summary', { hasText: 'Virtual network' }).click();
  await expect(foreseen.getByRole('textbox')).toHaveValue(/"addressPrefixes"/);

  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('banner')).toBeHidden();
  await expect(page.getByRole('button', { name: 'OK', exact: true })).toBeHidden();
  await expect(foreseen.getByText('Storage account', { exact: true }).first()).toBeVisible();
  await page.emulateMedia({ media: 'screen' });

  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('button', { name: 'Download for automation' }).click();
  const pane = page.getByRole('dialog', { name: 'Download for automation' });
  const template = await downloadedBy(page, () => pane.getByRole('button', { name: /^Download:/ }).click());
  expect(template).toMatchObject({
    name: `${uniqueName}.template.json`,
    content: { contentVersion: '1.0.0.0' },
  });
  await pane.getByRole('tab', { name: 'Parameters' }).click();
  const parameters = await downloadedBy(page, () => pane.getByRole('button', { name: /^Download:/ }).click());
  expect(parameters).toMatchObject({
    name: `${uniqueName}.parameters.json`,
    content: { parameters: { masterCount: { value: 3 }, dnsPrefix: { value: uniqueName } } },
  });
  await pane.getByRole('tab', { name: 'Azure CLI' }).click();
  await pane.getByRole('tab', { name: 'PowerShell' }).click();
  await expect(pane.getByRole('textbox', { name: 'Deploy as a container service' })).toHaveValue(
    new RegExp(`az stack group create \`[^]*--name ${uniqueName} \``),
  );
  await expectNoSidewaysScrolling(page, 'the commands for automation');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Download for automation' })).toBeFocused();

  await page.getByRole('button', { name: 'Copy link to these values' }).click();
  const link = await page.evaluate<string>('navigator.clipboard.readText()');
  expect(link).not.toContain('ssh');
  // A draft is never replaced without a question.
  await page.goto(link.replace(`serviceName=${uniqueName}`, 'serviceName=other&agents=0'));
  await page.getByRole('button', { name: 'Keep my draft' }).click();
  await expect(serviceName(page)).toHaveValue(uniqueName);
  await page.goto(link.replace(/agents=\d+/, 'agents=0'));
  await page.getByRole('button', { name: 'Use the link’s values' }).click();
  await expect(page.getByText(/These values come from a link.*Left out: Agent count\./)).toBeVisible();
  await expect(serviceName(page)).toHaveValue(uniqueName);
  await expect(page).toHaveURL(/\/create$/);
  await page.getByRole('button', { name: 'Master configuration' }).click();
  await expect(page.getByLabel('SSH public key', { exact: true })).toHaveValue('');
  await page.goBack();
  await expect(serviceName(page)).toHaveValue(uniqueName);
});

test('a container service is taken along: what its stack holds, its group as it is now, and another one like it', async ({
  page,
  request,
  uniqueName,
}) => {
  const path = await deployCluster(request, uniqueName);
  await page.goto(pageOf(path, '/export'));
  await expect(page.getByRole('textbox', { name: `${uniqueName}.template.json` })).toHaveValue(
    /"masterCount"/,
  );
  await page.getByRole('textbox', { name: 'Resource group to deploy into' }).fill('elsewhere');
  await page.getByRole('tab', { name: 'Azure CLI' }).click();
  const command = page.getByRole('textbox', { name: 'Deploy as a container service' });
  await expect(command).toHaveValue(/az group create[^]*--name elsewhere[^]*--location westeurope/);

  await page.getByRole('button', { name: 'Export the resource group' }).click();
  const group = page.getByRole('textbox', { name: `${path.resourceGroup}.template.json` });
  await expect(group).toHaveValue(/"Microsoft\.Compute\/virtualMachineScaleSets"/);
  await expect(group).not.toHaveValue(/customData|protectedSettings/);

  await page.getByRole('link', { name: 'Open the wizard with these values' }).click();
  await expect(serviceName(page)).toHaveValue(uniqueName);
  const cluster = clusterSchema.parse(await (await request.get(routes.cluster(path))).json());
  await page.getByRole('button', { name: 'Agent configuration' }).click();
  await expect(page.getByLabel('Agent count', { exact: true })).toHaveValue(String(cluster.agentCount));
});
