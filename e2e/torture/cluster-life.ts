import type { ClusterPath } from '@slipway/contract';
import { type Page, expect } from '@playwright/test';
import { armClients } from '../fixtures/arm-clients.ts';
import { pageOf } from '../fixtures/deployed-cluster.ts';
import type { OwnServices } from '../fixtures/own-services.ts';
import { rowsFor, shownRows } from '../fixtures/progress-table.ts';
import { fillWizard, valuesFor } from '../fixtures/wizard.ts';
import { complaintsAbout, everythingThere, readTruth } from '../fixtures/arm-truth.ts';
import { strike } from './blows.ts';
import type { Life } from './plan.ts';
import type { PortalClient } from './portal-client.ts';

const endWithinMs = 60_000;

/** Where a life takes place. */
export interface Stage {
  services: OwnServices;
  /** Open at the portal, and never reloaded by the test. */
  page: Page;
  client: PortalClient;
  /** `vmId`s of all machines so far. */
  machineIds: Set<string>;
}

/** What one blow did. */
export interface BlowResult {
  work: Life['creation']['work'];
  victims: string;
  /** What was done and how it ended, in one line. */
  story: string;
  /** Sentences about what is not as it should be; none when all is well. */
  complaints: string[];
  tookMs: number;
}

/** Creates a cluster under the blow, and looks at what became of it. */
export async function create(stage: Stage, life: Life, name: string): Promise<[ClusterPath, BlowResult]> {
  const { services, page, client } = stage;
  const begun = Date.now();
  const onPage =
    life.creation.work === 'submission'
      ? await submitInWizard(stage, life, name)
      : await submitAndWatch(stage, life, name);
  const path = onPage.path;
  const complaints: string[] = [];
  await heading(page, 'Your deployment is complete').catch(async () =>
    complaints.push(`the open page did not come to the end by itself: ${await textOn(page)}`),
  );
  const tookMs = Date.now() - begun;
  // The portal is asked first, and patiently: when it answers, ARM is back as well.
  const snapshot = await client.snapshot(path);
  const truth = await readTruth(services.place, path);
  complaints.push(...complaintsAbout(truth, path));
  const told = snapshot.rows.map(({ id, state }) => `${id.toLowerCase()} ${state}`).toSorted();
  const done = truth.writes.map(({ id, state }) => `${id} ${state}`).toSorted();
  if (told.join() !== done.join()) complaints.push(`the portal tells ${told.join()}; ARM ${done.join()}`);
  const shown = await shownRows(page);
  const expected = rowsFor(snapshot.rows);
  if (shown.join() !== expected.join())
    complaints.push(`the page shows ${shown.join()} instead of ${expected.join()}`);
  for (const id of truth.machineIds) {
    if (stage.machineIds.has(id)) complaints.push(`the vmId ${id} was given twice`);
    stage.machineIds.add(id);
  }
  return [path, result(life.creation, `${onPage.story}; ${truth.writes.length} writes`, complaints, tookMs)];
}

/** In the wizard, with the blow from the moment that OK is pressed. */
async function submitInWizard(
  { services, page }: Stage,
  life: Life,
  name: string,
): Promise<{ path: ClusterPath; story: string }> {
  const values = valuesFor(name, { agents: 1 });
  await fillWizard(page, values);
  const struck = strike(services, life.creation);
  await page.getByRole('button', { name: 'OK', exact: true }).click();
  // Pressed once: whatever gets lost after that, the wizard finds by itself.
  await page.waitForURL('**/deployment', { timeout: endWithinMs, waitUntil: 'commit' }).catch(async () => {
    throw new Error(`the wizard did not find what it had submitted: ${await textOn(page)}`);
  });
  const [, subscriptionId = ''] = /\/clusters\/([^/]+)/.exec(page.url()) ?? [];
  const path = { subscriptionId, resourceGroup: values.resourceGroup, name };
  return { path, story: await struck };
}

/** Submitted through the API, watched on its page, with the blow from the moment that ARM has it. */
async function submitAndWatch(
  { services, page, client }: Stage,
  life: Life,
  name: string,
): Promise<{ path: ClusterPath; story: string }> {
  const path = await client.create(name);
  const [story] = await Promise.all([strike(services, life.creation), open(page, path)]);
  return { path, story };
}

/** Deletes the cluster under the blow, and looks at what is left. */
export async function remove(stage: Stage, life: Life, path: ClusterPath): Promise<BlowResult | undefined> {
  const { services, page, client } = stage;
  const begun = Date.now();
  const complaints: string[] = [];
  await goTo(page, '/');
  await client.remove(path, life.deletesGroup);
  const struck = life.deletion ? strike(services, life.deletion) : undefined;
  await open(page, path);
  await heading(page, new RegExp(`^${path.name} was deleted|^There is no ${path.name} here`)).catch(
    async () =>
      complaints.push(`the open page did not come to say that the cluster is gone: ${await textOn(page)}`),
  );
  const story = await struck;
  await client.untilGone(path);
  const tookMs = Date.now() - begun;
  complaints.push(...(await leftovers(stage, life, path)));
  if (!(await client.namesAreFree(path.name))) complaints.push('the DNS names are not free again');
  const group = life.deletesGroup ? 'with its group' : 'alone';
  if (!life.deletion || story === undefined) return undefined;
  return result(life.deletion, `${story}; deleted ${group}`, complaints, tookMs);
}

/** What is still in the subscription. A group that was to stay, with its deployment's history, is removed first. */
async function leftovers({ services }: Stage, life: Life, path: ClusterPath): Promise<string[]> {
  const { place } = services;
  const complaints: string[] = [];
  if (!life.deletesGroup) {
    const truth = await readTruth(place, path);
    if (truth.stacks.length > 0) complaints.push(`the stack is still there: ${truth.stacks.join()}`);
    const resources = (await everythingThere(place)).filter((id) => id.includes('/providers/Microsoft.'));
    const kept = resources.filter((id) => !id.includes('/Microsoft.Resources/deployments/'));
    if (kept.length > 0) complaints.push(`left behind: ${kept.join(', ')}`);
    await armClients(place).resources.resourceGroups.delete(path.resourceGroup);
  }
  const left = await everythingThere(place);
  if (left.length > 0) complaints.push(`left behind: ${left.join(', ')}`);
  return complaints;
}

/** Goes to the cluster's progress without loading the portal again, as a link in it does. */
const open = (page: Page, path: ClusterPath): Promise<void> => goTo(page, pageOf(path, '/deployment'));

async function goTo(page: Page, address: string): Promise<void> {
  await page.evaluate(`history.pushState({}, '', ${JSON.stringify(address)})`);
}

const heading = (page: Page, name: string | RegExp): Promise<void> =>
  expect(page.getByRole('heading', { name })).toBeVisible({ timeout: endWithinMs });

/** What the page says, short enough for a line. */
const textOn = async (page: Page): Promise<string> =>
  (await page.locator('body').innerText()).replaceAll(/\s+/g, ' ').slice(0, 600);

function result(
  { work, victims }: Life['creation'],
  story: string,
  complaints: string[],
  tookMs: number,
): BlowResult {
  return { work, victims: victims.join(' and '), story, complaints, tookMs };
}
