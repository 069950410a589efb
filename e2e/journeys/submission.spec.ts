import type { BrowserContext } from '@playwright/test';
import { armClients } from '../fixtures/arm-clients.ts';
import { expect, test } from '../fixtures/test.ts';
import { fillWizard, valuesFor } from '../fixtures/wizard.ts';

const looking = 'The answer got lost. Looking for your container service…';

/** Loses the answers to submissions until told otherwise; the first submission arrives. Counts them by their ids. */
async function losingAnswers(context: BrowserContext): Promise<{ ids: string[]; stop: () => void }> {
  const ids: string[] = [];
  let loses = true;
  await context.route('**/api/clusters', async (route) => {
    const request = route.request();
    if (request.method() !== 'POST') return route.continue();
    ids.push((request.postDataJSON() as { requestId: string }).requestId);
    if (!loses) return route.continue();
    if (ids.length === 1) await route.fetch();
    return route.fulfill({ status: 504, body: 'Gateway timeout' });
  });
  return { ids, stop: () => (loses = false) };
}

async function stacksIn(group: string): Promise<(string | undefined)[]> {
  const names: (string | undefined)[] = [];
  for await (const { name } of armClients().stacks.deploymentStacks.listAtResourceGroup(group))
    names.push(name);
  return names;
}

test('a submission whose answer is lost is looked for, also by the reloaded page, and found, never repeated', async ({
  page,
  uniqueName,
}) => {
  const values = valuesFor(uniqueName);
  const { ids, stop } = await losingAnswers(page.context());
  await fillWizard(page, values);
  await page.getByRole('button', { name: 'OK', exact: true }).dblclick();
  await expect(page.getByText(looking)).toBeVisible();
  await page.reload();
  await expect(page.getByText(looking)).toBeVisible();
  // Nothing of what was sent is called wrong because it exists by now.
  await expect(page.getByText(/already/)).toHaveCount(0);
  stop();
  await expect(page).toHaveURL(new RegExp(`/${values.serviceName}/deployment$`), { timeout: 30_000 });
  expect(new Set(ids).size, 'every question was the same').toBe(1);
  expect(await stacksIn(values.resourceGroup)).toEqual([values.serviceName]);
  // There is nothing left to look for.
  await page.goto('/create');
  await expect(page.getByLabel('Service name', { exact: true })).toHaveValue('');
});

test('another tab does not send again by itself what was submitted in a closed one', async ({
  page,
  uniqueName,
}) => {
  const values = valuesFor(uniqueName);
  const { ids, stop } = await losingAnswers(page.context());
  await fillWizard(page, values);
  await page.getByRole('button', { name: 'OK', exact: true }).click();
  await expect(page.getByText(looking)).toBeVisible();
  const other = await page.context().newPage();
  await page.close();
  stop();
  const sentBefore = ids.length;
  await other.goto('/create?step=summary');
  await expect(other.getByText('Your submission has had no answer.')).toBeVisible();
  await expect(other.getByRole('progressbar')).toHaveCount(0);
  expect(ids).toHaveLength(sentBefore);
  await other.getByRole('button', { name: 'Look for it' }).click();
  await expect(other).toHaveURL(new RegExp(`/${values.serviceName}/deployment$`), { timeout: 30_000 });
  expect(new Set(ids).size).toBe(1);
  expect(await stacksIn(values.resourceGroup)).toEqual([values.serviceName]);
});

test('who stops looking can edit; what was submitted stays to be looked for', async ({
  page,
  uniqueName,
}) => {
  const values = valuesFor(uniqueName);
  const { ids, stop } = await losingAnswers(page.context());
  await fillWizard(page, values);
  await page.getByRole('button', { name: 'OK', exact: true }).click();
  await expect(page.getByText(looking)).toBeVisible();
  await page.getByRole('button', { name: 'Stop and edit' }).click();
  await expect(page.getByText('Your submission has had no answer.')).toBeVisible();
  // The name is taken, by what was submitted: both are said.
  await page.getByRole('link', { name: 'Edit basics' }).click();
  await page.getByLabel('Service name', { exact: true }).fill(`${values.serviceName}2`);
  await expect(page.getByText('Your submission has had no answer.')).toBeVisible();
  stop();
  await page.getByRole('button', { name: 'Look for it' }).click();
  await expect(page).toHaveURL(new RegExp(`/${values.serviceName}/deployment$`), { timeout: 30_000 });
  expect(new Set(ids).size).toBe(1);
});

test('while the values cannot be validated the page says so, and tries again by itself', async ({
  page,
  uniqueName,
}) => {
  let away = true;
  await page.route('**/api/clusters/validate', (route) =>
    away ? route.fulfill({ status: 502, body: 'Bad gateway' }) : route.continue(),
  );
  const values = valuesFor(uniqueName);
  const filled = fillWizard(page, values);
  await expect(page.getByText('The values could not be validated.')).toBeVisible({ timeout: 45_000 });
  await expect(page.getByText(/tried again by itself/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'OK', exact: true })).toBeDisabled();
  away = false;
  await filled;
  await expect(page.getByRole('button', { name: 'OK', exact: true })).toBeEnabled();
});
