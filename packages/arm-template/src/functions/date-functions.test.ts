import { describe, expect, it } from 'vitest';
import { refusalOf, valueOf } from './functions.test-support.ts';

describe('date functions', () => {
  it.each([
    ["dateTimeAdd(dateTimeAdd('2020-04-07 14:53:14Z', 'P3Y'), '-P1D')", '4/6/2023 2:53:14 PM'],
    ["dateTimeAdd('12/31/2023 12:00:00 AM', 'PT12H')", '12/31/2023 12:00:00 PM'],
    ["dateTimeAdd('2020-04-07T14:53:14.1234567Z', 'PT0.5S', 'o')", '2020-04-07T14:53:14.6234567Z'],
    ["dateTimeAdd('2020-04-07T14:53:14+02:00', 'PT1H')", '2020-04-07T13:53:14Z'],
    ["dateTimeAdd('2020-01-31T00:00:00Z', 'P1M', 'd')", '03/01/2020'],
    [
      "dateTimeAdd('2024-02-29T00:00:00Z', 'P1Y1M1DT1H1M1S', 'dddd, d MMM yyyy HH:mm:ss')",
      'Monday, 31 Mar 2025 01:01:01',
    ],
    ["dateTimeToEpoch('4/7/2020 2:53:14 PM')", 1586271194],
    ['dateTimeFromEpoch(-1)', '1969-12-31T23:59:59Z'],
  ])('%s', (expression, expected) => {
    expect(valueOf(expression)).toBe(expected);
  });

  it.each([
    "dateTimeToEpoch('13/1/2020')",
    "dateTimeToEpoch('1/1/2020 13:00 PM')",
    "dateTimeAdd('2020-02-30', 'P1D')",
  ])('%s is refused', (expression) => {
    expect(refusalOf(expression)).toContain('is not a valid ISO8601 date time string');
  });
});

describe('what .NET keeps of a date', () => {
  it.each([
    ["dateTimeAdd('2020-04-07T14:53:14Z', 'PT0.1234567S', 'o')", '2020-04-07T14:53:14.1234567Z'],
    ["dateTimeAdd('2020-04-07T14:53:14.1234567Z', '-PT0.2S', 'o')", '2020-04-07T14:53:13.9234567Z'],
    ["dateTimeAdd('2020-04-07T14:53:14+02', 'PT0S')", '2020-04-07T12:53:14Z'],
    ["dateTimeAdd('0050-01-01T00:00:00Z', 'P1D')", '0050-01-02T00:00:00Z'],
    ["dateTimeAdd('9999-12-30T23:59:59Z', 'P1D')", '9999-12-31T23:59:59Z'],
    ['dateTimeFromEpoch(-62135596800)', '0001-01-01T00:00:00Z'],
    ["dateTimeToEpoch('1969-12-31T23:59:59.5Z')", -1],
  ])('%s', (expression, expected) => {
    expect(valueOf(expression)).toBe(expected);
  });

  it.each([
    "dateTimeAdd('0001-01-01T00:00:00Z', '-PT0.0000001S')",
    "dateTimeAdd('9999-12-31T00:00:00Z', 'P1D')",
    'dateTimeFromEpoch(-62135596801)',
    'dateTimeFromEpoch(9223372036854775807)',
  ])('%s is refused', (expression) => {
    expect(refusalOf(expression)).toContain('is outside the years 1 to 9999');
  });
});

const at = (time: string) => ({ sources: { now: new Date(time), newGuid: () => '' } });

describe('date formats', () => {
  it.each([
    ["utcNow('')", '01/02/2026 03:04:05'],
    ["utcNow('o')", '2026-01-02T03:04:05.6700000Z'],
    ["utcNow('r')", 'Fri, 02 Jan 2026 03:04:05 GMT'],
    ["utcNow('%d')", '2'],
    ["utcNow('%dd')", '22'],
    ["utcNow('ss.fff')", '05.670'],
    ["utcNow('ss.FFF')", '05.67'],
    ["utcNow('yyyy''y''MM\\d \"h\\\"\"')", '2026y01d h"'],
    ["utcNow('YY yy y MMM ddd tt t zz zzz K gg')", 'YY 26 26 Jan Fri AM A +00 +00:00 Z A.D.'],
  ])('%s', (expression, expected) => {
    expect(valueOf(expression, at('2026-01-02T03:04:05.670Z'))).toBe(expected);
  });

  it('a fraction that is not written takes its point with it', () => {
    expect(valueOf("utcNow('ss.FFF|ss.fff')", at('2026-01-02T03:04:05Z'))).toBe('05|05.000');
  });

  it.each(["'x'", "'%'", "'y%%'", "'yyyy\\'", "'yyyy''MM'", "'ffffffff'", "'FFFFFFFF'"])(
    'utcNow(%s) is refused',
    (format) => {
      expect(refusalOf(`utcNow(${format})`, at('2026-01-02T03:04:05Z'))).toContain('is not supported');
    },
  );
});
