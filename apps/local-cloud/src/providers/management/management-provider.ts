import type { JsonObject } from '@slipway/arm-template';
import { ArmError } from '../../arm-error.ts';
import { subscriptionId, subscriptionName, tenantId } from '../../resources/places.ts';
import { objectAt, sameText, textAt } from '../json-reading.ts';
import type { CloudView, ResourceProvider, ResourceRecord, ResourceTypeHandler } from '../provider.ts';
import { recordFrom } from '../resource-plan.ts';
import { requireParent } from '../sub-resources.ts';

const type = 'Microsoft.Management/managementGroups';
const idOf = (name: string): string => `/providers/${type}/${name}`;

/** The management group that a tenant always has: all others are under it. */
export const rootManagementGroup = (now: string): ResourceRecord => ({
  id: idOf(tenantId),
  type,
  name: tenantId,
  envelope: {},
  properties: { tenantId, displayName: 'Tenant Root Group', details: { version: 1 } },
  secrets: {},
  provisioningState: 'Succeeded',
  listed: false,
  etag: 'W/"1"',
  createdAt: now,
  changedAt: now,
});

const parentIdOf = (properties: JsonObject): string | undefined =>
  textAt(properties, 'details', 'parent', 'id');

function childrenOf(record: ResourceRecord, view: CloudView): ResourceRecord[] {
  const id = record.id.toLowerCase();
  return view.list({ type }).filter(({ properties }) => parentIdOf(properties)?.toLowerCase() === id);
}

const subscriptionType = `${type}/subscriptions`;
const apiVersions = ['2023-04-01', '2021-04-01', '2020-05-01', '2020-02-01', '2018-03-01-preview'];

/** Which management group the subscription is under. It is under one: put under another, it leaves the one before. */
const subscriptions: ResourceTypeHandler = {
  type: subscriptionType,
  apiVersions,
  locations: [],
  createdStatus: 200,
  isPutWithoutBody: true,
  isRemovedAtOnce: true,
  put: (request) => {
    const { id, view } = request;
    const group = requireParent(id, view);
    const sent = id.names[1] ?? '';
    if (!sameText(sent, subscriptionId))
      throw new ArmError(
        404,
        'SubscriptionNotFound',
        `The subscription '${sent.slice(0, 80)}' could not be found.`,
      );
    const others = view.list({ type: subscriptionType }).filter((other) => !sameText(other.id, id.text));
    return {
      record: recordFrom(
        request,
        {
          tenant: tenantId,
          displayName: subscriptionName,
          state: 'Active',
          parent: { id: group.id },
        },
        { listed: false },
      ),
      also: { upsert: [], remove: others.map((other) => other.id) },
      work: 'generic',
    };
  },
};

/** `Microsoft.Management`: management groups, each under another, and what is under them. */
export const managementProvider: ResourceProvider = {
  namespace: 'Microsoft.Management',
  types: [
    {
      type,
      apiVersions,
      locations: [],
      createdStatus: 200,
      put: (request) => {
        const { body, existing, view, id } = request;
        const parentId =
          parentIdOf(objectAt(body, 'properties')) ??
          parentIdOf(existing?.properties ?? {}) ??
          idOf(tenantId);
        const parent = view.get(parentId);
        const isOwn = parentId.toLowerCase() === id.text.toLowerCase();
        if (!isOwn && parent === undefined)
          throw new ArmError(
            404,
            'NotFound',
            `The parent management group '${parentId.slice(0, 200)}' cannot be found.`,
          );
        const displayName =
          textAt(body, 'properties', 'displayName') ??
          textAt(body, 'displayName') ??
          textAt(existing?.properties, 'displayName') ??
          id.names[0] ??
          '';
        const details =
          parent === undefined || isOwn
            ? {}
            : {
                parent: {
                  id: parent.id,
                  name: parent.name,
                  displayName: textAt(parent.properties, 'displayName') ?? parent.name,
                },
              };
        return {
          record: recordFrom(request, { tenantId, displayName, details }, { listed: false }),
          work: 'generic',
        };
      },
      remove: (record, view) => {
        const [child] = [
          ...childrenOf(record, view),
          ...view.list({ type: subscriptionType, under: record.id }),
        ];
        if (record.name === tenantId || child !== undefined)
          throw new ArmError(
            400,
            'BadRequest',
            record.name === tenantId
              ? 'The root management group of the tenant cannot be deleted.'
              : `The management group '${record.name}' still has the child '${child?.name ?? ''}': delete or move it first.`,
          );
        return { upsert: [], remove: [] };
      },
      expansions: {
        children: (record, view) => ({
          children: [
            ...childrenOf(record, view).map((child) => ({
              id: child.id,
              type,
              name: child.name,
              displayName: textAt(child.properties, 'displayName') ?? child.name,
            })),
            ...view.list({ type: subscriptionType, under: record.id }).map(() => ({
              id: `/subscriptions/${subscriptionId}`,
              type: '/subscriptions',
              name: subscriptionId,
              displayName: subscriptionName,
            })),
          ],
        }),
      },
    },
    subscriptions,
  ],
};
