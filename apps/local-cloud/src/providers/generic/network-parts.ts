import type { JsonObject, JsonValue } from '@slipway/arm-template';
import { idAt, isJsonObject } from '../json-reading.ts';
import { addressText, parseAddressRange, type AddressRange } from '../network/address-range.ts';
import { subnetPrefixes } from '../network/subnet-rules.ts';
import type { CloudView, ResourceRecord } from '../provider.ts';
import { findSubResource } from '../sub-resources.ts';

/**
 * The parts of network resources (pools, listeners, configurations) have ids of their own, which other parts refer to; those in a
 * subnet have a private address there.
 */
export function withPartIds({ id, type, properties }: ResourceRecord, view: CloudView): JsonObject {
  if (!/^microsoft\.network\//i.test(type)) return {};
  return Object.fromEntries(
    Object.entries(properties).flatMap(([collection, parts]): [string, JsonValue][] =>
      Array.isArray(parts) && parts.some((part) => isPart(part))
        ? [[collection, parts.map((part, index) => withPartId(part, `${id}/${collection}`, index, view))]]
        : [],
    ),
  );
}

const isPart = (value: JsonValue): boolean =>
  isJsonObject(value) && typeof value['name'] === 'string' && isJsonObject(value['properties']);

function withPartId(part: JsonValue, collection: string, index: number, view: CloudView): JsonValue {
  if (!isJsonObject(part) || typeof part['name'] !== 'string' || !isJsonObject(part['properties']))
    return part;
  const subnetId = idAt(part, 'properties', 'subnet');
  const address =
    subnetId !== undefined && addressedParts.test(collection)
      ? addressInSubnet(view, subnetId, index)
      : undefined;
  return {
    ...part,
    id: `${collection}/${part['name']}`,
    properties: {
      provisioningState: 'Succeeded',
      ...(address === undefined ? {} : { privateIPAddress: address }),
      ...part['properties'],
    },
  };
}

const addressedParts = /\/(?:ipConfigurations|frontendIPConfigurations)$/i;

/** The first range of a subnet; `undefined` where there is no such subnet. */
export function rangeOfSubnet(view: CloudView, subnetId: string): AddressRange | undefined {
  const subnet = findSubResource(view, subnetId);
  const prefix = subnet && subnetPrefixes(subnet.item.properties)[0];
  return prefix === undefined ? undefined : parseAddressRange(prefix, subnetId);
}

/** An address of a subnet that has been given to one service: of those that Azure does not keep, the one at `index`. */
export function addressInSubnet(view: CloudView, subnetId: string, index: number): string | undefined {
  const range = rangeOfSubnet(view, subnetId);
  return range && addressText(range.family, range.first + keptAddresses + BigInt(index));
}

/** Azure keeps the first four addresses of a subnet for itself. */
const keptAddresses = 4n;
