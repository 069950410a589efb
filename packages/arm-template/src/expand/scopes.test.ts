import { describe, expect, it } from 'vitest';
import { deploymentScope } from '../conformance.test-support.ts';
import { expandTemplate, type DeploymentScope, type JsonObject, type PlannedResource } from '../index.ts';
import { sources } from './expansion.test-support.ts';

const { subscription, resourceGroup, ...above } = deploymentScope();
const managementGroup = { id: '/providers/Microsoft.Management/managementGroups/mg', name: 'mg' };
const scopes: Record<string, DeploymentScope> = {
  group: { ...above, subscription, resourceGroup: resourceGroup! },
  subscription: { ...above, kind: 'subscription', subscription },
  managementGroup: { ...above, kind: 'managementGroup', managementGroup },
  tenant: { ...above, kind: 'tenant' },
};

function planned(scope: string, more: JsonObject): PlannedResource {
  const resource = {
    type: 'Microsoft.Resources/deployments',
    apiVersion: '2024-03-01',
    name: 'inner',
    ...more,
  };
  const { resources } = expandTemplate({
    template: { resources: [resource] },
    parameters: {},
    scope: scopes[scope]!,
    sources,
  });
  return resources[0]!;
}

const deployment = '/providers/Microsoft.Resources/deployments/inner';
const other = '/subscriptions/s2';

/** What the documentation of cross-scope deployments says of each kind of target. */
describe('the scope of a resource', () => {
  it.each<[string, JsonObject, string, string, string | undefined]>([
    ['group', {}, `${resourceGroup!.id}${deployment}`, subscription.subscriptionId, 'rg1'],
    [
      'group',
      { resourceGroup: 'rg2' },
      `${subscription.id}/resourceGroups/rg2${deployment}`,
      subscription.subscriptionId,
      'rg2',
    ],
    [
      'group',
      { subscriptionId: 's2', resourceGroup: 'rg2' },
      `${other}/resourceGroups/rg2${deployment}`,
      's2',
      'rg2',
    ],
    ['group', { subscriptionId: 's2' }, `${other}${deployment}`, 's2', undefined],
    ['group', { scope: '/' }, deployment, '', undefined],
    [
      'group',
      { scope: '[subscription().id]' },
      `${subscription.id}${deployment}`,
      subscription.subscriptionId,
      undefined,
    ],
    ['subscription', {}, `${subscription.id}${deployment}`, subscription.subscriptionId, undefined],
    [
      'subscription',
      { resourceGroup: 'rg2' },
      `${subscription.id}/resourceGroups/rg2${deployment}`,
      subscription.subscriptionId,
      'rg2',
    ],
    [
      'subscription',
      { scope: 'Microsoft.Management/managementGroups/other' },
      `/providers/Microsoft.Management/managementGroups/other${deployment}`,
      '',
      undefined,
    ],
    ['managementGroup', {}, `${managementGroup.id}${deployment}`, '', undefined],
    ['managementGroup', { subscriptionId: 's2' }, `${other}${deployment}`, 's2', undefined],
    [
      'managementGroup',
      { scope: "[tenantResourceId('Microsoft.Management/managementGroups', 'other')]" },
      `/providers/Microsoft.Management/managementGroups/other${deployment}`,
      '',
      undefined,
    ],
    ['tenant', {}, deployment, '', undefined],
    [
      'tenant',
      { subscriptionId: 's2', resourceGroup: 'rg2' },
      `${other}/resourceGroups/rg2${deployment}`,
      's2',
      'rg2',
    ],
  ])('a deployment nested at %s with %j', (scope, more, id, subscriptionId, group) => {
    const found = planned(scope, more);
    expect({
      id: found.id,
      subscriptionId: found.subscriptionId,
      resourceGroup: found.resourceGroup,
    }).toStrictEqual({
      id,
      subscriptionId,
      resourceGroup: group,
    });
  });

  it.each([
    [
      'group',
      'Microsoft.Storage/storageAccounts/a',
      `${resourceGroup!.id}/providers/Microsoft.Storage/storageAccounts/a`,
    ],
    ['subscription', '[subscription().id]', subscription.id],
    ['managementGroup', '[managementGroup().id]', managementGroup.id],
    ['tenant', '/', ''],
  ])('an extension at %s is on %s', (scope, written, base) => {
    const found = planned(scope, { type: 'Microsoft.Authorization/locks', name: 'keep', scope: written });
    expect(found.id).toBe(`${base}/providers/Microsoft.Authorization/locks/keep`);
    expect(found.preview()).not.toHaveProperty('scope');
  });

  it('a resource group is in the subscription', () => {
    const group = { type: 'Microsoft.Resources/resourceGroups', name: 'new' };
    expect(planned('subscription', group).id).toBe(`${subscription.id}/resourceGroups/new`);
    expect(planned('managementGroup', { ...group, scope: other }).id).toBe(`${other}/resourceGroups/new`);
  });
});
