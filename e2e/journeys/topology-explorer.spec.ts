import { readFile } from 'node:fs/promises';
import type { ClusterPath } from '@slipway/contract';
import type { Locator, Page } from '@playwright/test';
import { expectAccessible, takeWindow } from '../fixtures/accessible.ts';
import { deployCluster, pageOf } from '../fixtures/deployed-cluster.ts';
import { enduranceUnless } from '../fixtures/endurance.ts';
import { expectNoSidewaysScrolling } from '../fixtures/reach.ts';
import { expect, test } from '../fixtures/test.ts';

test.describe.configure({ timeout: 240_000 });

const diagram = (page: Page): Locator => page.getByTestId('topology');
const trace = (page: Page): Locator => page.getByRole('complementary', { name: 'Trace a connection' });
const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });

/** Opens the explorer of a cluster with something in its address, and waits for what it shows. */
async function explore(page: Page, cluster: ClusterPath, search = ''): Promise<void> {
  await page.goto(pageOf(cluster, `/topology${search}`));
  await expect(page.getByRole('combobox', { name: 'Find a piece' })).toBeVisible({ timeout: 30_000 });
}

/** Follows a connection and gives its hops' words. */
async function follow(page: Page, connection: string): Promise<Locator> {
  await trace(page).getByRole('textbox', { name: 'Connection' }).fill(connection);
  await trace(page).getByRole('button', { name: 'Follow' }).click();
  return trace(page).getByRole('list', { name: 'Hops' }).getByRole('listitem');
}

for (const masters of [1, 3, 5] as const) {
  test(
    `who has never seen a cluster of ${masters} masters finds out how it works`,
    enduranceUnless(masters === 3),
    async ({ page, uniqueName }) => {
      const cluster = await deployCluster(page.request, uniqueName, { masters, agents: 2 });
      const last = masters - 1;
      await explore(page, cluster);

      await test.step(`how does SSH reach master ${last}?`, async () => {
        await button(page, 'Trace').click();
        const hops = await follow(page, `ssh -p ${2200 + last}`);
        await expect(hops.last()).toHaveAttribute('data-verdict', 'arrives');
        await expect(hops.first()).toContainText('Internet');
        await expect(hops.filter({ hasText: "Masters' public IP address" })).not.toHaveCount(0);
        await expect(hops.filter({ hasText: `TCP ${2200 + last} → master ${last}:22` })).not.toHaveCount(0);
        await expect(hops.last()).toContainText(`Master ${last}`);
        await expect(page).toHaveURL(/trace=ssh/);
      });

      await test.step('what happens to a request on port 443?', async () => {
        const hops = await follow(page, 'internet → TCP 443');
        await expect(hops.last()).toHaveAttribute('data-verdict', 'arrives');
        await expect(hops.filter({ hasText: 'TCP 443 → agents:443' })).not.toHaveCount(0);
        // Two agents share it.
        await expect(trace(page).getByRole('radio')).not.toHaveCount(0);
        await trace(page).getByRole('radio').last().check();
        await expect(hops.last()).toHaveAttribute('data-verdict', 'arrives');
        await expect(page).toHaveURL(/way=/);
      });

      await test.step('what is not published is stopped, and it is said by what', async () => {
        const hops = await follow(page, 'internet → TCP 2375');
        await expect(hops.last()).toHaveAttribute('data-verdict', 'blocked');
        await expect(hops.last()).toContainText('Stopped here');
        await expect(hops.last()).toContainText('no rule');
      });

      await test.step('what is not known is said to be neither', async () => {
        const hops = await follow(page, 'internet → 198.51.100.7, TCP 443');
        await expect(hops.last()).toHaveAttribute('data-verdict', 'notTraced');
        await expect(hops.last()).toContainText('Not traced further');
        await expect(hops.last()).toContainText('What to check');
      });

      await test.step('what was typed and cannot be read is said in plain words', async () => {
        await follow(page, 'qwertz → asdf');
        await expect(trace(page).getByText('Nothing here is called “qwertz”')).toBeVisible();
        await trace(page).getByRole('button', { name: 'Close the trace' }).click();
      });

      await test.step('what spreads the masters?', async () => {
        await page.getByRole('combobox', { name: 'Find a piece' }).fill('availability set');
        await page.keyboard.press('Enter');
        const about = page.getByRole('complementary', { name: /availability set/i });
        await expect(about).toContainText('Spreads its machines over separate racks');
        await expect(about.getByRole('button', { name: /^Master \d/ })).toHaveCount(masters);
      });

      await test.step('where do the disks live?', async () => {
        await page.getByRole('combobox', { name: 'Find a piece' }).fill(`master ${last}'s os disk`);
        await page.keyboard.press('Enter');
        const about = page.getByRole('complementary', { name: `About: Master ${last}'s OS disk` });
        await expect(
          about.getByRole('button', { name: `Master ${last}`, exact: true }).first(),
        ).toBeVisible();
        await about.getByRole('button', { name: 'Show as JSON' }).click();
        await expect(about).toContainText('"Microsoft.Compute/disks"');
      });
    },
  );
}

test('the explorer is found again as it was left, and goes back step by step', async ({
  page,
  uniqueName,
}) => {
  const cluster = await deployCluster(page.request, uniqueName, { masters: 1, agents: 1 });
  await explore(page, cluster);
  const field = page.getByRole('combobox', { name: 'Find a piece' });

  await test.step('who types on, or over what was typed, is not disturbed by the address that follows', async () => {
    await field.pressSequentially('master');
    await page.keyboard.press('ControlOrMeta+a');
    await expect(page).toHaveURL(/q=master/);
    expect(await page.evaluate('getSelection().toString()')).toBe('master');
  });

  await test.step('a search lists what fits, and dims the rest', async () => {
    await field.fill('master 0');
    await expect(page.getByRole('option').first()).toContainText('Master 0');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('complementary', { name: 'About: Master 0' })).toBeVisible();
    await expect(page).toHaveURL(/q=master\+0/);
    await expect(page).toHaveURL(/piece=microsoft\.compute/);
  });

  await test.step('a filter shows as something that can be taken away', async () => {
    await button(page, 'Clear the search').click();
    await button(page, 'Filter').click();
    await page.getByRole('menuitemcheckbox', { name: /^Disks/ }).click();
    await page.keyboard.press('Escape');
    await expect(page.getByText(/^2 of \d+ pieces$/)).toBeVisible();
    await expect(page).toHaveURL(/kind=disk/);
  });

  await test.step('a reload shows the same', async () => {
    await page.reload();
    await expect(page.getByText(/^2 of \d+ pieces$/)).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole('complementary', { name: /^About: Master 0/ })).toBeVisible();
  });

  await test.step('tree and table show the same pieces', async () => {
    await page.getByRole('radio', { name: 'Tree' }).click();
    await expect(page.getByRole('treeitem', { name: /^Master 0's OS disk/ })).toBeVisible();
    await expect(page.getByRole('treeitem', { name: /^Internet/ })).toHaveCount(0);
    await page.getByRole('radio', { name: 'Table' }).click();
    await expect(page.getByRole('row')).toHaveCount(3);
    await button(page, 'Clear the filters').click();
    await button(page, 'Address').click();
    await expect(page.getByRole('columnheader', { name: 'Address' })).toHaveAttribute(
      'aria-sort',
      'ascending',
    );
    await expect(page).toHaveURL(/sort=address/);
  });

  await test.step('Back goes back', async () => {
    await page.goBack();
    await expect(page.getByRole('tree')).toBeVisible();
    await page.goBack();
    await expect(diagram(page)).toBeVisible();
    await page.goBack();
    await expect(page.getByRole('complementary', { name: /^About/ })).toHaveCount(0);
  });

  await test.step('an address that makes no sense is as good as none', async () => {
    await explore(
      page,
      cluster,
      '?view=globe&piece=nobody&kind=x&layer=-1&step=first&at=1,2&fold=[1]&trace=%F0%9F%9B%B3',
    );
    await expect(diagram(page)).toBeVisible();
    await expect(trace(page)).toBeVisible();
  });
});

test('a link to a trace leads to the way that was chosen, and Back and Forward go from way to way', async ({
  page,
  context,
  uniqueName,
}) => {
  const cluster = await deployCluster(page.request, uniqueName, { masters: 1, agents: 3 });
  await explore(page, cluster, '?trace=internet → tcp 80');
  const ways = trace(page).getByRole('radio');
  await expect(ways).toHaveCount(3);
  await expect(ways.first()).toBeChecked();
  const end = trace(page).getByRole('list', { name: 'Hops' }).getByRole('listitem').last();
  const firstEnd = await end.textContent();
  await ways.nth(1).check();
  await ways.nth(2).check();
  const lastEnd = (await end.textContent()) ?? '';
  expect(lastEnd).not.toBe(firstEnd);

  await test.step('a shared link', async () => {
    const other = await context.newPage();
    await other.goto(page.url());
    await expect(trace(other).getByRole('radio').nth(2)).toBeChecked({ timeout: 30_000 });
    await expect(trace(other).getByRole('list', { name: 'Hops' })).toContainText(lastEnd);
    await other.close();
  });
  await test.step('Back and Forward', async () => {
    await page.goBack();
    await expect(ways.nth(1)).toBeChecked();
    await page.goBack();
    await expect(ways.first()).toBeChecked();
    expect(await end.textContent()).toBe(firstEnd);
    await page.goForward();
    await page.goForward();
    await expect(ways.nth(2)).toBeChecked();
    await expect(end).toContainText(lastEnd);
  });
  await test.step('another connection begins with its first way', async () => {
    await follow(page, 'internet → tcp 443');
    await expect(ways.first()).toBeChecked();
    await expect(page).not.toHaveURL(/way=/);
  });
  await test.step('a way that is gone is said to be', async () => {
    await explore(page, cluster, '?trace=internet → tcp 80&way=nobody');
    await expect(trace(page)).toContainText('The way in this address is not one of this connection');
    await expect(ways.first()).toBeChecked();
  });
});

test('the tree is walked by keys, and what a piece reaches is followed', async ({ page, uniqueName }) => {
  const cluster = await deployCluster(page.request, uniqueName);
  await explore(page, cluster);
  await test.step('it is offered before the diagram', async () => {
    await button(page, 'Show as a tree').focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('tree', { name: 'Topology' })).toBeVisible();
  });
  const machine = page.locator('[role="treeitem"][data-kind="virtualMachine"]');
  const item = (name: RegExp): Locator => page.getByRole('treeitem', { name });
  await test.step('keys open, close and lead on', async () => {
    await item(/^Internet/).focus();
    await page.keyboard.press('ArrowRight');
    await expect(item(/^Internet/)).toHaveAttribute('aria-expanded', 'true');
    await page.keyboard.press('ArrowRight');
    await expect(item(/^Leads to/).first()).toBeFocused();
    await page.keyboard.press('ArrowLeft');
    await expect(item(/^Internet/)).toBeFocused();
    await page.keyboard.press('ArrowLeft');
    await expect(item(/^Leads to/)).toHaveCount(0);
    await page.keyboard.press('ArrowDown');
    await expect(item(/^Container service/)).toBeFocused();
    await page.keyboard.press('End');
    await page.keyboard.press('Home');
    await expect(item(/^Internet/)).toBeFocused();
  });
  await test.step('a piece says what reaches it, and the way lights up', async () => {
    await page.getByRole('combobox', { name: 'Find a piece' }).fill('master 0');
    await page.keyboard.press('Escape');
    await machine.click();
    const about = page.getByRole('complementary', { name: 'About: Master 0' });
    await about.getByRole('button', { name: 'What reaches this?' }).click();
    const ways = about.getByRole('list', { name: 'What reaches this?' });
    await ways.getByRole('button', { name: /2200/ }).first().click();
    await expect(trace(page).getByRole('list', { name: 'Hops' })).toContainText('Master 0');
  });
  await test.step('Escape closes the pane, and the focus is where it was', async () => {
    await page.getByRole('heading', { name: 'Master 0', level: 2 }).focus();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('complementary', { name: 'About: Master 0' })).toHaveCount(0);
    await expect(machine).toBeFocused();
  });
});

test('a guided walk leads from outside in, and can be read as a page', async ({ page, uniqueName }) => {
  const cluster = await deployCluster(page.request, uniqueName);
  await page.clock.install();
  await explore(page, cluster);
  await button(page, 'Guided walk').click();
  const walk = page.getByRole('complementary', { name: 'Guided walk' });
  const [, count] = /Step 1 of (\d+)/.exec((await walk.textContent()) ?? '') ?? [];
  expect(Number(count)).toBeGreaterThan(5);
  await walk.getByRole('button', { name: 'Next' }).click();
  await expect(walk).toContainText(`Step 2 of ${count}`);
  await page.keyboard.press('ArrowRight');
  await expect(walk).toContainText(`Step 3 of ${count}`);
  await page.keyboard.press('ArrowLeft');
  await expect(walk).toContainText(`Step 2 of ${count}`);
  await expect(page).toHaveURL(/step=2/);
  await expect(walk.getByText('Without it.')).toBeVisible();
  // However long that page's code takes to come: the diagram, which has just moved, says so no more in the address.
  const held = Promise.withResolvers<void>();
  await page.route('**/assets/*.js', async (route) => {
    await held.promise;
    await route.continue();
  });
  await walk.getByRole('link', { name: /as text/ }).click();
  await page.clock.runFor(5_000);
  held.resolve();
  await expect(page).toHaveURL(/\/topology\/walk$/);
  await expect(page.getByRole('heading', { level: 3 })).toHaveCount(Number(count));
  const picture = page.getByRole('img', { name: `Topology of ${cluster.name}` });
  await expect.poll(() => picture.evaluate((image) => image.clientHeight)).toBeGreaterThan(100);
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('navigation', { name: 'Portal' })).toBeHidden();
  await expect(page.getByRole('button', { name: 'Print' })).toBeHidden();
});

test('it is taken away as pictures and files, and compared with what was kept', async ({
  page,
  uniqueName,
}) => {
  const cluster = await deployCluster(page.request, uniqueName, { masters: 1 });
  await explore(page, cluster);
  const save = async (name: string): Promise<{ file: string; bytes: Buffer; path: string }> => {
    await button(page, 'Export').click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name, exact: true }).click(),
    ]);
    const path = await download.path();
    return { file: download.suggestedFilename(), bytes: await readFile(path), path };
  };
  const named = (ending: string): RegExp => new RegExp(`^${cluster.name}-topology-[\\d-]+\\.${ending}$`);

  await test.step('pictures', async () => {
    const svg = await save('Picture (SVG)');
    expect(svg.file).toMatch(named('svg'));
    expect(svg.bytes.toString()).toContain('Availability set');
    expect(svg.bytes.toString()).not.toContain('var(--');
    const png = await save('Picture (PNG)');
    expect(png.file).toMatch(named('png'));
    expect(png.bytes.subarray(1, 4).toString()).toBe('PNG');
    // The width stands in the header.
    expect(png.bytes.readUInt32BE(16)).toBeGreaterThan(1_000);
  });
  await test.step('files for other programs', async () => {
    expect((await save('Mermaid')).bytes.toString()).toContain('flowchart');
    expect((await save('draw.io')).bytes.toString()).toContain('<mxfile');
    await button(page, 'Export').click();
    await page.getByRole('menuitem', { name: 'Copy as Mermaid' }).click();
    await expect(page.getByText('copied as Mermaid')).toBeVisible();
    expect(await page.evaluate('navigator.clipboard.readText()')).toContain('flowchart');
  });
  await test.step('what is closed on screen is closed in the file', async () => {
    await button(page, 'More').click();
    await page.getByRole('menuitem', { name: 'Collapse all' }).click();
    const mermaid = (await save('Mermaid')).bytes.toString();
    expect(mermaid).toMatch(/\d+ inside/);
    expect(mermaid.match(/subgraph/g), 'only the outermost frame is open').toHaveLength(1);
    await button(page, 'More').click();
    await page.getByRole('menuitem', { name: 'Expand all' }).click();
  });
  const json = await save('JSON');
  expect(JSON.parse(json.bytes.toString())).toMatchObject({ format: 'slipway.topology/1' });

  await test.step('a kept moment is the same as now', async () => {
    await button(page, 'Compare').click();
    await page.getByRole('menuitem', { name: 'Keep this moment' }).click();
    await expect(page.getByText('This moment is kept in this browser')).toBeVisible();
    await button(page, 'Compare').click();
    await page.getByRole('menuitem', { name: 'Compare with…' }).click();
    await page.getByRole('button', { name: /^Kept by hand/ }).click();
    await expect(page).toHaveURL(/with=moment/);
    await expect(page.getByText(/^0 added \(\+\), 0 removed \(−\), 0 changed/)).toBeVisible();
    await page.reload();
    await expect(page.getByText(/^0 added \(\+\), 0 removed \(−\), 0 changed/)).toBeVisible({
      timeout: 30_000,
    });
  });

  await test.step('a file in which something is different says what', async () => {
    const other = JSON.parse(json.bytes.toString()) as { resources: { type: string }[] };
    other.resources = other.resources.filter(({ type }) => type !== 'Microsoft.Storage/storageAccounts');
    await page.getByLabel('A topology as JSON').setInputFiles({
      name: 'earlier.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(other)),
    });
    await expect(page.getByText('earlier.json')).toBeVisible();
    const differences = page.getByRole('list', { name: 'Differences' });
    await expect(differences.getByText('Added:')).not.toHaveCount(0);
    await expect(differences).toContainText('Storage account');
  });

  await test.step('a file that is none is refused in plain words', async () => {
    await page.getByLabel('A topology as JSON').setInputFiles({
      name: 'nonsense.json',
      mimeType: 'application/json',
      buffer: Buffer.from('{"not":"a topology"}'),
    });
    await expect(page.getByRole('list', { name: 'Differences' })).toHaveCount(0);
  });
});

for (const width of [1440, 390]) {
  test(
    `every part of the explorer is accessible at ${width} px`,
    enduranceUnless(width === 1440),
    async ({ page, uniqueName }) => {
      const cluster = await deployCluster(page.request, uniqueName);
      await takeWindow(page, width);
      for (const [state, search] of [
        ['a trace', '?trace=ssh%20-p%202200'],
        ['a blocked trace', '?trace=internet%20→%20tcp%202375'],
        ['a trace without a known end', '?trace=internet%20→%20198.51.100.7,%20tcp%20443'],
        ['the walk', '?step=2'],
        ['the table', '?view=table&layer=4'],
        ['about a piece of the tree', '?view=tree&piece=internet'],
      ] as const)
        await test.step(state, async () => {
          await explore(page, cluster, search);
          await expectAccessible(page, state);
          await expectNoSidewaysScrolling(page, state);
        });
      if (width === 390)
        await test.step('the legend is a line until somebody asks', async () => {
          await explore(page, cluster);
          const legend = page.getByRole('list', { name: 'Legend' });
          await expect(legend).toBeHidden();
          await page.getByText('Legend', { exact: true }).focus();
          await page.keyboard.press('Enter');
          await expect(legend).toBeVisible();
          await expectAccessible(page, 'the legend');
          await expectNoSidewaysScrolling(page, 'the legend');
          await page.getByText('Legend', { exact: true }).click();
          await expect(legend).toBeHidden();
        });
      for (const part of ['walk', 'compare'])
        await test.step(part, async () => {
          await page.goto(pageOf(cluster, `/topology/${part}`));
          await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible({ timeout: 30_000 });
          await expectAccessible(page, part);
        });
    },
  );
}
