import type { ClusterPath } from '@slipway/contract';
import { routes } from '@slipway/contract';
import type { Page } from '@playwright/test';
import { expectAccessible, takeWindow } from '../fixtures/accessible.ts';
import { pageOf } from '../fixtures/deployed-cluster.ts';
import { enduranceUnless } from '../fixtures/endurance.ts';
import { openOwnPortal, type OwnPortal } from '../fixtures/own-portal.ts';
import { expect, test as base } from '../fixtures/test.ts';
import { fillAgents, fillBasics, fillMasters, valuesFor } from '../fixtures/wizard.ts';

/** A portal with a cluster in each state, and all of them there to stay. */
interface Stage extends OwnPortal {
  succeeded: ClusterPath;
  failed: ClusterPath;
  canceled: ClusterPath;
  deploying: ClusterPath;
  deleting: ClusterPath;
}

const stuckType = 'Microsoft.Compute/virtualMachineScaleSets';

async function setStage(): Promise<Stage> {
  const portal = await openOwnPortal();
  const succeeded = await portal.submit('complete');
  const deleting = await portal.submit('going');
  await Promise.all([portal.until(succeeded, 'succeeded'), portal.until(deleting, 'succeeded')]);
  await portal.setMoods({
    work: [
      { mood: 'fails', type: 'Microsoft.Network/loadBalancers', error: { code: 'Sulking', message: 'No.' } },
    ],
  });
  const failed = await portal.submit('broken');
  await portal.until(failed, 'failed');
  await portal.setMoods({
    work: [
      { mood: 'never-ends', type: stuckType, action: 'write' },
      { mood: 'never-ends', action: 'delete' },
    ],
  });
  const deploying = await portal.submit('underway');
  const canceled = await portal.submit('stopped');
  await expect
    .poll(async () => (await portal.api.get(routes.clusterDeployment(canceled))).text())
    .toContain('virtualMachineScaleSets');
  await portal.post(routes.cancelDeployment(canceled), {});
  return { ...portal, succeeded, failed, canceled, deploying, deleting };
}

const test = base.extend<object, { stage: Stage }>({
  stage: [
    async ({}, use) => {
      const stage = await setStage();
      await use(stage);
      await stage.setMoods({});
      await stage.close();
    },
    { scope: 'worker', timeout: 300_000 },
  ],
  baseURL: async ({ stage }, use) => {
    await use(stage.address);
  },
});

// Axe looks at every element of every state: minutes on a machine that is busy.
test.describe.configure({ timeout: 600_000 });

for (const width of [1440, 390]) {
  test.describe(`at ${width} px`, enduranceUnless(width === 1440), () => {
    test('the shell', ({ page }) => judged(page, width, judgeShell));
    test('the wizard', ({ page }) => judged(page, width, judgeWizard));
    test('the pages of a cluster', ({ page, stage }) =>
      judged(page, width, (judge, open) => judgeClusterPages(page, judge, open, stage)));
    test('the pages of a resource', ({ page, stage }) =>
      judged(page, width, (judge, open) => judgeResourcePages(page, judge, open, stage)));
    test('the states of a cluster', ({ page, stage }) =>
      judged(page, width, (judge, open) => judgeStates(page, judge, open, stage)));
  });
}

type Judge = (name: string, act: () => Promise<unknown>) => Promise<void>;
type Open = (address: string) => Promise<void>;

async function judged(
  page: Page,
  width: number,
  walk: (judge: Judge, open: Open, page: Page) => Promise<void>,
): Promise<void> {
  await takeWindow(page, width);
  // What becomes of the stage's clusters is told on every page, and would lie over what is to be pressed.
  const toast = page.getByRole('button', { name: 'Dismiss' }).first();
  await page.addLocatorHandler(toast, () => toast.click());
  await walk(
    (state, act) =>
      test.step(state, async () => {
        await act();
        await expectAccessible(page, state);
      }),
    async (address) => {
      await page.goto(address);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    },
    page,
  );
}

async function judgeShell(judge: Judge, open: Open, page: Page): Promise<void> {
  await judge('home', async () => {
    await open('/');
    await expect(page.getByRole('link', { name: 'broken', exact: true })).toBeVisible();
  });
  await judge('the search', async () => {
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await expect(page.getByRole('option').first()).toBeVisible();
  });
  await judge('what the search finds', async () => {
    await page.getByRole('combobox').fill('o');
    await expect(page.getByText(/\d found/)).toBeVisible();
  });
  await page.keyboard.press('Escape');
  await judge('keyboard shortcuts', async () => {
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  });
  await page.keyboard.press('Escape');
  await judge('the theme menu', () => page.getByRole('button', { name: 'Theme' }).click());
  await page.keyboard.press('Escape');
  await judge('about the cloud', () => page.getByRole('button', { name: /Local cloud/ }).click());
  await page.keyboard.press('Escape');
  await judge('notifications', () => page.getByRole('button', { name: /^Notifications/ }).click());
  await page.keyboard.press('Escape');
  await judge('the navigation, the other way', () =>
    page.getByRole('button', { name: /old the navigation/ }).click(),
  );
  await judge('settings', async () => {
    await open('/settings');
    await expect(page.getByRole('table', { name: 'Stored in this browser' })).toBeVisible();
  });
  await judge('an address that leads nowhere', () => open('/no-such-page'));
  await judge('a cluster that is not there', () =>
    open('/clusters/11111111-1111-1111-1111-111111111111/no-group/nobody'),
  );
  await judge('an address that is malformed', () => open('/clusters/not-an-id/%3Cimg%20src%3Dx%3E/%22%3E'));
}

async function judgeWizard(judge: Judge, open: Open, page: Page): Promise<void> {
  const press = (name: string | RegExp): Promise<void> => page.getByRole('button', { name }).click();
  const values = valuesFor(`w${Date.now().toString(36)}`);
  await judge('basics', () => open('/create'));
  await judge('basics with errors', async () => {
    await press('OK');
    await expect(page.getByLabel('Service name', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  });
  await judge('an explanation', () => page.getByRole('button', { name: 'More information' }).first().click());
  await page.keyboard.press('Escape');
  await judge('regions', () => page.getByRole('combobox', { name: 'Region', exact: true }).click());
  await page.keyboard.press('Escape');
  await judge('masters', () => open('/create?step=master'));
  await judge('masters with errors', () => press('OK'));
  await judge('how to make a key', () => press('How do I make an SSH key?'));
  await judge('the key maker', () => press('Make a key pair here'));
  await judge('agents', () => open('/create?step=agent'));
  await judge('a summary with errors', async () => {
    await open('/create?step=summary');
    await expect(page.getByText(/Validation failed/)).toBeVisible();
  });
  await page.goto('/create');
  await judge('the advanced part, with errors', async () => {
    await press('Advanced');
    await press('Add a tag');
    await page.getByLabel('Value of tag 1', { exact: true }).fill('a value without a name');
    await page.getByLabel('Address space', { exact: true }).fill('20.0.0.0/8');
    await press('OK');
    await expect(page.getByText('Enter a name for the tag, or remove it.')).toBeVisible();
  });
  await press('Use the default ranges');
  await press('Remove tag 1');
  await fillBasics(page, values);
  await fillMasters(page, values);
  await judge('machine sizes', () =>
    expect(page.getByRole('radio', { name: /^Standard_/ }).first()).toBeVisible(),
  );
  await fillAgents(page, values);
  await judge('a summary that is valid', () =>
    expect(page.getByText('Validation passed')).toBeVisible({ timeout: 30_000 }),
  );
  await judge('what will be created, with every resource', async () => {
    await page.getByText(/^All \d+ resources/).click();
    await page.getByText(/To be added \(\d+\)/).click();
    await page.locator('summary', { hasText: 'Virtual network' }).click();
  });
  await judge('the files for automation', async () => {
    await press('Download for automation');
    await expect(page.getByRole('textbox', { name: /template\.json$/ })).toBeVisible();
  });
  await judge('the commands for automation', () => page.getByRole('tab', { name: 'Azure CLI' }).click());
  await page.keyboard.press('Escape');
  await judge('leaving', () => page.getByRole('link', { name: 'Slipway, home' }).click());
  await press('Discard the draft');
}

const inGroup = ({ subscriptionId, resourceGroup }: ClusterPath): string =>
  `/resource-groups/${subscriptionId}/${resourceGroup}/deployments`;

async function judgeStates(page: Page, judge: Judge, open: Open, stage: Stage): Promise<void> {
  const { succeeded, failed, canceled, deploying, deleting } = stage;
  const headline = (name: RegExp) => expect(page.getByRole('heading', { name, level: 2 })).toBeVisible();
  for (const [state, path, words] of [
    ['complete', succeeded, /complete/],
    ['failed', failed, /failed/],
    ['canceled', canceled, /canceled/],
    ['underway', deploying, /underway/],
    ['being deleted', deleting, /being deleted/],
  ] as const) {
    await judge(`a deployment ${state}`, async () => {
      // ARM gives a deletion up after a while: it is asked for when it is looked at.
      if (path === deleting) await keepDeleting(stage);
      await open(pageOf(path, '/deployment'));
      await headline(words);
    });
    await judge(`the overview, ${state}`, async () => {
      await open(pageOf(path));
      await headline(/What it survives/);
    });
  }
  await judge('inputs of a deployment', async () => {
    await open(pageOf(succeeded, '/deployment?view=inputs'));
    await expect(page.getByRole('row', { name: /masterCount/ })).toBeVisible();
  });
  await judge('the template of a deployment', async () => {
    await page.getByRole('link', { name: 'Template', exact: true }).click();
    await expect(page.getByRole('textbox', { name: 'Template' })).toBeVisible();
  });
  await judge('the deployments of a group', async () => {
    await open(inGroup(failed));
    await expect(page.getByText('1 deployment', { exact: true })).toBeVisible();
  });
  await judge('a deployment of a group', async () => {
    await page
      .getByRole('link', { name: /^broken-/ })
      .last()
      .click();
    await headline(/failed/);
    const timeline = page.getByRole('tab', { name: 'Timeline' });
    if (await timeline.isVisible()) await timeline.click();
  });
  await judge('operation details', async () => {
    await page
      .getByRole('button', { name: /^Operation details/ })
      .first()
      .click();
    await expect(page.getByRole('dialog')).toContainText('Service request ID');
  });
  await page.keyboard.press('Escape');
  await judge('deleting what is underway', async () => {
    await open(pageOf(deploying));
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
  });
  await judge('the topology of what is underway', async () => {
    await open(pageOf(deploying, '/topology'));
    await expect(page.locator('[data-kind="virtualNetwork"]')).toBeVisible();
  });
  await judge('connecting to what failed', () => open(pageOf(failed, '/connect')));
}

async function keepDeleting({ api, remove, until, deleting }: Stage): Promise<void> {
  const { state } = (await (await api.get(routes.cluster(deleting))).json()) as { state: string };
  if (state !== 'deleting') await remove(deleting);
  await until(deleting, 'deleting');
}

async function judgeResourcePages(
  page: Page,
  judge: Judge,
  open: Open,
  { api, succeeded }: Stage,
): Promise<void> {
  const answer = await api.get(routes.clusterResources(succeeded));
  const resources = (await answer.json()) as { id: string; type: string }[];
  const idOf = (type: string): string => resources.find((each) => each.type.endsWith(type))?.id ?? '';
  for (const [type, part] of [
    ['/loadBalancers', 'Frontend addresses'],
    ['/virtualNetworks', 'Subnets'],
    ['/networkSecurityGroups', 'Inbound rules'],
    ['/virtualMachineScaleSets', 'Instances'],
    ['/virtualMachines', 'Instance view'],
  ] as const) {
    await judge(`about ${type}`, async () => {
      await open(`/resources${idOf(type)}`);
      await expect(page.getByRole('table', { name: part })).toBeVisible();
    });
  }
  const network = `/resources${idOf('/virtualNetworks')}`;
  await judge('the properties of a resource', async () => {
    await open(`${network}?view=properties`);
    await expect(page.getByRole('table', { name: 'Properties' })).toBeVisible();
  });
  await judge('the relations of a resource', async () => {
    await open(`${network}?view=relations`);
    await expect(page.getByRole('heading', { name: 'Used by' })).toBeVisible();
  });
  await judge('tags, one of them refused', async () => {
    await open(`${network}?view=tags`);
    await page.getByRole('button', { name: 'Add a tag' }).click();
    await page.getByRole('textbox', { name: 'Name of tag 2' }).fill('a<b');
    await expect(page.getByText(/name cannot contain/)).toBeVisible();
  });
  await page.getByRole('button', { name: 'Discard changes' }).click();
  await judge('a lock that is being made', async () => {
    await open(`${network}?view=locks`);
    await page.getByRole('button', { name: 'Add a lock' }).click();
    await page.getByRole('button', { name: 'Add the lock' }).click();
    await expect(page.getByText('Enter a name for the lock.')).toBeVisible();
  });
  await judge('the activity log, one entry open', async () => {
    await open(pageOf(succeeded, '/activity'));
    await page.getByRole('table').getByRole('button', { expanded: false }).last().click();
    await expect(page.getByRole('list', { name: 'What else the request brought about' })).toBeVisible();
  });
  await judge('deleting a resource that others use', async () => {
    await open(network);
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await expect(page.getByRole('list', { name: 'What is in the way' })).toBeVisible();
  });
  await judge('a resource that is not there', () => open(`${network}x`));
}

async function judgeClusterPages(page: Page, judge: Judge, open: Open, { succeeded }: Stage): Promise<void> {
  await judge('the topology', async () => {
    await open(pageOf(succeeded, '/topology'));
    await expect(page.locator('[data-kind="scaleSet"]')).toBeVisible();
  });
  await judge('about a piece', () => page.locator('[data-kind="loadBalancer"]').first().click());
  await page.keyboard.press('Escape');
  await judge('an open scale set', () => page.getByRole('button', { name: 'Show each' }).press('Enter'));
  await judge('the topology as a tree', () => page.getByRole('radio', { name: 'Tree' }).click());
  await judge('about a piece of the tree', () =>
    page.getByRole('treeitem', { name: /^Masters' load/ }).click(),
  );
  await judge('machines', async () => {
    await open(pageOf(succeeded, '/machines'));
    await expect(page.getByText(/\d+ machines, \d+ running/)).toBeVisible();
  });
  await judge('a machine', async () => {
    await page.getByRole('link', { name: /master.*-0$/ }).click();
    await expect(page.getByRole('textbox', { name: 'Boot log' })).toBeVisible();
  });
  await judge('interrupting a machine', async () => {
    await page.getByRole('button', { name: 'Stop' }).click();
    await expect(page.getByRole('alertdialog')).toBeVisible();
  });
  await page.keyboard.press('Escape');
  await judge('a machine that is not there', async () => {
    await open(pageOf(succeeded, '/machines/nobody'));
    await expect(page.getByText(/has no machine nobody/)).toBeVisible();
  });
  await judge('connect', async () => {
    await open(pageOf(succeeded, '/connect'));
    await expect(page.getByText(/ssh -fNL/)).toBeVisible();
  });
  await judge('scaling', async () => {
    await open(pageOf(succeeded, '/scale'));
    await page.getByRole('button', { name: 'One more' }).click();
    await expect(page.getByText(/^Would change: /)).toBeVisible();
  });
  await judge('ports', async () => {
    await open(pageOf(succeeded, '/ports'));
    await page.getByRole('button', { name: 'Remove HTTPS' }).click();
    await page.getByRole('textbox', { name: 'Port of HTTP', exact: true }).fill('8443');
    await page.getByRole('button', { name: 'Add a port' }).click();
    await page.keyboard.type('not allowed!');
    await expect(page.getByText('Use only letters and digits in the name.')).toBeVisible();
  });
  await judge('leaving changes behind', async () => {
    await page.getByRole('link', { name: 'Resources', exact: true }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
  });
  await page.getByRole('button', { name: 'Discard and leave' }).click();
  await judge('resources', async () => {
    await open(pageOf(succeeded, '/resources'));
    await expect(page.getByRole('row', { name: /Virtual network/ })).toBeVisible();
  });
  const group = `/resource-groups/${succeeded.subscriptionId}/${succeeded.resourceGroup}`;
  for (const address of ['/resource-groups', '/resources', `${group}/resources`]) {
    await judge(address, async () => {
      await open(address);
      await expect(page.getByRole('rowheader').getByRole('link').first()).toBeVisible();
    });
  }
  await open(pageOf(succeeded, '/resources'));
  await judge('details of a resource', async () => {
    await page
      .getByRole('row', { name: /Virtual network/ })
      .getByRole('button')
      .first()
      .click();
    await expect(page.getByRole('button', { name: 'Copy the properties' })).toBeVisible();
  });
  await page.keyboard.press('Escape');
  await judge('export', async () => {
    await open(pageOf(succeeded, '/export'));
    await page.getByRole('button', { name: 'Export the resource group' }).click();
    await expect(page.getByRole('button', { name: 'Export again' })).toBeVisible();
  });
  await judge('deleting', async () => {
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('dialog').getByRole('textbox').fill(succeeded.name);
  });
}

test.describe('with an access secret', () => {
  test('signing in, and a list with nothing in it', async ({ page }) => {
    const secret = 'a secret of more than twenty letters';
    const portal = await openOwnPortal({ SLIPWAY_ACCESS_SECRET: secret });
    const inBothWidths = async (state: string): Promise<void> => {
      for (const width of [1440, 390]) {
        await takeWindow(page, width);
        await expectAccessible(page, `${state}, ${width} px`);
      }
    };
    await page.goto(`${portal.address}/`);
    await expect(page.getByRole('heading', { name: 'Sign in to Slipway' })).toBeVisible();
    await inBothWidths('signing in');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByLabel('Access secret')).toHaveAttribute('aria-invalid', 'true');
    await inBothWidths('signing in without the secret');
    await page.getByLabel('Access secret').fill(secret);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('heading', { name: 'No container services yet' })).toBeVisible();
    await inBothWidths('an empty list');
    await page.close();
    await portal.close();
  });
});
