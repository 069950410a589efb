import type { JsonObject, JsonValue } from '@slipway/arm-template';
import { tenantId } from '../../resources/places.ts';
import { isJsonObject, objectAt, objectsAt, textAt } from '../json-reading.ts';
import type { CloudView, ResourceRecord } from '../provider.ts';
import { guidFor, hashFor } from './derived-ids.ts';

type Compute = (record: ResourceRecord, domain: string, view: CloudView) => JsonObject;

const withHost =
  (member: string, service: string): Compute =>
  ({ name }, domain) => ({ [member]: `${name.toLowerCase()}.${service}.${domain}` });

const serviceBus: Compute = ({ name, id }, domain) => ({
  status: 'Active',
  serviceBusEndpoint: `https://${name.toLowerCase()}.servicebus.${domain}:443/`,
  metricId: `${id.split('/')[2] ?? ''}:${name.toLowerCase()}`,
});

const site: Compute = ({ name, id }, domain) => {
  const parent = id.split('/').at(-3) ?? '';
  const host = `${id.includes('/slots/') ? `${parent}-${name}` : name}.azurewebsites.${domain}`.toLowerCase();
  return {
    state: 'Running',
    enabled: true,
    defaultHostName: host,
    hostNames: [host],
    enabledHostNames: [host, host.replace('.azurewebsites.', '.scm.azurewebsites.')],
    outboundIpAddresses: '',
    possibleOutboundIpAddresses: '',
    customDomainVerificationId: hashFor(id, 'domain verification', 64).toUpperCase(),
  };
};

/** The container service of 2017: what its clients read are the names of its two public addresses. */
const containerService: Compute = ({ properties, location = '' }, _domain, view) => {
  const fqdn = (profile: JsonObject): JsonObject => {
    const prefix = textAt(profile, 'dnsPrefix');
    return prefix === undefined || prefix === ''
      ? profile
      : { ...profile, fqdn: `${prefix.toLowerCase()}.${location}.${view.dnsSuffix}` };
  };
  return {
    masterProfile: fqdn(objectAt(properties, 'masterProfile')),
    agentPoolProfiles: objectsAt(properties, 'agentPoolProfiles').map(fqdn),
  };
};

const managedCluster: Compute = ({ id, name, location = '', properties }, domain) => {
  const [, , , , group = ''] = id.split('/');
  const prefix = textAt(properties, 'dnsPrefix') ?? name;
  const nodeGroup = textAt(properties, 'nodeResourceGroup') ?? `MC_${group}_${name}_${location}`;
  const [, , subscription = ''] = id.split('/');
  return {
    fqdn: `${prefix}-${hashFor(id, 'fqdn', 8)}.hcp.${location}.azmk8s.${domain}`,
    nodeResourceGroup: nodeGroup,
    powerState: { code: 'Running' },
    identityProfile: {
      kubeletidentity: {
        resourceId: `/subscriptions/${subscription}/resourcegroups/${nodeGroup}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}-agentpool`,
        clientId: guidFor(id, 'kubelet client'),
        objectId: guidFor(id, 'kubelet object'),
      },
    },
  };
};

/** The outputs that a script assigns: in PowerShell by their names, in a shell as members of what it writes to a file. */
function scriptOutputs(script: string): string[] {
  const assigned = script.matchAll(/\$DeploymentScriptOutputs\[\s*['"]([\w.-]{1,100})['"]\s*\]\s*=/gi);
  const written = script
    .split('\n')
    .filter((line) => line.includes('AZ_SCRIPTS_OUTPUT_PATH'))
    .flatMap((line) => [...line.matchAll(/[{,]\s*\\?["']?([A-Za-z_]\w{0,99})\\?["']?\s*:/g)]);
  return [...assigned, ...written].map(([, name = '']) => name);
}

/** Nothing runs a script here. What it says that it puts out is there, as text that says so. */
const deploymentScript: Compute = ({ properties, createdAt, changedAt }) => ({
  status: { startTime: createdAt, endTime: changedAt },
  outputs: Object.fromEntries(
    scriptOutputs(textAt(properties, 'scriptContent') ?? '').map((name) => [name, `simulated: ${name}`]),
  ),
});

const withEndpoint =
  (member: string, service: string, port = ''): Compute =>
  ({ name }, domain) => ({ [member]: `https://${name.toLowerCase()}.${service}.${domain}${port}/` });

/** What Azure adds to resources of types that have no provider here and that templates refer to, by lower-case type. */
const computedOf: Readonly<Record<string, Compute>> = {
  'microsoft.apimanagement/service': ({ name }, domain) => ({
    gatewayUrl: `https://${name.toLowerCase()}.azure-api.${domain}`,
    hostnameConfigurations: [
      { type: 'Proxy', hostName: `${name.toLowerCase()}.azure-api.${domain}`, defaultSslBinding: true },
    ],
    portalUrl: `https://${name.toLowerCase()}.portal.azure-api.${domain}`,
    managementApiUrl: `https://${name.toLowerCase()}.management.azure-api.${domain}`,
    scmUrl: `https://${name.toLowerCase()}.scm.azure-api.${domain}`,
  }),
  'microsoft.app/managedenvironments': ({ id, location = '' }, domain) => ({
    defaultDomain: `${hashFor(id, 'domain', 12)}.${location}.azurecontainerapps.${domain}`,
  }),
  'microsoft.appconfiguration/configurationstores': withEndpoint('endpoint', 'azconfig'),
  'microsoft.batch/batchaccounts': ({ name, location = '' }, domain) => ({
    accountEndpoint: `${name.toLowerCase()}.${location}.batch.${domain}`,
  }),
  'microsoft.cache/redis': ({ name }, domain) => ({
    hostName: `${name.toLowerCase()}.redis.cache.${domain}`,
    port: 6379,
    sslPort: 6380,
  }),
  'microsoft.cdn/profiles/endpoints': ({ name }, domain) => ({
    hostName: `${name.toLowerCase()}.azureedge.${domain}`,
    resourceState: 'Running',
  }),
  'microsoft.cognitiveservices/accounts': withEndpoint('endpoint', 'cognitiveservices'),
  'microsoft.containerinstance/containergroups': ({ location = '', properties }, domain) => {
    const label = textAt(properties, 'ipAddress', 'dnsNameLabel');
    const address = objectAt(properties, 'ipAddress');
    if (Object.keys(address).length === 0) return {};
    return {
      ipAddress: {
        ...address,
        ...(label === undefined
          ? {}
          : { fqdn: `${label.toLowerCase()}.${location}.azurecontainer.${domain}` }),
      },
    };
  },
  'microsoft.containerregistry/registries': withHost('loginServer', 'azurecr'),
  'microsoft.containerservice/containerservices': containerService,
  'microsoft.containerservice/managedclusters': managedCluster,
  'microsoft.dbformysql/flexibleservers': withHost('fullyQualifiedDomainName', 'mysql.database'),
  'microsoft.dbformysql/servers': withHost('fullyQualifiedDomainName', 'mysql.database'),
  'microsoft.dbforpostgresql/flexibleservers': withHost('fullyQualifiedDomainName', 'postgres.database'),
  'microsoft.dbforpostgresql/servers': withHost('fullyQualifiedDomainName', 'postgres.database'),
  'microsoft.devices/iothubs': withHost('hostName', 'azure-devices'),
  'microsoft.documentdb/databaseaccounts': withEndpoint('documentEndpoint', 'documents', ':443'),
  'microsoft.eventgrid/topics': ({ name, location = '' }, domain) => ({
    endpoint: `https://${name.toLowerCase()}.${location}-1.eventgrid.${domain}/api/events`,
  }),
  'microsoft.eventhub/namespaces': serviceBus,
  'microsoft.insights/components': ({ id, name, location = '' }, domain) => {
    const key = guidFor(id, 'instrumentation key');
    return {
      ApplicationId: name,
      AppId: guidFor(id, 'application'),
      InstrumentationKey: key,
      ConnectionString: `InstrumentationKey=${key};IngestionEndpoint=https://${location}.in.applicationinsights.${domain}/`,
      TenantId: id.split('/')[2] ?? '',
    };
  },
  'microsoft.logic/workflows': ({ id, location = '' }, domain) => ({
    state: 'Enabled',
    accessEndpoint: `https://prod-00.${location}.logic.${domain}:443/workflows/${hashFor(id, 'workflow', 32)}`,
  }),
  'microsoft.machinelearningservices/workspaces': ({ id, location = '' }, domain) => ({
    workspaceId: guidFor(id, 'workspace'),
    discoveryUrl: `https://${location}.api.azureml.${domain}/discovery`,
  }),
  'microsoft.managedidentity/userassignedidentities': ({ id }) => ({
    tenantId,
    principalId: guidFor(id, 'principal'),
    clientId: guidFor(id, 'client'),
  }),
  'microsoft.network/frontdoors': ({ name }, domain) => ({
    cname: `${name.toLowerCase()}.azurefd.${domain}`,
  }),
  'microsoft.network/privateendpoints': ({ id, name }) => ({
    networkInterfaces: [
      {
        id: `${id.split('/').slice(0, 5).join('/')}/providers/Microsoft.Network/networkInterfaces/${name}.nic.${guidFor(id, 'interface')}`,
      },
    ],
    customDnsConfigs: [],
  }),
  'microsoft.network/trafficmanagerprofiles': ({ properties }, domain) => {
    const settings = objectAt(properties, 'dnsConfig');
    const label = textAt(settings, 'relativeName') ?? '';
    return { dnsConfig: { ...settings, fqdn: `${label.toLowerCase()}.trafficmanager.${domain}` } };
  },
  'microsoft.operationalinsights/workspaces': ({ id }) => ({ customerId: guidFor(id, 'customer') }),
  'microsoft.relay/namespaces': serviceBus,
  'microsoft.resources/deploymentscripts': deploymentScript,
  'microsoft.search/searchservices': () => ({ status: 'running' }),
  'microsoft.servicebus/namespaces': serviceBus,
  'microsoft.signalrservice/signalr': withHost('hostName', 'service.signalr'),
  'microsoft.signalrservice/webpubsub': withHost('hostName', 'webpubsub'),
  'microsoft.sql/servers': ({ name }, domain) => ({
    fullyQualifiedDomainName: `${name.toLowerCase()}.database.${domain}`,
    state: 'Ready',
    version: '12.0',
  }),
  'microsoft.web/sites': site,
  'microsoft.web/sites/slots': site,
};

/**
 * What GET of a resource without a provider shows beside what was sent: names, GUIDs and addresses under the cloud's own
 * suffix, always the same ones for one resource. What is sent wins where Azure would take it.
 */
export function computedProperties(record: ResourceRecord, view: CloudView): JsonObject {
  const domain = view.dnsSuffix.replace(/^[^.]+\./, '');
  return {
    ...withPartIds(record),
    ...computedOf[record.type.toLowerCase()]?.(record, domain, view),
  };
}

/** The parts of network resources (pools, listeners, configurations) have ids of their own, which other parts refer to. */
function withPartIds({ id, type, properties }: ResourceRecord): JsonObject {
  if (!/^microsoft\.network\//i.test(type)) return {};
  return Object.fromEntries(
    Object.entries(properties).flatMap(([collection, parts]): [string, JsonValue][] =>
      Array.isArray(parts) && parts.some((part) => isPart(part))
        ? [[collection, parts.map((part) => withPartId(part, `${id}/${collection}`))]]
        : [],
    ),
  );
}

const isPart = (value: JsonValue): boolean =>
  isJsonObject(value) && typeof value['name'] === 'string' && isJsonObject(value['properties']);

function withPartId(part: JsonValue, collection: string): JsonValue {
  if (!isJsonObject(part) || typeof part['name'] !== 'string' || !isJsonObject(part['properties']))
    return part;
  return {
    ...part,
    id: `${collection}/${part['name']}`,
    properties: { provisioningState: 'Succeeded', ...part['properties'] },
  };
}

/** The identities of a resource with the ids that Azure gives them; other resources as they are. */
export function withIdentities(envelope: JsonObject, id: string): JsonObject {
  const identity = envelope['identity'];
  if (!isJsonObject(identity)) return envelope;
  const types = (textAt(identity, 'type') ?? '').toLowerCase();
  const assigned = identity['userAssignedIdentities'];
  return {
    ...envelope,
    identity: {
      ...identity,
      ...(types.includes('systemassigned') ? { principalId: guidFor(id, 'system identity'), tenantId } : {}),
      ...(isJsonObject(assigned)
        ? {
            userAssignedIdentities: Object.fromEntries(
              Object.keys(assigned).map((identityId) => [
                identityId,
                {
                  principalId: guidFor(identityId, 'principal'),
                  clientId: guidFor(identityId, 'client'),
                },
              ]),
            ),
          }
        : {}),
    },
  };
}
