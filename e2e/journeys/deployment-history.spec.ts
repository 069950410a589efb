import { readFile } from 'node:fs/promises';
import { armClients } from '../fixtures/arm-clients.ts';
import { expect, test } from '../fixtures/test.ts';

const guard = (name: string, more: object = {}) => ({
  type: 'Microsoft.Network/networkSecurityGroups',
  apiVersion: '2025-05-01',
  name,
  location: 'westeurope',
  ...more,
});

/** Somebody deploys a template of their own, with a secret, to a group of their own; and another one after it. */
async function deployTwice(group: string): Promise<void> {
  const { resources, deployments } = armClients();
  await resources.resourceGroups.createOrUpdate(group, { location: 'westeurope' });
  const deploy = (name: string, template: object) =>
    deployments.deployments
      .createOrUpdate(group, name, {
        properties: {
          mode: 'Incremental',
          template: {
            $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
            contentVersion: '1.0.0.0',
            resources: [],
            ...template,
          },
        },
      })
      .pollUntilDone();
  await deploy('foreign', {
    parameters: {
      owner: { type: 'string', defaultValue: 'harbour' },
      pin: { type: 'securestring', defaultValue: 'hush-0815' },
    },
    resources: [
      guard('first'),
      guard('second', { dependsOn: ["[resourceId('Microsoft.Network/networkSecurityGroups', 'first')]"] }),
    ],
    outputs: { owner: { type: 'string', value: "[toUpper(parameters('owner'))]" } },
  });
  await deploy('later', {});
}

test('what was deployed to a group: found, looked into, and deleted from the history', async ({
  page,
  uniqueName,
}) => {
  const group = `${uniqueName}-group`;
  await deployTwice(group);
  await page.goto('/resource-groups');
  await page.getByRole('link', { name: group, exact: true }).click();
  await page.getByRole('link', { name: 'Deployments', exact: true }).click();
  const rows = page.getByRole('table', { name: 'Deployments' }).getByRole('row');
  await expect(rows).toHaveCount(3);
  await expect(rows.nth(1)).toContainText('later');
  await expect(rows.nth(2)).toContainText('Succeeded');

  await test.step('its resources, when each waited, and for what', async () => {
    await page.getByRole('link', { name: 'foreign' }).click();
    await expect(page.getByRole('heading', { name: 'Your deployment is complete' })).toBeVisible();
    await expect(
      page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'Deployments' }),
    ).toHaveAttribute('href', /\/deployments$/);
    await expect(
      page.getByRole('row', { name: /second Succeeded.*Begun after .*, worked on for/ }),
    ).toBeVisible();
    await page.getByRole('button', { name: 'Operation details of second' }).press('Enter');
    const pane = page.getByRole('dialog');
    await expect(pane).toContainText('Waited for');
    await expect(pane).toContainText('Network security group first: Succeeded');
    await expect(pane.getByRole('button', { name: 'Copy: Service request ID' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: 'Operation details of second' })).toBeFocused();
  });

  await test.step('a closer look at the time, moved by the keyboard', async () => {
    await page.getByRole('button', { name: 'Look closer' }).dblclick();
    const axis = page.getByRole('group', { name: 'Part of the time that is shown' });
    await axis.evaluate((element) => element.scrollTo({ left: 0 }));
    await axis.press('ArrowRight');
    await expect.poll(() => axis.evaluate(({ scrollLeft }) => scrollLeft)).toBeGreaterThan(0);
  });

  await test.step('inputs, outputs and template, each at an address of its own, secrets nowhere', async () => {
    const view = (name: string) =>
      page.getByRole('navigation', { name: 'Views of this deployment' }).getByRole('link', { name });
    await view('Inputs').click();
    await page.reload();
    await expect(page.getByRole('row', { name: /pin SecureString/ })).toContainText('withheld');
    await expect(page.getByRole('row', { name: /owner String/ })).toContainText('harbour');
    await expect(view('Overview')).not.toHaveAttribute('aria-current', 'page');
    await view('Outputs').click();
    await expect(page.getByRole('row', { name: /owner String/ })).toContainText('HARBOUR');
    await view('Template').click();
    await expect(page.getByText('parameters.pin.defaultValue')).toBeVisible();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download: foreign.json' }).click(),
    ]);
    const text = await readFile(await download.path(), 'utf8');
    expect(text).not.toContain('hush-0815');
    expect(JSON.parse(text)).toMatchObject({ parameters: { owner: { defaultValue: 'harbour' } } });
    await page.goBack();
    await expect(view('Outputs')).toHaveAttribute('aria-current', 'page');
  });

  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await expect(rows).toHaveCount(2);
  await expect(page.getByRole('link', { name: 'foreign' })).toHaveCount(0);
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'There is no deployment foreign' })).toBeVisible();
});
