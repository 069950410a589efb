import type { JsonObject, JsonValue } from '@slipway/arm-template';
import { ArmError } from '../../arm-error.ts';
import { parseResourceId } from '../../resource-id.ts';
import { networkApiVersions } from '../api-versions.ts';
import { guidFor } from '../generic/derived-ids.ts';
import { idAt, objectAt, objectsAt, textAt } from '../json-reading.ts';
import type { CloudView, PutRequest, ResourceRecord, ResourceTypeHandler } from '../provider.ts';
import { normalLocation, recordFrom } from '../resource-plan.ts';
import { keptSubResources, readSubResources, storedSubResources, subResourceId } from '../sub-resources.ts';
import { planIpConfigurations } from './interface-configurations.ts';
import { networkInterfaceType } from './ip-configurations.ts';
import { interfaceDefaults } from './network-interfaces.ts';

const connectionMembers = ['privateLinkServiceConnections', 'manualPrivateLinkServiceConnections'] as const;

/** Under which name what a private endpoint leads to is asked for, by lower-case type: `{name}.{host}.{domain}`. */
const hosts: Readonly<Record<string, string>> = {
  'microsoft.appconfiguration/configurationstores': 'azconfig',
  'microsoft.cache/redis': 'redis.cache',
  'microsoft.cognitiveservices/accounts': 'cognitiveservices',
  'microsoft.containerregistry/registries': 'azurecr',
  'microsoft.dbformariadb/servers': 'mariadb.database',
  'microsoft.dbformysql/servers': 'mysql.database',
  'microsoft.dbforpostgresql/servers': 'postgres.database',
  'microsoft.devices/iothubs': 'azure-devices',
  'microsoft.documentdb/databaseaccounts': 'documents',
  'microsoft.eventhub/namespaces': 'servicebus',
  'microsoft.keyvault/vaults': 'vault',
  'microsoft.relay/namespaces': 'servicebus',
  'microsoft.search/searchservices': 'search',
  'microsoft.servicebus/namespaces': 'servicebus',
  'microsoft.signalrservice/signalr': 'service.signalr',
  'microsoft.sql/servers': 'database',
  'microsoft.storage/storageaccounts': '{group}.core',
  'microsoft.web/sites': 'azurewebsites',
};

/** The id of the interface that an endpoint makes for itself. */
function interfaceIdOf(request: PutRequest): string {
  const { id, body } = request;
  const name =
    textAt(body, 'properties', 'customNetworkInterfaceName') ??
    `${id.names[0] ?? ''}.nic.${guidFor(id.text, 'interface')}`;
  return `${id.scope}/providers/${networkInterfaceType}/${name}`;
}

function connectionsOf(request: PutRequest, sent: JsonObject): JsonObject {
  const read = connectionMembers.map((member): [string, JsonValue] => [
    member,
    storedSubResources(readSubResources(request.id.text, sent, member)),
  ]);
  return Object.fromEntries(read);
}

function presentConnections(record: ResourceRecord, member: (typeof connectionMembers)[number]): JsonValue {
  const isManual = member === 'manualPrivateLinkServiceConnections';
  return keptSubResources(record, member).map((item) => ({
    name: item.name,
    id: subResourceId(record.id, member, item.name),
    properties: {
      provisioningState: record.provisioningState,
      privateLinkServiceConnectionState: {
        status: isManual ? 'Pending' : 'Approved',
        description: isManual ? 'Awaiting Approval' : 'Auto-Approved',
        actionsRequired: 'None',
      },
      ...item.properties,
    },
  }));
}

/** The names under which what the endpoint leads to is found at its address. */
function namesOf(record: ResourceRecord, view: CloudView): JsonValue {
  const interfaceId = textAt(objectsAt(record.properties, 'networkInterfaces')[0], 'id') ?? '';
  const ipAddresses = objectsAt(view.get(interfaceId)?.properties, 'ipConfigurations').flatMap(
    (configuration) => textAt(configuration, 'properties', 'privateIPAddress') ?? [],
  );
  const domain = view.dnsSuffix.replace(/^[^.]+\./, '');
  return connectionMembers
    .flatMap((member) => keptSubResources(record, member))
    .flatMap(({ properties }) => {
      const target = parseResourceId(textAt(properties, 'privateLinkServiceId') ?? '');
      const host = hosts[target?.type.toLowerCase() ?? ''];
      if (target === undefined || host === undefined) return [];
      const groups = properties['groupIds'];
      const [group] = Array.isArray(groups) ? groups : [];
      const service = host.replace('{group}', typeof group === 'string' ? group.toLowerCase() : 'blob');
      return [{ fqdn: `${(target.names.at(-1) ?? '').toLowerCase()}.${service}.${domain}`, ipAddresses }];
    });
}

/** `Microsoft.Network/privateEndpoints`: each makes a network interface in its subnet, which goes with it. */
export const privateEndpoints: ResourceTypeHandler = {
  type: 'Microsoft.Network/privateEndpoints',
  apiVersions: networkApiVersions,
  locations: 'all',
  put: (request) => {
    const { id, body, view } = request;
    const sent = objectAt(body, 'properties');
    const subnetId = idAt(sent, 'subnet');
    if (subnetId === undefined)
      throw new ArmError(
        400,
        'SubnetIsRequired',
        `Subnet reference is required for private endpoint ${id.text}.`,
      );
    const interfaceId = interfaceIdOf(request);
    const existing = view.get(interfaceId);
    const stated = textAt(body, 'location');
    const location = stated === undefined ? undefined : normalLocation(stated);
    const configuration = {
      name: `privateEndpointIpConfig.${guidFor(id.text, 'configuration')}`,
      properties: { subnet: { id: subnetId }, primary: true },
    };
    const ipConfigurations = planIpConfigurations({
      id: interfaceId,
      location,
      sent: { ipConfigurations: [configuration] },
      existing,
      view,
    });
    const made: ResourceRecord = {
      id: interfaceId,
      type: networkInterfaceType,
      name: interfaceId.slice(interfaceId.lastIndexOf('/') + 1),
      ...(location === undefined ? {} : { location }),
      envelope: {},
      properties: { ...interfaceDefaults(existing), privateEndpoint: { id: id.text }, ipConfigurations },
      secrets: {},
      listed: true,
      provisioningState: existing?.provisioningState ?? '',
      etag: '',
      createdAt: existing?.createdAt ?? '',
      changedAt: '',
    };
    return {
      record: recordFrom(request, {
        ...sent,
        ...connectionsOf(request, sent),
        networkInterfaces: [{ id: interfaceId }],
      }),
      also: { upsert: [made], remove: [] },
      work: 'networkInterface',
    };
  },
  remove: (record) => ({
    upsert: [],
    remove: [
      record.id,
      ...objectsAt(record.properties, 'networkInterfaces').flatMap((each) => textAt(each, 'id') ?? []),
    ],
  }),
  present: (record, view) => ({
    ...Object.fromEntries(connectionMembers.map((member) => [member, presentConnections(record, member)])),
    customDnsConfigs: namesOf(record, view),
  }),
};
