import type { Page } from '@playwright/test';
import { type ClusterPath, routes } from '@slipway/contract';
import { armClients } from '../fixtures/arm-clients.ts';
import { deployCluster, pageOf, send } from '../fixtures/deployed-cluster.ts';
import { expect, test } from '../fixtures/test.ts';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const complete = (page: Page) => page.getByRole('heading', { name: 'Your deployment is complete' });
const agentsField = (page: Page) => page.getByRole('textbox', { name: 'Number of agents' });

async function deploymentsOf({ resourceGroup }: ClusterPath): Promise<number> {
  let count = 0;
  for await (const _ of armClients().deployments.deployments.listByResourceGroup(resourceGroup)) count += 1;
  return count;
}

test('agents go from 2 to 4 to 1: foreseen, streamed, once however it is pressed, and the masters stay', async ({
  page,
  uniqueName,
}) => {
  const cluster = await deployCluster(page.request, uniqueName, { masters: 3, agents: 2 });

  await test.step('a number that cannot be is told as it is typed', async () => {
    await page.goto(pageOf(cluster, '/scale'));
    await expect(button(page, 'Apply')).toHaveAttribute('aria-disabled', 'true');
    for (const [typed, words] of [
      ['0', 'A cluster has at least 1 agent.'],
      ['101', 'A cluster has at most 100 agents.'],
      ['two', 'Enter the number of agents as a whole number.'],
    ] as const) {
      await agentsField(page).fill(typed);
      await expect(page.getByText(words)).toBeVisible();
      await expect(button(page, 'Apply')).toHaveAttribute('aria-disabled', 'true');
    }
    await button(page, 'Discard').click();
    await expect(agentsField(page)).toHaveValue('2');
    await expect(page.getByText(/number is fixed when the container service is created/)).toBeVisible();
  });

  await test.step('two more, by the buttons; the answer gets lost', async () => {
    await button(page, 'One more').click();
    await button(page, 'One more').click();
    await expect(page.getByText('2 machines more need 4 vCPUs.')).toBeVisible();
    await expect(
      page.getByText('Would change: Agents (Machines 2 → 4). All else stays as it is.'),
    ).toBeVisible();
    let sent = 0;
    await page.route('**/deployment/redeploy', async (route) => {
      sent += 1;
      if (sent > 1) return route.continue();
      await route.fetch();
      await route.fulfill({ status: 504, body: 'Gateway timeout' });
    });
    await button(page, 'Apply').dblclick();
    await expect(page).toHaveURL(new RegExp(`${uniqueName}/deployment$`));
    await expect(complete(page)).toBeVisible({ timeout: 30_000 });
    expect(await deploymentsOf(cluster)).toBe(2);
    await page.unroute('**/deployment/redeploy');
  });

  await test.step('three less: what is lost is said, and the topology shows them go', async () => {
    await page.getByRole('link', { name: 'Scale', exact: true }).click();
    await expect(agentsField(page)).toHaveValue('4');
    await agentsField(page).fill('1');
    await expect(page.getByText('3 agents are deleted with all that is on them.')).toBeVisible();
    await expect(page.getByText(/Machines 4 → 1/).first()).toBeVisible();
    await button(page, 'Apply').click();
    await expect(complete(page)).toBeVisible({ timeout: 30_000 });
    await page.getByRole('button', { name: /^Notifications/ }).click();
    await expect(page.getByText(`${uniqueName} is ready`).last()).toBeVisible();
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Machines', exact: true }).click();
    await expect(page.getByText('4 machines, 4 running')).toBeVisible();
  });
});

test('ports are added, changed and removed in one, with what is pending shown, undone, guarded, and applied', async ({
  page,
  uniqueName,
}) => {
  const cluster = await deployCluster(page.request, uniqueName, { masters: 1, agents: 1 });
  const field = (name: string) => page.getByRole('textbox', { name, exact: true });
  const pending = page.getByText(/not applied yet|Nothing is changed yet/);

  await test.step('what there is, in Azure too, and where it is reached', async () => {
    await page.goto(pageOf(cluster, '/connect'));
    await page.getByRole('link', { name: 'Ports', exact: true }).click();
    const row = page.getByRole('row').filter({ has: field('Name of HTTPS') });
    for (const words of ['Rule LBRuleHTTPS', 'Probe tcpHTTPSProbe', 'Security rule allow-HTTPS'])
      await expect(row).toContainText(words);
    await expect(row.getByRole('link')).toHaveAttribute('href', /^https:\/\/.*agents\./);
    await expect(pending).toHaveText('Nothing is changed yet.');
  });

  await test.step('what cannot be is told at its field', async () => {
    await button(page, 'Add a port').click();
    await page.keyboard.type('http');
    await expect(page.getByText('The name http is used twice.')).toBeVisible();
    await field('Port of http').fill('2377');
    await expect(page.getByText(/2377 cannot be offered: Swarm keeps it/)).toBeVisible();
    await field('Name of http').fill('Grafana');
    await field('Port of Grafana').fill('443');
    await expect(page.getByText('The port 443 is there twice.')).toBeVisible();
    await expect(button(page, 'Apply')).toHaveAttribute('aria-disabled', 'true');
    await field('Port of Grafana').fill('3000');
  });

  await test.step('what is pending is counted, and undone one by one', async () => {
    await button(page, 'Remove HTTPS').click();
    await expect(button(page, 'Keep HTTPS')).toBeFocused();
    await field('Port of Port8080').fill('9090');
    await button(page, 'Remove HTTP').click();
    await expect(pending).toHaveText('4 changes: 1 added, 1 changed, 2 removed, not applied yet.');
    await button(page, 'Keep HTTP').click();
    await button(page, 'Leave Port8080 as it is').click();
    await expect(field('Port of Port8080')).toHaveValue('8080');
    await expect(pending).toHaveText('2 changes: 1 added, 1 removed, not applied yet.');
  });

  await test.step('nobody leaves it behind without knowing', async () => {
    await page.getByRole('link', { name: 'Machines', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Stay' }).click();
    await expect(page.getByRole('link', { name: 'Machines', exact: true })).toBeFocused();
    await expect(field('Port of Grafana')).toHaveValue('3000');
  });

  await test.step('what ARM foresees is done in one deployment', async () => {
    await expect(page.getByText(/^Would be added: TCP 3000/)).toBeVisible();
    await button(page, 'Apply').dblclick();
    await expect(complete(page)).toBeVisible({ timeout: 30_000 });
    expect(await deploymentsOf(cluster)).toBe(2);
    await page.getByRole('link', { name: 'Ports', exact: true }).click();
    const row = page.getByRole('row').filter({ has: field('Name of Grafana') });
    for (const words of [
      'Rule LBRuleGrafana',
      'Probe tcpGrafanaProbe',
      'Security rule allow-Grafana',
      ':3000/',
    ])
      await expect(row).toContainText(words);
    await expect(field('Name of HTTPS')).toHaveCount(0);
  });

  await test.step('what somebody else changes meanwhile is not overwritten', async () => {
    await field('Port of HTTP').fill('8081');
    await expect(page.getByText(/^Would change: /)).toBeVisible();
    const { deploymentId } = (await (await page.request.get(routes.cluster(cluster))).json()) as {
      deploymentId: string;
    };
    await send(page.request, 'post', routes.redeployCluster(cluster), {
      requestId: crypto.randomUUID(),
      afterDeploymentId: deploymentId,
      agentPorts: [{ name: 'Only', port: 1234 }],
    });
    await button(page, 'Apply').click();
    await expect(page.getByText('Nothing was started: something else has happened meanwhile.')).toBeVisible();
    await button(page, 'Start again from the present ports').click({ timeout: 40_000 });
    await expect(field('Port of Only')).toHaveValue('1234');
    await expect(pending).toHaveText('Nothing is changed yet.');
  });
});

test('a cluster is deleted with its resource group: what goes is listed, and what else was in the group', async ({
  page,
  uniqueName,
}) => {
  const cluster = await deployCluster(page.request, uniqueName, { masters: 1, agents: 1 });
  const { subscriptionId, resourceGroup } = cluster;
  const address = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.Network/publicIPAddresses/lighthouse`;
  await armClients()
    .resources.resources.createOrUpdateById(address, '2025-05-01', {
      location: 'westeurope',
      sku: { name: 'Standard' },
      properties: { publicIPAllocationMethod: 'Static' },
    })
    .pollUntilDone();

  await page.goto(pageOf(cluster));
  await button(page, 'Delete').click();
  const dialog = page.getByRole('dialog', { name: 'Delete confirmation' });
  const goes = dialog.getByRole('list', { name: 'What will be deleted', exact: true });
  await expect(goes).toContainText(/Virtual machine: swarm-master-/);
  await expect(goes).not.toContainText('lighthouse');
  await dialog.getByRole('checkbox').check();
  await expect(dialog.getByRole('list', { name: 'What else will be deleted' })).toHaveText(
    'Public IP address: lighthouse',
  );
  const remove = dialog.getByRole('button', { name: 'Delete', exact: true });
  await dialog.getByRole('textbox').fill(uniqueName.slice(1));
  await expect(remove).toBeDisabled();
  await dialog.getByRole('textbox').fill(uniqueName);
  await remove.click();
  await expect(page).toHaveURL('/');
  await page.getByRole('button', { name: /^Notifications/ }).click();
  await expect(page.getByText(`${uniqueName} was deleted`).last()).toBeVisible({ timeout: 40_000 });
  expect(await armClients().resources.resourceGroups.checkExistence(resourceGroup)).toMatchObject({
    body: false,
  });
});
