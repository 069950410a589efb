import { describe, expect, it } from 'vitest';
import { deploymentScope } from '../conformance.test-support.ts';
import type { DeploymentScope } from '../index.ts';
import { refusalOf, valueOf } from './functions.test-support.ts';

describe('zones', () => {
  it.each([
    ["pickZones('Microsoft.Compute', 'virtualMachines', 'westus2')", ['1']],
    ["pickZones('Microsoft.Compute', 'virtualMachines', 'West US 2', 2, 1)", ['2', '3']],
    ["pickZones('Microsoft.Compute', 'virtualMachines', 'northcentralus')", []],
    ["pickZones('Microsoft.Cdn', 'profiles', 'westus2')", []],
    ["toPhysicalZone('s', 'West US 2', '2')", 'westus2-az2'],
    ["toPhysicalZones('s', 'eastus', createArray('3', '1'))", ['eastus-az3', 'eastus-az1']],
    ["toLogicalZone('s', 'eastus', 'EastUS-AZ1')", '1'],
    ["toLogicalZones('s', 'eastus', createArray())", []],
    ["toPhysicalZone('s', 'eastus', '4')", ''],
    ["toLogicalZone('s', 'westcentralus', 'westcentralus-az1')", ''],
    ["toLogicalZones('s', 'eastus', createArray('eastus-az3', 'westus2-az1'))", ['3', '']],
  ])('%s', (expression, expected) => {
    expect(valueOf(expression)).toStrictEqual(expected);
  });

  it.each([
    ["pickZones('Microsoft.Compute', 'virtualMachines', 'westus2', 3, 1)", "'3' zones in the location"],
    ["pickZones('Microsoft.Compute', 'virtualMachines', 'westus2', 4)", 'from 1 to 3'],
    ["providers('Microsoft.Web')", "The template function 'providers' is not expected at this location."],
  ])('%s is refused', (expression, reason) => {
    expect(refusalOf(expression)).toContain(reason);
  });

  it('are what the cloud says where it says something', () => {
    const web = {
      namespace: 'Microsoft.Web',
      registrationState: 'Registered',
      resourceTypes: [
        {
          resourceType: 'sites',
          apiVersions: ['2024-04-01'],
          zoneMappings: [{ location: 'East US', zones: ['2'] }],
        },
      ],
    };
    const cloud = {
      provider: (namespace: string) => (namespace === 'Microsoft.Web' ? web : undefined),
      zones: () => [{ logicalZone: '1', physicalZone: 'eastus-az3' }],
    };
    expect(valueOf("pickZones('Microsoft.Web', 'sites', 'eastus')", { cloud })).toStrictEqual(['2']);
    expect(valueOf("toPhysicalZone('s', 'eastus', '1')", { cloud })).toBe('eastus-az3');
    expect(valueOf("providers('Microsoft.Web', 'Sites').apiVersions[0]", { cloud })).toBe('2024-04-01');
    expect(valueOf("providers('Microsoft.Web')", { cloud })).toStrictEqual({
      namespace: 'Microsoft.Web',
      resourceTypes: web.resourceTypes,
    });
    expect(refusalOf("providers('Microsoft.Nothing')", { cloud })).toContain('which is not known');
    expect(refusalOf("providers('Microsoft.Web', 'x')", { cloud })).toContain('does not have');
  });
});

describe('roleDefinitions', () => {
  const guid = 'b24988ac-6180-42a0-ab88-20f7382dd24c';
  const cloud = { roleDefinition: (roleName: string) => (roleName === 'Contributor' ? guid : undefined) };
  const { subscription, resourceGroup: _group, ...above } = deploymentScope();
  const managementGroup = { id: '/providers/Microsoft.Management/managementGroups/mg1', name: 'mg1' };
  const subscriptionScope: DeploymentScope = { ...above, kind: 'subscription', subscription };

  it.each<[DeploymentScope, string]>([
    [deploymentScope(), subscription.id],
    [subscriptionScope, subscription.id],
    [{ ...above, kind: 'managementGroup', managementGroup }, managementGroup.id],
    [{ ...above, kind: 'tenant' }, ''],
  ])('tells a role by its name: %#', (deployment, scope) => {
    expect(valueOf("roleDefinitions('Contributor')", { cloud, deployment })).toStrictEqual({
      id: `${scope}/providers/Microsoft.Authorization/roleDefinitions/${guid}`,
      roleDefinitionId: guid,
    });
  });

  it.each([
    ["roleDefinitions('Nobody')", "the role 'Nobody', which is not known"],
    ['roleDefinitions(1)', "expects its parameter to be of type 'String'"],
    ["roleDefinitions('Contributor', 'Owner')", 'requires 1 argument(s) while 2 were provided'],
  ])('%s is refused', (expression, reason) => {
    expect(refusalOf(expression, { cloud })).toContain(reason);
  });

  it('is not there where no cloud answers', () => {
    expect(refusalOf("roleDefinitions('Contributor')")).toContain('is not expected at this location');
  });
});
