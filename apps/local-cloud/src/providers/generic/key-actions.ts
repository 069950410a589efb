import { createHmac } from 'node:crypto';
import type { JsonObject, JsonValue } from '@slipway/arm-template';
import { ArmError } from '../../arm-error.ts';
import { parseResourceId } from '../../resource-id.ts';
import { objectAt } from '../json-reading.ts';
import type { CloudView, ResourceRecord } from '../provider.ts';
import { regeneratedLabel, regenerationOf } from './key-regeneration.ts';

/** What an action is asked of. */
interface Asked {
  /** Id of what has the keys; it may be a part that is always there, such as a namespace's root rule. */
  id: string;
  name: string;
  domain: string;
  record: ResourceRecord | undefined;
  /** A key in base64, another for each label. */
  key: (label: string) => string;
}

type Answer = (asked: Asked) => JsonValue;

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

/** Answers by lower-case type, then by lower-case action: what each service calls its keys. */
const answers: Readonly<Record<string, Readonly<Record<string, Answer>>>> = {
  'microsoft.appconfiguration/configurationstores': {
    listkeys: ({ name, domain, key }) => ({
      value: ['Primary', 'Secondary', 'Primary Read Only', 'Secondary Read Only'].map((label) => ({
        id: key(`${label} id`).slice(0, 16),
        name: label,
        value: key(label),
        connectionString: `Endpoint=https://${name.toLowerCase()}.azconfig.${domain};Id=${key(`${label} id`).slice(0, 16)};Secret=${key(label)}`,
        readOnly: label.endsWith('Read Only'),
      })),
    }),
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
  'microsoft.cognitiveservices/accounts': { listkeys: pair('key1', 'key2') },
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
  'microsoft.devices/iothubs': {
    listkeys: ({ key }) => ({
      value: ['iothubowner', 'service', 'device'].map((name) => ({
        keyName: name,
        primaryKey: key(`${name} primary`),
        secondaryKey: key(`${name} secondary`),
        rights: 'RegistryWrite, ServiceConnect, DeviceConnect',
      })),
    }),
  },
  'microsoft.documentdb/databaseaccounts': {
    listkeys: (asked) => ({
      ...objectOf(documentKeys(asked)),
      primaryReadonlyMasterKey: asked.key('primary read-only'),
      secondaryReadonlyMasterKey: asked.key('secondary read-only'),
    }),
    listconnectionstrings: ({ name, domain, key }) => ({
      connectionStrings: ['primaryMasterKey', 'secondaryMasterKey'].map((label) => ({
        connectionString: `AccountEndpoint=https://${name.toLowerCase()}.documents.${domain}:443/;AccountKey=${key(label)};`,
        description: label.startsWith('primary')
          ? 'Primary SQL Connection String'
          : 'Secondary SQL Connection String',
      })),
    }),
  },
  'microsoft.eventgrid/topics': { listkeys: pair('key1', 'key2') },
  'microsoft.logic/workflows/triggers': {
    listcallbackurl: ({ id, domain, key }) => {
      const path = id.slice(id.toLowerCase().indexOf('/workflows/'));
      const basePath = `https://prod-00.logic.${domain}:443${path}/paths/invoke`;
      const queries = { 'api-version': '2016-10-01', sp: '/triggers/run', sv: '1.0', sig: key('callback') };
      return {
        value: `${basePath}?${new URLSearchParams(queries).toString()}`,
        method: 'POST',
        basePath,
        queries,
      };
    },
  },
  'microsoft.operationalinsights/workspaces': { listkeys: pair('primarySharedKey', 'secondarySharedKey') },
  'microsoft.search/searchservices': {
    listadminkeys: pair('primaryKey', 'secondaryKey'),
    listquerykeys: ({ key }) => ({ value: [{ name: 'default', key: key('query') }] }),
  },
  'microsoft.web/sites/config': {
    list: ({ id, name, record, key }) => {
      const site = /\/sites\/([^/]+)/i.exec(id)?.[1] ?? '';
      if (name.toLowerCase() !== 'publishingcredentials')
        return { id, name, type: 'Microsoft.Web/sites/config', properties: record?.properties ?? {} };
      return {
        id,
        name: site,
        type: 'Microsoft.Web/sites/config',
        properties: {
          name: `$${site}`,
          publishingUserName: `$${site}`,
          publishingPassword: key('publishing'),
        },
      };
    },
  },
  'microsoft.web/sites/host': {
    listkeys: ({ key }) => ({
      masterKey: key('master'),
      functionKeys: { default: key('function') },
      systemKeys: {},
    }),
  },
  'microsoft.web/sites/functions': { listkeys: ({ key }) => ({ default: key('default') }) },
};

const objectOf = (value: JsonValue): JsonObject => objectAt({ value }, 'value');

/** What most services answer to `listKeys` and its like. */
const usual: Readonly<Record<string, Answer>> = {
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

/** Parts that are always there, without anybody making them, once what they belong to is. */
const implied =
  /\/(?:authorizationRules\/RootManageSharedAccessKey|sites\/[^/]+\/(?:slots\/[^/]+\/)?(?:config|host|functions)\/[^/]+|workflows\/[^/]+\/triggers\/[^/]+)$/i;

/** How often keys of a resource and of its parts were made anew, by part and label; in the resource's secrets. */
const generationsMember = 'keyGenerations';

/**
 * The `list*` and `regenerate*` actions of resources whose keys Azure makes up. Here a key follows from the resource's id, how
 * often it was made anew, and a secret of the cloud: nobody else can work it out, and it is stored nowhere.
 */
export class KeyActions {
  readonly #secret: Buffer;

  /** `secret` has 32 bytes. */
  constructor(secret: Buffer) {
    this.#secret = secret;
  }

  /** Whether something that is no resource by itself can be asked for its keys: its owner is there. */
  isImplied(id: string, view: CloudView): boolean {
    return view.get(id) === undefined && this.#ownerOf(id, view) !== undefined;
  }

  /** Throws ArmError where the type has no such action. */
  answer(id: string, action: string, view: CloudView): JsonValue {
    return this.#answerOf(id, action, view, this.#ownerOf(id, view));
  }

  /**
   * Makes a key anew: what becomes of the resource that has it, and the answer, which may be none. `undefined` where the
   * action is another one. Throws ArmError where the body names no key.
   */
  regenerate(
    id: string,
    action: string,
    body: JsonValue | undefined,
    view: CloudView,
  ): { changed: ResourceRecord; answer: JsonValue | undefined } | undefined {
    const type = typeOf(id, view).toLowerCase();
    const regeneration = regenerationOf(type, action.toLowerCase(), answers[type] === undefined);
    const owner = this.#ownerOf(id, view);
    if (regeneration === undefined || owner === undefined) return undefined;
    const key = generationKey(id, owner, regeneratedLabel(regeneration, body));
    const known = objectAt(owner.secrets, generationsMember);
    const generations = { ...known, [key]: generationOf(owner, key) + 1 };
    const changed = { ...owner, secrets: { ...owner.secrets, [generationsMember]: generations } };
    const { answeredBy } = regeneration;
    const answer = answeredBy === undefined ? undefined : this.#answerOf(id, answeredBy, view, changed);
    return { changed, answer };
  }

  /** The resource with this id, or what the implied part with this id belongs to. */
  #ownerOf(id: string, view: CloudView): ResourceRecord | undefined {
    const record = view.get(id);
    if (record !== undefined || !implied.test(id)) return record;
    for (let path = id.split('/').slice(0, -2); path.length > 8; path = path.slice(0, -2)) {
      const owner = view.get(path.join('/'));
      if (owner !== undefined) return owner;
    }
    return undefined;
  }

  #answerOf(id: string, action: string, view: CloudView, owner: ResourceRecord | undefined): JsonValue {
    const record = view.get(id);
    const type = typeOf(id, view);
    const name = action.toLowerCase();
    const answer = answers[type.toLowerCase()]?.[name] ?? usual[name];
    if (answer === undefined)
      throw new ArmError(
        404,
        'InvalidResourceType',
        `The resource type '${type}' has no action '${action.slice(0, 80)}'.`,
      );
    return answer({
      id: record?.id ?? id,
      name: record?.name ?? id.split('/').at(-1) ?? '',
      domain: view.dnsSuffix.replace(/^[^.]+\./, ''),
      record,
      key: (label) => this.#key(id, label, owner),
    });
  }

  #key(id: string, label: string, owner: ResourceRecord | undefined): string {
    const generation = owner === undefined ? 0 : generationOf(owner, generationKey(id, owner, label));
    const again = generation === 0 ? '' : ` ${generation}`;
    return createHmac('sha256', this.#secret).update(`${id.toLowerCase()} ${label}${again}`).digest('base64');
  }
}

const typeOf = (id: string, view: CloudView): string => view.get(id)?.type ?? parseResourceId(id)?.type ?? '';

/** Under which name a resource keeps how often a key of it, or of a part of it, was made anew. */
const generationKey = (id: string, owner: ResourceRecord, label: string): string =>
  `${id.slice(owner.id.length).toLowerCase()} ${label}`;

function generationOf({ secrets }: ResourceRecord, key: string): number {
  const generation = objectAt(secrets, generationsMember)[key];
  return typeof generation === 'number' ? generation : 0;
}
