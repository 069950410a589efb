import { type ClusterPath, connectAnswerSchema, routes } from '@slipway/contract';
import type { Page } from '@playwright/test';
import { expectAccessible, takeWindow } from '../fixtures/accessible.ts';
import { deployCluster, pageOf } from '../fixtures/deployed-cluster.ts';
import { expectNothingCut, expectTouchable } from '../fixtures/reach.ts';
import { freshPrivateKey } from '../fixtures/ssh-keys.ts';
import { expect, test } from '../fixtures/test.ts';

const field = (page: Page) => page.getByLabel('Path of your private key', { exact: true });
const shell = (page: Page, name: string) => page.getByRole('tab', { name, exact: true });
const kept = (page: Page) => page.evaluate(() => Object.values(localStorage).join('\n'));

async function openConnect(page: Page, cluster: ClusterPath): Promise<void> {
  await page.goto(pageOf(cluster, '/connect'));
  await expect(page.getByText(/ssh -f?NL/)).toBeVisible();
}

test('the path of a private key goes into the commands, in every shell, and stays in this browser', async ({
  page,
  uniqueName,
}) => {
  const cluster = await deployCluster(page.request, uniqueName);
  const login = `azureuser@${uniqueName}mgmt.westeurope.cloudapp.slipway.internal`;
  await openConnect(page, cluster);
  await expect(shell(page, 'Bash')).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByText(`ssh -fNL 2375:localhost:2375 -p 2200 ${login}`)).toBeVisible();
  await expect(page.getByText('Nothing listens at these addresses.')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Check/ }), 'nothing is there to be checked').toHaveCount(0);

  await test.step('typed', async () => {
    await field(page).fill('~/my keys/id');
    const headings = page.getByRole('heading', { level: 2 });
    await expect(headings.first()).toHaveText('Let only you read the key');
    await expect(page.getByText("chmod 600 ~/'my keys/id'", { exact: true })).toBeVisible();
    await expect(
      page.getByText(`ssh -fNL 2375:localhost:2375 -p 2200 -i ~/'my keys/id' ${login}`),
    ).toBeVisible();
    await page.getByRole('button', { name: 'Copy the command: Open a tunnel to the cluster' }).click();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
      `ssh -fNL 2375:localhost:2375 -p 2200 -i ~/'my keys/id' ${login}`,
    );
    await shell(page, 'CMD').click();
    await expect(
      page.getByText('icacls "%USERPROFILE%\\my keys\\id" /inheritance:r /grant:r "%USERNAME%:R"'),
    ).toBeVisible();
  });

  await test.step('kept over a reload, until it is taken out', async () => {
    await page.reload();
    await expect(field(page)).toHaveValue('~/my keys/id');
    await expect(page.getByText("chmod 600 ~/'my keys/id'", { exact: true })).toBeVisible();
    await field(page).fill('');
    await expect(page.getByText(/^chmod/)).toHaveCount(0);
    expect(await kept(page)).not.toContain('my keys');
  });

  await test.step('steps are ticked off, and say what else may come', async () => {
    const tunnel = page.getByRole('listitem').filter({ hasText: 'Open a tunnel to the cluster' });
    await tunnel.getByRole('checkbox', { name: 'Done: Open a tunnel to the cluster' }).check();
    await expect(page.getByText('1 of 9 steps done')).toBeVisible();
    await page.reload();
    await expect(page.getByText('1 of 9 steps done')).toBeVisible();
    for (const fold of ['What -f -N -L -p mean', 'Keep it in ssh_config', 'If something else comes'])
      await tunnel.getByText(fold).click();
    await expect(tunnel.getByText('runs no command on the master')).toBeVisible();
    await expect(tunnel.getByText('LocalForward 2375 localhost:2375')).toBeVisible();
    await expect(tunnel.getByText('Permission denied (publickey)')).toBeVisible();
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download docker-compose.yml' }).click();
    expect((await saving).suggestedFilename()).toBe('docker-compose.yml');
    await expectAccessible(page, 'connect, with all that may be known of the tunnel');
  });

  await test.step('judged when the field is left', async () => {
    await field(page).fill('~/.ssh/id_ed25519.pub');
    await field(page).blur();
    await expect(page.getByText('This is the public half.')).toBeVisible();
    await expect(page.getByText(/-i /)).toHaveCount(0);
    await field(page).fill('~/.ssh/id_ed25519');
    await expect(page.getByText('This is the public half.')).toHaveCount(0);
  });

  await test.step('the key itself is refused, pasted or typed', async () => {
    const key = freshPrivateKey();
    const body = key.split('\n').slice(2, 4).join('\n');
    for (const pasted of [key, body]) {
      await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(pasted)})`);
      await field(page).fill('');
      await field(page).press('ControlOrMeta+V');
      await expect(page.getByText(/looks like the key itself/)).toBeVisible();
      await expect(field(page)).toHaveValue('');
    }
    await field(page).fill('/keys/harbour');
    await field(page).pressSequentially(' -----BEGIN OPENSSH PRIVATE KEY');
    await expect(page.getByText(/looks like the key itself/)).toBeVisible();
    await expect(field(page)).toHaveValue('');
    expect(await kept(page)).not.toMatch(/PRIVATE|harbour/);
    for (const line of key.split('\n').slice(1, -2)) expect(await kept(page)).not.toContain(line);
  });
});

test.describe('on Windows', () => {
  test.use({ userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0.0.0' });

  test('PowerShell is chosen, and the commands are its own', async ({ page, uniqueName }) => {
    await openConnect(page, await deployCluster(page.request, uniqueName));
    await expect(shell(page, 'PowerShell')).toHaveAttribute('aria-selected', 'true');
    await expect(page.getByText('$env:DOCKER_HOST = "tcp://localhost:2375"')).toBeVisible();
    await field(page).fill('~\\Downloads\\slipway_ed25519');
    await expect(
      page.getByText(
        'icacls "$HOME\\Downloads\\slipway_ed25519" /inheritance:r /grant:r "${env:USERNAME}:R"',
      ),
    ).toBeVisible();
  });
});

/** The facts as a local cloud tells them whose machines really run. Only what the page makes of them is looked at here. */
async function serveOnThisComputer(page: Page, cluster: ClusterPath): Promise<void> {
  await page.route(`**${routes.clusterConnect(cluster)}`, async (route) => {
    const { facts } = connectAnswerSchema.parse(await (await route.fetch()).json());
    const json = {
      facts: {
        ...facts,
        ssh: facts.ssh.map((entrance) => ({ ...entrance, at: { host: '127.83.0.1', port: entrance.port } })),
        agentPorts: facts.agentPorts.map((entry) => ({
          ...entry,
          at:
            entry.port === 80
              ? { host: '127.83.0.2', port: 40_080 }
              : { host: '127.83.0.2', port: entry.port },
        })),
        routingMesh: false,
      },
      reachable: true,
    };
    await route.fulfill({ json });
  });
  const seen: Record<string, object> = {
    'ssh 2200': { outcome: 'answered', detail: 'SSH-2.0-OpenSSH_9.6p1 Ubuntu-3ubuntu13.5 in 3 ms.' },
    'agents 80': { outcome: 'refused', detail: 'Refused: nothing listens there.' },
    'agents 443': {
      outcome: 'silent',
      detail: 'Connected, but nothing answered within 5 s: no container is published on this port yet?',
    },
  };
  await page.route(`**${routes.checkEntrance(cluster)}`, async (route) => {
    const { kind, port } = route.request().postDataJSON() as { kind: string; port: number };
    const check = seen[`${kind} ${port}`];
    // What is not listed is still being checked.
    if (check) await route.fulfill({ json: { ...check, milliseconds: 3, address: '127.83.0.2:1' } });
  });
}

test('a cluster on this computer has its addresses there, and buttons that check them', async ({
  page,
  uniqueName,
}) => {
  const cluster = await deployCluster(page.request, uniqueName, { masters: 3 });
  await serveOnThisComputer(page, cluster);
  await openConnect(page, cluster);
  await field(page).fill('~/.ssh/slipway_ed25519');
  await expect(
    page.getByText(
      /ssh -fNL 2375:localhost:2375 -p 2200 -i \S+ -o StrictHostKeyChecking=accept-new .*127\.83\.0\.1$/,
    ),
  ).toBeVisible();
  await expect(page.getByText(/127\.83\.0\.1 stands for/)).toBeVisible();
  await expect(page.getByText(/--mode global --publish mode=host,published=80,target=80/)).toBeVisible();
  await expect(page.getByRole('link', { name: 'http://127.83.0.2:40080/' })).toBeVisible();

  const row = (text: string) => page.getByRole('listitem').filter({ hasText: text }).last();
  const agents = row('port 80 of the agents');
  await agents.getByRole('button', { name: 'Check 127.83.0.2:40080', exact: true }).click();
  await expect(agents.getByRole('status')).toHaveText(
    'Refused: nothing listens there. Run a service that publishes port 80 first, step 5.',
  );
  await expect(page.getByRole('heading', { level: 2 }).nth(4)).toHaveText('Run a first service');
  await row('port 443 of the agents').getByRole('button').click();
  await expect(row('port 443 of the agents').getByRole('status')).toContainText('within 5 s');
  const master = page.getByRole('button', { name: 'Check 127.83.0.1:2200', exact: true });
  await master.first().click();
  await expect(page.getByRole('status').filter({ hasText: 'SSH-2.0-OpenSSH' })).toBeVisible();

  const running = row('port 8080 of the agents');
  await running.getByRole('button').press('Enter');
  await expect(running.getByRole('status')).toHaveText('Checking…');
  const stop = running.getByRole('button', { name: 'Stop checking 127.83.0.2:8080' });
  await expect(stop).toBeFocused();

  for (const width of [1440, 390]) {
    await takeWindow(page, width);
    await expectAccessible(page, `connect on this computer, ${width} px`);
    await expectTouchable(page, `connect on this computer, ${width} px`);
    await expectNothingCut(page, `connect on this computer, ${width} px`);
  }
  await stop.click();
  await expect(running.getByRole('status')).toHaveText('');
});
