import { armClients, subscriptionId } from '../fixtures/arm-clients.ts';
import { freshPrivateKey } from '../fixtures/ssh-keys.ts';
import { expect, test } from '../fixtures/test.ts';
import { plannedIds } from '../fixtures/swarm-template.ts';
import { fillAgents, fillBasics, fillMasters, fillWizard, submit, valuesFor } from '../fixtures/wizard.ts';

test('a key that is none of the accepted kinds is refused at its field with the reason', async ({
  page,
  uniqueName,
}) => {
  const values = valuesFor(uniqueName);
  await page.goto('/create?step=master');
  const key = page.getByLabel('SSH public key', { exact: true });
  await key.fill('ssh-rsa AAAAB3NzaC1yc2E');
  await key.blur();
  await expect(key).toHaveAttribute('aria-invalid', 'true');
  await key.fill('ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBA== me');
  await expect(page.getByText(/ECDSA/).first()).toBeVisible();
  await key.fill(values.sshPublicKey);
  await expect(page.getByText(/SHA256:/)).toBeVisible();
});

test('a private key is refused before anything is sent, and leaves no trace in the draft', async ({
  page,
}) => {
  const sent: string[] = [];
  page.on('request', (request) => sent.push(request.postData() ?? ''));
  await page.goto('/create?step=master');
  const key = page.getByLabel('SSH public key', { exact: true });
  await key.fill(freshPrivateKey());
  await key.blur();
  await expect(page.getByText(/private key/i).first()).toBeVisible();
  const stored = await page.evaluate(() =>
    [localStorage, sessionStorage].flatMap((area) => Object.values(area)).join(),
  );
  expect(stored).not.toContain('PRIVATE KEY');
  expect(sent.join()).not.toContain('PRIVATE KEY');
});

test('a DNS prefix that is taken is said at its field while typing', async ({ page, uniqueName }) => {
  const { resources } = armClients();
  const group = `${uniqueName}-taken`;
  await resources.resourceGroups.createOrUpdate(group, { location: 'westeurope' });
  const id = `/subscriptions/${subscriptionId}/resourceGroups/${group}/providers/Microsoft.Network/publicIPAddresses/taken`;
  await resources.resources.createOrUpdateById(id, '2025-05-01', {
    location: 'westeurope',
    sku: { name: 'Standard' },
    properties: {
      publicIPAllocationMethod: 'Static',
      dnsSettings: { domainNameLabel: `${uniqueName}agents` },
    },
  });
  const values = valuesFor(uniqueName);
  await page.goto('/create');
  await fillBasics(page, values);
  await page.getByLabel('DNS name prefix', { exact: true }).fill(values.dnsPrefix);
  await expect(page.getByText(new RegExp(`${uniqueName}agents.*(taken|in use)`, 'i')).first()).toBeVisible();
});

test('a name that is taken is refused at its field, and the cluster that has it stays as it is', async ({
  page,
  uniqueName,
}) => {
  const values = valuesFor(uniqueName);
  await fillWizard(page, values);
  await submit(page, values);
  await page.goto('/create');
  await fillBasics(page, { ...values, existingGroup: true });
  await expect(page.getByText(/container service of this name in the resource group already/)).toBeVisible();
  await expect(page.getByLabel('Service name', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  const { stacks } = armClients();
  const names: (string | undefined)[] = [];
  for await (const stack of stacks.deploymentStacks.listAtResourceGroup(values.resourceGroup))
    names.push(stack.name);
  expect(names).toEqual([values.serviceName]);
});

test('a deployment that fails shows what ARM said, and which resource failed', async ({
  page,
  uniqueName,
}) => {
  const { resources } = armClients();
  const values = valuesFor(uniqueName, { masters: 3 });
  await resources.resourceGroups.createOrUpdate(values.resourceGroup, { location: 'westeurope' });

  // Somebody else has an availability set of that very name with other fault domains. Only the deployment itself finds out.
  const availabilitySet = (await plannedIds(values)).find((id) => id.includes('/availabilitySets/')) ?? '';
  await resources.resources.createOrUpdateById(availabilitySet, '2025-11-01', {
    location: 'westeurope',
    sku: { name: 'Aligned' },
    properties: { platformFaultDomainCount: 1, platformUpdateDomainCount: 5 },
  });

  await page.goto('/create');
  await fillBasics(page, { ...values, existingGroup: true });
  await fillMasters(page, values);
  await fillAgents(page, values);
  await expect(page.getByText('Validation passed')).toBeVisible({ timeout: 30_000 });
  await submit(page, values);
  await expect(page.getByRole('heading', { name: 'Your deployment failed' })).toBeVisible({
    timeout: 60_000,
  });
  await expect(page.getByRole('row', { name: /Availability set.*Failed/ })).toBeVisible();
  await expect(page.getByText('PropertyChangeNotAllowed').first()).toBeVisible();
  await expect(page.getByText(/platformFaultDomainCount/).first()).toBeVisible();
});
