import type { Page } from '@playwright/test';
import { type ArmPlace, subscriptionId } from '../fixtures/arm-clients.ts';
import { complaintsAbout, readTruth } from '../fixtures/arm-truth.ts';
import { deployCluster, pageOf } from '../fixtures/deployed-cluster.ts';
import { endurance, enduranceUnless } from '../fixtures/endurance.ts';
import { expect, test } from '../fixtures/line-test.ts';
import { rowsFor, shownRows } from '../fixtures/progress-table.ts';
import {
  chooseSize,
  type WizardValues,
  fillAgents,
  fillBasics,
  fillMasters,
  fillWizard,
  submit,
  valuesFor,
} from '../fixtures/wizard.ts';

const isComplete = (page: Page) =>
  expect(page.getByRole('heading', { name: 'Your deployment is complete' })).toBeVisible({ timeout: 60_000 });
const oneIsDone = (page: Page) => expect(page.getByRole('row', { name: /Succeeded/ }).first()).toBeVisible();
const pressOk = (page: Page) => page.getByRole('button', { name: 'OK', exact: true }).click();
const pathOf = ({ resourceGroup, serviceName }: WizardValues) => ({
  subscriptionId,
  resourceGroup,
  name: serviceName,
});

/** ARM did everything once, and the page shows exactly that: every resource one time, in the state that ARM gives it. */
async function pageTellsWhatArmDid(page: Page, place: ArmPlace, values: WizardValues): Promise<void> {
  const truth = await readTruth(place, pathOf(values));
  expect(complaintsAbout(truth, pathOf(values))).toEqual([]);
  const names = rowsFor(truth.writes).map((row) => row.toLowerCase());
  expect((await shownRows(page)).map((row) => row.toLowerCase()).toSorted()).toEqual(names.toSorted());
}

test('cut while typing: what was entered survives, also a reload, and the wizard goes on', async ({
  page,
  uniqueName,
  line,
}) => {
  const values = valuesFor(uniqueName);
  await page.goto('/create');
  await fillBasics(page, values);
  await line.cut();
  const prefix = page.getByLabel('DNS name prefix', { exact: true });
  await prefix.fill(values.dnsPrefix);
  await page.getByLabel('User name', { exact: true }).fill(values.userName);
  await page.getByLabel('SSH public key', { exact: true }).fill(values.sshPublicKey);
  await expect(page.getByText(/SHA256:/)).toBeVisible();
  await expect(page.reload()).rejects.toThrow('ERR_CONNECTION_REFUSED');
  // The browser's own page for it comes a moment later, and would interrupt the next visit.
  await page.waitForURL('chrome-error://chromewebdata/');

  await line.restore();
  await page.goto('/create?step=master');
  await expect(prefix).toHaveValue(values.dnsPrefix);
  await expect(page.getByLabel('SSH public key', { exact: true })).toHaveValue(values.sshPublicKey);
  await fillMasters(page, values);
  await fillAgents(page, values);
  await expect(page.getByText('Validation passed')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(values.resourceGroup).first()).toBeVisible();
});

test('cut during validation: it says so, and validates by itself when the line is back', async ({
  page,
  uniqueName,
  line,
}) => {
  const values = valuesFor(uniqueName);
  await page.goto('/create');
  await fillBasics(page, values);
  await fillMasters(page, values, async () => {
    // The sizes are read while there is a line; the last OK then meets none.
    await expect(page.getByText(/SHA256:/)).toBeVisible();
  });
  await page.getByLabel('Agent count', { exact: true }).fill(String(values.agents));
  await chooseSize(page, values.machineSize);
  await line.cut();
  await pressOk(page);
  await expect(page.getByText('The values could not be validated.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'OK', exact: true })).toBeDisabled();
  await line.restore();
  await expect(page.getByText('Validation passed')).toBeVisible({ timeout: 30_000 });
});

test('the answer to the submission gets lost: it is found again, and nothing is made twice', async ({
  page,
  uniqueName,
  line,
  cloud,
}) => {
  const values = valuesFor(uniqueName);
  await fillWizard(page, values);
  const answers = line.loseAnswers(({ method, url }) => method === 'POST' && url === '/api/clusters');
  await pressOk(page);
  await expect(page.getByText('The answer got lost.')).toBeVisible();
  await expect.poll(answers.lost).toBeGreaterThan(0);
  await line.restore();
  await expect(page).toHaveURL(new RegExp(`/${values.serviceName}/deployment$`), { timeout: 30_000 });
  await isComplete(page);
  await pageTellsWhatArmDid(page, cloud.place, values);
});

test(
  'cut just as the submission is sent, and the page reloaded: it is made once',
  endurance,
  async ({ page, uniqueName, line, cloud }) => {
    const values = valuesFor(uniqueName);
    await fillWizard(page, values);
    line.hang();
    await pressOk(page);
    await line.cut();
    await expect(page.getByText('The answer got lost.')).toBeVisible();
    await line.restore();
    await page.reload();
    await expect(page).toHaveURL(new RegExp(`/${values.serviceName}/deployment$`), { timeout: 30_000 });
    await isComplete(page);
    await pageTellsWhatArmDid(page, cloud.place, values);
  },
);

test.describe('in mid-deployment', () => {
  test.use({ paceFactor: 3 });

  test('cut: after 5 s the page says so and since when; then it goes on where it was', async ({
    page,
    uniqueName,
    line,
    cloud,
  }) => {
    const values = valuesFor(uniqueName);
    await fillWizard(page, values);
    await submit(page, values);
    await oneIsDone(page);
    await line.cut();
    const cutAt = Date.now();
    await expect(page.getByText('Reconnecting…')).toBeVisible();
    expect(Date.now() - cutAt).toBeGreaterThan(4_000);
    await expect(page.getByText(/Last updated/)).toBeVisible();
    await line.restore();
    await expect(page.getByText('Reconnecting…')).toBeHidden();
    await expect(page.getByRole('heading', { name: 'Your deployment is underway' })).toBeVisible();
    await isComplete(page);
    await pageTellsWhatArmDid(page, cloud.place, values);
  });

  test(
    'a line that hangs: no end of it is told, the page notices all the same and goes on',
    endurance,
    async ({ page, uniqueName, line, cloud }) => {
      const values = valuesFor(uniqueName);
      await fillWizard(page, values);
      await submit(page, values);
      await oneIsDone(page);
      line.hang();
      await expect(page.getByText('Reconnecting…')).toBeVisible();
      await expect(page.getByText(/Last updated/)).toBeVisible();
      await line.restore();
      await isComplete(page);
      await expect(page.getByText('Reconnecting…')).toBeHidden();
      await pageTellsWhatArmDid(page, cloud.place, values);
    },
  );
});

for (const passHead of [true, false]) {
  test(
    `a proxy that holds the stream back${passHead ? ', its head aside' : ''}: the page asks by itself`,
    enduranceUnless(!passHead),
    async ({ page, uniqueName, line, cloud }) => {
      const values = valuesFor(uniqueName);
      line.swallowStreams({ passHead });
      await fillWizard(page, values);
      await submit(page, values);
      await isComplete(page);
      await pageTellsWhatArmDid(page, cloud.place, values);
    },
  );
}

test(
  'cut on the way to the diagram and to the commands: they come by themselves when the line is back',
  endurance,
  async ({ page, request, uniqueName, line }) => {
    const path = await deployCluster(request, uniqueName);
    await page.goto(pageOf(path));
    await expect(page.getByRole('heading', { name: 'Essentials' })).toBeVisible();
    await line.cut();
    // Neither the code of this page nor its data can come now.
    await page.getByRole('link', { name: 'Topology' }).click();
    await expect(page.getByText(/Loading…|cannot be reached/).first()).toBeVisible();
    await line.restore();
    const diagram = page.getByTestId('topology');
    await expect(diagram.locator('[data-kind="virtualMachine"]')).toHaveCount(1, { timeout: 30_000 });

    // What is on the page stays and can be looked at; a page that was not read yet says what is the matter.
    await expect.poll(() => line.requests.some(({ url }) => url.includes('connect-page'))).toBe(true);
    await page.waitForLoadState('networkidle');
    await line.cut();
    await page.getByRole('radio', { name: 'Tree' }).click();
    await expect(page.getByRole('treeitem', { name: /^Internet/ })).toBeVisible();
    await page.getByRole('link', { name: 'Connect' }).click();
    await expect(page.getByText(/cannot be reached/).first()).toBeVisible();
    await line.restore();
    await expect(page.getByText(/ssh -fNL 2375/).first()).toBeVisible({ timeout: 30_000 });
  },
);

test('the answer to the deletion gets lost: the cluster goes all the same, and the portal says so', async ({
  page,
  request,
  uniqueName,
  line,
  cloud,
}) => {
  const path = await deployCluster(request, uniqueName);
  await page.goto(pageOf(path, '/deployment'));
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete confirmation' });
  await dialog.getByRole('textbox').fill(path.name);
  const answers = line.loseAnswers(({ method }) => method === 'DELETE');
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('The answer got lost.')).toBeVisible();
  expect(answers.lost()).toBeGreaterThan(0);
  await line.restore();
  await expect(page.getByText(`${path.name} was deleted`).first()).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(/could not be deleted|is being deleted/)).toHaveCount(0);
  expect((await readTruth(cloud.place, path)).stacks).toEqual([]);
});

test.describe('in mid-deletion', endurance, () => {
  test.use({ paceFactor: 3 });

  test('cut: the page says so, and comes to the end of the deletion by itself', async ({
    page,
    request,
    uniqueName,
    line,
    cloud,
  }) => {
    const path = await deployCluster(request, uniqueName);
    await page.goto(pageOf(path));
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete confirmation' });
    await dialog.getByRole('textbox').fill(path.name);
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('link', { name: 'See how far it is' }).first().click();
    await expect(
      page.getByRole('heading', { name: 'Your container service is being deleted' }),
    ).toBeVisible();
    await line.cut();
    await expect(page.getByText('Reconnecting…')).toBeVisible();
    await expect(page.getByText(/Last updated/)).toBeVisible();
    await line.restore();
    await expect(page.getByRole('heading', { name: `${path.name} was deleted` })).toBeVisible({
      timeout: 60_000,
    });
    const truth = await readTruth(cloud.place, path);
    expect([truth.stacks, truth.machineIds]).toEqual([[], []]);
  });
});

test.describe('on a phone on a slow line', endurance, () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('400 kbit/s and 400 ms: the whole journey', async ({ page, uniqueName, line, cloud }) => {
    test.slow();
    const values = valuesFor(uniqueName);
    line.slow({ kbitPerSecond: 400, roundTripMs: 400 });
    await fillWizard(page, values);
    await submit(page, values);
    await isComplete(page);
    await pageTellsWhatArmDid(page, cloud.place, values);
    await page.getByRole('link', { name: 'Topology' }).click();
    await expect(page.getByTestId('topology').locator('[data-kind="virtualMachine"]')).toHaveCount(1, {
      timeout: 60_000,
    });
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete confirmation' });
    await dialog.getByRole('textbox').fill(values.serviceName);
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await expect(page.getByText(`${values.serviceName} was deleted`).first()).toBeVisible({
      timeout: 60_000,
    });
  });
});
