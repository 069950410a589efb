import type { JsonValue } from '../json.ts';
import { isNumber, writeParts } from '../json-values.ts';

/** How `format`, `join` and `concat` write a value: booleans as in .NET, objects as JSON with single quotes. */
export function displayText(value: JsonValue): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (isNumber(value)) return value.toString();
  return writeParts(value, { writeText: singleQuoted, writeBoolean: String });
}

function singleQuoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`;
}

/** .NET takes longer ones; what they write fits into no name and no number of a template. */
const MAXIMUM_SPECIFIER_LENGTH = 100;

/** Groups the digits of an integer in threes. */
function grouped(digits: string): string {
  return digits.replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
}

/**
 * One value of a .NET composite format with the standard specifier after the colon; `undefined` for a specifier
 * that is not known, so that the caller can refuse it.
 */
export function formatValue(value: JsonValue, specifier: string): string | undefined {
  if (specifier === '' || !isNumber(value)) return displayText(value);
  if (specifier.length > MAXIMUM_SPECIFIER_LENGTH) return undefined;
  const standard = /^([a-zA-Z])(\d{0,2})$/.exec(specifier);
  if (standard === null) return formatCustom(value, specifier);
  const kind = standard[1] ?? '';
  const precision = standard[2] === '' || standard[2] === undefined ? undefined : Number(standard[2]);
  const isWhole = typeof value === 'bigint' || Number.isInteger(value);
  const negative = value < 0;
  const sign = negative ? '-' : '';
  switch (kind.toLowerCase()) {
    case 'g':
      return precision === undefined || precision === 0 ? value.toString() : undefined;
    case 'd':
      return isWhole ? sign + magnitude(value).padStart(precision ?? 0, '0') : undefined;
    case 'x': {
      if (!isWhole) return undefined;
      const digits = BigInt.asUintN(
        negative && value < -2_147_483_648 ? 64 : negative ? 32 : 64,
        BigInt(value),
      ).toString(16);
      return (kind === 'X' ? digits.toUpperCase() : digits).padStart(precision ?? 0, '0');
    }
    case 'f':
      return sign + fixed(value, precision ?? 2);
    case 'n': {
      const [whole = '', fraction] = fixed(value, precision ?? 2).split('.');
      return sign + grouped(whole) + (fraction === undefined ? '' : `.${fraction}`);
    }
    default:
      return undefined;
  }
}

function magnitude(value: number | bigint): string {
  return value.toString().replace('-', '');
}

function fixed(value: number | bigint, decimals: number): string {
  if (typeof value === 'number' && !Number.isInteger(value)) return Math.abs(value).toFixed(decimals);
  return magnitude(value) + (decimals === 0 ? '' : `.${'0'.repeat(decimals)}`);
}

/** Custom formats of zeros and number signs, with grouping and decimals: `000`, `#,##0`, `0.00`. */
function formatCustom(value: number | bigint, specifier: string): string | undefined {
  const parts = /^([#0,]*[#0])(?:\.(0+))?$/.exec(specifier);
  if (parts === null) return undefined;
  const pattern = parts[1] ?? '';
  const text = fixed(value, parts[2]?.length ?? 0);
  const [whole = '', fraction] = text.split('.');
  const zeros = pattern.replaceAll(/[^0]/g, '').length;
  const digits = whole === '0' && zeros === 0 ? '' : whole.padStart(zeros, '0');
  const sign = value < 0 ? '-' : '';
  return (
    sign + (pattern.includes(',') ? grouped(digits) : digits) + (fraction === undefined ? '' : `.${fraction}`)
  );
}
