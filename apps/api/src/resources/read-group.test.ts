import { randomUUID } from 'node:crypto';
import { apiErrorSchema, armResourceSchema, clusterSchema, routes } from '@slipway/contract';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { armOf } from '../../test/arm.test-support.ts';
import { countOf, pathOf, requestCounts, specOf, subscriptionId } from '../../test/cluster.test-support.ts';
import { type RunningApi, type RunningCloud, startApi, startCloud } from '../../test/portal.test-support.ts';

// Hundreds of resources, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

let cloud: RunningCloud;
let api: RunningApi;
beforeAll(async () => {
  cloud = await startCloud();
  api = await startApi(cloud.settings);
});
afterAll(async () => {
  await api.close();
  await cloud.close();
});

const resourcesAt = async (route: string) =>
  z.array(armResourceSchema).parse(await (await api.fetch(route)).json());

/** Somebody deploys so many security groups, each with a rule, and a network that uses the first. */
async function deployGuards(group: string, count: number): Promise<void> {
  const { resources, deployments } = await armOf(cloud).clients(subscriptionId);
  await resources.resourceGroups.createOrUpdate(group, { location: 'westeurope' });
  const poller = deployments.deployments.createOrUpdate(group, 'guards', {
    properties: {
      mode: 'Incremental',
      template: {
        $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
        contentVersion: '1.0.0.0',
        resources: [
          {
            type: 'Microsoft.Network/networkSecurityGroups',
            apiVersion: '2025-05-01',
            name: "[format('guard-{0}', copyIndex())]",
            location: 'westeurope',
            tags: { of: 'many' },
            copy: { name: 'guards', count },
            properties: {
              securityRules: [
                {
                  name: 'web',
                  properties: {
                    priority: 100,
                    direction: 'Inbound',
                    access: 'Allow',
                    protocol: 'Tcp',
                    sourceAddressPrefix: '*',
                    sourcePortRange: '*',
                    destinationAddressPrefix: '*',
                    destinationPortRange: '80',
                  },
                },
              ],
            },
          },
          {
            type: 'Microsoft.Network/virtualNetworks',
            apiVersion: '2025-05-01',
            name: 'network',
            location: 'westeurope',
            dependsOn: ['guards'],
            properties: {
              addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
              subnets: [
                {
                  name: 'inner',
                  properties: {
                    addressPrefix: '10.0.0.0/24',
                    networkSecurityGroup: {
                      id: "[resourceId('Microsoft.Network/networkSecurityGroups', 'guard-0')]",
                    },
                  },
                },
              ],
            },
          },
        ],
      },
    },
  });
  await poller.pollUntilDone();
}

const membersOfGuard = (resources: z.infer<typeof armResourceSchema>[]) =>
  Object.keys(resources.find(({ name }) => name === 'guard-0') ?? {}).toSorted();

describe('the resources of a group', () => {
  it('of many hundreds are all read, with their properties, in few requests', async () => {
    await deployGuards('many', 260);
    const before = await requestCounts(cloud);
    const found = await resourcesAt(routes.groupResources(subscriptionId, 'many'));
    const after = await requestCounts(cloud);
    expect(found).toHaveLength(261);
    expect(new Set(found.map(({ id }) => id.toLowerCase())).size).toBe(261);
    for (const { properties } of found) expect(properties).toHaveProperty('provisioningState', 'Succeeded');
    expect(found.find(({ name }) => name === 'guard-259')).toMatchObject({
      tags: { of: 'many' },
      properties: { securityRules: [{ name: 'web' }] },
    });
    expect(countOf(after, /^GET/) - countOf(before, /^GET/)).toBeLessThan(15);
  });

  it('are the same whether they are read one by one or by lists', async () => {
    await deployGuards('few', 3);
    const few = await resourcesAt(routes.groupResources(subscriptionId, 'few'));
    expect(few).toHaveLength(4);
    expect(membersOfGuard(few)).toEqual(
      membersOfGuard(await resourcesAt(routes.groupResources(subscriptionId, 'many'))),
    );
  });

  it('are not found where there is no such group', async () => {
    for (const route of [routes.groupResources, routes.groupTopology]) {
      const answer = await api.fetch(route(subscriptionId, 'nowhere'));
      expect(answer.status).toBe(404);
      expect(apiErrorSchema.parse(await answer.json()).error).toMatchObject({
        code: 'NotFound',
        message: 'There is no resource group nowhere in this subscription.',
      });
    }
  });
});

describe('the resources of a cluster', () => {
  it('tell the power of each machine, and where it stands', async () => {
    const spec = specOf({ master: { count: 3 } });
    await api.send('POST', routes.clusters(), { requestId: randomUUID(), spec });
    await vi.waitFor(
      async () =>
        expect(clusterSchema.parse(await (await api.fetch(routes.cluster(pathOf(spec)))).json()).state).toBe(
          'succeeded',
        ),
      { timeout: 40_000, interval: 50 },
    );
    for (const route of [
      routes.clusterResources(pathOf(spec)),
      routes.groupResources(subscriptionId, spec.basics.resourceGroup.name),
    ]) {
      const machines = (await resourcesAt(route)).filter(({ type }) => /\/virtualMachines$/i.test(type));
      expect(machines).toHaveLength(5);
      for (const { properties } of machines)
        expect(properties?.['instanceView']).toMatchObject({
          statuses: expect.arrayContaining([expect.objectContaining({ code: 'PowerState/running' })]),
        });
      const text = JSON.stringify(machines);
      expect(text).toMatch(/"platformFaultDomain":1/);
      expect(text).not.toMatch(/customData|protectedSettings|adminPassword/i);
    }
  });
});
