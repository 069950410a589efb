import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { polling, startTestCloud, subscription, type TestCloud } from '../../local-cloud.test-support.ts';
import { tenantId } from '../../resources/places.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
  await cloud.resources.resourceGroups.createOrUpdate('rg', { location: 'westeurope' });
});
afterAll(() => cloud.close());

const group = `/subscriptions/${subscription}/resourceGroups/rg`;
const idOf = (type: string, name: string) => `${group}/providers/${type}/${name}`;
const send = (method: string, id: string, body?: object) =>
  cloud.send(
    method,
    `${id}${id.includes('?') ? '&' : '?'}api-version=2023-01-01`,
    body === undefined ? {} : { body },
  );
async function put(id: string, body: object) {
  const answer = await send('PUT', id, body);
  expect(answer.status, answer.text).toBeLessThan(300);
  await expect.poll(async () => (await send('GET', id)).json.properties.provisioningState).toBe('Succeeded');
  return (await send('GET', id)).json;
}
const guid = expect.stringMatching(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) as string;
const publicAddress = expect.stringMatching(/^198\.19\.\d+\.\d+$/) as string;
const base64 = expect.stringMatching(/^[\w+/]{40,}=*$/) as string;

describe('what Azure adds to a resource', () => {
  test.each([
    ['Microsoft.Web/sites', {}, { defaultHostName: 'it.azurewebsites.slipway.internal', state: 'Running' }],
    ['Microsoft.ContainerRegistry/registries', {}, { loginServer: 'it.azurecr.slipway.internal' }],
    [
      'Microsoft.AppConfiguration/configurationStores',
      {},
      { endpoint: 'https://it.azconfig.slipway.internal' },
    ],
    [
      'Microsoft.Automation/automationAccounts',
      {},
      { state: 'Ok', RegistrationUrl: expect.stringContaining('.agentsvc.westeurope.') as string },
    ],
    ['Microsoft.Cdn/profiles', {}, { frontDoorId: guid }],
    [
      'Microsoft.CognitiveServices/accounts',
      {},
      { endpoint: 'https://westeurope.api.cognitive.slipway.internal/' },
    ],
    [
      'Microsoft.CognitiveServices/accounts',
      { customSubDomainName: 'Own' },
      { endpoint: 'https://own.cognitiveservices.slipway.internal/' },
    ],
    [
      'Microsoft.ContainerInstance/containerGroups',
      { ipAddress: { type: 'Public', dnsNameLabel: 'Web', ports: [] } },
      { ipAddress: { ip: publicAddress, fqdn: 'web.westeurope.azurecontainer.slipway.internal' } },
    ],
    [
      'Microsoft.ContainerService/managedClusters',
      { dnsPrefix: 'k', addonProfiles: { omsagent: { enabled: true }, azurepolicy: { enabled: false } } },
      {
        fqdn: expect.stringMatching(/^k-.*\.hcp\.westeurope\.azmk8s\.slipway\.internal$/) as string,
        addonProfiles: { omsagent: { identity: { objectId: guid } }, azurepolicy: { enabled: false } },
      },
    ],
    [
      'Microsoft.DesktopVirtualization/hostPools',
      { registrationInfo: { expirationTime: '2030-01-01T00:00:00Z' } },
      { registrationInfo: { token: expect.any(String) as string } },
    ],
    [
      'Microsoft.Devices/IotHubs',
      {},
      {
        hostName: 'it.azure-devices.slipway.internal',
        eventHubEndpoints: { events: { path: 'it', endpoint: expect.stringMatching(/^sb:\/\//) as string } },
      },
    ],
    [
      'Microsoft.Devices/provisioningServices',
      {},
      { idScope: expect.stringMatching(/^0ne\d{8}$/) as string },
    ],
    [
      'Microsoft.DocumentDB/databaseAccounts',
      { locations: [{ locationName: 'West Europe', failoverPriority: 0 }] },
      {
        documentEndpoint: 'https://it.documents.slipway.internal:443/',
        writeLocations: [{ documentEndpoint: 'https://it-westeurope.documents.slipway.internal:443/' }],
      },
    ],
    [
      'Microsoft.EventGrid/domains',
      {},
      { endpoint: 'https://it.westeurope-1.eventgrid.slipway.internal/api/events' },
    ],
    [
      'Microsoft.HDInsight/clusters',
      {},
      { connectivityEndpoints: [{ name: 'SSH', port: 22 }, { name: 'HTTPS' }] },
    ],
    ['Microsoft.Kusto/clusters', {}, { uri: 'https://it.westeurope.kusto.slipway.internal' }],
    [
      'Microsoft.Logic/workflows',
      { state: 'Disabled' },
      { state: 'Disabled', accessEndpoint: expect.any(String) as string },
    ],
    [
      'Microsoft.Network/dnsZones',
      {},
      { nameServers: expect.arrayContaining(['ns1-01.azure-dns.slipway.internal.']) as string[] },
    ],
    ['Microsoft.Network/frontDoors', {}, { cname: 'it.azurefd.slipway.internal', frontdoorId: guid }],
    [
      'Microsoft.Network/publicIPPrefixes',
      { prefixLength: 30 },
      { ipPrefix: expect.stringMatching(/^198\.19\.\d+\.0\/30$/) as string },
    ],
    [
      'Microsoft.Sql/managedInstances',
      {},
      { fullyQualifiedDomainName: expect.stringMatching(/^it\.\w{12}\.database\./) as string },
    ],
    [
      'Microsoft.Synapse/workspaces',
      {},
      {
        connectivityEndpoints: {
          dev: 'https://it.dev.azuresynapse.slipway.internal',
          sql: 'it.sql.azuresynapse.slipway.internal',
        },
      },
    ],
    [
      'Microsoft.Web/certificates',
      { password: 'p' },
      { thumbprint: expect.stringMatching(/^[0-9A-F]{40}$/) as string },
    ],
    [
      'Microsoft.Web/sites',
      { enabled: false },
      {
        state: 'Stopped',
        possibleOutboundIpAddresses: expect.stringMatching(
          /^198\.19\.[\d.]+(?:,198\.19\.[\d.]+){3}$/,
        ) as string,
      },
    ],
    [
      'Microsoft.Web/staticSites',
      {},
      { defaultHostname: expect.stringMatching(/\.azurestaticapps\./) as string },
    ],
    ['Microsoft.Sql/servers', {}, { fullyQualifiedDomainName: 'it.database.slipway.internal' }],
    ['Microsoft.OperationalInsights/workspaces', {}, { customerId: guid }],
    ['Microsoft.Insights/components', {}, { InstrumentationKey: guid, AppId: guid }],
    ['Microsoft.ManagedIdentity/userAssignedIdentities', {}, { principalId: guid, clientId: guid, tenantId }],
    [
      'Microsoft.Network/trafficManagerProfiles',
      { dnsConfig: { relativeName: 'ours', ttl: 30 } },
      { dnsConfig: { ttl: 30, fqdn: 'ours.trafficmanager.slipway.internal' } },
    ],
    [
      'Microsoft.Network/applicationGateways',
      { backendAddressPools: [{ name: 'pool', properties: {} }] },
      {
        backendAddressPools: [
          expect.objectContaining({
            id: `${idOf('Microsoft.Network/applicationGateways', 'it')}/backendAddressPools/pool`,
          }),
        ],
      },
    ],
    [
      'Microsoft.Resources/deploymentScripts',
      { scriptContent: "$DeploymentScriptOutputs = @{}\n$DeploymentScriptOutputs['text'] = $made" },
      { outputs: { text: 'simulated: text' } },
    ],
    [
      'Microsoft.Resources/deploymentScripts',
      { scriptContent: 'echo "{\\"ip\\": \\"$ip\\"}" > $AZ_SCRIPTS_OUTPUT_PATH' },
      { outputs: { ip: 'simulated: ip' } },
    ],
  ])('is there for %s, and stays the same', async (type, properties, expected) => {
    const id = idOf(type, 'it');
    const first = await put(id, { location: 'westeurope', properties });
    expect(first.properties).toMatchObject(expected);
    const again = await put(id, { location: 'westeurope', tags: { a: 'b' }, properties });
    const { status: _first, ...kept } = first.properties;
    const { status: _again, ...now } = again.properties;
    expect(now).toEqual(kept);
  });

  test('is an identity, where it asks for one', async () => {
    const user = idOf('Microsoft.ManagedIdentity/userAssignedIdentities', 'user');
    const { properties } = await put(user, { location: 'westeurope' });
    const made = await put(idOf('Microsoft.Web/sites', 'known'), {
      location: 'westeurope',
      identity: { type: 'SystemAssigned, UserAssigned', userAssignedIdentities: { [user]: {} } },
      properties: {},
    });
    expect(made.identity).toEqual({
      type: 'SystemAssigned, UserAssigned',
      principalId: guid,
      tenantId,
      userAssignedIdentities: {
        [user]: { principalId: properties.principalId, clientId: properties.clientId },
      },
    });
  });
});

/** A network with one subnet, whose range is given. */
const network = (name: string, subnet: string, addressPrefix: string) =>
  put(idOf('Microsoft.Network/virtualNetworks', name), {
    location: 'westeurope',
    properties: {
      addressSpace: { addressPrefixes: [addressPrefix] },
      subnets: [{ name: subnet, properties: { addressPrefix } }],
    },
  });
const subnetOf = (name: string, subnet: string) => ({
  id: `${idOf('Microsoft.Network/virtualNetworks', name)}/subnets/${subnet}`,
});

describe('addresses in a subnet', () => {
  test('are those of a firewall and of a gateway', async () => {
    await network('fw', 'AzureFirewallSubnet', '10.1.0.0/26');
    const firewall = await put(idOf('Microsoft.Network/azureFirewalls', 'fw'), {
      location: 'westeurope',
      properties: {
        ipConfigurations: [{ name: 'c', properties: { subnet: subnetOf('fw', 'AzureFirewallSubnet') } }],
      },
    });
    expect(firewall.properties.ipConfigurations[0].properties.privateIPAddress).toBe('10.1.0.4');
    await network('gw', 'GatewaySubnet', '10.2.0.0/27');
    const gateway = await put(idOf('Microsoft.Network/virtualNetworkGateways', 'gw'), {
      location: 'westeurope',
      properties: {
        ipConfigurations: [{ name: 'c', properties: { subnet: subnetOf('gw', 'GatewaySubnet') } }],
        bgpSettings: { asn: 65010 },
      },
    });
    expect(gateway.properties.bgpSettings).toMatchObject({ asn: 65_010, bgpPeeringAddress: '10.2.0.30' });
    const hub = idOf('Microsoft.Network/virtualHubs', 'hub');
    await put(hub, { location: 'westeurope', properties: { addressPrefix: '10.3.0.0/16' } });
    const inHub = await put(idOf('Microsoft.Network/azureFirewalls', 'inhub'), {
      location: 'westeurope',
      properties: { virtualHub: { id: hub }, hubIPAddresses: { publicIPs: { count: 1 } } },
    });
    expect(inHub.properties.hubIPAddresses).toMatchObject({
      privateIPAddress: '10.3.64.4',
      publicIPs: { addresses: [{ address: publicAddress }] },
    });
  });

  test('are those of private endpoints, each with an interface that comes and goes with it', async () => {
    await network('pe', 'default', '10.4.0.0/24');
    const vault = idOf('Microsoft.Sql/servers', 'behind');
    await put(vault, { location: 'westeurope', properties: {} });
    const endpoint = idOf('Microsoft.Network/privateEndpoints', 'pe');
    const body = {
      location: 'westeurope',
      properties: {
        subnet: subnetOf('pe', 'default'),
        privateLinkServiceConnections: [
          { name: 'c', properties: { privateLinkServiceId: vault, groupIds: ['sqlServer'] } },
        ],
      },
    };
    const made = await put(endpoint, body);
    expect(made.properties).toMatchObject({
      privateLinkServiceConnections: [
        { properties: { privateLinkServiceConnectionState: { status: 'Approved' } } },
      ],
      customDnsConfigs: [{ fqdn: 'behind.database.slipway.internal', ipAddresses: ['10.4.0.4'] }],
    });
    const [{ id: interfaceId }] = made.properties.networkInterfaces;
    expect((await send('GET', interfaceId)).json.properties).toMatchObject({
      privateEndpoint: { id: endpoint },
      ipConfigurations: [{ properties: { privateIPAddress: '10.4.0.4', subnet: subnetOf('pe', 'default') } }],
    });
    // Put again it keeps interface and address.
    expect((await put(endpoint, { ...body, tags: { a: 'b' } })).properties.customDnsConfigs).toEqual(
      made.properties.customDnsConfigs,
    );
    const busy = await send('DELETE', subnetOf('pe', 'default').id);
    expect(busy.json.error.code).toBe('InUseSubnetCannotBeDeleted');
    await send('DELETE', endpoint);
    await expect.poll(async () => (await send('GET', interfaceId)).status).toBe(404);
    const nowhere = { ...body, properties: { ...body.properties, subnet: subnetOf('pe', 'none') } };
    expect((await send('PUT', endpoint, nowhere)).json.error.code).toBe('InvalidResourceReference');
  });
});

describe('keys', () => {
  test.each([
    ['Microsoft.DocumentDB/databaseAccounts', 'listKeys', { primaryMasterKey: base64 }],
    [
      'Microsoft.DocumentDB/databaseAccounts',
      'listConnectionStrings',
      {
        connectionStrings: [
          { connectionString: expect.stringContaining('AccountKey=') as string },
          {},
          {},
          {},
        ],
      },
    ],
    ['Microsoft.Cache/redis', 'listKeys', { primaryKey: base64, secondaryKey: base64 }],
    [
      'Microsoft.ContainerRegistry/registries',
      'listCredentials',
      { username: 'keyed', passwords: [{ value: base64 }, {}] },
    ],
    ['Microsoft.OperationalInsights/workspaces', 'listKeys', { primarySharedKey: base64 }],
    ['Microsoft.EventGrid/domains', 'listKeys', { key1: base64, key2: base64 }],
    [
      'Microsoft.Devices/IotHubs',
      'listKeys',
      {
        value: expect.arrayContaining([
          expect.objectContaining({ keyName: 'service', rights: 'ServiceConnect' }),
        ]) as object[],
      },
    ],
    [
      'Microsoft.SignalRService/signalR',
      'listKeys',
      {
        primaryConnectionString: expect.stringMatching(
          /^Endpoint=https:\/\/keyed\.service\.signalr\..*;Version=1\.0;$/,
        ) as string,
      },
    ],
    ['Microsoft.Web/staticSites', 'listSecrets', { properties: { apiKey: base64 } }],
    [
      'Microsoft.Purview/accounts',
      'listKeys',
      { atlasKafkaPrimaryEndpoint: expect.stringContaining('Endpoint=sb://') as string },
    ],
  ])('of %s are told by %s, the same each time', async (type, action, expected) => {
    const id = idOf(type, 'keyed');
    await put(id, { location: 'westeurope', properties: {} });
    const told = await send('POST', `${id}/${action}`);
    expect(told).toMatchObject({ status: 200, json: expected });
    expect((await send('POST', `${id}/${action}`)).json).toEqual(told.json);
    expect((await send('GET', id)).text).not.toContain(JSON.stringify(told.json).slice(20, 60));
  });

  test("of a namespace's root rule are there without anybody making it, in a template too", async () => {
    const template = {
      $schema: 's#',
      contentVersion: '1.0.0.0',
      resources: [
        {
          type: 'Microsoft.EventHub/namespaces',
          apiVersion: '2021-11-01',
          name: 'events',
          location: 'westeurope',
          properties: {},
        },
      ],
      outputs: {
        text: {
          type: 'string',
          value:
            "[listKeys(resourceId('Microsoft.EventHub/namespaces/authorizationRules', 'events', 'RootManageSharedAccessKey'), '2021-11-01').primaryConnectionString]",
        },
      },
    };
    const made = await cloud.deployments.deployments.createOrUpdate(
      'rg',
      'events',
      { properties: { mode: 'Incremental', template } } as never,
      polling,
    );
    expect(made.properties?.outputs).toMatchObject({
      text: {
        value: expect.stringContaining(
          'Endpoint=sb://events.servicebus.slipway.internal/;SharedAccessKeyName=RootManageSharedAccessKey',
        ) as string,
      },
    });
    expect((await send('POST', `${idOf('Microsoft.EventHub/namespaces', 'events')}/explode`)).status).toBe(
      404,
    );
  });

  test('of one policy of a hub are those that the hub tells of it', async () => {
    const hub = idOf('Microsoft.Devices/IotHubs', 'policies');
    await put(hub, { location: 'westeurope', properties: {} });
    const { value } = (await send('POST', `${hub}/listKeys`)).json;
    const own = value.find(({ keyName }: { keyName: string }) => keyName === 'iothubowner');
    expect((await send('POST', `${hub}/iothubkeys/iothubowner/listKeys`)).json).toEqual(own);
  });

  test('of a site, a slot and a function are told, and its settings as they were put with it', async () => {
    const id = idOf('Microsoft.Web/sites', 'shop');
    const siteConfig = { appSettings: [{ name: 'COLOUR', value: 'red' }] };
    await put(id, { location: 'westeurope', properties: { siteConfig } });
    await put(`${id}/slots/test`, { location: 'westeurope', properties: {} });
    const settings = () => send('POST', `${id}/config/appsettings/list`);
    expect((await settings()).json.properties).toEqual({ COLOUR: 'red' });
    await put(`${id}/config/appsettings`, { properties: { COLOUR: 'blue' } });
    expect((await settings()).json.properties).toMatchObject({ COLOUR: 'blue' });
    const credentials = await send('POST', `${id}/slots/test/config/publishingcredentials/list`);
    expect(credentials.json.properties.publishingUserName).toBe('$shop__test');
    expect((await send('POST', `${id}/slots/test/host/default/listKeys`)).json.masterKey).toEqual(base64);
    expect((await send('POST', `${id}/functions/f/listSecrets`)).json.trigger_url).toContain(
      'https://shop.azurewebsites.slipway.internal/api/f?code=',
    );
  });

  test('are others when the resource was deleted and made again, and the same after a move', async () => {
    const id = idOf('Microsoft.Maps/accounts', 'again');
    const keysOf = async (path: string) => (await send('POST', `${path}/listKeys`)).json;
    await put(id, { location: 'global', properties: {} });
    const first = await keysOf(id);
    await send('DELETE', id);
    await expect.poll(async () => (await send('GET', id)).status).toBe(404);
    await put(id, { location: 'global', properties: {} });
    const second = await keysOf(id);
    expect(second).not.toEqual(first);
    await cloud.resources.resourceGroups.createOrUpdate('other', { location: 'westeurope' });
    const targetResourceGroup = group.replace(/rg$/, 'other');
    await cloud.resources.resources.moveResources('rg', { resources: [id], targetResourceGroup }, polling);
    expect(await keysOf(id.replace('/rg/', '/other/'))).toEqual(second);
  });

  test('of a storage account sign what they are asked to, and only that', async () => {
    const id = idOf('Microsoft.Storage/storageAccounts', 'signing');
    await put(id, {
      location: 'westeurope',
      sku: { name: 'Standard_LRS' },
      kind: 'StorageV2',
      properties: {},
    });
    const asked = {
      signedServices: 'b',
      signedResourceTypes: 'sco',
      signedPermission: 'rl',
      signedExpiry: '2030-01-01T00:00:00Z',
    };
    const { accountSasToken } = (await send('POST', `${id}/listAccountSas`, asked)).json;
    const query = new URLSearchParams(accountSasToken);
    expect(Object.fromEntries(query)).toMatchObject({
      ss: 'b',
      srt: 'sco',
      sp: 'rl',
      se: asked.signedExpiry,
    });
    const other = await send('POST', `${id}/listAccountSas`, { ...asked, signedPermission: 'rwl' });
    expect(new URLSearchParams(other.json.accountSasToken).get('sig')).not.toBe(query.get('sig'));
    expect(
      (await send('POST', `${id}/listServiceSas`, { signedExpiry: asked.signedExpiry })).json.error.code,
    ).toBe('InvalidValuesForRequestParameters');
    const availability = await send(
      'POST',
      `/subscriptions/${subscription}/providers/Microsoft.Storage/checkNameAvailability`,
      { name: 'signing', type: 'Microsoft.Storage/storageAccounts' },
    );
    expect(availability.json).toMatchObject({ nameAvailable: false, reason: 'AlreadyExists' });
  });
});

describe('roles', () => {
  const roles = `${group}/providers/Microsoft.Authorization/roleDefinitions`;
  const assignment = (name: string) => `${group}/providers/Microsoft.Authorization/roleAssignments/${name}`;
  const principalId = '11111111-2222-4333-8444-555555555555';

  test('of Azure are found by name and by id, at every scope', async () => {
    const found = await send('GET', `${roles}?$filter=${encodeURIComponent("roleName eq 'Reader'")}`);
    expect(found.json.value).toMatchObject([
      {
        name: 'acdd72a7-3385-48ef-bd42-f606fba81ae7',
        properties: { roleName: 'Reader', type: 'BuiltInRole' },
      },
    ]);
    expect(
      (await send('GET', `${roles}/acdd72a7-3385-48ef-bd42-f606fba81ae7`)).json.properties.roleName,
    ).toBe('Reader');
  });

  test('are assigned once, under a GUID', async () => {
    const roleDefinitionId = `${roles}/acdd72a7-3385-48ef-bd42-f606fba81ae7`;
    const body = { properties: { roleDefinitionId, principalId } };
    expect((await send('PUT', assignment('reader'), body)).json.error.code).toBe('InvalidRoleAssignmentId');
    const made = await put(assignment('aaaaaaaa-2222-4333-8444-555555555555'), body);
    expect(made.properties).toMatchObject({ scope: group, principalId, roleDefinitionId });
    const twin = await send('PUT', assignment('bbbbbbbb-2222-4333-8444-555555555555'), body);
    expect([twin.status, twin.json.error.code]).toEqual([409, 'RoleAssignmentExists']);
    const listed = await send(
      'GET',
      `${group}/providers/Microsoft.Authorization/roleAssignments?$filter=${encodeURIComponent(`principalId eq '${principalId}'`)}`,
    );
    expect(listed.json.value).toHaveLength(1);
  });
});

const policy = (objectId: string) => ({ tenantId, objectId, permissions: { secrets: ['get'] } });

describe('a key vault', () => {
  test('has an address, and policies that are added, replaced and removed', async () => {
    const id = idOf('Microsoft.KeyVault/vaults', 'ours');
    const properties = { sku: { family: 'A', name: 'standard' }, tenantId, accessPolicies: [policy('a')] };
    const vault = await put(id, { location: 'westeurope', properties });
    expect(vault.properties.vaultUri).toBe('https://ours.vault.slipway.internal/');
    const objects = async () =>
      (await send('GET', id)).json.properties.accessPolicies.map(
        (each: { objectId: string }) => each.objectId,
      );
    await put(`${id}/accessPolicies/add`, { properties: { accessPolicies: [policy('b')] } });
    expect(await objects()).toEqual(['a', 'b']);
    await put(`${id}/accessPolicies/remove`, { properties: { accessPolicies: [policy('a')] } });
    expect(await objects()).toEqual(['b']);
    const secret = await put(`${id}/secrets/s`, { properties: { value: 'nobody is told' } });
    expect(secret.properties.secretUri).toBe('https://ours.vault.slipway.internal/secrets/s');
    expect(JSON.stringify(secret)).not.toContain('nobody is told');
    const second = idOf('Microsoft.KeyVault/vaults', 'a');
    expect((await send('PUT', second, { location: 'westeurope', properties })).json.error.code).toBe(
      'VaultNameNotValid',
    );
  });
});

test('the root management group is there and stays, and a parent with children stays', async () => {
  const root = `/providers/Microsoft.Management/managementGroups/${tenantId}`;
  expect((await send('GET', root)).json.properties.displayName).toBe('Tenant Root Group');
  expect((await send('DELETE', root)).status).toBe(400);
  const parent = '/providers/Microsoft.Management/managementGroups/parent';
  await put(parent, { properties: {} });
  await put('/providers/Microsoft.Management/managementGroups/child', {
    properties: { details: { parent: { id: parent } } },
  });
  const expanded = await send('GET', `${parent}?$expand=children`);
  expect(expanded.json.properties.children).toMatchObject([{ name: 'child' }]);
  expect((await send('DELETE', parent)).json.error.message).toContain("'child'");
});
