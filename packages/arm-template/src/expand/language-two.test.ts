import { describe, expect, it } from 'vitest';
import { deploymentScope } from '../conformance.test-support.ts';
import {
  expandTemplate,
  parseTolerantJson,
  TemplateError,
  type ExpandInput,
  type JsonObject,
} from '../index.ts';
import { echo, expand, failureOf, group, sources, thing, thingId } from './expansion.test-support.ts';

const two = (more: JsonObject): JsonObject => ({ languageVersion: '2.0', resources: {}, ...more });
const output = (value: string, type = 'array'): JsonObject => ({ outputs: { result: { type, value } } });
const resultOf = (template: JsonObject): unknown => expand(template).evaluateOutputs(echo)['result']!.value;

const loop = (count: number, more: JsonObject = {}): JsonObject =>
  thing("[format('t{0}', copyIndex())]", { copy: { name: 'loop', count }, ...more });

describe('references()', () => {
  it('answers for the deployed resources of a loop, in its order, and waits for them', () => {
    const template = two({
      resources: {
        many: loop(3, { condition: '[not(equals(copyIndex(), 1))]' }),
        one: thing('one', {
          properties: { ids: "[map(references('many'), lambda('r', lambdaVariables('r').id))]" },
        }),
      },
      ...output("[references('many', 'full')]"),
    });
    const expansion = expand(template);
    const one = expansion.resources.find(({ name }) => name === 'one')!;
    expect(one.dependsOn).toStrictEqual([thingId('t0'), thingId('t2')]);
    expect(one.evaluate(echo)).toStrictEqual({ properties: { ids: [thingId('t0'), thingId('t2')] } });
    expect(one.preview()['properties']).toMatchObject({ ids: expect.stringContaining("references('many')") });
    expect(expansion.evaluateOutputs(echo)['result']!.value).toStrictEqual([
      { id: thingId('t0'), apiVersion: '2020-01-01', full: true },
      { id: thingId('t2'), apiVersion: '2020-01-01', full: true },
    ]);
  });

  it('of a loop that turns no time is empty, and so is a dependency on it', () => {
    const template = two({
      resources: { many: loop(0), one: thing('one', { dependsOn: ['many'] }) },
      ...output("[references('many')]"),
    });
    expect(expand(template).resources.map(({ dependsOn }) => dependsOn)).toStrictEqual([[]]);
    expect(resultOf(template)).toStrictEqual([]);
  });

  it.each([
    ["[references('one')]", 'could not find a template resource collection with this symbolic name'],
    ["[references('many', 'some')]", "expects its second parameter to be 'Full' or 'Properties'"],
  ])('%s is refused', (value, reason) => {
    const resources = { many: loop(1), one: thing('one') };
    expect(() => resultOf(two({ resources, ...output(value) }))).toThrow(reason);
  });
});

const existing = (more: JsonObject): JsonObject => ({ ...thing('x'), existing: true, ...more });

/** The id that a reference to an existing resource comes to. */
const idOf = (more: JsonObject): unknown =>
  resultOf(
    two({
      resources: { e: existing(more) },
      ...output("[reference('e', '2020-01-01', 'Full').id]", 'string'),
    }),
  );

describe('existing resources', () => {
  it('may be in other groups and subscriptions', () => {
    const { subscription } = deploymentScope();
    expect(idOf({})).toBe(thingId('x'));
    expect(idOf({ resourceGroup: 'rg2' })).toBe(
      `${subscription.id}/resourceGroups/rg2/providers/Test.Rp/things/x`,
    );
    expect(idOf({ subscriptionId: 's2', resourceGroup: 'rg2' })).toBe(
      '/subscriptions/s2/resourceGroups/rg2/providers/Test.Rp/things/x',
    );
    expect(idOf({ scope: "[tenantResourceId('Microsoft.Management/managementGroups', 'mg')]" })).toBe(
      '/providers/Microsoft.Management/managementGroups/mg/providers/Test.Rp/things/x',
    );
  });

  it('are an error only where something refers to them', () => {
    const resources = {
      broken: existing({ name: "[split('', '/')[8]]" }),
      child: { ...existing({ name: 'broken/b' }), type: 'Test.Rp/things/parts', dependsOn: ['broken'] },
      one: thing('one', { dependsOn: ['broken'] }),
    };
    expect(expand(two({ resources })).resources.map(({ name }) => name)).toStrictEqual(['one']);
    expect(() => resultOf(two({ resources, ...output("[reference('broken').x]", 'string') }))).toThrow(
      "array index '8' is out of bounds",
    );
  });
});

describe('what the template itself says about deploying it', () => {
  it('asserts', () => {
    const asserts = { right: '[equals(1, 1)]', wrong: "[contains('abc', 'd')]" };
    expect(failureOf(two({ asserts })).message).toContain("The template assertion 'wrong' does not hold.");
    expect(expand(two({ asserts: { right: true } })).resources).toStrictEqual([]);
  });

  it('resources of extensions are refused, or left out', () => {
    const template = two({
      imports: { graph: { provider: 'MicrosoftGraph', version: '1.0' } },
      resources: {
        app: { import: 'graph', type: 'Microsoft.Graph/applications@v1.0', properties: {} },
        one: thing('one', { dependsOn: ['app'] }),
      },
    });
    expect(failureOf(template)).toMatchObject({ position: { path: 'imports' } });
    const { resources } = expandTemplate({ ...inputOf(template), extensions: 'leave out' });
    expect(resources.map(({ name, dependsOn }) => ({ name, dependsOn }))).toStrictEqual([
      { name: 'one', dependsOn: [] },
    ]);
  });
});

const inputOf = (template: JsonObject, more: Partial<ExpandInput> = {}): ExpandInput => ({
  template,
  parameters: {},
  scope: deploymentScope(),
  sources,
  ...more,
});

const p = (type: string): JsonObject => two({ parameters: { p: { type } } });

describe('what an expansion is given', () => {
  it('reads secrets from the vault', () => {
    const keyVault = { id: `${group}/providers/Microsoft.KeyVault/vaults/v` };
    const parameters = { p: { reference: { keyVault, secretName: 's', secretVersion: '1' } } };
    const asked: unknown[] = [];
    const secret = (reference: unknown): string => {
      asked.push(reference);
      return 'hush';
    };
    const expansion = expandTemplate(inputOf(p('secureString'), { parameters, secret }));
    expect(expansion.parameters['p']).toStrictEqual({ type: 'SecureString', value: 'hush', secure: true });
    expect(asked).toStrictEqual([{ vaultId: keyVault.id, secretName: 's', secretVersion: '1' }]);
    expect(failureOf(p('secureString'), parameters).message).toContain('refers to a Key Vault secret');
  });

  it('reads values that the client found out', () => {
    const parameters = { p: { expression: "[toUpper(externalInputs('x'))]" } };
    const externalInputs = { x: { value: 'abc' } };
    const expansion = expandTemplate(inputOf(p('string'), { parameters, externalInputs }));
    expect(expansion.parameters['p']!.value).toBe('ABC');
    expect(() => expandTemplate(inputOf(p('string'), { parameters }))).toThrow(
      "The external input 'x' is not part of",
    );
  });

  it('has limits of its own', () => {
    const template = two({ resources: { many: loop(801) } });
    expect(failureOf(template).message).toContain("cannot exceed '800'");
    const limits = { resources: 900, copyCount: 900 };
    expect(expandTemplate(inputOf(template, { limits })).resources).toHaveLength(801);
    expect(() =>
      expandTemplate(inputOf(template, { limits: { ...limits, resources: 850, copyCount: 850 } })),
    ).not.toThrow();
    expect(() => expandTemplate(inputOf(template, { limits: { ...limits, steps: 2_000 } }))).toThrow(
      'evaluation steps',
    );
    expect(() =>
      expandTemplate(inputOf(two({ variables: { a: 1, b: 2 } }), { limits: { variables: 1 } })),
    ).toThrow("The number of template variables limit exceeded. Limit: '1' and actual: '2'.");
  });

  it('knows the place of what is wrong', () => {
    const text = `{
  "resources": [
    {
      "type": "Test.Rp/things",
      "apiVersion": "2020-01-01",
      "name": "a",
      "properties": {
        "list": [
          { "x": "[concat(]" }
        ]
      }
    }
  ]
}`;
    try {
      expandTemplate(inputOf(parseTolerantJson(text) as JsonObject));
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(TemplateError);
      expect((error as TemplateError).position).toStrictEqual({
        path: 'resources[0].properties.list[0].x',
        line: 9,
        column: 11,
        expression: 'concat(',
        offset: 7,
      });
    }
  });
});

describe('symbolic names', () => {
  it('have a case, and reference() knows no other name', () => {
    const resources = {
      one: thing('first'),
      ONE: thing('second'),
      after: thing('after', { dependsOn: ['ONE'], properties: { id: "[reference('one').id]" } }),
    };
    expect(expand(two({ resources })).resources[2]!.dependsOn).toStrictEqual([
      thingId('second'),
      thingId('first'),
    ]);
    for (const name of ['first', 'Test.Rp/things/first', 'oNe']) {
      expect(() => resultOf(two({ resources, ...output(`[reference('${name}').id]`, 'string') }))).toThrow(
        `The template reference '${name}' is not valid: could not find template resource or resource copy with this name.`,
      );
    }
    expect(resultOf(two({ resources, ...output(`[reference('${thingId('first')}').id]`, 'string') }))).toBe(
      thingId('first'),
    );
  });
});

describe('what Bicep writes', () => {
  it('waits for what an existing resource waits for', () => {
    const resources = {
      first: thing('first'),
      between: existing({ dependsOn: ['first'] }),
      far: existing({ dependsOn: ['between'] }),
      told: thing('told', { dependsOn: ['far'] }),
      reads: thing('reads', { properties: { id: "[reference('far').id]" } }),
    };
    expect(
      expand(two({ resources })).resources.map(({ name, dependsOn }) => ({ name, dependsOn })),
    ).toStrictEqual([
      { name: 'first', dependsOn: [] },
      { name: 'told', dependsOn: [thingId('first')] },
      { name: 'reads', dependsOn: [thingId('first')] },
    ]);
  });

  it('may not run in a circle through an existing resource', () => {
    const resources = { a: thing('a', { dependsOn: ['b'] }), b: existing({ name: 'b', dependsOn: ['a'] }) };
    expect(failureOf(two({ resources })).code).toBe('InvalidTemplateCircularDependency');
  });

  it('keeps options of a deployment out of the resource', () => {
    const options = {
      onlyIfNotExists: [],
      retryOn: [['ServerError'], 2],
      waitUntil: ["[lambda('x', equals(lambdaVariables('x').state, 'Ready'))]", 'PT20S'],
    };
    const [once, always] = expand(
      two({ resources: { once: thing('a', { '@options': options }), always: thing('b') } }),
    ).resources;
    expect(once).toMatchObject({ onlyIfNotExists: true });
    expect(once!.evaluate(echo)).toStrictEqual({});
    expect(always).toMatchObject({ onlyIfNotExists: false });
  });
});
