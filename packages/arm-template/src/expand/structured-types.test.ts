import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../index.ts';
import { echo, expand, failureOf } from './expansion.test-support.ts';

const DEFINITIONS: JsonObject = {
  name: { type: 'string', minLength: 3, maxLength: 5 },
  port: { type: 'int', minValue: 1, maxValue: 65_535 },
  pair: { type: 'array', prefixItems: [{ type: 'int' }, { type: 'bool' }], items: false },
  open: { type: 'array', prefixItems: [{ type: 'int' }], items: { $ref: '#/definitions/name' } },
  closed: {
    type: 'object',
    properties: {
      name: { $ref: '#/definitions/name' },
      port: { $ref: '#/definitions/port', nullable: true },
    },
    additionalProperties: false,
  },
  dictionary: { type: 'object', additionalProperties: { $ref: '#/definitions/port' } },
  tree: {
    type: 'object',
    properties: {
      value: { type: 'int' },
      children: { type: 'array', items: { $ref: '#/definitions/tree' }, nullable: true },
    },
  },
  tagged: {
    type: 'object',
    discriminator: {
      propertyName: 'type',
      mapping: {
        ints: { type: 'object', additionalProperties: { type: 'int' } },
        cat: {
          type: 'object',
          properties: { type: { type: 'string', allowedValues: ['cat'] }, lives: { type: 'int' } },
          additionalProperties: false,
        },
      },
    },
  },
  login: {
    type: 'object',
    properties: { user: { type: 'string' }, password: { type: 'secureString', allowedValues: ['tiger'] } },
  },
  size: { type: 'string', allowedValues: ['small', 'large'] },
  anything: {},
  loose: {
    type: 'object',
    properties: { cpu: {}, name: { $ref: '#/definitions/name' } },
    additionalProperties: {},
  },
  atMost: { maxLength: 2 },
  portOfClosed: { $ref: '#/definitions/closed/properties/port' },
  secondOfPair: { $ref: '#/definitions/pair/prefixItems/1' },
  restOfOpen: { $ref: '#/definitions/open/items' },
  valueOfDictionary: { $ref: '#/definitions/dictionary/additionalProperties' },
  cat: { $ref: '#/definitions/tagged/discriminator/mapping/cat' },
};

const template = (type: string, more: JsonObject = {}): JsonObject => ({
  languageVersion: '2.0',
  definitions: DEFINITIONS,
  parameters: { p: { $ref: `#/definitions/${type}`, ...more } },
  resources: {},
});

/** Examples of the documentation of type definitions, and what lies between them. */
describe('structured types', () => {
  it.each<[string, JsonValue]>([
    ['name', 'abc'],
    ['pair', [1, true]],
    ['open', [1, 'abc', 'abcd']],
    ['open', [1]],
    ['closed', { name: 'abc' }],
    ['closed', { NAME: 'abc', port: null }],
    ['closed', { name: 'abc', port: 80 }],
    ['dictionary', {}],
    ['dictionary', { __proto__: null, a: 1, b: 2 }],
    ['tree', { value: 1, children: [{ value: 2 }, { value: 3, children: [] }], extra: 'x' }],
    ['tagged', { type: 'ints', a: 1 }],
    ['tagged', { type: 'cat', lives: 9 }],
    ['login', { user: 'scott', password: 'tiger' }],
    ['anything', 0.25],
    ['anything', { a: [1] }],
    ['loose', { cpu: '0.25', name: 'abc', other: 1 }],
    ['loose', { cpu: 0.25, name: 'abc', other: 'x' }],
    ['atMost', 1000],
    ['portOfClosed', 80],
    ['secondOfPair', true],
    ['restOfOpen', 'abc'],
    ['valueOfDictionary', 80],
    ['cat', { type: 'cat', lives: 9 }],
  ])('%s takes %j', (type, value) => {
    expect(expand(template(type), { p: { value } }).parameters['p']!.value).toStrictEqual(value);
  });

  it.each<[string, JsonValue, string]>([
    ['name', 'ab', "Length of the value should be greater than or equal to '3'."],
    ['name', 1, "Expected a value of type 'String', but received a value of type 'Integer'."],
    ['port', 0, "Value should be greater than or equal to '1'."],
    ['pair', [1, 'x'], "At '[1]': Expected a value of type 'Bool'"],
    ['pair', [1], "Expected an array of at least '2' items"],
    ['pair', [1, true, 2], "Expected an array of '2' items"],
    ['open', [1, 'abc', 'a'], "At '[2]': Length of the value"],
    ['closed', { port: 1 }, "The required property 'name' is missing."],
    [
      'closed',
      { name: 'abc', other: 1 },
      "The property 'other' is not allowed. The allowed properties are 'name, port'.",
    ],
    ['closed', { name: 'abc', port: 0 }, "At 'port': Value should be"],
    [
      'closed',
      { name: null },
      "At 'name': Expected a value of type 'String', but received a value of type 'Null'.",
    ],
    ['dictionary', { a: 'x' }, "At 'a': Expected a value of type 'Int'"],
    [
      'tree',
      { value: 1, children: [{ value: 2, children: [{}] }] },
      "At 'children[0].children[0]': The required property 'value'",
    ],
    ['tagged', { type: 'dog' }, "The property 'type' must be one of 'ints, cat', but is 'dog'."],
    ['tagged', { lives: 9 }, 'but is missing'],
    ['tagged', { type: 'ints', a: 'x' }, "At 'a': Expected a value of type 'Int'"],
    ['tagged', { type: 'cat', lives: 9, barks: true }, "The property 'barks' is not allowed"],
    ['atMost', 'abc', "Length of the value should be less than or equal to '2'."],
    ['portOfClosed', 0, "Value should be greater than or equal to '1'."],
    ['secondOfPair', 1, "Expected a value of type 'Bool'"],
    ['restOfOpen', 'ab', 'Length of the value should be greater'],
    ['valueOfDictionary', 0, 'Value should be greater'],
    ['cat', { type: 'cat', lives: 9, barks: true }, "The property 'barks' is not allowed"],
    ['size', 'medium', "The parameter value is not part of the allowed value(s): 'small,large'."],
  ])('%s refuses %j', (type, value, reason) => {
    const { code, message } = failureOf(template(type), { p: { value } });
    expect(code).toBe('InvalidTemplate');
    expect(message).toMatch(/The provided value (?:'medium' )?for the template parameter 'p' is not valid\./);
    expect(message).toContain(reason);
  });

  it.each(['#/definitions/none', '#/definitions/pair/prefixItems/9', '#/parameters/p', 'name'])(
    'refuse the reference %s',
    ($ref) => {
      const parameters = { p: { $ref } };
      expect(failureOf({ ...template('name'), parameters }, { p: { value: 'abc' } }).message).toContain(
        `The type reference '${$ref}' cannot be resolved.`,
      );
    },
  );

  it('were in the versions of the language that Bicep called experimental', () => {
    const old = { ...template('name'), languageVersion: '1.10-experimental' };
    expect(failureOf(old, { p: { value: 'ab' } }).message).toContain('Length of the value');
  });

  it('check default values and outputs as well', () => {
    expect(failureOf(template('port', { defaultValue: 0 })).message).toContain('Value should be greater');
    const outputs = { result: { $ref: '#/definitions/port', value: '[sub(1, 1)]' } };
    expect(() => expand({ ...template('port'), outputs }, { p: { value: 1 } }).evaluateOutputs(echo)).toThrow(
      "The template output 'result' is not valid: Value should be greater than or equal to '1'.",
    );
  });

  it('keep secrets inside of objects', () => {
    const { parameters } = expand(template('login'), { p: { value: { user: 'scott', password: 'tiger' } } });
    expect(parameters['p']).toMatchObject({ type: 'Object', secure: true });
    const { message } = failureOf(template('login'), { p: { value: { user: 'scott', password: 'lion' } } });
    expect(message).toContain("At 'password': The parameter value is not part of the allowed value(s)");
    expect(message).not.toContain('lion');
    const outputs = { result: { $ref: '#/definitions/login', value: "[parameters('p')]" } };
    const value = { user: 'scott', password: 'tiger' };
    const expansion = expand({ ...template('login'), outputs }, { p: { value } });
    expect(expansion.evaluateOutputs(echo)['result']).toMatchObject({ secure: true });
  });

  it('need a language version', () => {
    const { languageVersion: _version, ...old } = template('name');
    expect(failureOf({ ...old, resources: [] }).message).toContain(
      "Template language version must be specified in order to use feature 'AggregateTypeValidation'.",
    );
  });

  it('that refer to themselves end with the value', () => {
    let value: JsonObject = { value: 0 };
    for (let depth = 0; depth < 60; depth += 1) value = { value: depth, children: [value] };
    expect(expand(template('tree'), { p: { value } }).parameters['p']!.value).toStrictEqual(value);
    const circle = {
      languageVersion: '2.0',
      definitions: { a: { $ref: '#/definitions/b' }, b: { $ref: '#/definitions/a' } },
      parameters: { p: { type: 'object', properties: { x: { $ref: '#/definitions/a' } } } },
      resources: {},
    };
    expect(failureOf(circle, { p: { value: { x: 1 } } }).message).toContain('cannot be resolved');
  });
});
