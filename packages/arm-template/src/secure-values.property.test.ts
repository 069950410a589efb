import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deploymentScope } from './conformance.test-support.ts';
import { echo, sources } from './expand/expansion.test-support.ts';
import { expandTemplate, TemplateError, type JsonObject, type JsonValue } from './index.ts';

/** `SLIPWAY_PROPERTY_RUNS=20` tries twenty times as many inputs. */
const numRuns = 300 * Number(process.env['SLIPWAY_PROPERTY_RUNS'] ?? 1);

/** What no name, function or message has in it, with what is written differently in JSON, expressions and URIs. */
const secret = fc
  .array(fc.constantFrom('zq', '7', 'X', "'", '"', '\\', ' ', '/', '€', '\n', '{0}', ':'), {
    minLength: 6,
    maxLength: 400,
  })
  .map((parts) => `Qz${parts.join('')}9`);

/** Expressions that fail, or lead to something that fails, on a secret text. */
const failing = fc.constantFrom(
  "[int(parameters('word'))]",
  "[float(parameters('box').deep[0])]",
  "[int(toUpper(parameters('word')))]",
  "[int(base64(parameters('word')))]",
  "[int(uriComponent(parameters('word')))]",
  "[int(concat('the word is ', parameters('word')))]",
  "[bool(parameters('word'))]",
  "[json(parameters('word'))]",
  "[base64ToString(parameters('word'))]",
  "[dataUriToString(parameters('word'))]",
  "[uri(parameters('word'), 'a')]",
  "[format(parameters('word'))]",
  "[padLeft('a', 9, parameters('word'))]",
  "[parseCidr(parameters('word'))]",
  "[dateTimeToEpoch(parameters('word'))]",
  "[dateTimeAdd('2020-01-01', parameters('word'))]",
  "[resourceId(parameters('word'), 'x')]",
  "[resourceId('A.B/c', 'x', 'y', parameters('word'))]",
  "[createObject('a', 1)[parameters('word')]]",
  "[createArray(1)[parameters('word')]]",
  "[parameters(parameters('word'))]",
  "[variables(parameters('word'))]",
  "[copyIndex(parameters('word'))]",
  "[reference(parameters('word'))]",
  "[listKeys(parameters('word'), '2020-01-01')]",
  "[int(concat(parameters('word'), reference('a').id))]",
  "[fail(parameters('word'))]",
  "[ns.number(parameters('word'))]",
  "[ns.text(parameters('word'))]",
  "[int(string(parameters('box')))]",
  "[join(createArray(parameters('box')), 1)]",
  "[parameters('word')]",
  "[parameters('box')]",
  "[variables('derived')]",
);
const known = fc.constantFrom<JsonValue>('x', 1, true, null);
const either = fc.oneof({ weight: 3, arbitrary: failing }, { weight: 1, arbitrary: known });

const nested = (scope: string, value: JsonValue): JsonObject => ({
  type: 'Microsoft.Resources/deployments',
  apiVersion: '2025-04-01',
  name: 'nested',
  properties: {
    mode: 'Incremental',
    expressionEvaluationOptions: { scope },
    parameters: { word: { value: "[parameters('word')]" } },
    template: {
      parameters: { word: { type: 'secureString' } },
      resources: [],
      outputs: { o: { type: 'int', value } },
    },
  },
});
const resource = fc.oneof(
  fc.record(
    {
      type: fc.constant('Test.Rp/things'),
      apiVersion: fc.constant('2020-01-01'),
      name: fc.oneof(fc.constantFrom('a', 'b'), either),
      condition: either,
      location: either,
      dependsOn: fc.array(either, { maxLength: 1 }),
      copy: fc.record({ name: fc.constant('c'), count: either }),
      properties: fc.record({ value: either }),
    },
    { requiredKeys: ['type', 'apiVersion', 'name'] },
  ),
  fc.tuple(fc.constantFrom('inner', 'outer'), failing).map(([scope, value]) => nested(scope, value)),
);
const template = fc.record({
  languageVersion: fc.constantFrom('2.0', '1.10-experimental'),
  definitions: fc.constant({ hidden: { type: 'secureString' } }),
  parameters: fc.record(
    {
      word: fc.constantFrom<JsonObject>(
        { type: 'secureString' },
        { $ref: '#/definitions/hidden' },
        { type: 'SecureString', maxLength: 3 },
        { type: 'secureString', allowedValues: ['x'] },
        { type: 'secureObject' },
      ),
      box: fc.constantFrom<JsonObject>(
        { type: 'secureObject' },
        { type: 'object', properties: { deep: { type: 'array', items: { $ref: '#/definitions/hidden' } } } },
        { type: 'object', properties: { deep: { type: 'secureString' } } },
        { type: 'secureString' },
      ),
      later: fc.record({ type: fc.constantFrom('string', 'int'), defaultValue: failing }),
    },
    { requiredKeys: ['word', 'box'] },
  ),
  functions: fc.constant<JsonValue>([
    {
      namespace: 'ns',
      members: {
        number: { parameters: [{ name: 'x', type: 'int' }], output: { type: 'int', value: 1 } },
        text: {
          parameters: [{ name: 'x', type: 'string' }],
          output: { type: 'string', value: "[string(int(parameters('x')))]" },
        },
      },
    },
  ]),
  variables: fc.record({ derived: failing }),
  resources: fc.array(resource, { maxLength: 2 }),
  outputs: fc.record({ o: fc.record({ type: fc.constantFrom('string', 'int', 'object'), value: either }) }),
});

/** Every error that a template meets on its way: in the expansion, each body beforehand and for real, and the outputs. */
function errorsOf(made: JsonObject, word: string): TemplateError[] {
  const errors: TemplateError[] = [];
  const attempt = <T>(work: () => T): T | undefined => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      errors.push(error);
      return undefined;
    }
  };
  const parameters = { word: { value: word }, box: { value: { deep: [word] } } };
  const expansion = attempt(() =>
    expandTemplate({ template: made, parameters, scope: deploymentScope(), sources }),
  );
  for (const planned of expansion?.resources ?? []) {
    attempt(() => planned.preview());
    attempt(() => planned.evaluate(echo));
  }
  attempt(() => expansion?.evaluateOutputs(echo));
  return errors;
}

/** What of a secret must not be found: all of it as it may be written, and its beginning, where a message is cut. */
function traces(word: string): string[] {
  const begin = word.slice(0, 12);
  return [
    begin,
    begin.toUpperCase(),
    JSON.stringify(begin).slice(1, -1),
    begin.replaceAll("'", "''"),
    encodeURIComponent(begin),
  ]
    .map((text) => text.toLowerCase())
    .concat(Buffer.from(word).toString('base64').slice(0, 12).toLowerCase());
}

describe('secure values', () => {
  it('are not repeated by any error', () => {
    let seen = 0;
    fc.assert(
      fc.property(template, secret, (made, word) => {
        for (const { message, position } of errorsOf(made, word)) {
          seen += 1;
          const told = `${message} ${position.path ?? ''} ${position.expression ?? ''}`.toLowerCase();
          for (const trace of traces(word)) expect(told).not.toContain(trace);
        }
      }),
      { numRuns },
    );
    expect(seen).toBeGreaterThan(numRuns / 3);
  });

  it.each([
    ["[int(parameters('word'))]", "cannot convert provided value '***' to integer value"],
    ["[int(uriComponent(parameters('word')))]", "cannot convert provided value '***' to integer value"],
    ["[int(base64(parameters('word')))]", "cannot convert provided value '***' to integer value"],
    ["[createObject('a', 1)[parameters('word')]]", "The language expression property '***' doesn't exist"],
    ["[dateTimeToEpoch(parameters('word'))]", "The first parameter '***' is not a valid"],
  ])('are masked in the error of %s', (value, message) => {
    const made = {
      parameters: { word: { type: 'securestring' }, box: { type: 'secureObject' } },
      resources: [],
      outputs: { o: { type: 'int', value } },
    };
    const [error] = errorsOf(made, "a long 'secret' ".repeat(20));
    expect(error?.message).toContain(message);
  });

  it.each([
    ['alike', (index: number) => `hidden ${String(index)}`],
    ['different', (index: number) => `${String(index)} hidden`],
  ])('are masked however many there are, all of them %s', (_how, make) => {
    const first = { type: 'Test.Rp/things', apiVersion: '2020-01-01', name: 'first' };
    const resources = Array.from({ length: 400 }, (_item, index) => ({
      type: 'Test.Rp/things',
      apiVersion: '2020-01-01',
      name: `r${String(index)}`,
      properties: { x: "[int(concat(parameters('word'), reference('first').id))]" },
    }));
    const expansion = expandTemplate({
      template: {
        parameters: { word: { type: 'secureString' }, box: { type: 'secureObject' } },
        resources: [first, ...resources],
      },
      parameters: {
        word: { value: make(7) },
        box: { value: { deep: Array.from({ length: 50_000 }, (_item, index) => make(index)) } },
      },
      scope: deploymentScope(),
      sources,
    });
    for (const planned of expansion.resources.slice(1)) {
      expect(() => planned.evaluate(echo)).toThrow("cannot convert provided value '***");
    }
  });
});
