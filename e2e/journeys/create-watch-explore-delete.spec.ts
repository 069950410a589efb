import { armClients } from '../fixtures/arm-clients.ts';
import { enduranceUnless } from '../fixtures/endurance.ts';
import { expect, test } from '../fixtures/test.ts';
import { fillWizard, submit, valuesFor } from '../fixtures/wizard.ts';

for (const masters of [1, 3] as const) {
  test(
    `a cluster of ${masters} master(s): from the wizard to the diagram to nothing`,
    enduranceUnless(masters === 3),
    async ({ page, uniqueName }) => {
      const values = valuesFor(uniqueName, { masters });
      const clusterUrl = new RegExp(`/clusters/[^/]+/${values.resourceGroup}/${values.serviceName}`);

      await test.step('the wizard is filled in and ARM validates it', async () => {
        await page.goto('/');
        await page.getByRole('link', { name: 'Create', exact: false }).first().click();
        await fillWizard(page, values);
      });

      await test.step('the deployment is watched until it is complete', async () => {
        await submit(page, values);
        await expect(page.getByRole('heading', { name: /underway|complete/ })).toBeVisible();
        await expect(page.getByRole('row', { name: /Virtual network.*Succeeded/ })).toBeVisible({
          timeout: 30_000,
        });
        await page.reload();
        await expect(page.getByRole('heading', { name: 'Your deployment is complete' })).toBeVisible({
          timeout: 60_000,
        });
        await expect(page.getByRole('row', { name: /Virtual machine\b.*Succeeded/ })).toHaveCount(masters);
        await expect(page.getByRole('row', { name: /Running|Waiting|Failed/ })).toHaveCount(0);
      });

      await test.step('every piece is on the diagram, joined to its neighbours', async () => {
        await page.getByRole('link', { name: 'Topology' }).click();
        await expect(page).toHaveURL(/\/topology$/);
        const diagram = page.getByTestId('topology');
        const node = (kind: string) => diagram.locator(`[data-kind="${kind}"]`);
        await expect(node('containerService')).toHaveCount(1);
        await expect(node('internet')).toHaveCount(1);
        await expect(node('publicIp')).toHaveCount(2);
        await expect(node('loadBalancer')).toHaveCount(2);
        await expect(node('virtualNetwork')).toHaveCount(1);
        await expect(node('subnet')).toHaveCount(2);
        await expect(node('networkSecurityGroup')).toHaveCount(2);
        await expect(node('networkInterface')).toHaveCount(masters);
        await expect(node('virtualMachine')).toHaveCount(masters);
        await expect(node('availabilitySet')).toHaveCount(1);
        await expect(node('disk')).toHaveCount(masters);
        await expect(node('storageAccount')).toHaveCount(1);
        await expect(node('scaleSet')).toHaveCount(1);
        await expect(diagram).toHaveAttribute('data-lines', /traffic [1-9]/);

        await page.getByRole('radio', { name: 'Tree' }).click();
        const tree = page.getByRole('tree', { name: 'Topology' });
        const piece = (title: string) => tree.getByRole('treeitem', { name: new RegExp(`^${title}`) });
        /** The search brings a piece near, the arrow key shows what it is joined to. */
        const joints = async (title: string): Promise<void> => {
          await page.getByRole('combobox', { name: 'Find a piece' }).fill(title);
          await page.keyboard.press('Escape');
          await piece(title).first().focus();
          await page.keyboard.press('ArrowRight');
        };
        await joints('Internet');
        await expect(piece("Leads to Masters' public IP address")).toBeVisible();
        await expect(piece("Leads to Agents' public IP address")).toBeVisible();
        for (let master = 0; master < masters; master += 1) {
          await joints(`TCP ${2200 + master} → master ${master}:22`);
          await expect(piece(`Leads to Master ${master}'s network interface`)).toBeVisible();
          await joints(`Master ${master}'s OS disk`);
          await expect(piece(`Used by Master ${master}`)).toBeVisible();
        }
        await joints('TCP 22 → master 0:2222');
        await expect(piece("Leads to Master 0's network interface")).toBeVisible();
        for (const port of [80, 443, 8080]) {
          await joints(`TCP ${port} → agents:${port}`);
          await expect(piece('Leads to Agents')).toBeVisible();
        }
        await page.getByRole('button', { name: 'Clear the search' }).click();
        await page.getByRole('radio', { name: 'Diagram' }).click();
      });

      await test.step('a piece explains itself, reached by keyboard', async () => {
        const balancer = page.getByTestId('topology').locator('[data-kind="loadBalancer"]').first();
        await balancer.focus();
        await page.keyboard.press('Enter');
        const panel = page.getByRole('complementary', { name: /load balancer/i });
        await expect(panel).toContainText('swarm-');
        await page.keyboard.press('Escape');
        await expect(panel).toBeHidden();
      });

      await test.step('the connect commands are filled in', async () => {
        await page.getByRole('link', { name: 'Connect' }).click();
        const host = `${values.dnsPrefix}mgmt.westeurope.cloudapp.slipway.internal`;
        await expect(page.getByText(`ssh -fNL 2375:localhost:2375 -p 2200 azureuser@${host}`)).toBeVisible();
        await expect(page.getByText(/docker service create .*--publish 80:80/).first()).toBeVisible();
        await expect(page.getByText(/simulated/i).first()).toBeVisible();
      });

      await test.step('the resources are those that the ARM endpoint lists', async () => {
        await page.getByRole('link', { name: 'Resources', exact: true }).click();
        const { resources } = armClients();
        for await (const resource of resources.resources.listByResourceGroup(values.resourceGroup)) {
          await expect(
            page.getByRole('row', { name: new RegExp(resource.name ?? 'unnamed') }).first(),
          ).toBeVisible();
        }
      });

      await test.step('the cluster is deleted as one thing', async () => {
        await page.getByRole('button', { name: 'Delete', exact: true }).click();
        const dialog = page.getByRole('dialog', { name: 'Delete confirmation' });
        await expect(dialog.getByRole('button', { name: 'Delete' })).toBeDisabled();
        await dialog.getByRole('textbox').fill(values.serviceName);
        await dialog.getByRole('button', { name: 'Delete' }).click();
        await expect(page).not.toHaveURL(clusterUrl, { timeout: 60_000 });
        await expect(page.getByText(values.serviceName, { exact: true })).toHaveCount(0, { timeout: 30_000 });
        const { resources } = armClients();
        const left: string[] = [];
        for await (const resource of resources.resources.listByResourceGroup(values.resourceGroup))
          left.push(resource.id ?? '');
        expect(left).toEqual([]);
      });
    },
  );
}
