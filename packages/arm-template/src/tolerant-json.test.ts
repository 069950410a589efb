import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { parseTolerantJson, TemplateError } from './index.ts';

/** `SLIPWAY_PROPERTY_RUNS=20` tries twenty times as many inputs. */
const factor = Number(process.env['SLIPWAY_PROPERTY_RUNS'] ?? 1);

// Work in proportion to a limit takes seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 * factor });

function failureOf(text: string): TemplateError {
  try {
    parseTolerantJson(text);
  } catch (error) {
    if (error instanceof TemplateError) return error;
    throw error;
  }
  throw new Error('The text was accepted.');
}

describe('the tolerant JSON reader', () => {
  it('reads strict JSON like JSON.parse', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        // Numbers that look like integers keep all their digits here, so only the value is compared.
        expect(JSON.stringify(parseTolerantJson(text), widen)).toBe(JSON.stringify(JSON.parse(text)));
      }),
      { numRuns: 100 * factor },
    );
  });

  it('reads comments, keys without quotes, single quotes, a byte order mark and trailing commas', () => {
    const text = `\ufeff// first
      {properties: {'mode': "Incremental", /* inside */ template:{"$schema": 'x',}, list: [1, 2,],}, } // last`;
    expect(parseTolerantJson(text)).toStrictEqual({
      properties: { mode: 'Incremental', template: { $schema: 'x' }, list: [1, 2] },
    });
  });

  it('reads strings over several lines and all escapes', () => {
    expect(parseTolerantJson('"a\nb\\t\\u0041\\/\\\'"')).toBe("a\nb\tA/'");
  });

  it('keeps integers beyond 2^53 exactly', () => {
    expect(parseTolerantJson('[9007199254740993, -9223372036854775808, 0x10, 1.5e3]')).toStrictEqual([
      9007199254740993n,
      -9223372036854775808n,
      16,
      1500,
    ]);
  });

  it('reads integers that begin with 0 as octal ones, as Newtonsoft does', () => {
    expect(parseTolerantJson('[010, 0, 0.5, -010, 00]')).toStrictEqual([8, 0, 0.5, -10, 0]);
    expect(failureOf('[08]').message).toContain("Input string '08' is not a valid number.");
  });

  it('takes __proto__ as an ordinary key', () => {
    const value = parseTolerantJson('{"__proto__": {"polluted": true}, "constructor": 1}');
    expect(Object.keys(value as object)).toStrictEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('keeps the last of two equal keys', () => {
    expect(parseTolerantJson('{"a": 1, "a": 2}')).toStrictEqual({ a: 2 });
  });

  it('says where an error is', () => {
    const error = failureOf('{\n  "a": [1,\n    {"b" 2}]\n}');
    expect(error.code).toBe('InvalidRequestContent');
    expect(error.message).toBe(
      "The request content was invalid and could not be deserialized: 'Invalid character after parsing property name. Expected ':' but got: 2. Path 'a[1].b', line 3, position 10.'.",
    );
    expect(error.position).toStrictEqual({ path: 'a[1].b', line: 3, column: 10 });
  });

  it.each([
    ['', 'Unexpected end when reading JSON.'],
    ['{"a": "b', 'Unterminated string'],
    ['[1 2]', 'After parsing a value an unexpected character was encountered: 2.'],
    ['{} {}', 'Additional text encountered'],
    ['/* open', 'Unexpected end while parsing comment.'],
    ['NaN', 'Unexpected word'],
    ['"\\q"', 'Bad JSON escape sequence'],
    ['1e999', 'is not a valid number'],
  ])('refuses %j', (text, message) => {
    expect(failureOf(text).message).toContain(message);
  });

  it('refuses to nest deeper than its limit', () => {
    expect(failureOf('['.repeat(100_000)).message).toContain('MaxDepth of 200 has been exceeded');
  });

  it('throws nothing but TemplateError, whatever the text', () => {
    const fragment = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      "'",
      '//',
      '/*',
      '*/',
      '\\',
      '\n',
      'a',
      '1',
      '-',
      '__proto__',
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fragment).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        try {
          parseTolerantJson(text);
        } catch (error) {
          expect(error).toBeInstanceOf(TemplateError);
        }
      }),
      { numRuns: 250 * factor },
    );
  });
});

/** `JSON.parse` reads `-0` and large integers as doubles. */
function widen(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? Number(value) : value;
}
