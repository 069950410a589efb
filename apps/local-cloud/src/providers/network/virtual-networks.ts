import { randomUUID } from 'node:crypto';
import type { JsonObject, JsonValue } from '@slipway/arm-template';
import { ArmError } from '../../arm-error.ts';
import { networkApiVersions } from '../api-versions.ts';
import { inlineChildChanges, inlineChildHandler } from '../inline-children.ts';
import { booleanAt, objectAt, textAt } from '../json-reading.ts';
import type { CloudView, ResourceRecord, ResourceTypeHandler } from '../provider.ts';
import { normalLocation, recordFrom } from '../resource-plan.ts';
import { keptSubResources, presentSubResource, readSubResources, subResourceId } from '../sub-resources.ts';
import { parseAddressRange } from './address-range.ts';
import { holdersInSubnet } from './ip-configurations.ts';
import { checkSubnets, refuseSubnetInUse, spacePrefixes } from './subnet-rules.ts';

function presentNetwork(record: ResourceRecord, view: CloudView): JsonObject {
  const subnets = keptSubResources(record, 'subnets').map((subnet): JsonValue => {
    const users = holdersInSubnet(view, subResourceId(record.id, 'subnets', subnet.name));
    const computed =
      users.length === 0 ? {} : { ipConfigurations: users.map((user): JsonValue => ({ id: user.id })) };
    return presentSubResource(record, 'subnets', subnet, computed);
  });
  return { subnets };
}

/** `Microsoft.Network/virtualNetworks`, with its subnets inline. */
export const virtualNetworks: ResourceTypeHandler = {
  type: 'Microsoft.Network/virtualNetworks',
  apiVersions: networkApiVersions,
  locations: 'all',
  removeWork: 'network',
  put: (request) => {
    const { id, body, existing, view } = request;
    const sent = objectAt(body, 'properties');
    const prefixes = spacePrefixes(sent);
    if (prefixes.length === 0) {
      throw new ArmError(
        400,
        'InvalidRequestFormat',
        `Virtual network ${id.text} has no address space. State at least one range in properties.addressSpace.addressPrefixes.`,
      );
    }
    for (const prefix of prefixes) parseAddressRange(prefix, id.text);
    const location = textAt(body, 'location');
    const subnets = readSubResources(id.text, sent, 'subnets');
    const stored = checkSubnets({
      networkId: id.text,
      networkName: id.names[0] ?? '',
      location: location === undefined ? undefined : normalLocation(location),
      properties: sent,
      subnets,
      existing,
      view,
    });
    const properties: JsonObject = {
      ...sent,
      addressSpace: { addressPrefixes: prefixes },
      subnets: stored,
      resourceGuid: textAt(existing?.properties, 'resourceGuid') ?? randomUUID(),
      enableDdosProtection: booleanAt(sent, 'enableDdosProtection') ?? false,
      virtualNetworkPeerings: [],
    };
    return {
      record: recordFrom(request, properties),
      also: inlineChildChanges(
        request,
        'subnets',
        subnets.map((subnet) => subnet.name),
      ),
      work: 'network',
    };
  },
  remove: (record, view) => {
    for (const subnet of keptSubResources(record, 'subnets')) {
      refuseSubnetInUse(view, subResourceId(record.id, 'subnets', subnet.name), subnet.name);
    }
    return { upsert: [], remove: [record.id] };
  },
  present: presentNetwork,
};

/** `Microsoft.Network/virtualNetworks/subnets` as resources of their own. */
export const subnets: ResourceTypeHandler = inlineChildHandler({
  type: 'Microsoft.Network/virtualNetworks/subnets',
  collection: 'subnets',
  apiVersions: networkApiVersions,
  work: 'network',
  replace: (network, children, view) => ({
    ...network.properties,
    subnets: checkSubnets({
      networkId: network.id,
      networkName: network.name,
      location: network.location,
      properties: network.properties,
      subnets: children,
      existing: network,
      view,
    }),
  }),
  presentParent: presentNetwork,
});
