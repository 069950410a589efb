import type { ArmResource } from '@slipway/contract';
import { describe, expect, it } from 'vitest';
import { type ExpandedPlan, expandPlan } from './expand-plan.ts';

const group = '/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/harbour';
const place = {
  subscriptionId: '11111111-1111-1111-1111-111111111111',
  resourceGroup: { id: group, name: 'harbour', location: 'westeurope', tags: { owner: 'crew' } },
  deploymentName: 'first',
};
const network = '2025-05-01';
const address = (name: string, properties: object = {}, more: object = {}) => ({
  type: 'Microsoft.Network/publicIPAddresses',
  apiVersion: network,
  name,
  location: '[resourceGroup().location]',
  properties,
  ...more,
});
const nested = (name: string, properties: object) => ({
  type: 'Microsoft.Resources/deployments',
  apiVersion: '2025-04-01',
  name,
  properties: { mode: 'Incremental', ...properties },
});
const planOf = (
  template: { parameters?: object; variables?: object; resources: readonly object[] },
  parameters: Record<string, unknown> = {},
): ExpandedPlan =>
  expandPlan({
    template: {
      $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
      contentVersion: '1.0.0.0',
      ...template,
    },
    parameters,
    place,
  });
const idsOf = ({ resources }: ExpandedPlan) => resources.map(({ id }) => id);
const only = ({ resources }: ExpandedPlan): ArmResource => {
  expect(resources).toHaveLength(1);
  return resources[0]!;
};

describe('a plan', () => {
  it('has the resources in the form of ARM’s answers, with conditions and loops decided', () => {
    const plan = planOf(
      {
        parameters: { count: { type: 'int' }, wants: { type: 'bool', defaultValue: false } },
        resources: [
          address(
            "[concat('ip-', copyIndex())]",
            {},
            { copy: { name: 'each', count: "[parameters('count')]" } },
          ),
          address('unwanted', {}, { condition: "[parameters('wants')]" }),
          address('tagged', { publicIPAllocationMethod: 'Static' }, { tags: { of: 'web' }, zones: ['1'] }),
        ],
      },
      { count: 2 },
    );
    expect(plan.incomplete).toBeUndefined();
    expect(idsOf(plan)).toEqual(
      ['ip-0', 'ip-1', 'tagged'].map(
        (name) => `${group}/providers/Microsoft.Network/publicIPAddresses/${name}`,
      ),
    );
    expect(plan.resources[2]).toEqual({
      id: `${group}/providers/Microsoft.Network/publicIPAddresses/tagged`,
      name: 'tagged',
      type: 'Microsoft.Network/publicIPAddresses',
      location: 'westeurope',
      tags: { of: 'web' },
      zones: ['1'],
      properties: { publicIPAllocationMethod: 'Static' },
    });
  });

  it('gives the parts of network resources the ids by which others refer to them', () => {
    const plan = planOf({
      resources: [
        {
          type: 'Microsoft.Network/virtualNetworks',
          apiVersion: network,
          name: 'net',
          properties: { subnets: [{ name: 'inner', properties: { addressPrefix: '10.0.0.0/24' } }] },
        },
        {
          type: 'Microsoft.Network/networkInterfaces',
          apiVersion: network,
          name: 'nic',
          properties: {
            ipConfigurations: [
              {
                name: 'one',
                properties: {
                  subnet: { id: "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'inner')]" },
                },
              },
            ],
          },
        },
      ],
    });
    const subnet = `${group}/providers/Microsoft.Network/virtualNetworks/net/subnets/inner`;
    expect(plan.resources[0]?.properties).toMatchObject({ subnets: [{ id: subnet, name: 'inner' }] });
    expect(plan.resources[1]?.properties).toMatchObject({
      ipConfigurations: [
        {
          id: `${group}/providers/Microsoft.Network/networkInterfaces/nic/ipConfigurations/one`,
          properties: { subnet: { id: subnet } },
        },
      ],
    });
  });

  it('leaves out what only the running deployment, the moment or the cloud decides', () => {
    const ip = "resourceId('Microsoft.Network/publicIPAddresses', 'other')";
    const { properties, ...rest } = only(
      planOf({
        parameters: { at: { type: 'string', defaultValue: '[utcNow()]' } },
        resources: [
          address('ip', {
            known: "[concat('a', 'b')]",
            address: `[reference(${ip}, '${network}').ipAddress]`,
            inText: `[concat('http://', reference(${ip}, '${network}').ipAddress)]`,
            list: [`[reference(${ip}, '${network}').ipAddress]`, 'kept'],
            key: `[listKeys(${ip}, '${network}').keys[0].value]`,
            at: "[parameters('at')]",
            stamp: "[uniqueString(parameters('at'))]",
            tenant: '[subscription().tenantId]',
            suffix: "[concat('https://x.blob.', environment().suffixes.storage)]",
            literal: '[[not an expression]',
          }),
        ],
      }),
    );
    expect(properties).toEqual({ known: 'ab', list: ['kept'], literal: '[not an expression]' });
    expect(rest).toMatchObject({ name: 'ip' });
  });

  it('holds nothing secret, whatever the template does with it', () => {
    const plan = planOf(
      {
        parameters: {
          password: { type: 'secureString', defaultValue: 'hush-default', minLength: 50 },
          given: { type: 'SecureString' },
          bundle: { type: 'secureObject', defaultValue: { inner: 'hush-inner' } },
        },
        variables: { derived: "[base64(parameters('password'))]" },
        resources: [
          {
            type: 'Microsoft.Compute/virtualMachines',
            apiVersion: '2025-04-01',
            name: 'vm',
            properties: {
              osProfile: {
                computerName: 'vm',
                adminPassword: 'hush-literal',
                customData: 'aHVzaC1jdXN0b20=',
                note: "[variables('derived')]",
                echo: "[concat('x', parameters('given'))]",
                bundle: "[string(parameters('bundle'))]",
              },
            },
          },
          {
            type: 'Microsoft.Compute/virtualMachines/extensions',
            apiVersion: '2025-04-01',
            name: 'vm/script',
            properties: { type: 'CustomScript', protectedSettings: { script: 'hush-script' } },
          },
        ],
      },
      { given: 'hush-given' },
    );
    const text = JSON.stringify(plan);
    expect(text).not.toMatch(/hush|aHVzaC/);
    expect(text).not.toMatch(/a{9}|b{9}/);
    expect(plan.resources.map(({ properties }) => properties)).toEqual([
      { osProfile: { computerName: 'vm' } },
      { type: 'CustomScript' },
    ]);
  });

  it('follows nested deployments of both scopes, and keeps what is unknown unknown in them', () => {
    const plan = planOf({
      parameters: { secret: { type: 'secureString' } },
      resources: [
        nested('outer', {
          template: {
            contentVersion: '1.0.0.0',
            resources: [
              address('outer-ip', { note: "[parameters('secret')]", zone: '[resourceGroup().name]' }),
            ],
          },
        }),
        nested('inner', {
          expressionEvaluationOptions: { scope: 'inner' },
          parameters: {
            name: { value: "[concat('inner', '-ip')]" },
            note: { value: "[parameters('secret')]" },
            address: { value: "[reference('outer').outputs.address.value]" },
          },
          template: {
            contentVersion: '1.0.0.0',
            parameters: { name: { type: 'string' }, note: { type: 'string' }, address: { type: 'string' } },
            resources: [
              address("[parameters('name')]", {
                note: "[parameters('note')]",
                address: "[parameters('address')]",
                zone: '[resourceGroup().name]',
              }),
            ],
          },
        }),
      ],
    });
    expect(plan.incomplete).toBeUndefined();
    expect(plan.resources.map(({ name, properties }) => [name, properties])).toEqual([
      ['outer-ip', { zone: 'harbour' }],
      ['inner-ip', { zone: 'harbour' }],
    ]);
  });

  it.each([
    [
      'a part that is linked from elsewhere',
      {
        type: 'Microsoft.Resources/deployments',
        apiVersion: '2025-04-01',
        name: 'linked',
        properties: { mode: 'Incremental', templateLink: { uri: 'https://elsewhere.example/t.json' } },
      },
      /kept at another address/,
    ],
    ['a name that only the moment decides', address("[concat('ip-', parameters('id'))]"), /names of some/],
    [
      'a condition on a secret',
      address('ip', {}, { condition: "[equals(parameters('secret'), 'aaa')]" }),
      undefined,
    ],
  ])('says that it is not whole where there is %s', (_what, resource, expected) => {
    const plan = planOf({
      parameters: {
        id: { type: 'string', defaultValue: '[newGuid()]' },
        secret: { type: 'secureString' },
      },
      resources: [address('there'), resource],
    });
    expect(idsOf(plan)).toEqual([`${group}/providers/Microsoft.Network/publicIPAddresses/there`]);
    if (expected) expect(plan.incomplete).toMatch(expected);
  });

  it.each([
    ['a template that makes no sense', { resources: [address("[nonsense('x')]")] }],
    ['a value that is not there', { parameters: { count: { type: 'int' } }, resources: [] }],
    ['a body that makes no sense', { resources: [address('ip', { x: "[json('{')]" })] }],
    ['resources that are none', { resources: 'none' as unknown as object[] }],
  ])('is empty, with the reason, for %s', (_what, template) => {
    const plan = planOf(template);
    expect(plan.resources).toEqual([]);
    expect(plan.incomplete).toMatch(/^A template could not be expanded: \S/);
  });
});
