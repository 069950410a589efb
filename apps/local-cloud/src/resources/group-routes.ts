import { z } from 'zod';
import { causeOfCall } from '../activity/cause.ts';
import { ArmError } from '../arm-error.ts';
import { ok, type ArmAnswer, type ArmCall, type ArmRoute } from '../front/arm-call.ts';
import type { Pace } from '../machines/pace.ts';
import { withIdentities } from '../providers/generic/computed-properties.ts';
import { textAt } from '../providers/json-reading.ts';
import type { CloudView, ResourceRecord } from '../providers/provider.ts';
import { parseResourceId } from '../resource-id.ts';
import { bodyObject, inSubscription, param } from './call-reading.ts';
import type { GroupRemoval } from './group-removal.ts';
import { parseFilter } from './list-filter.ts';
import { operationHeaders } from './long-operations.ts';
import { page } from './paging.ts';
import { readTags } from './resource-body.ts';
import { describeListed } from './resource-description.ts';
import { describeGroup, type ResourceGroups } from './resource-groups.ts';
import type { ResourceMoves } from './resource-moves.ts';

const groupRequestSchema = z.object({
  location: z.string().optional(),
  managedBy: z.string().max(4096).optional(),
});

/** What of a resource's plan a filter can ask for. */
const planMembers = ['publisher', 'product', 'name', 'version', 'promotionCode'] as const;

/** Source: the Resources API, `$filter` of `Resources_List`. */
const resourceFields = [
  'resourcetype',
  'resourcegroup',
  'name',
  'location',
  'tagname',
  'tagvalue',
  'identity/principalid',
  ...planMembers.map((member) => `plan/${member.toLowerCase()}`),
];

/** Resource groups, and lists of resources over all types. */
export function groupRoutes(parts: {
  groups: ResourceGroups;
  removal: GroupRemoval;
  view: CloudView;
  pace: Pace;
  moves: ResourceMoves;
}): ArmRoute[] {
  const { groups, removal, view, pace, moves } = parts;
  const find = (call: ArmCall) => groups.get(param(call, 'subscriptionId'), param(call, 'resourceGroup'));

  const put = (call: ArmCall): ArmAnswer => {
    const body = bodyObject(call);
    const parsed = groupRequestSchema.safeParse(body);
    if (!parsed.success)
      throw new ArmError(
        400,
        'InvalidRequestContent',
        `The request content was invalid and could not be deserialized: ${z.prettifyError(parsed.error)}`,
      );
    const { group, isNew } = groups.put(param(call, 'subscriptionId'), param(call, 'resourceGroup'), {
      ...parsed.data,
      tags: readTags(body.tags),
    });
    return { status: isNew ? 201 : 200, body: describeGroup(group) };
  };

  const remove = (call: ArmCall): ArmAnswer => {
    const deletion = removal.start(find(call), causeOfCall(call));
    const result = `/subscriptions/${param(call, 'subscriptionId')}/operationresults/${deletion.id}`;
    return { status: 202, headers: operationHeaders(call, pace, { result }) };
  };

  const move = (call: ArmCall): ArmAnswer => {
    const { name, subscriptionId } = find(call);
    moves.move(find(call), bodyObject(call));
    return accepted(call, { name, subscriptionId });
  };

  const checkMove = (call: ArmCall): ArmAnswer => {
    moves.check(find(call), bodyObject(call));
    return accepted(call, find(call));
  };

  /** A move, and its validation, are over when they are accepted; Azure's clients look for their end all the same. */
  const accepted = (
    call: ArmCall,
    { name, subscriptionId }: { name: string; subscriptionId: string },
  ): ArmAnswer => {
    const result = `/subscriptions/${subscriptionId}/resourceGroups/${name}/moveResults/${call.requestId}`;
    return { status: 202, headers: operationHeaders(call, pace, { result }) };
  };

  const listResources = (call: ArmCall): ArmAnswer => {
    const resourceGroup = call.params.resourceGroup;
    if (resourceGroup !== undefined) find(call);
    const test = parseFilter(call.url.searchParams.get('$filter') ?? undefined, resourceFields);
    const expand = new Set((call.url.searchParams.get('$expand') ?? '').toLowerCase().split(','));
    const records = view
      .list({
        subscriptionId: param(call, 'subscriptionId'),
        ...(resourceGroup === undefined ? {} : { resourceGroup }),
      })
      .filter(
        (record) => record.listed && test({ fields: resourceFieldsOf(record), tags: record.tags ?? {} }),
      );
    return ok(
      page(
        records,
        (record) => record.id.toLowerCase(),
        (record) => describeListed(record, expand),
        { url: call.url },
      ),
    );
  };

  const listGroups = (call: ArmCall): ArmAnswer => {
    const test = parseFilter(call.url.searchParams.get('$filter') ?? undefined, [
      'tagname',
      'tagvalue',
      'name',
      'location',
    ]);
    const found = groups
      .list(param(call, 'subscriptionId'))
      .filter(({ name, location, tags }) => test({ fields: { name, location }, tags: tags ?? {} }));
    return ok(page(found, (group) => group.name.toLowerCase(), describeGroup, { url: call.url }));
  };

  return inSubscription([
    { path: '/subscriptions/{subscriptionId}/resourcegroups', methods: { GET: listGroups } },
    {
      path: '/subscriptions/{subscriptionId}/resourcegroups/{resourceGroup}',
      methods: {
        GET: (call) => ok(describeGroup(find(call))),
        HEAD: (call) => ({
          status: groups.find(param(call, 'subscriptionId'), param(call, 'resourceGroup')) ? 204 : 404,
        }),
        PUT: put,
        PATCH: (call) =>
          ok(
            describeGroup(
              groups.patch(
                param(call, 'subscriptionId'),
                param(call, 'resourceGroup'),
                readTags(bodyObject(call).tags),
              ),
            ),
          ),
        DELETE: remove,
      },
    },
    {
      path: '/subscriptions/{subscriptionId}/resourcegroups/{resourceGroup}/moveResources',
      methods: { POST: move },
    },
    {
      path: '/subscriptions/{subscriptionId}/resourcegroups/{resourceGroup}/validateMoveResources',
      methods: { POST: checkMove },
    },
    {
      path: '/subscriptions/{subscriptionId}/resourcegroups/{resourceGroup}/moveResults/{operationId}',
      methods: { GET: () => ({ status: 204 }) },
    },
    { path: '/subscriptions/{subscriptionId}/resources', methods: { GET: listResources } },
    {
      path: '/subscriptions/{subscriptionId}/resourcegroups/{resourceGroup}/resources',
      methods: { GET: listResources },
    },
  ]);
}

function resourceFieldsOf(record: ResourceRecord): Record<string, string | undefined> {
  return {
    resourcetype: record.type,
    resourcegroup: parseResourceId(record.id)?.resourceGroup,
    name: record.name,
    location: record.location,
    'identity/principalid': textAt(withIdentities(record.envelope, record.id), 'identity', 'principalId'),
    ...Object.fromEntries(
      planMembers.map((member) => [`plan/${member.toLowerCase()}`, textAt(record.envelope, 'plan', member)]),
    ),
  };
}
