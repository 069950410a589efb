import { describe, expect, it } from 'vitest';
import { deploymentScope } from '../conformance.test-support.ts';
import { type JsonObject, type TemplateRuntime } from '../index.ts';
import { expand, failureOf, thing, thingId, echo } from './expansion.test-support.ts';

const nested = (template: JsonObject, more: JsonObject = {}, scope?: string): JsonObject => ({
  type: 'Microsoft.Resources/deployments',
  apiVersion: '2021-04-01',
  name: 'inner',
  ...more,
  properties: {
    mode: 'Incremental',
    ...(scope === undefined ? {} : { expressionEvaluationOptions: { scope } }),
    parameters: { given: { value: "[parameters('p')]" } },
    template,
  },
});
const outer = (resource: JsonObject): JsonObject => ({
  parameters: { p: { type: 'string', defaultValue: 'from-[outer]' } },
  variables: { v: ['one', 'two'] },
  resources: [thing('a'), resource],
});

describe('nested deployments', () => {
  it('of inner scope keep their template as it is', () => {
    const template = { $schema: 's', resources: [thing("[parameters('given')]")] };
    const { resources } = expand(
      outer(nested(template, { resourceGroup: 'other', subscriptionId: 'sub2' }, 'Inner')),
    );
    expect(resources[1]).toMatchObject({
      id: '/subscriptions/sub2/resourceGroups/other/providers/Microsoft.Resources/deployments/inner',
      subscriptionId: 'sub2',
      resourceGroup: 'other',
      dependsOn: [],
    });
    expect(resources[1]!.evaluate(echo)).toStrictEqual({
      properties: {
        mode: 'Incremental',
        expressionEvaluationOptions: { scope: 'Inner' },
        parameters: { given: { value: 'from-[outer]' } },
        template,
      },
    });
  });

  it('of outer scope get the outer parameters and variables; loops and references stay for the inner one', () => {
    const template = {
      $schema: 's',
      resources: [
        thing("[concat(variables('v')[0], copyIndex())]", {
          copy: { name: 'l', count: 2 },
          properties: {
            from: "[reference('a').x]",
            own: "[reference('onex').y]",
            escaped: "[concat('[', 'x', ']')]",
            group: '[resourceGroup().name]',
          },
        }),
      ],
    };
    const { resources } = expand(outer(nested(template)));
    expect(resources[1]!.dependsOn).toStrictEqual([thingId('a')]);
    const expected = {
      $schema: 's',
      resources: [
        thing("[concat('one', copyIndex())]", {
          copy: { name: 'l', count: 2 },
          properties: {
            from: `[reference('${thingId('a')}', '2020-01-01').x]`,
            own: "[reference('onex').y]",
            escaped: '[[x]',
            group: 'rg1',
          },
        }),
      ],
    };
    expect(resources[1]!.preview()).toMatchObject({ properties: { template: expected } });
    const inner = resources[1]!.evaluate(echo)['properties'];
    expect(inner).toMatchObject({ template: expected });
    const own = expand({ ...expected, resources: [...expected.resources, thing('onex')] });
    const runtime: TemplateRuntime = { ...echo, reference: (id) => ({ x: `x of ${id}`, y: `y of ${id}` }) };
    expect(own.resources[1]!.evaluate(runtime)).toStrictEqual({
      properties: {
        from: `x of ${thingId('a')}`,
        own: `y of ${thingId('onex')}`,
        escaped: '[x]',
        group: 'rg1',
      },
    });
  });

  it('of outer scope keep what is said about them, though it looks like an expression', () => {
    const remark = '[{ "name": "x" }]';
    const template = {
      metadata: { example: remark },
      definitions: { d: { type: 'string', metadata: { example: remark } } },
      resources: [thing("[variables('v')[0]]", { comments: remark, metadata: { example: remark } })],
    };
    expect(expand(outer(nested(template))).resources[1]!.evaluate(echo)['properties']).toMatchObject({
      template: {
        ...template,
        resources: [thing('one', { comments: remark, metadata: { example: remark } })],
      },
    });
  });

  it.each(['inner', 'outer'])('of %s scope may have their template from an expression', (scope) => {
    const written: JsonObject = {
      ...outer(nested({}, {}, scope)),
      variables: { t: { resources: [thing("[[parameters('given')]")] } },
    };
    const [, deployment] = written['resources'] as JsonObject[];
    (deployment!['properties'] as JsonObject)['template'] = "[variables('t')]";
    expect(expand(written).resources[1]!.evaluate(echo)['properties']).toMatchObject({
      template: { resources: [thing("[parameters('given')]")] },
    });
  });

  it('at subscription level go into the group they name', () => {
    const { resources } = expand(
      {
        resources: [
          { type: 'Microsoft.Resources/resourceGroups', apiVersion: '1', name: 'new', location: 'x' },
          {
            type: 'Microsoft.Resources/deployments',
            apiVersion: '1',
            name: 'inner',
            resourceGroup: 'new',
            dependsOn: ["[resourceId('Microsoft.Resources/resourceGroups/', 'new')]"],
            properties: { mode: 'Incremental', template: { resources: [] } },
          },
        ],
      },
      {},
      'subscription',
    );
    expect(resources[1]).toMatchObject({
      id: `${deploymentScope().subscription.id}/resourceGroups/new/providers/Microsoft.Resources/deployments/inner`,
      dependsOn: [`${deploymentScope().subscription.id}/resourceGroups/new`],
    });
  });
});

const two = (inner: JsonObject): JsonObject => ({
  languageVersion: '2.0',
  parameters: { p: { type: 'string', defaultValue: 'outer' } },
  resources: { inner },
});
const bodyOf = (written: JsonObject): unknown => expand(written).resources[0]!.evaluate(echo)['properties'];

describe('in language version 2.0', () => {
  const template = { resources: [thing("[parameters('given')]")] };
  it('a nested deployment has inner scope where it does not say so', () => {
    expect(bodyOf(two(nested(template)))).toMatchObject({
      parameters: { given: { value: 'outer' } },
      template,
    });
    expect(bodyOf(two(nested(template, {}, 'inner')))).toMatchObject({ template });
  });

  it('outer scope is refused', () => {
    expect(failureOf(two(nested(template, {}, 'outer'))).message).toContain(
      "The template resource 'inner' is not valid: The expression evaluation scope 'outer' is not supported in language version 2.0",
    );
  });

  it('a template nested with outer scope in an older one keeps its own deployments for itself', () => {
    const middle = { languageVersion: '2.0', resources: { inner: nested(template) } };
    const older = { ...outer(nested(middle)), resources: [nested(middle)] };
    expect(bodyOf(older)).toMatchObject({
      template: {
        resources: { inner: { properties: { template, parameters: { given: { value: 'from-[outer]' } } } } },
      },
    });
  });

  it('deployment() tells little of the template', () => {
    const told = {
      languageVersion: '2.0',
      contentVersion: '1.2.3.4',
      resources: {},
      outputs: { result: { type: 'object', value: '[deployment()]' } },
    };
    expect(expand(told).evaluateOutputs(echo)['result']!.value).toStrictEqual({
      name: 'd1',
      properties: { template: { contentVersion: '1.2.3.4' } },
    });
  });
});
