import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { polling, startTestCloud, subscription, type TestCloud } from '../local-cloud.test-support.ts';
import { swarmStack } from '../swarm-stack.test-support.ts';
import { graphOf, type Graph } from './graph-queries.test-support.ts';

// A whole cluster is made first, on a machine that may be busy.
vi.setConfig({ hookTimeout: 90_000 });

let cloud: TestCloud;
let graph: Graph;
beforeAll(async () => {
  cloud = await startTestCloud();
  graph = graphOf(cloud);
  await cloud.resources.resourceGroups.createOrUpdate('Swarm', {
    location: 'westeurope',
    tags: { owner: 'sailor' },
  });
  await cloud.stacks.deploymentStacks.beginCreateOrUpdateAtResourceGroupAndWait(
    'Swarm',
    'demo',
    swarmStack({ masterCount: 3, agentCount: 2 }),
    polling,
  );
});
afterAll(() => cloud.close());

test('resources are rows with all that GET says of them, types and groups in lower case', async () => {
  const [row] = await graph.rows("Resources | where type =~ 'Microsoft.Network/virtualNetworks'");
  const network = await cloud.resources.resources.getById(String(row!['id']), '2025-05-01');
  expect(Object.keys(row!)).toEqual([
    'id',
    'name',
    'type',
    'tenantId',
    'kind',
    'location',
    'resourceGroup',
    'subscriptionId',
    'managedBy',
    'sku',
    'plan',
    'properties',
    'tags',
    'identity',
    'zones',
    'extendedLocation',
  ]);
  expect(row).toMatchObject({
    id: expect.stringContaining('/resourceGroups/Swarm/'),
    name: network.name,
    type: 'microsoft.network/virtualnetworks',
    tenantId: '22222222-2222-2222-2222-222222222222',
    kind: '',
    location: 'westeurope',
    resourceGroup: 'swarm',
    subscriptionId: subscription,
    sku: null,
    tags: { 'slipway-cluster': 'demo' },
  });
  expect(row!['properties']).toEqual(network.properties);
});

test('what ARM lists is there, and nothing else', async () => {
  const listed: string[] = [];
  for await (const { id } of cloud.resources.resources.list()) listed.push(id!.toLowerCase());
  expect(await graph.column('Resources | project tolower(id)')).toEqual(listed.toSorted());
});

test('groups and the subscription are in ResourceContainers', async () => {
  expect(
    await graph.rows(
      'ResourceContainers | project id, name, type, resourceGroup, location, tags, properties',
    ),
  ).toEqual([
    {
      id: `/subscriptions/${subscription}`,
      name: 'Local subscription',
      type: 'microsoft.resources/subscriptions',
      resourceGroup: '',
      location: '',
      tags: null,
      properties: { state: 'Enabled', subscriptionPolicies: expect.any(Object) },
    },
    {
      id: `/subscriptions/${subscription}/resourceGroups/Swarm`,
      name: 'Swarm',
      type: 'microsoft.resources/subscriptions/resourcegroups',
      resourceGroup: 'swarm',
      location: 'westeurope',
      tags: { owner: 'sailor' },
      properties: { provisioningState: 'Succeeded' },
    },
  ]);
});

test('scale-set instances are in ComputeResources, with their interfaces', async () => {
  expect(
    await graph.rows(
      'ComputeResources | summarize count(), make_set(tostring(properties.extended.instanceView.powerState.code)) by type | order by type asc',
    ),
  ).toMatchObject([
    {
      type: 'microsoft.compute/virtualmachinescalesets/virtualmachines',
      count_: 2,
    },
    { type: 'microsoft.compute/virtualmachinescalesets/virtualmachines/networkinterfaces', count_: 2 },
  ]);
  expect(
    await graph.column(
      "ComputeResources | where type endswith 'virtualMachines' | project tostring(properties.extended.instanceView.powerState.code)",
    ),
  ).toEqual(['PowerState/running', 'PowerState/running']);
});

test('machines are counted by their power', async () => {
  const [machine] = (await graph.column(
    "Resources | where type =~ 'Microsoft.Compute/virtualMachines' | project id",
  )) as string[];
  const answer = await cloud.send('POST', `${machine}/deallocate?api-version=2025-04-01`);
  expect(answer.status).toBe(202);
  await vi.waitFor(
    async () =>
      expect(
        await graph.rows(
          "Resources | where type =~ 'Microsoft.Compute/virtualMachines' | summarize machines = count() by power = tostring(properties.extended.instanceView.powerState.displayStatus) | order by power asc",
        ),
      ).toEqual([
        { power: 'VM deallocated', machines: 1 },
        { power: 'VM running', machines: 2 },
      ]),
    { timeout: 15_000 },
  );
});

test('machines find their addresses over three tables', async () => {
  const query = `
    Resources
    | where type =~ 'microsoft.compute/virtualmachines'
    | extend nics = array_length(properties.networkProfile.networkInterfaces)
    | mv-expand nic = properties.networkProfile.networkInterfaces
    | project machine = name, resourceGroup, nicId = tolower(tostring(nic.id))
    | join kind=leftouter (
        Resources
        | where type =~ 'microsoft.network/networkinterfaces'
        | mv-expand configuration = properties.ipConfigurations
        | project nicId = tolower(id), address = tostring(configuration.properties.privateIPAddress)
      ) on nicId
    | join kind=leftouter (
        ResourceContainers
        | where type == 'microsoft.resources/subscriptions/resourcegroups'
        | project resourceGroup, owner = tostring(tags.owner)
      ) on resourceGroup
    | project machine, address, owner
    | order by address asc`;
  expect(await graph.rows(query)).toEqual([
    { machine: expect.stringMatching(/^swarm-master-\d+-0$/), address: '172.16.0.5', owner: 'sailor' },
    { machine: expect.stringMatching(/^swarm-master-\d+-1$/), address: '172.16.0.6', owner: 'sailor' },
    { machine: expect.stringMatching(/^swarm-master-\d+-2$/), address: '172.16.0.7', owner: 'sailor' },
  ]);
});
