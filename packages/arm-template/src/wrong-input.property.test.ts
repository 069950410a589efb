import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import {
  conformanceFolder,
  conformanceTitle,
  deploymentScope,
  objectOf,
  readJson,
  templateFolders,
} from './conformance.test-support.ts';
import { templateFunctions } from './functions/function-table.ts';
import {
  evaluateExpression,
  expandTemplate,
  parseTolerantJson,
  TemplateError,
  templateHash,
  type EvaluationScope,
  type JsonObject,
  type JsonValue,
  type TemplateRuntime,
} from './index.ts';
import { isObject } from './json-values.ts';

/** `SLIPWAY_PROPERTY_RUNS=20` tries twenty times as many inputs. */
const factor = Number(process.env['SLIPWAY_PROPERTY_RUNS'] ?? 1);
const runs = (count: number): number => count * factor;
vi.setConfig({ testTimeout: 60_000 * factor });

/** Names that have a meaning for JavaScript's own objects. */
const nativeNames = [
  '__proto__',
  'constructor',
  'prototype',
  'hasOwnProperty',
  'toString',
  'valueOf',
  'toJSON',
  '__defineGetter__',
  'length',
  'then',
] as const;

const name = fc.oneof(fc.constantFrom(...nativeNames), fc.string({ unit: 'binary', maxLength: 12 }));

/** What the prototypes of objects and arrays have, to see that nothing was added or changed. */
const nativeState = (): unknown[] =>
  [Object.prototype, Array.prototype, Function.prototype, String.prototype].map((prototype) =>
    Object.entries(Object.getOwnPropertyDescriptors(prototype)).map(([key, { value }]) => [
      key,
      value as unknown,
    ]),
  );
const untouched = nativeState();

/** Fails unless every object in a value is a plain one. */
function expectPlain(value: JsonValue): void {
  if (Array.isArray(value)) value.forEach(expectPlain);
  else if (isObject(value)) {
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    Object.values(value).forEach(expectPlain);
  }
}

/** Runs `work`; whatever it is given, it may refuse only with a TemplateError, of bearable size, and soon. */
function refusesProperly(work: () => JsonValue): void {
  const before = process.cpuUsage();
  try {
    expectPlain(work());
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    expect(error.message.length).toBeLessThan(10_000);
  }
  // Time of the processor, because other work on the machine says nothing about this one.
  expect(process.cpuUsage(before).user / 1_000).toBeLessThan(10_000);
}

const json = fc.jsonValue({ maxDepth: 4 }).map((value) => value as JsonValue);
const anyJson: fc.Arbitrary<JsonValue> = fc.oneof(
  json,
  fc.dictionary(name, json, { maxKeys: 4, noNullPrototype: true }).map((value) => value as JsonObject),
  fc.constantFrom<JsonValue>(
    Number.NaN,
    Number.POSITIVE_INFINITY,
    1e308,
    -0,
    2n ** 63n,
    '\ud800',
    'a'.repeat(100_000),
  ),
);

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const literal = fc.oneof(
  name.map(quoted),
  fc.integer().map(String),
  fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n }).map(String),
  fc.constantFrom(
    "'0'",
    "'%'",
    "'{0}'",
    "'{0:D5}{1,-3}'",
    "'https://a:b@c:1/d/../e?f#g'",
    "'10.0.0.0/8'",
    "'::/0'",
    "'2020-02-30T00:00:00Z'",
    "'P1Y2M3DT4H5M6.7S'",
    "'AQ=='",
    "'data:;base64,AQ=='",
    `'{"__proto__": {"polluted": 1}}'`,
    "'Microsoft.A/b/c'",
    '9223372036854775807',
    '-9223372036854775808',
    'null()',
    'true()',
    "json('1.5')",
    "json('1e308')",
  ),
);

/** Expressions of the real functions with arguments of any type, in about the number that they take. */
const { expression } = fc.letrec<{
  expression: string;
  call: string;
  member: string;
  lambda: string;
  leaf: string;
}>((tie) => ({
  leaf: literal,
  lambda: fc
    .tuple(fc.subarray(["'x'", "'y'", "'__proto__'"]), tie('expression'))
    .map(([parameters, body]) => `lambda(${[...parameters, body].join(', ')})`),
  member: fc
    .tuple(tie('expression'), fc.oneof(name.map(quoted), fc.integer({ min: -2, max: 9 }).map(String)))
    .map(([target, property]) => `${target}[${property}]`),
  call: fc
    .tuple(fc.constantFrom(...templateFunctions), fc.integer({ min: -1, max: 2 }))
    .chain(([declaration, more]) => {
      const count = Math.max(0, declaration.minimum + more);
      return fc
        .array(fc.oneof({ weight: 5, arbitrary: tie('expression') }, tie('lambda')), {
          minLength: count,
          maxLength: count,
        })
        .map((values) => `${declaration.name}(${values.join(', ')})`);
    }),
  expression: fc.oneof(
    { depthSize: 'small', maxDepth: 6 },
    tie('leaf'),
    tie('call'),
    tie('call'),
    tie('member'),
    fc.constantFrom(
      "lambdaVariables('x')",
      "lambdaVariables('__proto__')",
      "parameters('__proto__')",
      "variables('constructor')",
      'copyIndex()',
      "listKeys('a', '2020-01-01')",
      "reference('a', '2020-01-01', 'Full')",
      'ns.function(1)',
      'nosuch()',
    ),
  ),
}));

const deployment = deploymentScope();
const runtime: TemplateRuntime = {
  reference: (resourceId) => ({ resourceId, ['constructor']: 1 }),
  list: (action) => ({ action }),
};
const sources = { now: new Date(0), newGuid: () => 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee' };

describe('expressions of the real functions with wrong arguments', () => {
  it('yield plain values or a TemplateError', () => {
    fc.assert(
      fc.property(expression, anyJson, (text, value) => {
        const scope: EvaluationScope = {
          deployment,
          sources,
          runtime,
          resources: { resolve: (nameOrId) => ({ id: nameOrId }) },
          parameter: () => value,
          variable: () => value,
          loops: [{ name: 'loop', index: 3, ofResource: true }],
        };
        refusesProperly(() => evaluateExpression(`[${text}]`, scope));
        // Without a deployment around them.
        refusesProperly(() => evaluateExpression(`[${text}]`));
      }),
      { numRuns: runs(800) },
    );
    expect(nativeState()).toStrictEqual(untouched);
  });
});

/** Everything that can be done with a template. */
function useTemplate(
  template: JsonValue,
  parameters: JsonObject,
  kind: 'resourceGroup' | 'subscription',
): JsonValue {
  const expansion = expandTemplate({ template, parameters, scope: deploymentScope(kind), sources });
  templateHash(template);
  const bodies = expansion.resources
    .slice(0, 20)
    .flatMap((resource) => [resource.preview(), resource.evaluate(runtime)]);
  const outputs = expansion.evaluateOutputs(runtime);
  expect(Object.getPrototypeOf(outputs)).toBe(Object.prototype);
  return [
    ...bodies,
    ...Object.values(expansion.parameters).map(({ value }) => value),
    ...Object.values(outputs).map(({ value }) => value),
  ];
}

/** A template that uses every section and form that the engine knows; version 2.0 would not let deployments nest with outer scope. */
const everything = (): JsonObject => ({
  $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
  languageVersion: '1.10-experimental',
  contentVersion: '1.0.0.0',
  definitions: { size: { type: 'string', allowedValues: ['a', 'b'] } },
  parameters: {
    count: { type: 'int', defaultValue: 2, minValue: 0, maxValue: 9 },
    size: { $ref: '#/definitions/size', defaultValue: 'a' },
    secret: { type: 'secureString', defaultValue: '[newGuid()]' },
    list: { type: 'array', defaultValue: [1, 2] },
    maybe: { type: 'object', nullable: true },
  },
  functions: [
    {
      namespace: 'ns',
      members: {
        twice: {
          parameters: [{ name: 'x', type: 'int' }],
          output: { type: 'int', value: "[mul(parameters('x'), 2)]" },
        },
      },
    },
  ],
  variables: {
    prefix: "[concat('a', uniqueString(resourceGroup().id))]",
    copy: [{ name: 'names', count: "[parameters('count')]", input: "[copyIndex('names')]" }],
    nested: { copy: [{ name: 'inner', count: 2, input: { index: "[copyIndex('inner')]" } }] },
  },
  resources: [
    {
      type: 'Test.Rp/things',
      apiVersion: '2020-01-01',
      name: "[concat(variables('prefix'), copyIndex())]",
      copy: { name: 'loop', count: "[ns.twice(parameters('count'))]", mode: 'serial', batchSize: 2 },
      condition: '[less(copyIndex(), 3)]',
      tags: { owner: "[parameters('size')]" },
      properties: { copy: [{ name: 'items', count: 2, input: "[variables('names')]" }] },
      resources: [{ type: 'parts', apiVersion: '2020-01-01', name: 'part', dependsOn: ['loop'] }],
    },
    {
      type: 'Test.Rp/others',
      apiVersion: '2020-01-01',
      name: 'other',
      scope: "[resourceId('Test.Rp/things', 'x')]",
      properties: {
        of: "[reference(concat(variables('prefix'), '0')).resourceId]",
        keys: "[listKeys('/a', '2020-01-01')]",
      },
    },
    {
      type: 'Microsoft.Resources/deployments',
      apiVersion: '2022-09-01',
      name: 'nested',
      properties: {
        mode: 'Incremental',
        expressionEvaluationOptions: { scope: 'outer' },
        template: { resources: [], outputs: { o: { type: 'string', value: "[variables('prefix')]" } } },
      },
    },
  ],
  outputs: {
    first: { type: 'string', value: "[reference('other').resourceId]", condition: true },
    all: { type: 'array', copy: { count: 2, input: '[copyIndex()]' } },
  },
});

/** The paths of everything inside a value. */
function pathsOf(value: JsonValue, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, child]) => pathsOf(child, [...path, key]))];
}

/** A holder of values, by name or by index. */
const objectOrArray = (value: JsonValue): JsonObject => value as JsonObject;

function valueAt(value: JsonValue, path: readonly string[]): JsonValue {
  return path.reduce((current, step) => objectOrArray(current)[step] ?? null, value);
}

type Mutation = (root: JsonObject) => void;

/** One change at a place that a number picks: another value, another name, nothing, a neighbour's value. */
const mutation: fc.Arbitrary<Mutation> = fc
  .tuple(
    fc.nat(),
    fc.nat(),
    fc.constantFrom('replace', 'rename', 'remove', 'move', 'add', 'express', 'cut'),
    anyJson,
    name,
    expression,
  )
  .map(([at, from, kind, value, key, text]) => (root) => {
    const places = pathsOf(root).filter((path) => path.length > 0);
    const place = places[at % places.length];
    const other = places[from % places.length];
    const last = place?.at(-1);
    if (place === undefined || other === undefined || last === undefined) return;
    const holder = valueAt(root, place.slice(0, -1)) as JsonObject;
    const current = holder[last] ?? null;
    const put = (under: string, item: JsonValue): void => {
      Object.defineProperty(holder, under, {
        value: item,
        enumerable: true,
        configurable: true,
        writable: true,
      });
    };
    if (kind === 'replace') put(last, value);
    else if (kind === 'express') put(last, `[${text}]`);
    else if (kind === 'move') put(last, structuredClone(valueAt(root, other)));
    else if (kind === 'cut' && typeof current === 'string')
      put(last, current.slice(0, from % (current.length + 1)));
    else if (kind === 'add')
      put(Array.isArray(holder) ? String(holder.length) : key, structuredClone(current));
    else if (Array.isArray(holder)) holder.splice(Number(last), 1);
    else {
      Reflect.deleteProperty(holder, last);
      if (kind === 'rename') put(key, current);
    }
  });

function expandMutated(
  original: () => JsonObject,
  mutations: readonly Mutation[],
  kind: 'resourceGroup' | 'subscription' = 'resourceGroup',
): void {
  const template = original();
  for (const mutate of mutations) mutate(template);
  refusesProperly(() => useTemplate(template, {}, kind));
}

const mutations = fc.array(mutation, { minLength: 1, maxLength: 6 });

describe('templates with something wrong in them', () => {
  it('the template that the mutations begin with is right', () => {
    expect(useTemplate(everything(), {}, 'resourceGroup')).toBeDefined();
  });

  it('expand, or are refused with a TemplateError', () => {
    fc.assert(
      fc.property(mutations, (changes) => expandMutated(everything, changes)),
      { numRuns: runs(250) },
    );
    expect(nativeState()).toStrictEqual(untouched);
  });

  it('are refused with a TemplateError when they are no templates at all', () => {
    fc.assert(
      fc.property(anyJson, anyJson, (template, parameters) => {
        refusesProperly(() => useTemplate(template, isObject(parameters) ? parameters : {}, 'resourceGroup'));
      }),
      { numRuns: runs(500) },
    );
  });

  it('and parameters of any kind', () => {
    const names = Object.keys(objectOf(everything()['parameters']));
    const parameters = fc.dictionary(
      fc.oneof(fc.constantFrom(...names), name),
      fc.oneof(
        anyJson,
        anyJson.map((value) => ({ value })),
        fc.record({ reference: anyJson }),
      ),
      { maxKeys: 4, noNullPrototype: true },
    );
    fc.assert(
      fc.property(parameters, (given) => {
        refusesProperly(() => useTemplate(everything(), given, 'resourceGroup'));
      }),
      { numRuns: runs(150) },
    );
  });
});

describe.skipIf(conformanceFolder === undefined)(
  conformanceTitle('quickstart templates with something wrong in them'),
  () => {
    it('expand, or are refused with a TemplateError', () => {
      const folders = conformanceFolder === undefined ? [] : templateFolders('templates');
      fc.assert(
        fc.property(fc.constantFrom(...folders), mutations, fc.boolean(), (folder, changes, isGroup) => {
          expandMutated(
            () => objectOf(readJson('templates', folder, 'azuredeploy.json')),
            changes,
            isGroup ? 'resourceGroup' : 'subscription',
          );
        }),
        { numRuns: runs(60) },
      );
      expect(nativeState()).toStrictEqual(untouched);
    });
  },
);

const valueOf = (native: string): JsonObject => JSON.parse(`{${JSON.stringify(native)}: 1}`) as JsonObject;
const keyed = (native: string, value: JsonValue): JsonObject =>
  JSON.parse(`{${JSON.stringify(native)}: ${JSON.stringify(value)}}`) as JsonObject;

describe('names that mean something to JavaScript', () => {
  it.each(nativeNames.map((native) => [native]))('%s is a name like any other', (native) => {
    const text = quoted(native);
    const expansion = expandTemplate({
      template: {
        parameters: keyed(native, { type: 'object', defaultValue: valueOf(native) }),
        variables: keyed(native, valueOf(native)),
        functions: [
          {
            namespace: native,
            members: keyed(native, {
              parameters: [{ name: native, type: 'int' }],
              output: { type: 'int', value: `[parameters(${text})]` },
            }),
          },
        ],
        resources: [
          {
            type: 'Test.Rp/things',
            apiVersion: '2020-01-01',
            name: native,
            tags: valueOf(native),
            properties: {
              given: `[parameters(${text})]`,
              variable: `[variables(${text})]`,
              created: `[createObject(${text}, 1)]`,
              united: `[union(createObject('a', createObject(${text}, 1)), createObject('a', createObject(${text}, 2)))]`,
              read: `[json('{${JSON.stringify(native)}: 1}')]`,
              merged: `[shallowMerge(createArray(createObject(${text}, 1)))]`,
              grouped: `[groupBy(createArray(1), lambda('x', ${text}))]`,
              made: `[toObject(createArray(1), lambda('x', ${text}))]`,
              mapped: `[mapValues(createObject(${text}, 1), lambda('x', 1))]`,
              common: `[intersection(createObject(${text}, 1), createObject(${text}, 1))]`,
              got: `[tryGet(createObject(${text}, 1), ${text})]`,
              absent: `[tryGet(createObject('a', 1), ${text})]`,
              contained: `[contains(createObject('a', 1), ${text})]`,
              copy: [{ name: native, count: 1, input: 1 }],
            },
          },
        ],
        outputs: keyed(native, { type: 'object', value: `[parameters(${text})]` }),
      },
      parameters: {},
      scope: deployment,
      sources,
    });
    const own = valueOf(native);
    expect(Object.entries(expansion.parameters)).toStrictEqual([
      [native, { type: 'Object', value: own, secure: false }],
    ]);
    const [resource] = expansion.resources;
    const body = resource!.evaluate(runtime);
    expectPlain(body);
    const properties = objectOf(body['properties']);
    expect(body['tags']).toStrictEqual(own);
    for (const place of ['given', 'variable', 'created', 'read', 'merged', 'made', 'mapped', 'common'])
      expect([place, properties[place]]).toStrictEqual([place, own]);
    // As text, because the test's own comparison takes a property `constructor` for the object's class.
    expect(JSON.stringify(properties['united'])).toBe(JSON.stringify({ a: keyed(native, 2) }));
    expect(JSON.stringify(properties['grouped'])).toBe(JSON.stringify(keyed(native, [1])));
    expect([properties['got'], properties['absent'], properties['contained']]).toStrictEqual([
      1,
      null,
      false,
    ]);
    expect(Object.getOwnPropertyDescriptor(properties, native)?.value).toStrictEqual([1]);
    expect(Object.entries(expansion.evaluateOutputs(runtime))).toStrictEqual([
      [native, { type: 'Object', value: own, secure: false }],
    ]);
    expect(nativeState()).toStrictEqual(untouched);
  });
});

describe('texts that are no JSON', () => {
  const piece = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    "'",
    '\\',
    '\\u',
    '/*',
    '*/',
    '//',
    '\n',
    '-',
    '0x',
    '1e',
    '__proto__',
    '\ufeff',
    '\ud800',
    'true',
    ' ',
  );
  const halfJson = fc.tuple(anyJson, fc.nat(), piece).map(([value, at, extra]) => {
    const text = JSON.stringify(value, (_key, item: unknown) =>
      typeof item === 'bigint' ? item.toString() : item,
    );
    const cut = at % (text.length + 1);
    return text.slice(0, cut) + extra + text.slice(cut);
  });

  it('are read, or refused with a TemplateError', () => {
    const text = fc.oneof(
      halfJson,
      fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('')),
    );
    fc.assert(
      fc.property(text, (source) => refusesProperly(() => parseTolerantJson(source))),
      { numRuns: runs(500) },
    );
  });

  it.each([
    ['objects', `[${'{},'.repeat(700_000)}1]`],
    ['arrays', `[${'[],'.repeat(700_000)}1]`],
    ['open brackets', '['.repeat(4_000_000)],
    ['open comments', '/*'.repeat(2_000_000)],
    ['comments', '/**/'.repeat(1_000_000)],
    ['digits', '9'.repeat(4_000_000)],
    ['escapes', `"${'\\u0041'.repeat(600_000)}"`],
    ['equal keys', `{${'a:1,'.repeat(500_000)}}`],
    ['signs', '-'.repeat(4_000_000)],
    ['a name', 'a'.repeat(4_000_000)],
  ])(
    'are done with soon when they are megabytes of %s',
    (_what, source) => {
      const before = process.cpuUsage();
      refusesProperly(() => [parseTolerantJson(source) !== null]);
      const { user } = process.cpuUsage(before);
      expect(user / 1_000).toBeLessThan(8_000);
    },
    60_000,
  );
});
