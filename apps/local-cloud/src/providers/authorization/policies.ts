import type { JsonObject } from '@slipway/arm-template';
import { ArmError } from '../../arm-error.ts';
import { arrayAt, objectAt, sameText, textAt } from '../json-reading.ts';
import type { PutRequest, ResourceTypeHandler } from '../provider.ts';
import { recordFrom } from '../resource-plan.ts';

const apiVersions = [
  '2025-03-01',
  '2025-01-01',
  '2024-05-01',
  '2023-04-01',
  '2022-06-01',
  '2021-06-01',
  '2020-09-01',
  '2020-03-01',
  '2019-09-01',
  '2019-06-01',
  '2019-01-01',
  '2018-05-01',
  '2018-03-01',
  '2016-12-01',
  '2016-04-01',
];

/** What is common to all: they are at any scope, are over when they are answered, and nothing here is held to them. */
const kept = (
  type: string,
  properties: (request: PutRequest, sent: JsonObject) => JsonObject,
): ResourceTypeHandler => ({
  type: `Microsoft.Authorization/${type}`,
  apiVersions,
  locations: [],
  isRemovedAtOnce: true,
  put: (request) => ({
    record: recordFrom(request, properties(request, objectAt(request.body, 'properties')), { listed: false }),
    work: 'generic',
  }),
});

/** Refuses an assignment of what is not there. Those of Azure's own, which are in the tenant, are not known here. */
function requireDefinition({ view }: PutRequest, id: string): void {
  if (/^\/providers\/Microsoft\.Authorization\//i.test(id) || view.get(id) !== undefined) return;
  throw new ArmError(
    400,
    'PolicyDefinitionNotFound',
    `The policy assignment create request is invalid. The policy definition '${id.slice(0, 300)}' could not be found.`,
  );
}

function assignment(request: PutRequest, sent: JsonObject): JsonObject {
  const definitionId = textAt(sent, 'policyDefinitionId');
  if (definitionId === undefined)
    throw new ArmError(
      400,
      'InvalidCreatePolicyAssignmentRequest',
      "The policy assignment request is invalid: 'properties.policyDefinitionId' is required.",
    );
  requireDefinition(request, definitionId);
  const { id } = request;
  return {
    displayName: id.names[0] ?? '',
    enforcementMode: 'Default',
    notScopes: [],
    ...sent,
    scope: id.scope === '' ? '/' : id.scope,
  };
}

function definition({ id }: PutRequest, sent: JsonObject): JsonObject {
  if (sent['policyRule'] === undefined)
    throw new ArmError(
      400,
      'InvalidPolicyRule',
      `The policy definition '${id.names[0] ?? ''}' is invalid: 'properties.policyRule' is required.`,
    );
  const mode = textAt(sent, 'mode');
  return { ...sent, policyType: 'Custom', mode: mode === undefined || mode === '' ? 'Indexed' : mode };
}

function setDefinition({ id }: PutRequest, sent: JsonObject): JsonObject {
  if (arrayAt(sent, 'policyDefinitions').length === 0)
    throw new ArmError(
      400,
      'InvalidPolicySetDefinition',
      `The policy set definition '${id.names[0] ?? ''}' is invalid: it has no policy definitions.`,
    );
  return { ...sent, policyType: 'Custom' };
}

/** The kind that a list's `$filter` asks for: `policyType eq 'BuiltIn'`. */
const filter: ResourceTypeHandler['filter'] = (text) => {
  const kind = /\bpolicyType\s+-?eq\s+'([^']*)'/i.exec(text)?.[1];
  return (described) => kind === undefined || sameText(textAt(described, 'properties', 'policyType'), kind);
};

/**
 * Policies: definitions, sets of them, assignments and exemptions. Azure answers 201 also where a definition or an assignment
 * was there. Source: the Policy API's responses of `PolicyDefinitions_CreateOrUpdate` and `PolicyAssignments_Create`.
 */
export const policies: readonly ResourceTypeHandler[] = [
  { ...kept('policyDefinitions', definition), filter, updatedStatus: 201 },
  { ...kept('policySetDefinitions', setDefinition), filter },
  { ...kept('policyAssignments', assignment), updatedStatus: 201 },
  kept('policyExemptions', (_request, sent) => sent),
];
