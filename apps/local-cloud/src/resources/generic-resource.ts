import type { JsonObject, JsonValue } from '@slipway/arm-template';
import { isJsonObject } from '../json-text.ts';
import { sameText, textAt } from '../providers/json-reading.ts';
import { allocateDynamicAddresses } from '../providers/network/public-ip-addresses.ts';
import type { PutPlan, PutRequest } from '../providers/provider.ts';
import { isExtension } from '../resource-id.ts';
import { readTags } from './resource-body.ts';
import { isWriteOnly } from './write-only.ts';

const ownMembers = new Set(['location', 'tags', 'properties']);

/** Nobody here uses what is write-only, so it is not even kept. */
function withoutSecrets(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (!isJsonObject(value)) return value;
  return openMembers(value);
}

/** Nobody here uses what is write-only, so it is not even kept. */
function openMembers(value: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([member]) => !isWriteOnly(member))
      .map(([member, content]) => [
        member,
        member.toLowerCase() === 'secrets' ? withoutValues(withoutSecrets(content)) : withoutSecrets(content),
      ]),
  );
}

/** The public addresses that gateways, bastions and firewalls use, which get their addresses by that. */
function publicAddressesIn(namespace: string, value: JsonValue): string[] {
  if (!sameText(namespace, 'Microsoft.Network')) return [];
  if (Array.isArray(value)) return value.flatMap((each) => publicAddressesIn(namespace, each));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([member, content]) =>
    sameText(member, 'publicIPAddress')
      ? (textAt(content, 'id') ?? [])
      : publicAddressesIn(namespace, content),
  );
}

/** Named secrets, as those of container apps, without what is secret of them. */
function withoutValues(secrets: JsonValue): JsonValue {
  if (!Array.isArray(secrets)) return secrets;
  return secrets.map((secret) => {
    if (!isJsonObject(secret)) return secret;
    const { value: _value, ...open } = secret;
    return open;
  });
}

/** What becomes of a resource whose type nobody here knows more of: it is kept as it was sent, without secrets. */
export function planGeneric(request: PutRequest): PutPlan {
  const { id, body } = request;
  const tags = readTags(body.tags);
  const envelope: JsonObject = Object.fromEntries(
    Object.entries(openMembers(body)).filter(([member]) => !ownMembers.has(member)),
  );
  const properties = isJsonObject(body.properties) ? openMembers(body.properties) : {};
  const { provisioningState: _state, ...kept } = properties;
  return {
    record: {
      id: id.text,
      type: id.type,
      name: id.names.at(-1) ?? '',
      ...(typeof body.location === 'string' ? { location: body.location } : {}),
      ...(tags === undefined ? {} : { tags }),
      envelope,
      properties: kept,
      // How often its keys were made anew.
      secrets: request.existing?.secrets ?? {},
      // Lists over all types have what is in a region: Azure's tracked resources.
      listed: typeof body.location === 'string' && !isExtension(id),
    },
    also: allocateDynamicAddresses(request.view, publicAddressesIn(id.namespace, properties)),
    work: 'generic',
  };
}
