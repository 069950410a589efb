import { randomUUID } from 'node:crypto';
import type { JsonObject, JsonValue } from '@slipway/arm-template';
import { ArmError } from '../../arm-error.ts';
import { networkApiVersions } from '../api-versions.ts';
import { objectAt, objectsAt, textAt } from '../json-reading.ts';
import type { CloudView, ResourceRecord, ResourceTypeHandler } from '../provider.ts';
import { normalLocation, recordFrom } from '../resource-plan.ts';
import {
  keptSubResources,
  partOf,
  presentSubResource,
  readSubResources,
  storedSubResources,
} from '../sub-resources.ts';
import { requireResource } from './references.ts';
import { subnetsReferring } from './subnet-references.ts';

function presentTable(record: ResourceRecord, view: CloudView): JsonObject {
  return {
    routes: keptSubResources(record, 'routes').map((route) => presentSubResource(record, 'routes', route)),
    ...presentUsers(record, view, 'routeTable'),
  };
}

function presentUsers(
  record: ResourceRecord,
  view: CloudView,
  member: 'routeTable' | 'natGateway',
): JsonObject {
  const users = subnetsReferring(view, member, record.id);
  return users.length === 0 ? {} : { subnets: users.map((id): JsonValue => ({ id })) };
}

function refuseInUse(record: ResourceRecord, view: CloudView, member: 'routeTable' | 'natGateway'): void {
  const [user] = subnetsReferring(view, member, record.id);
  if (user === undefined) return;
  const [code, kind] =
    member === 'routeTable'
      ? ['InUseRouteTableCannotBeDeleted', 'Route table']
      : ['InUseNatGatewayCannotBeDeleted', 'NAT gateway'];
  throw new ArmError(
    400,
    code,
    `${kind} ${record.name} is in use and cannot be deleted. It is used by subnet ${user}.`,
  );
}

/** `Microsoft.Network/routeTables`, with their routes inline. */
export const routeTables: ResourceTypeHandler = {
  type: 'Microsoft.Network/routeTables',
  apiVersions: networkApiVersions,
  locations: 'all',
  removeWork: 'network',
  put: (request) => {
    const { id, body, existing } = request;
    const sent = objectAt(body, 'properties');
    const properties = {
      disableBgpRoutePropagation: sent['disableBgpRoutePropagation'] === true,
      routes: storedSubResources(readSubResources(id.text, sent, 'routes')),
      resourceGuid: textAt(existing?.properties, 'resourceGuid') ?? randomUUID(),
    };
    return { record: recordFrom(request, properties), work: 'network' };
  },
  remove: (record, view) => {
    refuseInUse(record, view, 'routeTable');
    return { upsert: [], remove: [record.id] };
  },
  present: presentTable,
  parts: { routes: partOf(presentTable, 'routes') },
};

/** `Microsoft.Network/natGateways`. */
export const natGateways: ResourceTypeHandler = {
  type: 'Microsoft.Network/natGateways',
  apiVersions: networkApiVersions,
  locations: 'all',
  removeWork: 'network',
  put: (request) => {
    const { id, body, existing, view } = request;
    const sent = objectAt(body, 'properties');
    const location = textAt(body, 'location');
    for (const reference of objectsAt(sent, 'publicIpAddresses')) {
      requireResource(
        view,
        textAt(reference, 'id') ?? '',
        'Microsoft.Network/publicIPAddresses',
        id.text,
        location === undefined ? undefined : normalLocation(location),
      );
    }
    const properties = {
      idleTimeoutInMinutes: 4,
      ...sent,
      resourceGuid: textAt(existing?.properties, 'resourceGuid') ?? randomUUID(),
    };
    return { record: recordFrom(request, properties), work: 'network' };
  },
  remove: (record, view) => {
    refuseInUse(record, view, 'natGateway');
    return { upsert: [], remove: [record.id] };
  },
  present: (record, view) => presentUsers(record, view, 'natGateway'),
};
