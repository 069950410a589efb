import { describe, expect, it } from 'vitest';
import { deploymentScope } from '../conformance.test-support.ts';
import {
  parseTolerantJson,
  TemplateError,
  type JsonObject,
  type KnownRuntime,
  type TemplateRuntime,
} from '../index.ts';
import { isObject } from '../json-values.ts';
import { expand, failureOf, group, thing, thingId, echo, only } from './expansion.test-support.ts';

const loop = (name: string): JsonObject =>
  thing(`[concat('${name}', copyIndex())]`, { copy: { name, count: 401 } });

describe('resources', () => {
  it('have ids, bodies without what belongs to the template, and evaluated property names', () => {
    const planned = only(
      expand({
        resources: [
          thing("[toLower('A')]", {
            comments: 'x',
            location: '[resourceGroup().location]',
            tags: { "[concat('k', '1')]": 'v' },
            properties: { plain: '[[kept]', list: [{ deep: '[add(1, 2)]' }] },
          }),
        ],
      }),
    );
    expect(planned).toMatchObject({
      id: thingId('a'),
      type: 'Test.Rp/things',
      name: 'a',
      apiVersion: '2020-01-01',
      resourceGroup: 'rg1',
      condition: true,
      dependsOn: [],
    });
    expect(planned.evaluate(echo)).toStrictEqual({
      location: 'westus2',
      tags: { k1: 'v' },
      properties: { plain: '[kept]', list: [{ deep: 3 }] },
    });
  });

  it('keep run-time functions as text in a preview, with the rest evaluated', () => {
    const planned = expand({
      parameters: { p: { type: 'string', defaultValue: 'pre' } },
      resources: [
        thing('a'),
        thing('b', {
          properties: {
            text: "[concat(parameters('p'), reference('a').fqdn, listKeys('a', '2020-02-02').key1)]",
            chosen: "[if(equals(1, 1), 'yes', reference('a').x)]",
            numbers:
              "[createArray(reference('a').x, json('9223372036854775807'), json('9223372036854775808'), json('0.5'))]",
          },
        }),
      ],
    }).resources[1]!;
    expect(planned.preview()).toStrictEqual({
      properties: {
        text: "[concat('pre', reference('a').fqdn, listKeys('a', '2020-02-02').key1)]",
        chosen: 'yes',
        numbers:
          "[createArray(reference('a').x, 9223372036854775807, json('9223372036854775808'), json('0.5'))]",
      },
    });
    const runtime: TemplateRuntime = {
      reference: () => ({ fqdn: '-f-', x: 1 }),
      list: () => ({ key1: 'k' }),
    };
    expect(planned.evaluate(runtime)).toStrictEqual({
      properties: {
        text: 'pre-f-k',
        chosen: 'yes',
        numbers: [1, 9223372036854775807n, 9223372036854775808n, 0.5],
      },
    });
  });

  it('take into a preview what is known already, and leave the rest as text', () => {
    const planned = expand({
      resources: [
        thing('a'),
        thing('b', {
          properties: {
            known: "[reference('a').fqdn]",
            both: "[concat(reference('a').fqdn, listKeys('a', '2020-02-02').key1)]",
            unknown: "[reference(resourceId('Test.Rp/things', 'z'), '2018-01-01').fqdn]",
            wrong: "[if(false(), reference('a').absent, 'fine')]",
          },
        }),
      ],
    }).resources[1]!;
    const known: KnownRuntime = {
      reference: (id) => (id === thingId('a') ? { fqdn: '-f-' } : undefined),
      list: () => undefined,
    };
    expect(planned.preview(known)).toStrictEqual({
      properties: {
        known: '-f-',
        both: "[concat('-f-', listKeys('a', '2020-02-02').key1)]",
        unknown: `[reference('${thingId('z')}', '2018-01-01').fqdn]`,
        wrong: 'fine',
      },
    });
    const misshapen = { ...known, reference: () => ({}) };
    expect(() => planned.preview(misshapen)).toThrow("The language expression property 'fqdn' doesn't exist");
  });

  it('pass id, API version and mode to the runtime', () => {
    const planned = expand({
      resources: [
        thing('a'),
        thing('b', {
          properties: {
            byName: "[reference('A')]",
            byTypeAndName: "[reference('Test.Rp/things/a', '2019-01-01', 'Full')]",
            byId: "[reference(resourceId('other', 'Test.Rp/things', 'z'), '2018-01-01')]",
            keys: "[listKeys(resourceId('Test.Rp/things', 'a'), '2020-02-02', createObject('x', 1))]",
          },
        }),
      ],
    }).resources[1]!;
    expect(planned.evaluate(echo)['properties']).toStrictEqual({
      byName: { id: thingId('a'), apiVersion: '2020-01-01', full: false },
      byTypeAndName: { id: thingId('a'), apiVersion: '2019-01-01', full: true },
      byId: { id: thingId('z').replace('/rg1/', '/other/'), apiVersion: '2018-01-01', full: false },
      keys: { action: 'listKeys', id: thingId('a'), apiVersion: '2020-02-02', body: { x: 1 } },
    });
  });

  it('say at run time which resource failed, and let the runtime’s own errors pass', () => {
    const planned = only(
      expand({ resources: [thing('a', { properties: "[reference('/x', '1').nothing]" })] }),
    );
    expect(() => planned.evaluate({ ...echo, reference: () => ({ some: 1 }) })).toThrow(
      `Unable to process template language expressions for resource '${thingId('a')}'. 'The language expression property 'nothing' doesn't exist, available properties are 'some'.'`,
    );
    const missing = new TemplateError('ResourceNotFound', 'gone');
    const runtime: TemplateRuntime = {
      ...echo,
      reference: () => {
        throw missing;
      },
    };
    expect(() => planned.evaluate(runtime)).toThrow(missing);
  });

  it('carry line and column of the template’s text into errors', () => {
    const template = parseTolerantJson(`{
      "resources": [
        { "type": "Test.Rp/things", "apiVersion": "2020-01-01", "name": "a", "location": "[nosuch()]" }
      ]
    }`);
    if (!isObject(template)) throw new Error('not an object');
    const error = failureOf(template);
    expect(error.message).toBe(
      "Deployment template validation failed: 'The template resource 'a' at line '3' and column '9' is not valid: The template function 'nosuch' is not valid. Please see https://aka.ms/arm-functions for usage details.. Please see https://aka.ms/arm-template-expressions for usage details.'.",
    );
    expect(error.position).toMatchObject({
      line: 3,
      column: 9,
      path: 'resources[0].location',
      expression: 'nosuch()',
      offset: 0,
    });
  });

  it('take inline children, extension resources and resource groups', () => {
    const children = expand({
      resources: [
        thing('a', { resources: [{ type: 'parts', name: 'b', apiVersion: '1', dependsOn: ['a'] }] }),
        {
          type: 'Ext.Rp/locks',
          name: 'l',
          apiVersion: '1',
          scope: 'Test.Rp/things/a',
          dependsOn: ['Test.Rp/things/parts/a/b'],
        },
      ],
    });
    expect(children.resources.map(({ id, dependsOn }) => ({ id, dependsOn }))).toStrictEqual([
      { id: thingId('a'), dependsOn: [] },
      { id: `${thingId('a')}/parts/b`, dependsOn: [thingId('a')] },
      { id: `${thingId('a')}/providers/Ext.Rp/locks/l`, dependsOn: [`${thingId('a')}/parts/b`] },
    ]);
    const extension = thing('e', {
      scope: 'Other.Rp/bases/b',
      resources: [{ type: 'parts', name: 'p', apiVersion: '1' }],
    });
    expect(expand({ resources: [extension] }).resources.map(({ id }) => id)).toStrictEqual([
      `${group}/providers/Other.Rp/bases/b/providers/Test.Rp/things/e`,
      `${group}/providers/Other.Rp/bases/b/providers/Test.Rp/things/e/parts/p`,
    ]);
    const planned = only(
      expand(
        {
          resources: [
            { type: 'Microsoft.Resources/resourceGroups', name: 'new', apiVersion: '1', location: 'x' },
          ],
        },
        {},
        'subscription',
      ),
    );
    expect(planned.id).toBe(`${deploymentScope().subscription.id}/resourceGroups/new`);
    expect(planned).not.toHaveProperty('resourceGroup');
  });

  it.each<[string, JsonObject[], string]>([
    [
      'a name with the wrong number of segments',
      [thing('a/b')],
      "The template resource 'a/b' for type 'Test.Rp/things' has incorrect segment lengths.",
    ],
    ['an empty name', [thing('')], 'The name property cannot be null or empty.'],
    [
      'two of one name',
      [thing('a'), thing('A')],
      "The resource 'Test.Rp/things/A' is defined multiple times in a template.",
    ],
    [
      'reference() in a name',
      [thing("[reference('a').x]")],
      "The template function 'reference' is not expected at this location.",
    ],
    [
      'a reference to nothing',
      [thing('a', { location: "[reference('zz').x]" })],
      "The template reference 'zz' is not valid: could not find template resource or resource copy with this name. Please see https://aka.ms/arm-function-reference for usage details.",
    ],
    [
      'a dependency on nothing',
      [thing('a', { dependsOn: ["[resourceId('Test.Rp/things', 'zz')]"] })],
      "'The resource 'Test.Rp/things/zz' is not defined in the template. Please see https://aka.ms/arm-template for usage details.'.",
    ],
    [
      'copyIndex() outside of a loop',
      [thing('a', { location: '[copyIndex()]' })],
      "The template function 'copyIndex' is not expected at this location.",
    ],
    [
      'a huge loop',
      [thing("[concat('a', copyIndex())]", { copy: { name: 'l', count: 801 } })],
      "'The template 'copy' definition has an invalid copy count. The copy count must be a non-negative integer value and cannot exceed '800'. Please see https://aka.ms/arm-copy for usage details.'.",
    ],
    ['a negative loop', [thing('a', { copy: { name: 'l', count: -1 } })], 'must be a non-negative integer'],
    [
      'a batch size beyond the count',
      [thing('a', { copy: { name: 'l', count: 1, mode: 'serial', batchSize: 2 } })],
      "'The template 'copy' definition has an invalid copy batch size. The copy batch size must be a non-negative integer value and cannot exceed the copy count '1'. Please see https://aka.ms/arm-copy for usage details.'.",
    ],
  ])('refuse %s', (_what, resources, message) => {
    expect(failureOf({ resources }).message).toContain(message);
  });

  it('tell which item of dependsOn names nothing', () => {
    expect(
      failureOf({ resources: [thing('a', { dependsOn: [] }), thing('b', { dependsOn: ['a', 'zz'] })] }),
    ).toMatchObject({
      message: expect.stringContaining("'The resource 'zz' is not defined in the template."),
      position: { path: 'resources[1].dependsOn[1]' },
    });
  });

  it.each([
    ['[concat(]', "Unable to parse language expression 'concat(': expected token"],
    [
      "[concat('a', {})]",
      "The language expression 'concat('a', {})' is not valid: the string character '{' at position '12' is not expected.",
    ],
  ])('refuse what is no expression, wherever it stands: %s', (text, message) => {
    for (const template of [
      { resources: [thing('a', { properties: { x: text } })] },
      { resources: [], outputs: { o: { type: 'string', value: text } } },
      { resources: [thing('a', { location: "[variables('v')]" })], variables: { v: text } },
      { resources: [], parameters: { p: { type: 'string', defaultValue: text } } },
    ]) {
      expect(failureOf(template).message).toMatch(
        /^Deployment template language expression evaluation failed: '.*'\. Please see https:\/\/aka\.ms\/arm-template-expressions for usage details\.$/,
      );
      expect(failureOf(template).message).toContain(message);
    }
  });

  it('refuse more than 800 of them', () => {
    expect(failureOf({ resources: [loop('a'), loop('b')] }).message).toContain(
      "The number of template resources limit exceeded. Limit: '800' and actual: '802'.",
    );
  });

  it('refuse a dependsOn that is no array of strings', () => {
    expect(failureOf({ resources: [thing('a', { dependsOn: 'b' })] })).toMatchObject({
      code: 'InvalidRequestContent',
    });
  });
});
