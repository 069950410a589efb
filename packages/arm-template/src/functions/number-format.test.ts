import { describe, expect, it } from 'vitest';
import { refusalOf, valueOf } from './functions.test-support.ts';

/** Expected values follow .NET's documentation of numeric format strings, in the invariant culture. */
describe('format() writes numbers as .NET does', () => {
  it.each([
    ['C', 1234, '¤1,234.00'],
    ['C0', -1234, '(¤1,234)'],
    ['D', -42, '-42'],
    ['D5', 42, '00042'],
    ['d3', -7, '-007'],
    ['E', 123456, '1.234560E+005'],
    ['e2', 123456, '1.23e+005'],
    ['E0', 95, '1E+002'],
    ['F', 12, '12.00'],
    ['F1', 0.25, '0.3'],
    ['F3', 2.6755, '2.675'],
    ['F0', 2.5, '3'],
    ['f2', -0.001, '-0.00'],
    ['G', 123456, '123456'],
    ['G3', 123456, '1.23E+05'],
    ['g3', 0.00001234, '1.23e-05'],
    ['G4', 0.00012345, '0.0001234'],
    ['N', 1234567, '1,234,567.00'],
    ['N0', -1234567, '-1,234,567'],
    ['N3', 0.5, '0.500'],
    ['P', 0.1234, '12.34 %'],
    ['P0', -1, '-100 %'],
    ['X', 255, 'FF'],
    ['x8', 48879, '0000beef'],
    ['X', -1, 'FFFFFFFFFFFFFFFF'],
    ['B8', 5, '00000101'],
    ['R', 0.1, '0.1'],
    ['000', 7, '007'],
    ['#', 0, ''],
    ['#,#', 1234567890, '1,234,567,890'],
    ['#,##0.00', 1234567, '1,234,567.00'],
    ['#,,', 1234567890, '1235'],
    ['0,.0', 12345, '12.3'],
    ['0.0%', 0.1234, '12.3%'],
    ['0.00‰', 0.001234, '1.23‰'],
    ['#.##', 0.5, '.5'],
    ['0.##', 12, '12'],
    ['0.0#', 12, '12.0'],
    ['(###) ###-####', 5551234567, '(555) 123-4567'],
    ['00-00', 1234, '12-34'],
    ['00-00', 123456, '1234-56'],
    ['0;(0);zero', -5, '(5)'],
    ['0;(0);zero', 0, 'zero'],
    ['+0;-0', 5, '+5'],
    ['0;;', -5, '-5'],
    ['0.00E+00', 12345, '1.23E+04'],
    ['0e0', 0.00012, '1e-4'],
    ['##0.0E0', 12345, '123.5E2'],
    ['"no. "0', 5, 'no. 5'],
    ['0 \\# 0', 12, '1 # 2'],
    ['0.0 kB', 5, '5.0 kB'],
  ] as const)('%s of %s', (specifier, value, expected) => {
    const quoted = specifier.replaceAll("'", "''");
    expect(valueOf(`format('{0:${quoted}}', json('${String(value)}'))`)).toBe(expected);
  });

  it.each([
    ["format('{0}', json('0.00001'))", '1E-05'],
    ["format('{0}', json('1e20'))", '1E+20'],
    ["format('{0}', 9223372036854775807)", '9223372036854775807'],
    ["format('{0:N0}', 9223372036854775807)", '9,223,372,036,854,775,807'],
    ["format('{0,10:N1}|{0,-10:N1}|', 1234)", '   1,234.0|1,234.0   |'],
    ["format('{0 ,4}|{1:D2}', 'ab', 3)", '  ab|03'],
    ["format('{{{0}}}', 1)", '{1}'],
    ["format('{0:yyyy}{1:D3}{2}', 'text', true(), null())", 'textTrue'],
    ["format('{0}{1}', createArray(1, 'a', true()), createObject('k', null()))", "[1,'a',true]{'k':null}"],
  ])('%s', (expression, expected) => {
    expect(valueOf(expression)).toBe(expected);
  });

  it.each([
    ["format('{0:Z}', 1)", "'Format specifier was invalid.'"],
    ["format('{0:D}', json('1.5'))", "'Format specifier was invalid.'"],
    ["format('{0', 1)", "'Input string was not in a correct format.'"],
    ["format('}', 1)", "'Input string was not in a correct format.'"],
    ["format('{1}', 1)", "'Index (zero based) must be greater than or equal to zero"],
    ["format('{0,900000}{0,900000}{0,900000}{0,900000}{0,900000}', 1)", "exceeds the limit of '4194304'"],
  ])('%s is refused', (expression, reason) => {
    expect(refusalOf(expression)).toContain(reason);
  });
});
