import type { JsonObject, JsonValue } from '@slipway/arm-template';
import { ArmError } from '../../arm-error.ts';
import { parseResourceId } from '../../resource-id.ts';
import { objectAt, objectsAt, sameText, textAt } from '../json-reading.ts';
import type { CloudView, ResourceRecord } from '../provider.ts';
import { guidFor, hashFor } from './derived-ids.ts';

/** What an action is asked of. */
export interface Asked {
  /** Id of what has the keys; it may be a part that is always there, such as a namespace's root rule. */
  id: string;
  name: string;
  domain: string;
  record: ResourceRecord | undefined;
  /** The resource that has the keys, or the part's owner. */
  owner: ResourceRecord | undefined;
  view: CloudView;
  /** What is sent with the action. */
  body: JsonValue | undefined;
  /** A key in base64, another for each label; that of another part of the owner where `of`, its id, is given. */
  key: (label: string, of?: string) => string;
}

/** What an action tells. */
export type Answer = (asked: Asked) => JsonValue;

const pair =
  (first: string, second: string): Answer =>
  ({ key }) => ({ [first]: key(first), [second]: key(second) });

const accessRule: Answer = ({ id, name, domain, key }) => {
  const namespace = /\/namespaces\/([^/]+)/i.exec(id)?.[1] ?? '';
  const entity = /\/(?:eventhubs|queues|topics|hybridConnections)\/([^/]+)/i.exec(id)?.[1];
  const text = (value: string): string =>
    `Endpoint=sb://${namespace.toLowerCase()}.servicebus.${domain}/;SharedAccessKeyName=${name};SharedAccessKey=${value}${entity === undefined ? '' : `;EntityPath=${entity}`}`;
  const [primaryKey, secondaryKey] = [key('primary'), key('secondary')];
  return {
    primaryConnectionString: text(primaryKey),
    secondaryConnectionString: text(secondaryKey),
    primaryKey,
    secondaryKey,
    keyName: name,
  };
};

const documentKeys: Answer = pair('primaryMasterKey', 'secondaryMasterKey');

const readOnlyDocumentKeys: Answer = ({ key }) => ({
  primaryReadonlyMasterKey: key('primary read-only'),
  secondaryReadonlyMasterKey: key('secondary read-only'),
});

/** Primary and secondary key under the labels with which they are made anew, and no connection strings. */
const twoKeys: Answer = ({ key }) => ({ primaryKey: key('primary'), secondaryKey: key('secondary') });

const withConnection =
  (connection: (name: string, domain: string, value: string) => string): Answer =>
  ({ name, domain, key }) => {
    const keys = { primaryKey: key('primary'), secondaryKey: key('secondary') };
    return {
      ...keys,
      primaryConnectionString: connection(name.toLowerCase(), domain, keys.primaryKey),
      secondaryConnectionString: connection(name.toLowerCase(), domain, keys.secondaryKey),
    };
  };

const hubPolicies: Readonly<Record<string, string>> = {
  iothubowner: 'RegistryWrite, ServiceConnect, DeviceConnect',
  service: 'ServiceConnect',
  device: 'DeviceConnect',
  registryRead: 'RegistryRead',
  registryReadWrite: 'RegistryWrite',
};
const provisioningPolicies: Readonly<Record<string, string>> = {
  provisioningserviceowner: 'ServiceConfig, DeviceConnect, EnrollmentWrite',
};

const policyKeys = ({ id, owner, key }: Asked, keyName: string, rights: string): JsonObject => ({
  keyName,
  primaryKey: key(`${keyName} primary`, owner?.id ?? id),
  secondaryKey: key(`${keyName} secondary`, owner?.id ?? id),
  rights,
});

const allPolicies =
  (policies: Readonly<Record<string, string>>): Answer =>
  (asked) => ({
    value: Object.entries(policies).map(([name, rights]) => policyKeys(asked, name, rights)),
  });

const onePolicy =
  (policies: Readonly<Record<string, string>>): Answer =>
  (asked) => {
    const found = Object.entries(policies).find(([name]) => sameText(name, asked.name));
    return policyKeys(asked, found?.[0] ?? asked.name, found?.[1] ?? 'ServiceConnect');
  };

/** The connection strings of a Cosmos account, in the form of what it is. */
const documentConnections: Answer = ({ name, domain, record, key }) => {
  const isMongo = sameText(textAt(record?.envelope, 'kind'), 'MongoDB');
  const account = name.toLowerCase();
  const text = (value: string): string =>
    isMongo
      ? `mongodb://${account}:${encodeURIComponent(value)}@${account}.mongo.cosmos.${domain}:10255/?ssl=true&replicaSet=globaldb&retrywrites=false&maxIdleTimeMS=120000&appName=@${account}@`
      : `AccountEndpoint=https://${account}.documents.${domain}:443/;AccountKey=${value};`;
  const kinds = {
    Primary: 'primaryMasterKey',
    Secondary: 'secondaryMasterKey',
    'Primary Read-Only': 'primary read-only',
    'Secondary Read-Only': 'secondary read-only',
  };
  return {
    connectionStrings: Object.entries(kinds).map(([kind, label]) => ({
      connectionString: text(key(label)),
      description: `${kind} ${isMongo ? 'MongoDB' : 'SQL'} Connection String`,
    })),
  };
};

/** The four keys of an App Configuration store, by which they are called and made anew. */
export const configurationKeys = [
  'Primary',
  'Secondary',
  'Primary Read Only',
  'Secondary Read Only',
] as const;

/** The id of such a key, which stays when the key is made anew. */
export const configurationKeyId = (id: string, label: string): string =>
  hashFor(id, `${label} id`, 16).toUpperCase();

/** One setting of a store, by the key and the label that the body names. */
const keyValue: Answer = ({ id, body, view }) => {
  const [wanted, label] = [textAt(body, 'key') ?? '', textAt(body, 'label')];
  const name = label === undefined || label === '' ? wanted : `${wanted}$${label}`;
  const setting =
    view.get(`${id}/keyValues/${encodeURIComponent(name)}`) ?? view.get(`${id}/keyValues/${name}`);
  if (setting === undefined)
    throw new ArmError(404, 'KeyValueNotFound', `The key-value '${name.slice(0, 200)}' could not be found.`);
  return {
    key: wanted,
    label: label ?? null,
    contentType: null,
    locked: false,
    eTag: setting.etag,
    lastModified: setting.changedAt,
    tags: {},
    ...setting.properties,
  };
};

const callbackUrl: Answer = ({ id, domain, key }) => {
  const path = id.slice(id.toLowerCase().indexOf('/workflows/'));
  const basePath = `https://prod-00.logic.${domain}:443${path}/paths/invoke`;
  const queries = { 'api-version': '2016-10-01', sp: '/triggers/run', sv: '1.0', sig: key('callback') };
  return {
    value: `${basePath}?${new URLSearchParams(queries).toString()}`,
    method: 'POST',
    basePath,
    queries,
  };
};

/** The settings of a site as they were put, one by one or with it; its credentials for publishing. */
const siteConfiguration: Answer = ({ id, name, owner, record, key }) => {
  const [, siteName = '', slot] = /\/sites\/([^/]+)(?:\/slots\/([^/]+))?/i.exec(id) ?? [];
  const type = `Microsoft.Web/sites/${slot === undefined ? '' : 'slots/'}config`;
  const site = slot === undefined ? siteName : `${siteName}__${slot}`;
  if (sameText(name, 'publishingcredentials'))
    return {
      id,
      name: siteName,
      type,
      properties: {
        name: `$${site}`,
        publishingUserName: `$${site}`,
        publishingPassword: key('publishing'),
      },
    };
  const withSite = sameText(name, 'appsettings')
    ? Object.fromEntries(
        objectsAt(owner?.properties, 'siteConfig', 'appSettings').map((setting) => [
          textAt(setting, 'name') ?? '',
          setting['value'] ?? null,
        ]),
      )
    : {};
  return { id, name, type, properties: record?.properties ?? withSite };
};

const hostKeys: Answer = ({ key }) => ({
  masterKey: key('master'),
  functionKeys: { default: key('function') },
  systemKeys: {},
});

/** The key of one function, and where it is called with it. */
const functionSecrets: Answer = ({ id, name, domain, key }) => {
  const site = (/\/sites\/([^/]+)/i.exec(id)?.[1] ?? '').toLowerCase();
  const value = key('default');
  return {
    key: value,
    trigger_url: `https://${site}.azurewebsites.${domain}/api/${name}?code=${encodeURIComponent(value)}`,
  };
};

const functionKeys: Answer = ({ key }) => ({ default: key('default') });

/** Answers by lower-case type, then by lower-case action: what each service calls its keys. */
export const serviceKeys: Readonly<Record<string, Readonly<Record<string, Answer>>>> = {
  'microsoft.app/containerapps': {
    listsecrets: ({ record, key }) => ({
      value: objectsAt(record?.properties, 'configuration', 'secrets').map((secret) => ({
        name: textAt(secret, 'name') ?? '',
        value: key(textAt(secret, 'name') ?? ''),
      })),
    }),
  },
  'microsoft.appconfiguration/configurationstores': {
    listkeys: ({ id, name, domain, key }) => ({
      value: configurationKeys.map((label) => ({
        id: configurationKeyId(id, label),
        name: label,
        value: key(label),
        connectionString: `Endpoint=https://${name.toLowerCase()}.azconfig.${domain};Id=${configurationKeyId(id, label)};Secret=${key(label)}`,
        readOnly: label.endsWith('Read Only'),
      })),
    }),
    listkeyvalue: keyValue,
  },
  'microsoft.appplatform/spring': {
    listtestkeys: ({ name, domain, key }) => {
      const endpoint = (value: string): string =>
        `https://${value}:${encodeURIComponent(key(value))}@${name.toLowerCase()}.test.azuremicroservices.${domain}`;
      return {
        primaryKey: key('primary'),
        secondaryKey: key('secondary'),
        primaryTestEndpoint: endpoint('primary'),
        secondaryTestEndpoint: endpoint('secondary'),
        enabled: true,
      };
    },
  },
  'microsoft.automation/automationaccounts': {
    listkeys: ({ key }) => ({
      keys: ['Primary', 'Secondary'].map((name) => ({
        KeyName: name,
        Permissions: 'Full',
        Value: key(name),
      })),
    }),
  },
  'microsoft.batch/batchaccounts': {
    listkeys: ({ name, key }) => ({
      accountName: name,
      primary: key('primary'),
      secondary: key('secondary'),
    }),
  },
  'microsoft.botservice/botservices/channels': {
    listchannelwithkeys: ({ id, name, record, key }) => ({
      id,
      name,
      type: 'Microsoft.BotService/botServices/channels',
      properties: {
        ...record?.properties,
        channelName: name,
        properties: {
          ...objectAt(record?.properties, 'properties'),
          sites: [
            {
              siteId: key('site').slice(0, 11),
              siteName: 'Default Site',
              key: key('key'),
              key2: key('key2'),
              isEnabled: true,
            },
          ],
        },
      },
    }),
  },
  'microsoft.cache/redis': { listkeys: twoKeys },
  'microsoft.cache/redisenterprise/databases': { listkeys: twoKeys },
  'microsoft.cognitiveservices/accounts': { listkeys: pair('key1', 'key2') },
  'microsoft.communication/communicationservices': {
    listkeys: withConnection(
      (name, domain, value) => `endpoint=https://${name}.communication.${domain}/;accesskey=${value}`,
    ),
  },
  'microsoft.containerregistry/registries': {
    listcredentials: ({ name, key }) => ({
      username: name,
      passwords: ['password', 'password2'].map((label) => ({ name: label, value: key(label) })),
    }),
  },
  'microsoft.containerservice/managedclusters': Object.fromEntries(
    ['listclusterusercredential', 'listclusteradmincredential'].map((action): [string, Answer] => [
      action,
      ({ name, key }) => ({
        kubeconfigs: [
          {
            name: action.includes('admin') ? 'clusterAdmin' : 'clusterUser',
            value: Buffer.from(
              `apiVersion: v1\nkind: Config\nclusters:\n- name: ${name}\nusers:\n- name: ${name}\n  user:\n    token: ${key(action)}\n`,
            ).toString('base64'),
          },
        ],
      }),
    ]),
  ),
  'microsoft.desktopvirtualization/hostpools': {
    listregistrationtokens: ({ id, record }) => ({
      value: [
        {
          expirationTime: textAt(record?.properties, 'registrationInfo', 'expirationTime') ?? null,
          token: hashFor(id, 'registration', 64),
        },
      ],
    }),
  },
  'microsoft.devices/iothubs': { listkeys: allPolicies(hubPolicies) },
  'microsoft.devices/iothubs/iothubkeys': { listkeys: onePolicy(hubPolicies) },
  'microsoft.devices/provisioningservices': { listkeys: allPolicies(provisioningPolicies) },
  'microsoft.devices/provisioningservices/keys': { listkeys: onePolicy(provisioningPolicies) },
  'microsoft.documentdb/databaseaccounts': {
    listkeys: (asked) => ({
      ...objectOf(documentKeys(asked)),
      ...objectOf(readOnlyDocumentKeys(asked)),
    }),
    listconnectionstrings: documentConnections,
    readonlykeys: readOnlyDocumentKeys,
  },
  'microsoft.eventgrid/domains': { listkeys: pair('key1', 'key2') },
  'microsoft.eventgrid/partnernamespaces': { listkeys: pair('key1', 'key2') },
  'microsoft.eventgrid/topics': { listkeys: pair('key1', 'key2') },
  'microsoft.logic/integrationaccounts': {
    listcallbackurl: ({ name, domain, key }) => ({
      value: `https://prod-00.logic.${domain}:443/integrationAccounts/${name}?${new URLSearchParams({ 'api-version': '2015-08-01-preview', sp: '/read', sv: '1.0', sig: key('callback') }).toString()}`,
    }),
  },
  'microsoft.logic/workflows': { listcallbackurl: callbackUrl },
  'microsoft.logic/workflows/triggers': { listcallbackurl: callbackUrl },
  'microsoft.machinelearningservices/workspaces': {
    listkeys: ({ record, key }) => ({
      userStorageKey: key('storage'),
      userStorageResourceId: textAt(record?.properties, 'storageAccount') ?? '',
      appInsightsInstrumentationKey: guidFor(
        textAt(record?.properties, 'applicationInsights') ?? '',
        'instrumentation key',
      ),
    }),
  },
  'microsoft.maps/accounts': { listkeys: twoKeys },
  'microsoft.operationalinsights/workspaces': {
    listkeys: pair('primarySharedKey', 'secondarySharedKey'),
    sharedkeys: pair('primarySharedKey', 'secondarySharedKey'),
  },
  'microsoft.purview/accounts': {
    listkeys: ({ name, domain, key }) => {
      const text = (label: string): string =>
        `Endpoint=sb://atlas-${name.toLowerCase()}.servicebus.${domain}/;SharedAccessKeyName=AlternateSharedAccessKey;SharedAccessKey=${key(label)}`;
      return { atlasKafkaPrimaryEndpoint: text('primary'), atlasKafkaSecondaryEndpoint: text('secondary') };
    },
  },
  'microsoft.redhatopenshift/openshiftclusters': {
    listcredentials: ({ key }) => ({ kubeadminUsername: 'kubeadmin', kubeadminPassword: key('password') }),
  },
  'microsoft.search/searchservices': {
    listadminkeys: pair('primaryKey', 'secondaryKey'),
    listquerykeys: ({ key }) => ({ value: [{ name: 'default', key: key('query') }] }),
  },
  'microsoft.signalrservice/signalr': {
    listkeys: withConnection(
      (name, domain, value) =>
        `Endpoint=https://${name}.service.signalr.${domain};AccessKey=${value};Version=1.0;`,
    ),
  },
  'microsoft.signalrservice/webpubsub': {
    listkeys: withConnection(
      (name, domain, value) => `Endpoint=https://${name}.webpubsub.${domain};AccessKey=${value};Version=1.0;`,
    ),
  },
  'microsoft.web/sites/config': { list: siteConfiguration },
  'microsoft.web/sites/functions': { listkeys: functionKeys, listsecrets: functionSecrets },
  'microsoft.web/sites/host': { listkeys: hostKeys },
  'microsoft.web/sites/slots/config': { list: siteConfiguration },
  'microsoft.web/sites/slots/functions': { listkeys: functionKeys, listsecrets: functionSecrets },
  'microsoft.web/sites/slots/host': { listkeys: hostKeys },
  'microsoft.web/staticsites': {
    listsecrets: ({ key }) => ({ properties: { apiKey: key('deployment') } }),
  },
};

const objectOf = (value: JsonValue): JsonObject => objectAt({ value }, 'value');

/** What most services answer to `listKeys` and its like. */
export const usualKeys: Readonly<Record<string, Answer>> = {
  listkeys: (asked) => {
    if (/authorizationrules$/i.test(parseResourceId(asked.id)?.type ?? '')) return accessRule(asked);
    const [primaryKey, secondaryKey] = [asked.key('primary'), asked.key('secondary')];
    const text = (value: string): string =>
      `Endpoint=https://${asked.name.toLowerCase()}.${asked.domain};AccessKey=${value}`;
    return {
      primaryKey,
      secondaryKey,
      primaryConnectionString: text(primaryKey),
      secondaryConnectionString: text(secondaryKey),
    };
  },
  listconnectionstrings: ({ name, domain, key }) => ({
    connectionStrings: ['primary', 'secondary'].map((label) => ({
      connectionString: `Endpoint=https://${name.toLowerCase()}.${domain};AccessKey=${key(label)}`,
      description: `${label} connection string`,
    })),
  }),
  listsecrets: pair('primaryKey', 'secondaryKey'),
  listadminkeys: pair('primaryKey', 'secondaryKey'),
  listauthkeys: pair('authKey1', 'authKey2'),
  listcredentials: ({ name, key }) => ({ username: name, password: key('password') }),
};
