import { randomBytes } from 'node:crypto';
import type { JsonObject, JsonValue } from '@slipway/arm-template';
import { ArmError } from '../../arm-error.ts';
import { storageApiVersions } from '../api-versions.ts';
import { booleanAt, compact, objectAt, sameText, textAt } from '../json-reading.ts';
import type { CloudView, PutRequest, ResourceTypeHandler } from '../provider.ts';
import { normalLocation, recordFrom } from '../resource-plan.ts';
import { accountSignature, serviceSignature } from './shared-access.ts';

const storageAccountType = 'Microsoft.Storage/storageAccounts';

const skuNames = [
  'Standard_LRS',
  'Standard_GRS',
  'Standard_RAGRS',
  'Standard_ZRS',
  'Premium_LRS',
  'Premium_ZRS',
  'Standard_GZRS',
  'Standard_RAGZRS',
];
const kinds = ['Storage', 'StorageV2', 'BlobStorage', 'FileStorage', 'BlockBlobStorage'];

function checkName(name: string): void {
  if (/^[a-z0-9]{3,24}$/.test(name)) return;
  throw new ArmError(
    400,
    'AccountNameInvalid',
    `${name} is not a valid storage account name. Storage account name must be between 3 and 24 characters in length and use numbers and lower-case letters only.`,
  );
}

/** Names of storage accounts are part of a DNS name: each exists once in the cloud. */
function checkUnique(request: PutRequest): void {
  const name = request.id.names[0] ?? '';
  const other = request.view
    .list({ type: storageAccountType })
    .find((account) => sameText(account.name, name) && !sameText(account.id, request.id.text));
  if (!other) return;
  const isOfSubscription = other.id
    .toLowerCase()
    .startsWith(`/subscriptions/${request.id.subscriptionId.toLowerCase()}/`);
  throw isOfSubscription
    ? new ArmError(
        409,
        'StorageAccountInAnotherResourceGroup',
        `The account ${name} is already in another resource group in this subscription.`,
      )
    : new ArmError(409, 'StorageAccountAlreadyTaken', `The storage account named ${name} is already taken.`, {
        target: name,
      });
}

/** Answers `checkNameAvailability`. */
export function checkNameAvailability({
  body,
  view,
}: {
  body: JsonValue | undefined;
  view: CloudView;
}): JsonValue {
  const name = textAt(body, 'name') ?? '';
  try {
    checkName(name);
  } catch (error) {
    if (!(error instanceof ArmError)) throw error;
    return { nameAvailable: false, reason: 'AccountNameInvalid', message: error.message };
  }
  const isTaken = view.list({ type: storageAccountType }).some((account) => sameText(account.name, name));
  return isTaken
    ? {
        nameAvailable: false,
        reason: 'AlreadyExists',
        message: `The storage account named ${name} is already taken.`,
      }
    : { nameAvailable: true };
}

function skuOf(body: JsonObject): string {
  const sku = textAt(body, 'sku', 'name') ?? textAt(body, 'properties', 'accountType');
  if (sku === undefined) {
    throw new ArmError(400, 'AccountTypeMissing', 'The account type is missing: state it in sku.name.');
  }
  const known = skuNames.find((name) => sameText(name, sku));
  if (known === undefined) throw invalidValue('sku');
  return known;
}

function invalidValue(member: string): ArmError {
  return new ArmError(
    400,
    'InvalidValuesForRequestParameters',
    `Values for request parameters are invalid: ${member}.`,
  );
}

/** Addresses of the services of an account, under this cloud's own suffix (`core.…` beside `cloudapp.…`). */
function endpointsOf(name: string, kind: string, view: CloudView): JsonObject {
  const suffix = view.dnsSuffix.replace(/^[^.]+/, 'core');
  const services =
    kind === 'StorageV2'
      ? ['dfs', 'web', 'blob', 'queue', 'table', 'file']
      : ['blob', 'queue', 'table', 'file'];
  return Object.fromEntries(
    services.map((service) => [
      service,
      `https://${name}.${service === 'web' ? 'z1.web' : service}.${suffix}/`,
    ]),
  );
}

const newKey = (): string => randomBytes(64).toString('base64');

/** `Microsoft.Storage/storageAccounts`. The keys are kept until `regenerateKey`; only that and `listKeys` return them. */
export const storageAccounts: ResourceTypeHandler = {
  type: storageAccountType,
  apiVersions: storageApiVersions,
  locations: 'all',
  createdStatus: 200,
  isRemovedAtOnce: true,
  removeWork: 'storageAccount',
  preflight: (request) => {
    checkName(request.id.names[0] ?? '');
    checkUnique(request);
  },
  put: (request) => {
    const { id, body, existing, now, view } = request;
    const name = id.names[0] ?? '';
    checkName(name);
    checkUnique(request);
    const sku = skuOf(body);
    const kindSent = textAt(body, 'kind') ?? textAt(existing?.envelope, 'kind') ?? 'Storage';
    const kind = kinds.find((known) => sameText(known, kindSent));
    if (kind === undefined) throw invalidValue('kind');
    const { accountType: _accountType, ...sent } = objectAt(body, 'properties');
    const createdAt = textAt(existing?.properties, 'creationTime') ?? now.toISOString();
    const enabled: JsonObject = { keyType: 'Account', enabled: true, lastEnabledTime: createdAt };
    const properties = compact({
      minimumTlsVersion: 'TLS1_0',
      allowBlobPublicAccess: false,
      networkAcls: { bypass: 'AzureServices', virtualNetworkRules: [], ipRules: [], defaultAction: 'Allow' },
      ...sent,
      supportsHttpsTrafficOnly: booleanAt(sent, 'supportsHttpsTrafficOnly') ?? true,
      accessTier: kind === 'Storage' ? undefined : (textAt(sent, 'accessTier') ?? 'Hot'),
      encryption: {
        services: { file: enabled, blob: enabled },
        keySource: 'Microsoft.Storage',
        ...objectAt(sent, 'encryption'),
      },
      keyCreationTime: objectAt(existing?.properties, 'keyCreationTime')['key1']
        ? objectAt(existing?.properties, 'keyCreationTime')
        : { key1: createdAt, key2: createdAt },
      privateEndpointConnections: [],
      creationTime: createdAt,
      primaryEndpoints: endpointsOf(name, kind, view),
      primaryLocation: normalLocation(textAt(body, 'location') ?? existing?.location ?? ''),
      statusOfPrimary: 'available',
    });
    return {
      record: recordFrom(request, properties, {
        envelope: { sku: { name: sku, tier: sku.startsWith('Premium') ? 'Premium' : 'Standard' }, kind },
        secrets: {
          key1: textAt(existing?.secrets, 'key1') ?? newKey(),
          key2: textAt(existing?.secrets, 'key2') ?? newKey(),
        },
      }),
      work: 'storageAccount',
    };
  },
  actions: {
    listaccountsas: (record, _view, body) => accountSignature(record, body),
    listservicesas: (record, _view, body) => serviceSignature(record, body),
    listkeys: (record): JsonValue => {
      const [key1, key2] = [textAt(record.secrets, 'key1') ?? '', textAt(record.secrets, 'key2') ?? ''];
      const madeAt = (name: string): string =>
        textAt(record.properties, 'keyCreationTime', name) ?? record.createdAt;
      return {
        // The answer's form until api-version 2015-06-15; templates of those years read `listKeys(…).key1`.
        key1,
        key2,
        keys: [
          { creationTime: madeAt('key1'), keyName: 'key1', value: key1, permissions: 'FULL' },
          { creationTime: madeAt('key2'), keyName: 'key2', value: key2, permissions: 'FULL' },
        ],
      };
    },
  },
  changes: {
    regeneratekey: {
      becomes: (record, body, now) => {
        const name = textAt(body, 'keyName')?.toLowerCase();
        if (name !== 'key1' && name !== 'key2') throw invalidValue('keyName');
        const times = objectAt(record.properties, 'keyCreationTime');
        return {
          ...record,
          properties: { ...record.properties, keyCreationTime: { ...times, [name]: now.toISOString() } },
          secrets: { ...record.secrets, [name]: newKey() },
        };
      },
      answeredBy: 'listkeys',
    },
  },
};
