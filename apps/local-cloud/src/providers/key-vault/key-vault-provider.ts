import type { JsonObject, JsonValue } from '@slipway/arm-template';
import { ArmError } from '../../arm-error.ts';
import { tenantId } from '../../resources/places.ts';
import { hashFor } from '../generic/derived-ids.ts';
import { booleanAt, compact, numberAt, objectAt, objectsAt, sameText, textAt } from '../json-reading.ts';
import type {
  CloudView,
  PutRequest,
  ResourceProvider,
  ResourceRecord,
  ResourceTypeHandler,
} from '../provider.ts';
import { recordFrom } from '../resource-plan.ts';
import { requireParent } from '../sub-resources.ts';

const vaultType = 'Microsoft.KeyVault/vaults';
const apiVersions = [
  '2024-11-01',
  '2023-07-01',
  '2022-07-01',
  '2021-10-01',
  '2021-06-01-preview',
  '2019-09-01',
  '2018-02-14',
  '2016-10-01',
  '2015-06-01',
];

/** Names of vaults are part of a DNS name: 3–24 letters, digits and single hyphens, from a letter to a letter or digit. */
function checkVaultName(request: PutRequest): void {
  const name = request.id.names[0] ?? '';
  if (!/^[a-z](?:-?[a-z0-9])+$/i.test(name) || name.length < 3 || name.length > 24)
    throw new ArmError(
      400,
      'VaultNameNotValid',
      `The vault name '${name.slice(0, 80)}' is invalid. A vault's name must be between 3-24 alphanumeric characters. The name must begin with a letter, end with a letter or digit, and not contain consecutive hyphens. Follow this link for more information: https://go.microsoft.com/fwlink/?linkid=2147742`,
    );
  const other = request.view
    .list({ type: vaultType })
    .find((vault) => sameText(vault.name, name) && !sameText(vault.id, request.id.text));
  if (other !== undefined)
    throw new ArmError(
      409,
      'VaultAlreadyExists',
      `The vault name '${name}' is already in use. Vault names are globally unique so it is possible that the name is already taken.`,
    );
}

const uriOf = (name: string, view: CloudView): string =>
  `https://${name.toLowerCase()}.vault.${view.dnsSuffix.replace(/^[^.]+\./, '')}/`;

const vaults: ResourceTypeHandler = {
  type: vaultType,
  apiVersions,
  isRemovedAtOnce: true,
  locations: 'all',
  preflight: checkVaultName,
  put: (request) => {
    checkVaultName(request);
    const sent = objectAt(request.body, 'properties');
    if (Object.keys(objectAt(sent, 'sku')).length === 0)
      throw new ArmError(
        400,
        'InvalidRequestFormat',
        "Cannot parse the request: 'properties.sku' is required.",
      );
    const { createMode: _createMode, ...properties } = sent;
    return {
      record: recordFrom(
        request,
        compact({
          ...properties,
          tenantId: textAt(sent, 'tenantId') ?? tenantId,
          accessPolicies: objectsAt(sent, 'accessPolicies'),
          enabledForDeployment: booleanAt(sent, 'enabledForDeployment') ?? false,
          enabledForTemplateDeployment: booleanAt(sent, 'enabledForTemplateDeployment') ?? false,
          enableSoftDelete: booleanAt(sent, 'enableSoftDelete') ?? true,
          vaultUri: uriOf(request.id.names[0] ?? '', request.view),
        }),
      ),
      work: 'generic',
    };
  },
};

/** A change of a vault's access policies: `add`, `replace` or `remove` is the name of the resource. */
const accessPolicies: ResourceTypeHandler = {
  type: `${vaultType}/accessPolicies`,
  apiVersions,
  isRemovedAtOnce: true,
  locations: [],
  put: (request) => {
    const { id, body, view } = request;
    const vault = requireParent(id, view);
    const kind = (id.names.at(-1) ?? '').toLowerCase();
    if (kind !== 'add' && kind !== 'replace' && kind !== 'remove')
      throw new ArmError(
        400,
        'BadRequest',
        "The name of access policies must be 'add', 'replace' or 'remove'.",
      );
    const sent = objectsAt(body, 'properties', 'accessPolicies');
    const isSent = (policy: JsonObject): boolean =>
      sent.some((other) => sameText(textAt(other, 'objectId'), textAt(policy, 'objectId')));
    const others = objectsAt(vault.properties, 'accessPolicies').filter((policy) => !isSent(policy));
    const policies = kind === 'remove' ? others : kind === 'replace' ? sent : [...others, ...sent];
    return {
      record: recordFrom(request, { accessPolicies: policies }, { listed: false }),
      also: {
        upsert: [{ ...vault, properties: { ...vault.properties, accessPolicies: policies } }],
        remove: [],
      },
      work: 'generic',
    };
  },
};

/** A secret's value is taken and never returned; deployments read it by reference. */
const secrets: ResourceTypeHandler = {
  type: `${vaultType}/secrets`,
  apiVersions,
  isRemovedAtOnce: true,
  locations: [],
  put: (request) => {
    const { id, body, existing, now, view } = request;
    const vault = requireParent(id, view);
    const { value: sentValue, ...sent } = objectAt(body, 'properties');
    const value = textAt({ value: sentValue ?? null }, 'value') ?? textAt(existing?.secrets, 'value');
    if (value === undefined)
      throw new ArmError(
        400,
        'BadRequest',
        `The secret '${id.names.at(-1) ?? ''}' needs 'properties.value'.`,
      );
    const uri = `${uriOf(vault.name, view)}secrets/${id.names.at(-1) ?? ''}`;
    const seconds = Math.floor(now.getTime() / 1000);
    return {
      record: recordFrom(
        request,
        {
          ...sent,
          attributes: {
            enabled: true,
            ...objectAt(sent, 'attributes'),
            created: numberAt(existing?.properties, 'attributes', 'created') ?? seconds,
            updated: seconds,
          },
          secretUri: uri,
          secretUriWithVersion: `${uri}/${hashFor(id.text, `version ${now.toISOString()}`, 32)}`,
        },
        { secrets: { value }, listed: false },
      ),
      work: 'generic',
    };
  },
};

const keys: ResourceTypeHandler = {
  type: `${vaultType}/keys`,
  apiVersions,
  isRemovedAtOnce: true,
  locations: [],
  put: (request) => {
    const { id, body, view, now } = request;
    const vault = requireParent(id, view);
    const uri = `${uriOf(vault.name, view)}keys/${id.names.at(-1) ?? ''}`;
    return {
      record: recordFrom(
        request,
        {
          ...objectAt(body, 'properties'),
          keyUri: uri,
          keyUriWithVersion: `${uri}/${hashFor(id.text, `version ${now.toISOString()}`, 32)}`,
        },
        { listed: false },
      ),
      work: 'generic',
    };
  },
};

function checkNameAvailability(call: { body: JsonValue | undefined; view: CloudView }): JsonValue {
  const name = textAt(call.body, 'name') ?? '';
  const isTaken = call.view
    .list({ type: vaultType })
    .some((vault: ResourceRecord) => sameText(vault.name, name));
  return isTaken
    ? {
        nameAvailable: false,
        reason: 'AlreadyExists',
        message: `The vault name '${name}' is already in use.`,
      }
    : { nameAvailable: true };
}

/** `Microsoft.KeyVault`: vaults with their policies, secrets and keys, as far as the control plane has them. */
export const keyVaultProvider: ResourceProvider = {
  namespace: 'Microsoft.KeyVault',
  types: [vaults, accessPolicies, secrets, keys],
  subscriptionActions: { checknameavailability: checkNameAvailability },
};
