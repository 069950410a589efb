import type { Page } from '@playwright/test';
import type { ClusterPath } from '@slipway/contract';
import { armClients } from '../fixtures/arm-clients.ts';
import { deployCluster, pageOf } from '../fixtures/deployed-cluster.ts';
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
