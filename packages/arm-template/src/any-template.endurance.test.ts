import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deploymentScope } from './conformance.test-support.ts';
import { templateFunctions } from './functions/function-table.ts';
import {
  evaluateExpression,
  expandTemplate,
  parseTolerantJson,
  TemplateError,
  type JsonObject,
  type JsonValue,
  type TemplateRuntime,
} from './index.ts';

const factor = Number(process.env['SLIPWAY_PROPERTY_RUNS'] ?? 1);
const runs = { numRuns: 1_500 * factor };
const timeoutMs = 180_000 * factor;
/** Of the processor, for one input: far above what any of them takes. */
const cpuLimitMs = 15_000;

const runtime: TemplateRuntime = {
  reference: (_id, _version, full) => (full ? { properties: { x: [1] } } : { x: [1] }),
  list: () => ({ keys: [{ value: 'k' }] }),
};

/** Runs what may be refused, but only with a TemplateError, and soon. What it was given is part of the failure's message. */
function endures(work: () => unknown): void {
  const before = process.threadCpuUsage();
  try {
    work();
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    expect(error.message.length).toBeLessThan(10_000);
  }
  expect(process.threadCpuUsage(before).user / 1_000).toBeLessThan(cpuLimitMs);
  expect(Reflect.ownKeys(Object.prototype)).toHaveLength(untouched);
}
const untouched = Reflect.ownKeys(Object.prototype).length;

const word = fc.constantFrom(
  'a',
  'b',
  'x',
  '__proto__',
  'constructor',
  'toString',
  'length',
  '',
  'é',
  '😀',
  '\ud800',
);
const specifier = fc.stringMatching(/^[0#,.;%‰eEgGnNcCdDxX+'"\\ -]{0,12}$/);
const text = fc.oneof(
  word,
  fc.constantFrom(
    '10.0.0.0/8',
    '::/0',
    'fe80::1/64',
    'P1Y',
    '-PT1H',
    '2024-02-29T23:59:59.9999999Z',
    'https://a/b/../c?d#e',
    'data:;base64,AA==',
    '{"a":[1,{"b":null}]}',
    '[1,2',
    'Microsoft.A/b/c',
    '/subscriptions/s/resourceGroups/g',
    'true',
    '1e309',
  ),
  specifier.map((each) => `{0:${each}}`),
  fc.string({ unit: 'binary', maxLength: 20 }),
);
const quoted = text.map((each) => `'${each.replaceAll("'", "''")}'`);
const integer = fc
  .oneof(
    fc.integer({ min: -3, max: 12 }),
    fc.constantFrom(0n, 2n ** 31n, 2n ** 63n - 1n, -(2n ** 63n), 800n, 10_000n),
  )
  .map(String);
const functionName = fc.constantFrom(...templateFunctions.map(({ name }) => name), 'listKeys');

/** Expressions of any functions, with arguments that often fit. */
const { expression } = fc.letrec<{ expression: string; leaf: string; call: string }>((tie) => ({
  leaf: fc.oneof(
    quoted,
    integer,
    fc.constantFrom(
      'true()',
      'null()',
      'createArray()',
      'createObject()',
      "parameters('p')",
      "variables('v')",
      'json(\'{"a":{"b":[1,2,3]}}\')',
      "json('1.5')",
      'resourceGroup()',
      "createArray('b', 'a', 'B')",
      "lambda('x', lambdaVariables('x'))",
      "lambda('x', 'y', less(lambdaVariables('x'), lambdaVariables('y')))",
      "lambda('x', string(lambdaVariables('x')))",
      'copyIndex()',
      "reference('a')",
    ),
  ),
  call: fc
    .tuple(
      functionName,
      fc.array(tie('expression'), { maxLength: 4 }),
      fc.constantFrom('', '', '.a', '[0]', "['b']"),
    )
    .map(([name, values, access]) => `${name}(${values.join(', ')})${access}`),
  expression: fc.oneof({ maxDepth: 5, depthSize: 'small' }, tie('leaf'), tie('call')),
}));
const bracketed = expression.map((each) => `[${each}]`);

const value: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.oneof<fc.Arbitrary<JsonValue>[]>(bracketed, text, fc.integer(), fc.boolean(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(word, bracketed), tie('value'), { maxKeys: 3, noNullPrototype: true }),
    fc.record({
      copy: fc.array(
        fc.record({
          name: word,
          count: fc.oneof(fc.integer({ min: -1, max: 900 }), bracketed),
          input: tie('value'),
        }),
        { minLength: 1, maxLength: 2 },
      ),
    }),
  ),
})).value;

const maybe = <T extends JsonValue>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });
const compact = (members: Record<string, JsonValue | undefined>): JsonObject =>
  Object.fromEntries(
    Object.entries(members).filter((entry): entry is [string, JsonValue] => entry[1] !== undefined),
  );

const typeName = fc.constantFrom<JsonValue>(
  'string',
  'int',
  'bool',
  'object',
  'array',
  'secureObject',
  'nothing',
  1,
);
const plainSchema = fc
  .record({
    type: typeName,
    $ref: maybe(fc.constantFrom('#/definitions/d', '#/definitions/e', '#/definitions/none', 'x')),
    nullable: maybe(fc.boolean()),
    minLength: maybe(fc.integer()),
    allowedValues: maybe(fc.array(value, { maxLength: 2 })),
    defaultValue: maybe(value),
  })
  .map(compact);

const schema: fc.Arbitrary<JsonObject> = fc.letrec<{
  schema: JsonObject;
  list: JsonObject;
  members: JsonObject;
}>((tie) => ({
  list: fc
    .record({
      type: typeName,
      items: tie('schema'),
      prefixItems: maybe(fc.array(tie('schema'), { maxLength: 2 })),
    })
    .map(compact),
  members: fc
    .record({
      type: typeName,
      properties: maybe(fc.dictionary(word, tie('schema'), { maxKeys: 2, noNullPrototype: true })),
      additionalProperties: maybe(fc.oneof<fc.Arbitrary<JsonValue>[]>(fc.boolean(), tie('schema'))),
      discriminator: maybe(
        fc.record({
          propertyName: word,
          mapping: fc.dictionary(word, tie('schema'), { maxKeys: 2, noNullPrototype: true }),
        }),
      ),
    })
    .map(compact),
  schema: fc.oneof({ maxDepth: 3, depthSize: 'small' }, plainSchema, tie('list'), tie('members')),
})).schema;

const resource: fc.Arbitrary<JsonObject> = fc
  .record({
    type: fc.constantFrom('Test.Rp/things', 'Test.Rp/things/parts', 'Microsoft.Resources/deployments', 'x'),
    apiVersion: fc.constant('2020-01-01'),
    name: fc.oneof(fc.constantFrom('a', 'b', 'a/b', "[concat('c', copyIndex())]"), bracketed),
    existing: maybe(fc.boolean()),
    condition: maybe(fc.oneof<fc.Arbitrary<JsonValue>[]>(fc.boolean(), bracketed)),
    scope: maybe(fc.oneof(fc.constantFrom('/', 'Test.Rp/things/a'), bracketed)),
    copy: maybe(
      fc.record({
        name: word,
        count: fc.oneof<fc.Arbitrary<JsonValue>[]>(fc.integer({ min: 0, max: 20 }), bracketed),
        mode: fc.constantFrom('serial', 'parallel'),
      }),
    ),
    dependsOn: maybe(fc.array(fc.oneof(fc.constantFrom('a', 'b', 'loop'), bracketed), { maxLength: 3 })),
    properties: maybe(value),
  })
  .map(compact);

const template: fc.Arbitrary<JsonObject> = fc
  .record({
    languageVersion: maybe(fc.constantFrom('2.0', '1.0', '2.1-experimental')),
    definitions: maybe(fc.record({ d: schema, e: schema })),
    parameters: maybe(fc.record({ p: schema })),
    variables: maybe(fc.record({ v: value, w: value })),
    functions: maybe(
      fc.constant([
        {
          namespace: 'n',
          members: {
            f: {
              parameters: [{ name: 'p', type: 'string' }],
              output: { type: 'string', value: "[concat(parameters('p'), 'x')]" },
            },
          },
        },
      ]),
    ),
    resources: fc.oneof<fc.Arbitrary<JsonValue>[]>(
      fc.array(resource, { maxLength: 4 }),
      fc.dictionary(word, resource, { maxKeys: 4, noNullPrototype: true }),
    ),
    outputs: maybe(
      fc.record({ o: fc.record({ type: fc.constantFrom('string', 'object', 'array'), value }) }),
    ),
    asserts: maybe(fc.record({ holds: bracketed })),
  })
  .map(compact);

function use(written: JsonObject, parameters: JsonObject): void {
  const expansion = expandTemplate({
    template: written,
    parameters,
    scope: deploymentScope(),
    sources: { now: new Date(0), newGuid: () => 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee' },
  });
  for (const planned of expansion.resources.slice(0, 3)) {
    planned.preview();
    planned.evaluate(runtime);
  }
  expansion.evaluateOutputs(runtime);
}

/** What fast-check found wrong becomes an entry in `hostile-templates.test-support.ts` or a case of a function's test. */
describe('anything that is written like a template', () => {
  it(
    'of any functions with any arguments, is answered or refused',
    () => {
      fc.assert(
        fc.property(bracketed, (written) =>
          endures(() => evaluateExpression(written, { deployment: deploymentScope() })),
        ),
        runs,
      );
    },
    timeoutMs,
  );

  it(
    'of any structure is expanded or refused',
    () => {
      fc.assert(
        fc.property(template, fc.option(value), (written, given) =>
          endures(() => use(written, given === null ? {} : { p: { value: given } })),
        ),
        runs,
      );
    },
    timeoutMs,
  );

  it(
    'is read from text that is damaged anywhere, or refused',
    () => {
      const damaged = fc
        .tuple(template, fc.nat(), fc.nat({ max: 4 }), fc.string({ unit: 'binary', maxLength: 3 }))
        .map(([written, at, length, put]) => {
          const whole = JSON.stringify(written);
          const place = at % whole.length;
          return whole.slice(0, place) + put + whole.slice(place + length);
        });
      fc.assert(
        fc.property(damaged, (source) => endures(() => parseTolerantJson(source))),
        runs,
      );
    },
    timeoutMs,
  );
});
