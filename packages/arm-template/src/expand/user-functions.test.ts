import { describe, expect, it } from 'vitest';
import { parseTolerantJson, type JsonObject, type JsonValue } from '../index.ts';
import { failureOf, output, resultOf } from './expansion.test-support.ts';

/** `contoso.f`, with its parameters and its output. */
const contoso = (parameters: JsonValue, result: JsonValue, members: JsonObject = {}): JsonObject => ({
  functions: [{ namespace: 'contoso', members: { f: { parameters, output: result }, ...members } }],
});
const types2: JsonObject = { languageVersion: '2.0' };
const taking = (type: JsonObject): JsonObject =>
  contoso([{ name: 'x', ...type }], { type: 'string', value: "[string(parameters('x'))]" });
const giving = (type: string, value: JsonValue): JsonObject => contoso([], { type, value });
const refusal = (template: JsonObject, call: string, type = 'string'): string =>
  failureOf({ resources: [], ...template, ...output(`[${call}]`, type) }).message;
/** How a template is refused whose function nobody calls. */
const uncalled = (template: JsonObject): string => refusal(template, "'not called'");

describe('user functions', () => {
  const functions = contoso([{ name: 'prefix', type: 'string' }], {
    type: 'string',
    value: "[concat(toLower(parameters('PREFIX')), '-x')]",
  });

  it('are called by any case of their name, and see their own parameters only', () => {
    expect(resultOf({ ...functions, ...output("[Contoso.F('AB')]") })).toBe('ab-x');
    expect(refusal(functions, "contoso.other('a')")).toContain(
      "The template function 'contoso.other' is not valid.",
    );
    const outside = contoso([], { type: 'string', value: "[parameters('outside')]" });
    const parameters: JsonObject = { outside: { type: 'string', defaultValue: 'o' } };
    expect(refusal({ ...outside, parameters }, 'contoso.f()')).toContain(
      "The template parameter 'outside' is not found.",
    );
  });

  it.each(['', "'a', 'b'"])('refuse a wrong number of arguments: (%s)', (given) => {
    expect(refusal(functions, `contoso.f(${given})`)).toContain(
      "Unable to evaluate template language function 'contoso.f': function requires exactly 1 argument(s) while",
    );
  });

  it.each<[string, string, string]>([
    ['string', "'a'", 'a'],
    ['secureString', "'a'", 'a'],
    ['INT', '7', '7'],
    ['bool', 'true()', 'True'],
    ['array', 'createArray(1)', '[1]'],
    ['object', "createObject('a', 1)", '{"a":1}'],
    ['SecureObject', 'createObject()', '{}'],
  ])('take a value of type %s', (type, argument, expected) => {
    expect(resultOf({ ...taking({ type }), ...output(`[contoso.f(${argument})]`) })).toBe(expected);
  });

  it('without types take and give anything', () => {
    const same = contoso([{ name: 'x' }], { value: "[parameters('x')]" });
    expect(resultOf({ ...same, ...output('[contoso.f(7)]', 'int') })).toBe(7);
    expect(resultOf({ ...same, ...output("[contoso.f('a')]") })).toBe('a');
  });

  it.each([
    ['string', '1', 'String, Uri', 'Integer'],
    ['securestring', 'createArray()', 'String, Uri', 'Array'],
    ['int', "'1'", 'Integer', 'String'],
    ['int', "json('1.5')", 'Integer', 'Float'],
    ['bool', "'true'", 'Boolean', 'String'],
    ['array', 'createObject()', 'Array', 'Object'],
    ['object', "'{}'", 'Object', 'String'],
    ['secureobject', 'null()', 'Object', 'Null'],
  ])('refuse for a parameter of type %s: %s', (type, argument, expected, actual) => {
    expect(refusal(taking({ type }), `contoso.f(${argument})`)).toContain(
      `Unable to evaluate template language function 'contoso.f': The provided value for the function parameter 'x' is not valid. Template parameter JToken type is not valid. Expected '${expected}'. Actual '${actual}'.`,
    );
  });

  it.each<[string, JsonValue, string]>([
    ['string', 1, 'Integer'],
    ['int', '[string(1)]', 'String'],
    ['bool', 'true', 'String'],
    ['array', {}, 'Object'],
    ['object', '[null()]', 'Null'],
  ])('refuse an output of type %s that is %j', (type, value, actual) => {
    expect(refusal(giving(type, value), 'contoso.f()', type)).toMatch(
      new RegExp(
        `'contoso\\.f': The provided value for the function output is not valid\\. .*Actual '${actual}'`,
      ),
    );
  });

  it('check structured types and constraints in language version 2.0', () => {
    const types = {
      ...types2,
      definitions: { small: { type: 'int', maxValue: 3 } },
      ...taking({ type: 'array', items: { $ref: '#/definitions/small' }, maxLength: 2 }),
    };
    expect(resultOf({ ...types, ...output('[contoso.f(createArray(1, 3))]') })).toBe('[1,3]');
    expect(refusal(types, 'contoso.f(createArray(4))')).toContain(
      "At '[0]': Value should be less than or equal to '3'.",
    );
    expect(refusal(types, 'contoso.f(createArray(1, 2, 3))')).toContain(
      "Length of the value should be less than or equal to '2'.",
    );
    expect(refusal(types, "contoso.f('a')")).toContain(
      "Expected a value of type 'Array', but received a value of type 'String'.",
    );
    const nullable = { ...types2, ...taking({ type: 'string', nullable: true }) };
    expect(resultOf({ ...nullable, ...output('[contoso.f(null())]') })).toBe('null');
    expect(refusal(taking({ type: 'array', items: { type: 'int' } }), 'contoso.f(createArray())')).toContain(
      "Template language version must be specified in order to use feature 'AggregateTypeValidation'.",
    );
  });

  it('do not repeat a value that is secure', () => {
    const message = refusal(taking({ type: 'secureString', allowedValues: ['a'] }), "contoso.f('hush')");
    expect(message).toContain("The parameter value is not part of the allowed value(s): 'a'.");
    expect(message).not.toContain('hush');
  });

  it('may call one another in language version 2.0 only', () => {
    const twice: JsonObject = {
      twice: {
        parameters: [{ name: 'x', type: 'string' }],
        output: { type: 'string', value: "[concat(parameters('x'), contoso.f(parameters('x')))]" },
      },
    };
    const both = contoso(
      [{ name: 'x', type: 'string' }],
      { type: 'string', value: "[parameters('x')]" },
      twice,
    );
    expect(resultOf({ ...types2, ...both, ...output("[contoso.twice('a')]") })).toBe('aa');
    expect(refusal(both, "contoso.f('a')")).toContain(
      "The template function 'twice' is not valid. These function calls are not supported in a function definition: 'contoso.f'. Please see https://aka.ms/arm-template/#functions for usage details.",
    );
  });
});

describe('the variables of a template', () => {
  const short = contoso([{ name: 'region', type: 'string' }], {
    type: 'string',
    value: "[coalesce(tryGet(variables('shorts'), parameters('region')), variables('other'))]",
  });

  it('are seen by functions in language version 2.0, also in the default value of a parameter', () => {
    const template: JsonObject = {
      ...types2,
      ...short,
      parameters: {
        name: { type: 'string', defaultValue: "[concat('app-', contoso.f('westeurope'), contoso.f('x'))]" },
        fallback: { type: 'string', defaultValue: 'none' },
      },
      variables: { shorts: { westeurope: 'weu' }, other: "[concat('-', parameters('fallback'))]" },
      ...output("[concat(parameters('name'), contoso.f('y'))]"),
    };
    expect(resultOf(template)).toBe('app-weu-none-none');
  });

  it.each<[string, JsonObject]>([
    ['a variable that calls the function', { variables: { shorts: {}, other: "[contoso.f('x')]" } }],
    [
      'a parameter whose default calls the function',
      {
        variables: { shorts: {}, other: "[parameters('name')]" },
        parameters: { name: { type: 'string', defaultValue: "[contoso.f('x')]" } },
      },
    ],
  ])('may not lead back to the function: %s', (_what, more) => {
    expect(refusal({ ...types2, ...short, ...more }, "contoso.f('x')")).toContain('refers to itself');
  });
});

describe('declarations of user functions', () => {
  it.each([
    ["[concat('a', reference('b').c)]", 'reference'],
    ["[if(true(), 'a', listKeys('b', '2020-01-01').keys[0].value)]", 'listKeys'],
    ["[LIST('b', '2020-01-01')]", 'LIST'],
  ])('are refused where they use what they cannot see: %s', (value, name) => {
    expect(uncalled(giving('string', value))).toContain(
      `The template function 'f' is not valid. These function calls are not supported in a function definition: '${name}'.`,
    );
    expect(uncalled({ ...types2, ...giving('object', { deep: [value] }) })).toContain(
      `definition: '${name}'.`,
    );
  });

  it('are refused with variables before language version 2.0', () => {
    expect(uncalled(giving('string', "[variables('v')]"))).toContain(
      "The template function 'f' is not valid. These function calls are not supported in a function definition: 'variables'.",
    );
  });

  it.each<[string, JsonObject, string]>([
    [
      'a default value',
      taking({ type: 'string', defaultValue: 'a' }),
      "The template function 'f' is not valid. The function parameter 'x' must not have a default value.",
    ],
    [
      'an unknown type',
      taking({ type: 'text' }),
      "The function parameter 'x' has the type 'text', which is not valid.",
    ],
    [
      'two parameters of one name',
      contoso(
        [
          { name: 'x', type: 'int' },
          { name: 'X', type: 'int' },
        ],
        { type: 'int', value: 1 },
      ),
      'Each function parameter must have a name of its own.',
    ],
    [
      'a name that cannot be called',
      { functions: [{ namespace: 'n', members: { 'a-b': { output: { type: 'int', value: 1 } } } }] },
      "The template function 'a-b' is not valid. The function name contains invalid characters '-'.",
    ],
    [
      'a namespace that cannot be called',
      { functions: [{ namespace: 'n-s', members: {} }] },
      "The template function is not valid. The function namespace 'n-s' contains invalid characters '-'.",
    ],
    ['an expression that is none', giving('string', '[concat(]'), 'Unable to parse language expression'],
  ])('are refused with %s', (_what, template, message) => {
    expect(uncalled(template)).toContain(message);
  });

  it('tell where they stand', () => {
    const text =
      '{"resources": [],\n "functions": [{"namespace": "n", "members": {\n  "f": {"output": {"type": "string", "value": "[variables(\'v\')]"}}}}]}';
    const failure = failureOf(parseTolerantJson(text) as JsonObject);
    expect(failure.message).toContain("The template function 'f' at line '3' and column '19' is not valid.");
    expect(failure.position).toMatchObject({ path: 'functions[0].members.f', line: 3 });
  });
});
