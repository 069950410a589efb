import { randomUUID } from 'node:crypto';
import type { JsonObject, JsonValue } from '@slipway/arm-template';
import { ArmError } from '../../arm-error.ts';
import { networkApiVersions } from '../api-versions.ts';
import { compact, numberAt, objectAt, sameText, textAt } from '../json-reading.ts';
import type { CloudView, RecordChanges, ResourceRecord, ResourceTypeHandler } from '../provider.ts';
import { normalLocation, recordFrom } from '../resource-plan.ts';
import { holderOfPublicAddress } from './ip-configurations.ts';
import { nextPublicAddress } from './public-addresses.ts';

const publicIpAddressType = 'Microsoft.Network/publicIPAddresses';

const labelPattern = /^[a-z][a-z0-9-]{1,61}[a-z0-9]$/;

/** The name of a public address: `<label>.<region>.<suffix of the cloud>`. */
function fqdnOf(label: string, location: string, view: CloudView): string {
  return `${label}.${location}.${view.dnsSuffix}`;
}

/** Refuses a DNS label that Azure does not accept. */
function checkLabel(label: string): void {
  if (labelPattern.test(label)) return;
  throw new ArmError(
    400,
    'InvalidDomainNameLabel',
    `The domain name label ${label} is invalid. It must conform to the following regular expression: ${labelPattern.source}.`,
  );
}

/** The public address that holds a label in a region, whichever subscription it belongs to. */
function holderOfLabel(view: CloudView, label: string, location: string): ResourceRecord | undefined {
  return view
    .list({ type: publicIpAddressType })
    .find(
      (record) =>
        record.location === location &&
        sameText(textAt(record.properties, 'dnsSettings', 'domainNameLabel'), label),
    );
}

/** Answers `locations/{location}/CheckDnsNameAvailability?domainNameLabel=…`. */
export function checkDnsNameAvailability(call: {
  params: Readonly<Record<string, string>>;
  query: Readonly<Record<string, string>>;
  view: CloudView;
}): JsonValue {
  const entry = Object.entries(call.query).find(([key]) => key.toLowerCase() === 'domainnamelabel');
  const label = entry?.[1] ?? '';
  checkLabel(label);
  const location = normalLocation(call.params['location'] ?? '');
  return { available: holderOfLabel(call.view, label, location) === undefined };
}

/** An allocation of addresses to dynamic public addresses, which get theirs when something begins to use them. */
export function allocateDynamicAddresses(view: CloudView, ids: readonly string[]): RecordChanges {
  const upsert: ResourceRecord[] = [];
  for (const id of ids) {
    const record = view.get(id);
    if (!record || textAt(record.properties, 'ipAddress') !== undefined) continue;
    const given = upsert.map((other) => textAt(other.properties, 'ipAddress') ?? '');
    const address = nextPublicAddress(view, familyOf(record.properties), given);
    if (address !== undefined) {
      upsert.push({ ...record, properties: { ...record.properties, ipAddress: address } });
    }
  }
  return { upsert, remove: [] };
}

function familyOf(properties: JsonObject): 'ipv4' | 'ipv6' {
  return sameText(textAt(properties, 'publicIPAddressVersion'), 'IPv6') ? 'ipv6' : 'ipv4';
}

/**
 * Where the ports of an address are really reached on this computer, which Azure has no word for: members that are there
 * only with real machines, and when something is published.
 */
function localReach(id: string, view: CloudView): JsonObject {
  const endpoints = view.machines.endpoints(id);
  if (endpoints.length === 0) return {};
  return {
    localEndpoints: endpoints.map((endpoint): JsonValue => ({ ...endpoint })),
    localRouting: view.machines.hasRoutingMesh ? 'full' : 'host-only',
  };
}

function skuOf(body: JsonObject): { name: 'Basic' | 'Standard'; tier: string } {
  const name = textAt(body, 'sku', 'name');
  return {
    name: sameText(name, 'Standard') ? 'Standard' : 'Basic',
    tier: textAt(body, 'sku', 'tier') ?? 'Regional',
  };
}

/**
 * `Microsoft.Network/publicIPAddresses`. Basic addresses are still accepted, dynamic ones too, although Azure retired
 * them on 30 September 2025 and answers `IPv4BasicSkuPublicIpCountLimitReached`: templates of before then are part of
 * what the local cloud is tested with.
 */
export const publicIpAddresses: ResourceTypeHandler = {
  type: publicIpAddressType,
  apiVersions: networkApiVersions,
  locations: 'all',
  removeWork: 'publicIp',
  put: (request) => {
    const { id, body, existing, view } = request;
    const sent = objectAt(body, 'properties');
    const sku = skuOf(body);
    const method = sameText(textAt(sent, 'publicIPAllocationMethod'), 'Static') ? 'Static' : 'Dynamic';
    if (sku.name === 'Standard' && method !== 'Static') {
      throw new ArmError(
        400,
        'PublicIPAddressWithStandardSkuMustBeStatic',
        `Standard sku publicIp ${id.text} must have AllocationMethod set to Static.`,
      );
    }
    const location = normalLocation(textAt(body, 'location') ?? existing?.location ?? '');
    const label = textAt(sent, 'dnsSettings', 'domainNameLabel');
    if (label !== undefined) {
      checkLabel(label);
      const holder = holderOfLabel(view, label, location);
      if (holder && !sameText(holder.id, id.text)) {
        throw new ArmError(
          400,
          'DnsRecordInUse',
          `DNS record ${fqdnOf(label, location, view)} is already used by another public IP.`,
        );
      }
    }
    const family = familyOf(sent);
    const address =
      textAt(existing?.properties, 'ipAddress') ??
      (method === 'Static' ? nextPublicAddress(view, family) : undefined);
    if (method === 'Static' && address === undefined) {
      throw new ArmError(
        400,
        'PublicIPCountLimitReached',
        `Cannot create public IP address ${id.text}: all addresses of the local cloud are in use.`,
      );
    }
    const properties = compact({
      ...sent,
      publicIPAddressVersion: family === 'ipv6' ? 'IPv6' : 'IPv4',
      publicIPAllocationMethod: method,
      idleTimeoutInMinutes: numberAt(sent, 'idleTimeoutInMinutes') ?? 4,
      ipTags: Array.isArray(sent['ipTags']) ? sent['ipTags'] : [],
      ipAddress: address,
      resourceGuid: textAt(existing?.properties, 'resourceGuid') ?? randomUUID(),
      dnsSettings:
        label === undefined
          ? undefined
          : {
              ...objectAt(sent, 'dnsSettings'),
              domainNameLabel: label,
              fqdn: fqdnOf(label, location, view),
            },
    });
    return {
      record: recordFrom(request, properties, { envelope: { sku: { name: sku.name, tier: sku.tier } } }),
      work: 'publicIp',
    };
  },
  remove: (record, view) => {
    const holder = holderOfPublicAddress(view, record.id);
    if (holder) {
      throw new ArmError(
        400,
        'PublicIPAddressCannotBeDeleted',
        `Public IP address ${record.id} can not be deleted since it is still allocated to resource ${holder.id}. In order to delete the public IP, disassociate/detach the Public IP address from the resource. To learn how to do this, see aka.ms/deletepublicip.`,
      );
    }
    return { upsert: [], remove: [record.id] };
  },
  present: (record, view): JsonObject => {
    const holder = holderOfPublicAddress(view, record.id);
    return {
      ...(holder ? { ipConfiguration: { id: holder.id } } : {}),
      ...localReach(record.id, view),
    };
  },
};
