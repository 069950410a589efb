import { pageOf } from '../fixtures/deployed-cluster.ts';
import { enduranceUnless } from '../fixtures/endurance.ts';
import { expect, expectNoWaiting, startCluster, test } from '../fixtures/moody-test.ts';
import { fillWizard, submit, valuesFor } from '../fixtures/wizard.ts';

const machines = 'Microsoft.Compute/virtualMachines';
const headline = (name: string) => ({ name, exact: true });

const storms = [
  {
    name: 'throttles',
    isEssential: true,
    requests: [{ mood: 'status', status: 429, retryAfterSeconds: 1, share: 0.25, seed: 1 }],
  },
  { name: 'fails (500)', requests: [{ mood: 'status', status: 500, share: 0.15, seed: 2 }] },
  { name: 'is unavailable (503)', requests: [{ mood: 'status', status: 503, share: 0.2, seed: 3 }] },
  { name: 'resets connections', requests: [{ mood: 'reset', share: 0.15, seed: 4 }] },
  { name: 'loses answers', isEssential: true, requests: [{ mood: 'lost-answer', share: 0.1, seed: 5 }] },
  { name: 'is slow', requests: [{ mood: 'slow', delayMs: 1_500, share: 0.4, seed: 6 }] },
  {
    name: 'lets tokens expire',
    isEssential: true,
    // Far apart: a request whose new token is refused as well is right to be told so.
    requests: [1, 40, 100].map((skip) => ({ mood: 'expired-token', skip, times: 1 })),
  },
];

for (const { name, isEssential = false, requests } of storms) {
  test(
    `the journey from the wizard to the cluster while the cloud ${name}`,
    enduranceUnless(isEssential),
    async ({ page, uniqueName, moody }) => {
      test.setTimeout(150_000);
      await moody.setMoods({ requests });
      const values = valuesFor(uniqueName);
      await fillWizard(page, values);
      await submit(page, values);
      await expect(page.getByRole('heading', headline('Your deployment is complete'))).toBeVisible({
        timeout: 90_000,
      });
      const { requests: struck } = await moody.struck();
      expect(struck[0], 'the cloud was in that mood').toBeGreaterThan(0);
      await moody.setMoods({});
      await expect(page.getByText('Succeeded', { exact: true }).first()).toBeVisible();
      await expectNoWaiting(page);
    },
  );
}

test('a cloud that refuses the portal for good: a message that says what to do, and then it goes on', async ({
  page,
  uniqueName,
  moody,
}) => {
  const values = valuesFor(uniqueName);
  await fillWizard(page, values);
  await moody.setMoods({ requests: [{ mood: 'expired-token' }] });
  await page.getByRole('button', headline('OK')).click();
  await expect(page.getByText(/does not accept the portal's credential/)).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(/Sign in on the computer that runs the portal/).first()).toBeVisible();
  await expectNoWaiting(page);
  await moody.setMoods({});
  await submit(page, values);
  await expect(page.getByRole('heading', headline('Your deployment is complete'))).toBeVisible({
    timeout: 60_000,
  });
});

// Thirty seconds are as long as the portal waits.
for (const seconds of [12, 30]) {
  test(
    `an answer of the cloud that takes ${seconds} s: the page says so, keeps what it knows, and goes on`,
    enduranceUnless(seconds < 30),
    async ({ page, uniqueName, moody }) => {
      test.setTimeout(120_000);
      await moody.setMoods({ work: [{ mood: 'slow', type: machines, delayMs: 12_000 }] });
      const cluster = await startCluster(page.request, uniqueName);
      await page.goto(pageOf(cluster, '/deployment'));
      await expect(page.getByRole('row', { name: /Virtual machine\b.*Running/ })).toBeVisible({
        timeout: 30_000,
      });
      await moody.setMoods({
        requests: [
          { mood: 'slow', delayMs: seconds * 1_000, method: 'GET', path: '*/deploymentStacks/*', times: 2 },
        ],
      });
      await expect(page.getByText(/has not answered for \d+ s/)).toBeVisible({ timeout: 20_000 });
      await expect(page.getByText(/Last updated \d+ s ago/)).toBeVisible();
      await expect(page.getByRole('row', { name: /Virtual machine\b.*Running/ })).toBeVisible();
      await expect(page.getByRole('heading', headline('Your deployment is complete'))).toBeVisible({
        timeout: 60_000,
      });
      await expectNoWaiting(page);
    },
  );
}

test('work that never ends: after ten minutes the page names it and offers Cancel; then it can be deleted', async ({
  page,
  uniqueName,
  moody,
}) => {
  await page.clock.install();
  await moody.setMoods({ work: [{ mood: 'never-ends', type: machines, action: 'write' }] });
  const cluster = await startCluster(page.request, uniqueName);
  await page.goto(pageOf(cluster, '/deployment'));
  await expect(page.getByRole('row', { name: /Virtual machine\b.*Running/ })).toBeVisible({
    timeout: 30_000,
  });
  await expect(page.getByText(/Nothing has changed for/)).toHaveCount(0);

  await page.clock.fastForward('10:05');
  await expect(page.getByText('Nothing has changed for 10 min.')).toBeVisible();
  await expect(page.getByText(/waits for virtual machine swarm-master-/)).toBeVisible();
  await page.getByRole('button', headline('Cancel')).click();
  await page.getByRole('button', headline('Cancel the deployment')).click();
  await expect(page.getByRole('heading', headline('Your deployment was canceled'))).toBeVisible({
    timeout: 30_000,
  });
  await expect(page.getByText('It was not canceled from this page.')).toHaveCount(0);
  await expectNoWaiting(page);

  await page.getByRole('button', headline('Delete')).click();
  const dialog = page.getByRole('dialog', { name: 'Delete confirmation' });
  await dialog.getByRole('textbox').fill(cluster.name);
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText(`${cluster.name} was deleted`).first()).toBeVisible({ timeout: 30_000 });
  const left: (string | undefined)[] = [];
  for await (const { id } of moody.arm.resources.resources.listByResourceGroup(cluster.resourceGroup))
    left.push(id);
  expect(left).toEqual([]);
});

test('a deployment that somebody else cancels is told to be canceled, and by whom not', async ({
  page,
  uniqueName,
  moody,
}) => {
  await moody.setMoods({ work: [{ mood: 'slow', type: machines, delayMs: 60_000 }] });
  const cluster = await startCluster(page.request, uniqueName);
  await page.goto(pageOf(cluster, '/deployment'));
  await expect(page.getByRole('row', { name: /Virtual machine\b.*Running/ })).toBeVisible({
    timeout: 30_000,
  });
  for await (const { name } of moody.arm.deployments.deployments.listByResourceGroup(cluster.resourceGroup))
    await moody.arm.deployments.deployments.cancel(cluster.resourceGroup, name ?? '');
  await expect(page.getByRole('heading', headline('Your deployment was canceled'))).toBeVisible({
    timeout: 30_000,
  });
  await expect(page.getByText('It was not canceled from this page.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Redeploy' })).toBeVisible();
  await expectNoWaiting(page);
  // Whoever comes later cannot know who it was, and nothing is claimed.
  await page.reload();
  await expect(page.getByRole('button', { name: 'Redeploy' })).toBeVisible();
  await expect(page.getByText('It was not canceled from this page.')).toHaveCount(0);
});

test('a resource group that is deleted in mid-deployment: the page says that all is gone', async ({
  page,
  uniqueName,
  moody,
}) => {
  await moody.setMoods({ work: [{ mood: 'slow', type: machines, action: 'write', delayMs: 60_000 }] });
  const cluster = await startCluster(page.request, uniqueName);
  await page.goto(pageOf(cluster, '/deployment'));
  await expect(page.getByRole('row', { name: /Virtual machine\b.*Running/ })).toBeVisible({
    timeout: 30_000,
  });
  await moody.arm.resources.resourceGroups.delete(cluster.resourceGroup);
  await expect(page.getByRole('heading', headline(`${cluster.name} was deleted`))).toBeVisible({
    timeout: 30_000,
  });
  await expectNoWaiting(page);
  await page.getByRole('link', { name: 'Go to container services' }).first().click();
  await expect(page).toHaveURL('/');
});

test('a cluster that somebody else deletes is told to be gone on every page of it', async ({
  page,
  context,
  uniqueName,
  moody,
}) => {
  const cluster = await startCluster(page.request, uniqueName);
  await page.goto(pageOf(cluster, '/deployment'));
  await expect(page.getByRole('heading', headline('Your deployment is complete'))).toBeVisible({
    timeout: 30_000,
  });
  const others = await Promise.all(
    ['', '/topology', '/machines', '/connect', '/resources'].map(async (tab) => {
      const other = await context.newPage();
      await other.goto(pageOf(cluster, tab));
      await expect(other.getByRole('heading', headline(cluster.name))).toBeVisible();
      await expectNoWaiting(other);
      return other;
    }),
  );
  await moody.arm.resources.resourceGroups.delete(cluster.resourceGroup);
  for (const each of [page, ...others]) {
    await expect(each.getByRole('heading', headline(`${cluster.name} was deleted`))).toBeVisible({
      timeout: 40_000,
    });
    await expect(each.getByText(/are gone/)).toBeVisible();
    await expectNoWaiting(each);
  }
});

test('two people: what one deletes, the other sees go, and both learn that it is gone', async ({
  page,
  browser,
  uniqueName,
  moody,
}) => {
  const cluster = await startCluster(page.request, uniqueName);
  await page.goto(pageOf(cluster, '/deployment'));
  await expect(page.getByRole('heading', headline('Your deployment is complete'))).toBeVisible({
    timeout: 30_000,
  });
  const other = await (await browser.newContext({ baseURL: moody.services.portal })).newPage();
  await other.goto(pageOf(cluster));
  await moody.setMoods({ work: [{ mood: 'slow', action: 'delete', delayMs: 4_000 }] });
  await other.getByRole('button', headline('Delete')).click();
  const dialog = other.getByRole('dialog', { name: 'Delete confirmation' });
  await dialog.getByRole('textbox').fill(cluster.name);
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByRole('heading', headline('Your container service is being deleted'))).toBeVisible({
    timeout: 30_000,
  });
  await expect(page.getByRole('progressbar', { name: 'Resources that are deleted' })).toBeVisible();
  await expect(page.getByText(/\d+ of \d+ deleted/).first()).toBeVisible();
  await expect(page.getByRole('row', { name: /Deleting/ }).first()).toBeVisible();
  await expect(page.getByRole('heading', headline(`${cluster.name} was deleted`))).toBeVisible({
    timeout: 60_000,
  });
  await expect(other.getByText(`${cluster.name} was deleted`).first()).toBeVisible({ timeout: 30_000 });
  for (const each of [page, other]) await expectNoWaiting(each);
  await other.context().close();
});

test('a deletion is followed from its notification; when it fails, the page says why, and Try again ends it', async ({
  page,
  uniqueName,
  moody,
}) => {
  const message = 'The machine is held by another operation.';
  const cluster = await startCluster(page.request, uniqueName);
  await page.goto(pageOf(cluster, '/deployment'));
  await expect(page.getByRole('heading', headline('Your deployment is complete'))).toBeVisible({
    timeout: 30_000,
  });
  const confirm = async (): Promise<void> => {
    const dialog = page.getByRole('dialog', { name: 'Delete confirmation' });
    await dialog.getByRole('textbox').fill(cluster.name);
    await dialog.getByRole('button', { name: 'Delete' }).click();
  };
  await moody.setMoods({
    work: [
      {
        mood: 'fails',
        type: machines,
        action: 'delete',
        error: { code: 'OperationNotAllowed', message },
      },
      { mood: 'slow', action: 'delete', delayMs: 1_500 },
    ],
  });
  await page.getByRole('button', headline('Delete')).click();
  await confirm();
  await page.getByRole('link', { name: 'See how far it is' }).first().click();
  await expect(
    page.getByRole('heading', {
      name: /Your container service (is being deleted|could not be deleted)/,
    }),
  ).toBeVisible({ timeout: 30_000 });
  await expect(
    page.getByRole('heading', headline('Your container service could not be deleted')),
  ).toBeVisible({
    timeout: 60_000,
  });
  await expect(page.getByText(message).first()).toBeVisible();
  await expect(page.getByRole('progressbar')).toHaveCount(0);
  await moody.setMoods({});
  await page.getByRole('button', headline('Try again')).click();
  await confirm();
  await expect(page.getByText(`${cluster.name} was deleted`).first()).toBeVisible({ timeout: 60_000 });
  await expectNoWaiting(page);
});
