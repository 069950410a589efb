import { readFileSync } from 'node:fs';
import { CLUSTER_TAG } from '@slipway/cluster';
import type { Page } from '@playwright/test';
import { armClients, subscriptionId, type ArmPlace } from '../fixtures/arm-clients.ts';
import { pageOf } from '../fixtures/deployed-cluster.ts';
import { enduranceUnless } from '../fixtures/endurance.ts';
import { openOwnPortal } from '../fixtures/own-portal.ts';
import { expectNoSidewaysScrolling } from '../fixtures/reach.ts';
import { expect, test } from '../fixtures/test.ts';
import { expectWellSet } from '../fixtures/well-set.ts';

const image = '<img src=x onerror=window.__pwned=1>';
const script = '"><script>window.__pwned=1</script>';
const address = 'javascript:window.__pwned=1';
const vector = "<svg/onload='window.__pwned=1'>";
const formula = '=HYPERLINK("http://127.0.0.1/","open")';
const template = '${7*7}{{7*7}}';
const backwards = '\u202Egnp.exe \u2066';
const markdown = '[open](javascript:window.__pwned=1) **bold** ⛵👩‍🚀';
const hostile = [image, script, address, vector, formula, template, backwards, markdown];
const everything = hostile.join(' ');

const longName = (start: string): string => start.padEnd(80, '-_.x').replace(/[^a-z]$/, 'z');

/** A container service whose names are as long, and whose values are as hostile, as ARM lets them be. */
async function submitHostile(place: ArmPlace, resourceGroup: string, name: string): Promise<void> {
  const { resources, stacks } = armClients(place);
  const tags = {
    [CLUSTER_TAG]: image,
    hostile: everything.slice(0, 250),
    [`${formula.slice(0, 10)} ⛵`]: script,
  };
  await resources.resourceGroups.createOrUpdate(resourceGroup, { location: 'westeurope', tags });
  const values = {
    location: 'westeurope',
    dnsPrefix: script,
    adminUsername: image,
    agentMachineSize: `${formula} ${backwards}`,
  };
  const guard = longName('guard');
  await stacks.deploymentStacks.beginCreateOrUpdateAtResourceGroupAndWait(resourceGroup, name, {
    tags,
    properties: {
      actionOnUnmanage: { resources: 'delete', resourceGroups: 'detach' },
      denySettings: { mode: 'none' },
      description: everything,
      parameters: Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { value }])),
      template: {
        $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
        contentVersion: '1.0.0.0',
        parameters: Object.fromEntries(Object.keys(values).map((key) => [key, { type: 'string' }])),
        resources: [
          {
            type: 'Microsoft.Network/networkSecurityGroups',
            apiVersion: '2025-05-01',
            name: guard,
            location: 'westeurope',
            tags,
            properties: {
              securityRules: [
                {
                  name: longName('rule'),
                  properties: {
                    description: image + vector,
                    protocol: 'Tcp',
                    access: 'Allow',
                    direction: 'Inbound',
                    priority: 100,
                    sourcePortRange: '*',
                    destinationPortRange: '22',
                    sourceAddressPrefix: '*',
                    destinationAddressPrefix: '*',
                  },
                },
              ],
            },
          },
          {
            type: 'Microsoft.Network/virtualNetworks',
            apiVersion: '2025-05-01',
            name: longName('net')
              .slice(0, 64)
              .replace(/[^a-z]$/, 'z'),
            location: 'westeurope',
            tags,
            dependsOn: [guard],
            properties: {
              addressSpace: { addressPrefixes: ['10.1.0.0/16'] },
              subnets: [
                {
                  name: longName('subnet'),
                  properties: {
                    addressPrefix: '10.1.0.0/24',
                    networkSecurityGroup: {
                      id: `[resourceId('Microsoft.Network/networkSecurityGroups', '${guard}')]`,
                    },
                  },
                },
              ],
            },
          },
          {
            type: 'Microsoft.Network/publicIPAddresses',
            apiVersion: '2025-05-01',
            name: longName('address'),
            location: 'westeurope',
            tags,
            sku: { name: 'Standard' },
            properties: { publicIPAllocationMethod: 'Static' },
          },
        ],
        outputs: {
          masterFQDN: { type: 'string', value: `${address} ${vector}` },
          agentFQDN: { type: 'string', value: `${everything} ${image}` },
        },
      },
    },
  });
}

/** In every page before its own code: counts what the content security policy had to forbid. */
const countViolations = `
  window.violations = [];
  document.addEventListener('securitypolicyviolation', (event) => window.violations.push(event.violatedDirective + ' ' + event.blockedURI));`;

async function expectHarmless(page: Page, state: string): Promise<void> {
  const harm = await page.evaluate<Record<string, unknown>>(`({
    pwned: '__pwned' in window,
    violations: window.violations,
    elements: [...document.querySelectorAll('[onerror], [onload], script:not([src]), a[href^="javascript"]')]
      .map((element) => element.outerHTML),
    computed: document.body.innerText.includes('4949'),
  })`);
  expect.soft(harm, state).toEqual({ pwned: false, violations: [], elements: [], computed: false });
  await expectNoSidewaysScrolling(page, state);
}

for (const width of [1440, 390]) {
  test(
    `hostile names and values are text and nothing else, at ${width} px`,
    enduranceUnless(width === 1440),
    async ({ page }) => {
      test.setTimeout(180_000);
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await page.addInitScript(countViolations);
      page.on('dialog', (dialog) => {
        throw new Error(`A dialog opened: ${dialog.message()}`);
      });
      const portal = await openOwnPortal({ SLIPWAY_PACE: 'instant' });
      const { place } = portal.services;
      const name = longName('(javascript)');
      const path = { subscriptionId, resourceGroup: `group-(${'קבוצה'.repeat(8)})-é`, name };
      await submitHostile(place, path.resourceGroup, name);
      const open = async (at: string): Promise<void> => {
        await page.goto(`${portal.address}${at}`);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      };
      const button = (label: string) => page.getByRole('button', { name: label, exact: true });

      await test.step('the list, and the overview', async () => {
        await open('/');
        await expect(page.getByRole('link', { name, exact: true })).toBeVisible();
        await expectHarmless(page, 'home');
        await open(pageOf(path));
        await expect(page.getByText(image, { exact: true })).toBeVisible();
        await expect(page.getByText(`${address} ${vector}`, { exact: true })).toBeVisible();
        await expect(page).toHaveTitle(`${name} · Slipway`);
        await expectHarmless(page, 'overview');
        await page.getByRole('button', { name: /^Copy/ }).last().click();
        const copied = await page.evaluate<string>('navigator.clipboard.readText()');
        expect(copied).toBe(`${everything} ${image}`);
      });

      await test.step('the topology', async () => {
        await open(pageOf(path, '/topology'));
        await page.locator('[data-kind="networkSecurityGroup"]').click();
        await expect(page.getByRole('complementary')).toContainText(longName('guard'));
        await expectHarmless(page, 'topology');
        await page.getByRole('radio', { name: 'Tree' }).click();
        await expectHarmless(page, 'topology as a tree');
        await open(`/resource-groups/${subscriptionId}/${path.resourceGroup}/compare`);
        await expect(page.getByLabel('A container service')).toContainText(name);
        await expectHarmless(page, 'comparing');
        await expectWellSet(page, 'comparing');
      });

      await test.step('the lists of resource groups and of all resources', async () => {
        for (const [at, label] of [
          ['/resource-groups', 'Resource groups'],
          ['/resources', 'Resources'],
        ] as const) {
          await open(at);
          await expect(page.getByRole('table', { name: label })).toContainText('Succeeded');
          await expectHarmless(page, label);
          await expectWellSet(page, label);
        }
      });

      await test.step('resources, their details and what is copied of them', async () => {
        await open(pageOf(path, '/resources'));
        const row = page.getByRole('row', { name: longName('guard') });
        await expect(row).toBeVisible();
        await expectHarmless(page, 'resources');
        await row.getByRole('button').first().click();
        await expect(page.getByRole('dialog')).toContainText(image);
        await expectHarmless(page, 'details');
        await button('Copy the properties').click();
        const copied = JSON.parse(await page.evaluate<string>('navigator.clipboard.readText()')) as object;
        expect(copied).toMatchObject({ tags: { [CLUSTER_TAG]: image, hostile: everything.slice(0, 250) } });
      });

      await test.step('connecting, the deployment, and deleting', async () => {
        await open(pageOf(path, '/connect'));
        await expectHarmless(page, 'connect');
        await open(pageOf(path, '/deployment'));
        await expect(page.getByRole('heading', { name: 'Your deployment is complete' })).toBeVisible();
        await expectHarmless(page, 'deployment');
        await button('Delete').click();
        await expect(page.getByRole('dialog')).toContainText(longName('guard'));
        await expectHarmless(page, 'deleting');
      });

      await test.step('a failure in hostile words: its page, its notification and its copy', async () => {
        const message = everything;
        await portal.setMoods({
          work: [{ mood: 'fails', type: 'Microsoft.Storage/*', error: { code: image, message } }],
        });
        await open('/');
        const failing = await portal.submit('failing');
        await open(pageOf(failing, '/deployment'));
        await expect(page.getByRole('heading', { name: 'Your deployment failed' })).toBeVisible();
        await expect(page.getByText(message).first()).toBeVisible();
        await expectHarmless(page, 'failed deployment');
        await button('Copy the error').first().click();
        await expect
          .poll(() => page.evaluate('navigator.clipboard.readText()'))
          .toContain(JSON.stringify(message));
        await open(pageOf(failing));
        await expect(page.getByText(message).first()).toBeVisible();
        await expectHarmless(page, 'failed overview');
        await page.getByRole('button', { name: /^Notifications/ }).click();
        await expectHarmless(page, 'notifications');
      });

      await test.step('the wizard: what is typed, what is offered, and the key that is downloaded', async () => {
        await open('/create');
        await page.getByLabel('Service name', { exact: true }).fill(image);
        await button('OK').click();
        await expectHarmless(page, 'basics');
        await page.getByRole('radio', { name: 'Use existing' }).check();
        await page.getByRole('combobox', { name: 'Resource group', exact: true }).click();
        await expect(page.getByRole('option', { name: path.resourceGroup })).toBeVisible();
        await expectHarmless(page, 'resource groups');
        await open('/create?step=master');
        for (const label of ['DNS name prefix', 'User name', 'SSH public key'])
          await page.getByLabel(label, { exact: true }).fill(everything);
        await button('OK').click();
        await expectHarmless(page, 'masters');
        await button('Make a key pair here').click();
        const downloading = page.waitForEvent('download');
        await button('Make the pair and download the private key').click();
        const download = await downloading;
        expect(download.suggestedFilename()).toBe('slipway_ed25519');
        expect(readFileSync(await download.path(), 'utf8')).toMatch(
          /^-----BEGIN OPENSSH PRIVATE KEY-----\n[\w+/=\n]+-----END OPENSSH PRIVATE KEY-----\n$/,
        );
        await open('/create?step=summary');
        await expectHarmless(page, 'summary');
      });

      await test.step('addresses', async () => {
        const segment = encodeURIComponent(image);
        await open(`/clusters/${segment}/${segment}/${segment}`);
        await expectHarmless(page, 'a malformed address');
        await open(`/create?step=${segment}`);
        await open(`/${segment}`);
        await expectHarmless(page, 'an unknown address');
      });
      await page.close();
      await portal.close();
    },
  );
}
