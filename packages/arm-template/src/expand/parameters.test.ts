import { describe, expect, it } from 'vitest';
import { deploymentScope } from '../conformance.test-support.ts';
import { expandTemplate, type JsonObject, type JsonValue } from '../index.ts';
import { sources, expand, failureOf, thing } from './expansion.test-support.ts';

const standIn = (value: JsonValue): JsonValue => (typeof value === 'string' ? 'x' : { value: 'x' });

describe('parameters', () => {
  it('take values, defaults that use other parameters, the time and a GUID', () => {
    const { parameters } = expand(
      {
        parameters: {
          name: { type: 'string' },
          secret: { type: 'securestring', defaultValue: '[newGuid()]' },
          stamp: { type: 'String', defaultValue: "[concat(parameters('NAME'), '-', utcNow('yyyy'))]" },
          sizes: { type: 'array', defaultValue: ['[add(1, 1)]'] },
        },
        resources: [],
      },
      { Name: { value: '[not evaluated]' } },
    );
    expect(parameters).toStrictEqual({
      name: { type: 'String', value: '[not evaluated]', secure: false },
      secret: { type: 'SecureString', value: sources.newGuid(), secure: true },
      stamp: { type: 'String', value: '[not evaluated]-2026', secure: false },
      sizes: { type: 'Array', value: [2], secure: false },
    });
  });

  it('of secure types have a stand-in where one is wanted, wherever their value would have gone', () => {
    const template: JsonObject = {
      parameters: {
        secret: { type: 'securestring', minLength: 5 },
        copy: { type: 'string', defaultValue: "[concat('of ', parameters('secret'))]" },
        open: { type: 'string' },
      },
      resources: [
        thing('a', {
          properties: {
            secret: "[base64(parameters('secret'))]",
            copy: "[parameters('copy')]",
            open: "[parameters('open')]",
            told: '[deployment().properties.parameters.secret.value]',
          },
        }),
      ],
    };
    const given: JsonObject = { secret: { value: 'hush-hush' }, open: { value: 'known' } };
    const [resource] = expandTemplate({
      template,
      parameters: given,
      scope: deploymentScope(),
      sources,
      standIn,
    }).resources;
    expect(resource?.preview()).toEqual({
      properties: { secret: 'eA==', copy: 'of x', open: 'known', told: 'x' },
    });
    expect(expand(template, given).resources[0]?.preview()).toMatchObject({
      properties: { copy: 'of hush-hush' },
    });
  });

  it.each<[string, JsonObject, JsonObject, string]>([
    ['a missing value', { type: 'string' }, {}, "The value for the template parameter 'p' is not provided."],
    ['the wrong type', { type: 'int' }, { p: { value: '3' } }, "Expected 'Integer'. Actual 'String'."],
    [
      'a value that is not allowed',
      { type: 'string', allowedValues: ['a', 'b'] },
      { p: { value: 'c' } },
      "The provided value 'c' for the template parameter 'p' is not valid. The parameter value is not part of the allowed value(s): 'a,b'.",
    ],
    [
      'a long value that is not allowed, without repeating it',
      { type: 'string', allowedValues: ['a', 'b'] },
      { p: { value: 'c'.repeat(1_000) } },
      "The provided value for the template parameter 'p' is not valid. The parameter value is not part of the allowed value(s): 'a,b'.",
    ],
    [
      'a short text',
      { type: 'string', minLength: 3 },
      { p: { value: 'ab' } },
      "Length of the value should be greater than or equal to '3'.",
    ],
    [
      'a long array',
      { type: 'array', maxLength: 1 },
      { p: { value: [1, 2] } },
      "Length of the value should be less than or equal to '1'.",
    ],
    [
      'a large integer',
      { type: 'int', maxValue: 5 },
      { p: { value: 6 } },
      "Value should be less than or equal to '5'.",
    ],
    [
      'an unknown parameter',
      { type: 'string', defaultValue: '' },
      { q: { value: 1 } },
      "The template parameters 'q' in the parameters file are not valid",
    ],
    ['an unknown type', { type: 'text' }, { p: { value: '' } }, "has the type 'text', which is not valid"],
    [
      'a default that needs itself',
      { type: 'string', defaultValue: "[parameters('p')]" },
      {},
      'its default value refers to itself',
    ],
    [
      'a Key Vault reference',
      { type: 'string' },
      { p: { reference: {} } },
      "needs 'keyVault.id' and 'secretName'",
    ],
  ])('refuse %s', (_what, declaration, values, message) => {
    const error = failureOf({ parameters: { p: declaration }, resources: [] }, values);
    expect(error.code).toBe('InvalidTemplate');
    expect(error.message).toMatch(/^Deployment template validation failed: '.*'\.$/s);
    expect(error.message).toContain(message);
  });

  it('never put a secure value into an error', () => {
    const error = failureOf(
      { parameters: { p: { type: 'secureString', allowedValues: ['x'] } }, resources: [] },
      { p: { value: 'hunter2' } },
    );
    expect(error.message).not.toContain('hunter2');
  });

  it('follow type definitions and may be null where they say so', () => {
    const { parameters } = expand({
      languageVersion: '2.0',
      definitions: { port: { type: 'int', minValue: 1 } },
      parameters: {
        a: { $ref: '#/definitions/port', defaultValue: 80 },
        b: { type: 'string', nullable: true },
      },
      resources: {},
    });
    expect(parameters['a']).toMatchObject({ type: 'Int', value: 80 });
    expect(parameters['b']).toMatchObject({ value: null });
  });
});
