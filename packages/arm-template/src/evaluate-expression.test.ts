import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { deploymentScope } from './conformance.test-support.ts';
import { evaluateExpression, TemplateError } from './index.ts';

/** `SLIPWAY_PROPERTY_RUNS=20` tries twenty times as many inputs. */
const factor = Number(process.env['SLIPWAY_PROPERTY_RUNS'] ?? 1);

// Work in proportion to a limit takes seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 * factor });

const deployment = deploymentScope();

function failureOf(text: string): TemplateError {
  try {
    evaluateExpression(text, { deployment });
  } catch (error) {
    if (error instanceof TemplateError) return error;
    throw error;
  }
  throw new Error('The expression was accepted.');
}

describe('template expressions', () => {
  it.each([
    ['plain text', 'plain text'],
    ['[[escaped]', '[escaped]'],
    ['[not an expression', '[not an expression'],
    ["[ concat( 'it''s',\n '' ) ]", "it's"],
    ["[CONCAT(toUPPER('a'), 1)]", 'A1'],
    ["[createObject('Some', createArray(1, 2)).some[1]]", 2],
    ["[createObject('a b', 'x')['A B']]", 'x'],
    ['[-5]', -5],
    ['[add(9007199254740993, 1)]', 9007199254740994n],
    ["[if(true(), 'yes', div(1, 0))]", 'yes'],
    ['[or(equals(1, 1), equals(div(1, 0), 1))]', true],
    [
      "[resourceId('Microsoft.Network/virtualNetworks/', 'v')]",
      `${deployment.resourceGroup!.id}/providers/Microsoft.Network/virtualNetworks/v`,
    ],
    ['[resourceGroup().location]', 'westus2'],
    ["[format('{0,5}|{0,-5}|{1:D3}|{2:N0}|{{}}', 'ab', 7, 8175133)]", '   ab|ab   |007|8,175,133|{}'],
    ["[guid('a', 'b')]", '2d796349-8c7e-55ec-9624-54ece82ed031'],
    ["[dateTimeAdd('2020-01-31T00:00:00Z', 'P1DT2H', 'yyyy-MM-dd HH:mm tt')]", '2020-02-01 02:00 AM'],
  ])('%s', (text, expected) => {
    expect(evaluateExpression(text, { deployment })).toStrictEqual(expected);
  });

  it.each([
    [
      '[ ]',
      "Unable to parse language expression ' ': expected token 'Identifier' and actual 'EndOfData'.",
      1,
    ],
    [
      "[concat('a']",
      "Unable to parse language expression 'concat('a'': expected token 'RightParenthesis' and actual 'EndOfData'.",
      10,
    ],
    ["[concat('a', nosuch(1))]", "The template function 'nosuch' is not valid.", 12],
    [
      "[createObject('a', 1).b]",
      "The language expression property 'b' doesn't exist, available properties are 'a'.",
      20,
    ],
    ["[createObject('a', 1)[0]]", "property '0' can't be evaluated, property name must be a string.", 20],
    ["[createObject('a', 1).a.b]", "The language expression property 'b' can't be evaluated.", 22],
    [
      "[concat('a', 'b)]",
      "The language expression 'concat('a', 'b)' is not valid: the string constant at position '12' is not terminated. String constants must be enclosed within a pair of single quotes.",
      12,
    ],
    [
      '[a@b]',
      "The language expression 'a@b' is not valid: the string character '@' at position '1' is not expected.",
      1,
    ],
    ['[createArray(1)[2]]', "The language expression property array index '2' is out of bounds.", 14],
    ['[1.5]', "expected token 'Identifier' and actual 'Integer'", 2],
    ['[newGuid()]', "The template function 'newGuid' is not expected at this location.", 0],
    ["[reference('a')]", "The template function 'reference' is not expected at this location.", 0],
    [
      '[toLower(1)]',
      "expects its parameter to be of type 'String'. The provided value is of type 'Integer'.",
      0,
    ],
    ['[add(9223372036854775807, 1)]', 'does not fit into a 64-bit integer', 0],
    ["[createObject('a', 1).__proto__]", "The language expression property '__proto__' doesn't exist", 20],
    [
      "[createObject('a', 1).constructor]",
      "The language expression property 'constructor' doesn't exist",
      20,
    ],
    ['[constructor()]', "The template function 'constructor' is not valid.", 0],
  ])('%s is refused', (text, message, offset) => {
    const error = failureOf(text);
    expect(error.code).toBe('InvalidTemplate');
    expect(error.message).toContain(message);
    expect(error.position.offset).toBe(offset);
  });

  it('keeps objects with a __proto__ key harmless', () => {
    const value = evaluateExpression(
      "[union(json('{\"__proto__\": {\"x\": 1}}'), createObject('__proto__', 2, 'b', 1))]",
    );
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.entries(value as object)).toStrictEqual([
      ['__proto__', 2],
      ['b', 1],
    ]);
  });

  it('bounds length, depth, size and time', () => {
    expect(failureOf(`[concat('${'a'.repeat(30_000)}')]`).message).toContain(
      "The language expression length limit exceeded. Limit: '24576' and actual:",
    );
    expect(failureOf(`[${'not('.repeat(2_000)}true()${')'.repeat(2_000)}]`).message).toContain('levels deep');
    expect(failureOf("[padLeft('a', 2000000000)]").message).toContain(
      "exceeds the limit of '4194304' characters",
    );
    const pyramid = `${'replace('.repeat(10)}'aaaa'${", 'a', 'aaaaaaaaaaaaaaaa')".repeat(10)}`;
    expect(failureOf(`[${pyramid}]`).message).toContain('exceeds the limit');
    const loops =
      "map(range(0, 3000), lambda('x', length(map(range(0, 3000), lambda('y', add(lambdaVariables('x'), lambdaVariables('y')))))))";
    expect(failureOf(`[${loops}]`).message).toContain('evaluation steps');
  });

  it('ends work on large strings', () => {
    const large = "padLeft('a', 4000000, '/')";
    const often = `map(range(0, 10000), lambda('x', startsWith(${large}, 'b')))`;
    expect(failureOf(`[${often}]`).message).toContain('evaluation steps');
    expect(failureOf(`[resourceId(${large}, 'x')]`).message.length).toBeLessThan(5_000);
  });

  it('does not write out values that share their parts without end', () => {
    const shared =
      "reduce(range(0, 60), 'x', lambda('inner', 'i', createArray(lambdaVariables('inner'), lambdaVariables('inner'))))";
    expect(failureOf(`[${shared}]`).message).toContain('exceeds the limit');
    expect(failureOf(`[string(${shared})]`).message).toContain('evaluation steps');
    expect(failureOf(`[equals(${shared}, ${shared})]`).message).toContain('evaluation steps');
    const deep = "reduce(range(0, 10000), 'x', lambda('inner', 'i', createArray(lambdaVariables('inner'))))";
    expect(failureOf(`[${deep}]`).message).toContain("nests more than '500' levels deep");
  });

  it('throws nothing but TemplateError, whatever the text', () => {
    const fragment = fc.constantFrom(
      'concat(',
      'if(',
      'map(',
      "lambda('x',",
      "lambdaVariables('x')",
      'json(',
      'format(',
      'substring(',
      'split(',
      'uri(',
      'parseCidr(',
      'dateTimeAdd(',
      'range(',
      'union(',
      'createObject(',
      'createArray(',
      'padLeft(',
      'items(',
      'resourceId(',
      'reference(',
      'copyIndex(',
      'true()',
      'null()',
      ')',
      '(',
      '[',
      ']',
      '.',
      ',',
      "'",
      "''",
      "'a'",
      "'{0}'",
      '0',
      '-1',
      '99999999999999999999',
      'length',
      ' ',
      '\ud800',
    );
    const expressions = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fragment, { maxLength: 20 }).map((parts) => parts.join('')),
      fc
        .tuple(
          fc.constantFrom(
            'concat',
            'format',
            'substring',
            'uri',
            'json',
            'base64ToString',
            'dataUriToString',
            'uriComponentToString',
            'parseUri',
            'parseCidr',
            'dateTimeToEpoch',
            'utcNow',
            'split',
            'replace',
            'items',
            'union',
            'guid',
            'uniqueString',
            'int',
            'float',
            'bool',
          ),
          fc.array(
            fc.oneof(
              fc.string({ unit: 'binary' }).map((text) => `'${text.replaceAll("'", "''")}'`),
              fc.integer().map(String),
            ),
            { maxLength: 4 },
          ),
        )
        .map(([name, values]) => `${name}(${values.join(',')})`),
    );
    fc.assert(
      fc.property(expressions, (expression) => {
        try {
          evaluateExpression(`[${expression}]`, { deployment });
        } catch (error) {
          expect(error).toBeInstanceOf(TemplateError);
        }
      }),
      { numRuns: 500 * factor },
    );
  });
});
