import type { JsonObject } from '@slipway/arm-template';
import { ArmError } from '../../arm-error.ts';
import { sameText, objectAt, textAt } from '../json-reading.ts';
import type { ResourceProvider, ResourceRecord, ResourceTypeHandler } from '../provider.ts';
import { recordFrom } from '../resource-plan.ts';
import { builtInRoles } from './built-in-roles.ts';
import { policies } from './policies.ts';

const assignmentType = 'Microsoft.Authorization/roleAssignments';
const definitionType = 'Microsoft.Authorization/roleDefinitions';

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Role assignments: who may do what at the scope that they are put on. They are kept and told; nothing here obeys them. */
const roleAssignments: ResourceTypeHandler = {
  type: assignmentType,
  filter: (filter, scope) => {
    const principal = /\bprincipalId\s+eq\s+'([^']*)'/i.exec(filter)?.[1];
    const assigned = /\bassignedTo\(\s*'([^']*)'\s*\)/i.exec(filter)?.[1];
    const isAtScope = /\batScope\(\)/i.test(filter);
    const wanted = principal ?? assigned;
    return (described) =>
      (wanted === undefined || sameText(textAt(described, 'properties', 'principalId'), wanted)) &&
      (!isAtScope || sameText(textAt(described, 'properties', 'scope'), scope));
  },
  apiVersions: [
    '2022-04-01',
    '2020-10-01-preview',
    '2020-08-01-preview',
    '2020-04-01-preview',
    '2020-03-01-preview',
    '2018-09-01-preview',
    '2018-01-01-preview',
    '2017-10-01-preview',
    '2017-09-01',
    '2017-05-01',
    '2016-07-01',
    '2015-07-01',
    '2014-10-01-preview',
  ],
  locations: [],
  isRemovedAtOnce: true,
  put: (request) => {
    const { id, body, existing, view, now } = request;
    const name = id.names[0] ?? '';
    if (!guid.test(name))
      throw new ArmError(
        400,
        'InvalidRoleAssignmentId',
        `The role assignment ID '${name.slice(0, 80)}' is not valid. The role assignment ID must be a GUID.`,
      );
    const sent = objectAt(body, 'properties');
    const roleDefinitionId = textAt(sent, 'roleDefinitionId');
    const principalId = textAt(sent, 'principalId');
    if (roleDefinitionId === undefined || principalId === undefined || principalId === '')
      throw new ArmError(
        400,
        'BadRequest',
        "A role assignment needs 'properties.roleDefinitionId' and 'properties.principalId'.",
      );
    const scope = id.scope === '' ? '/' : id.scope;
    const isSame = ({ properties }: ResourceRecord): boolean =>
      sameText(textAt(properties, 'scope'), scope) &&
      sameText(textAt(properties, 'principalId'), principalId) &&
      sameText(textAt(properties, 'roleDefinitionId')?.split('/').at(-1), roleDefinitionId.split('/').at(-1));
    const twin = view
      .list({ type: assignmentType })
      .find((other) => isSame(other) && !sameText(other.id, id.text));
    if (twin !== undefined)
      throw new ArmError(409, 'RoleAssignmentExists', 'The role assignment already exists.');
    if (existing && !isSame(existing))
      throw new ArmError(
        400,
        'RoleAssignmentUpdateNotPermitted',
        'Tenant ID, application ID, principal ID, and scope are not allowed to be updated.',
      );
    return {
      record: recordFrom(
        request,
        {
          principalType: 'ServicePrincipal',
          ...sent,
          scope,
          createdOn: textAt(existing?.properties, 'createdOn') ?? now.toISOString(),
          updatedOn: now.toISOString(),
        },
        { listed: false },
      ),
      work: 'generic',
    };
  },
};

/** Role definitions: those of the subscription's own, beside the ones that Azure has. */
const roleDefinitions: ResourceTypeHandler = {
  type: definitionType,
  standing: builtInDefinitions,
  filter: (filter) => {
    const name = /\broleName\s+eq\s+'([^']*)'/i.exec(filter)?.[1];
    const kind = /\btype\s+eq\s+'([^']*)'/i.exec(filter)?.[1];
    return (described) =>
      (name === undefined || sameText(textAt(described, 'properties', 'roleName'), name)) &&
      (kind === undefined || sameText(textAt(described, 'properties', 'type'), kind));
  },
  apiVersions: [
    '2022-05-01-preview',
    '2022-04-01',
    '2018-07-01',
    '2018-01-01-preview',
    '2017-05-01',
    '2015-07-01',
  ],
  locations: [],
  isRemovedAtOnce: true,
  put: (request) => ({
    record: recordFrom(
      request,
      {
        type: 'CustomRole',
        assignableScopes: [request.id.scope || '/'],
        ...objectAt(request.body, 'properties'),
      },
      { listed: false },
    ),
    work: 'generic',
  }),
};

/** The roles of Azure's own, as role definitions of a scope. */
function builtInDefinitions(scope: string): JsonObject[] {
  return builtInRoles.map(({ id, name, description, actions, notActions = [] }) => ({
    id: `${scope}/providers/${definitionType}/${id}`,
    type: definitionType,
    name: id,
    properties: {
      roleName: name,
      type: 'BuiltInRole',
      description,
      assignableScopes: ['/'],
      permissions: [
        { actions: [...actions], notActions: [...notActions], dataActions: [], notDataActions: [] },
      ],
    },
  }));
}

/** `Microsoft.Authorization` beside locks, which the control plane itself obeys. */
export const authorizationProvider: ResourceProvider = {
  namespace: 'Microsoft.Authorization',
  types: [roleAssignments, roleDefinitions, ...policies],
};
