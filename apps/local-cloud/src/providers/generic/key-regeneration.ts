import type { JsonValue } from '@slipway/arm-template';
import { ArmError } from '../../arm-error.ts';
import { objectsAt, textAt } from '../json-reading.ts';
import { configurationKeyId, configurationKeys } from './service-keys.ts';

/** How a type makes a key anew. */
export interface KeyRegeneration {
  /** The member of the body that names the key. */
  member: string;
  /** What keys can be named, in Azure's spelling, and under which label `KeyActions` makes each; for the resource's id. */
  labels: Readonly<Record<string, string>> | ((id: string) => Readonly<Record<string, string>>);
  /** The action, in lower case, whose answer is given afterwards; without it there is none. */
  answeredBy?: string;
  /** What is answered of all that this action lists; everything when absent. */
  answer?: (listed: JsonValue, label: string) => JsonValue | undefined;
  /** Whether the address names the key, after the action, and not the body. */
  isNamedByAddress?: true;
}

const twoKeys: KeyRegeneration = {
  member: 'keyName',
  labels: { Key1: 'key1', Key2: 'key2' },
  answeredBy: 'listkeys',
};

const primaryAndSecondary = { Primary: 'primary', Secondary: 'secondary' };

/** Of types whose keys are called primary and secondary: caches, SignalR, maps. */
const usual: KeyRegeneration = {
  member: 'keyType',
  labels: primaryAndSecondary,
  answeredBy: 'listkeys',
};

/** By lower-case type, then by lower-case action. Source: the `regenerate*` operations of each service's REST API. */
const regenerations: Readonly<Record<string, Readonly<Record<string, KeyRegeneration>>>> = {
  'microsoft.appconfiguration/configurationstores': {
    regeneratekey: {
      member: 'id',
      labels: (id) =>
        Object.fromEntries(configurationKeys.map((label) => [configurationKeyId(id, label), label])),
      answeredBy: 'listkeys',
      answer: (listed, label) => objectsAt(listed, 'value').find((key) => textAt(key, 'name') === label),
    },
  },
  'microsoft.batch/batchaccounts': {
    regeneratekeys: { member: 'keyName', labels: primaryAndSecondary, answeredBy: 'listkeys' },
  },
  'microsoft.cache/redis': { regeneratekey: usual },
  'microsoft.cache/redisenterprise/databases': { regeneratekey: usual },
  'microsoft.cognitiveservices/accounts': { regeneratekey: twoKeys },
  'microsoft.communication/communicationservices': { regeneratekey: usual },
  'microsoft.containerregistry/registries': {
    regeneratecredential: {
      member: 'name',
      labels: { password: 'password', password2: 'password2' },
      answeredBy: 'listcredentials',
    },
  },
  'microsoft.documentdb/databaseaccounts': {
    regeneratekey: {
      member: 'keyKind',
      labels: {
        primary: 'primaryMasterKey',
        secondary: 'secondaryMasterKey',
        primaryReadonly: 'primary read-only',
        secondaryReadonly: 'secondary read-only',
      },
    },
  },
  'microsoft.eventgrid/domains': { regeneratekey: twoKeys },
  'microsoft.eventgrid/partnernamespaces': { regeneratekey: twoKeys },
  'microsoft.eventgrid/topics': { regeneratekey: twoKeys },
  'microsoft.maps/accounts': { regeneratekey: usual },
  'microsoft.search/searchservices': {
    regenerateadminkey: {
      member: 'keyKind',
      labels: { primary: 'primaryKey', secondary: 'secondaryKey' },
      answeredBy: 'listadminkeys',
      isNamedByAddress: true,
    },
  },
  'microsoft.signalrservice/signalr': { regeneratekey: usual },
  'microsoft.signalrservice/webpubsub': { regeneratekey: usual },
};

/** Of the rules of Event Hubs, Service Bus and Relay. */
const ofAccessRules: KeyRegeneration = {
  member: 'keyType',
  labels: { PrimaryKey: 'primary', SecondaryKey: 'secondary' },
  answeredBy: 'listkeys',
};

const ofNotificationRules: KeyRegeneration = { ...ofAccessRules, member: 'policyKey' };

/**
 * How a type makes keys anew with an action; `undefined` where that is no such action. `hasUsualKeys`: whether the type's keys
 * are called primary and secondary. Type and action in lower case.
 */
export function regenerationOf(
  type: string,
  action: string,
  hasUsualKeys: boolean,
): KeyRegeneration | undefined {
  const own = regenerations[type]?.[action];
  if (own !== undefined) return own;
  if (type.endsWith('/authorizationrules')) {
    const ofRules = type.startsWith('microsoft.notificationhubs/') ? ofNotificationRules : ofAccessRules;
    return action === 'regeneratekeys' ? ofRules : undefined;
  }
  return hasUsualKeys && action === 'regeneratekey' ? usual : undefined;
}

/** The label of the key of this resource that a body names. Throws ArmError where it names none of them. */
export function regeneratedLabel(
  { member, labels }: KeyRegeneration,
  id: string,
  body: JsonValue | undefined,
): string {
  const sent = textAt(body, member)?.toLowerCase();
  const known = typeof labels === 'function' ? labels(id) : labels;
  const found = Object.entries(known).find(([name]) => name.toLowerCase() === sent);
  if (found !== undefined) return found[1];
  throw new ArmError(
    400,
    'InvalidRequestContent',
    `The request content was invalid: '${member}' must name the key to be made anew, one of ${Object.keys(known).join(', ')}.`,
    { target: member },
  );
}
