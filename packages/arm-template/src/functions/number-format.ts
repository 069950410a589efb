/** .NET takes longer ones; what they write fits into no name and no number of a template. */
const MAXIMUM_SPECIFIER_LENGTH = 100;

/** How many significant digits .NET looks at when a custom format is applied to a floating-point number. */
const CUSTOM_PRECISION = 15;

/** A number in decimal: `0.` and the digits, times ten to the power of `point`. Without leading and trailing zeros. */
interface Decimal {
  isNegative: boolean;
  digits: string;
  point: number;
}

function trimmed(isNegative: boolean, written: string, point: number): Decimal {
  const leading = /^0*/.exec(written)?.[0].length ?? 0;
  const digits = written.slice(leading).replace(/0+$/, '');
  return digits === '' ? { isNegative, digits, point: 0 } : { isNegative, digits, point: point - leading };
}

/** All digits of a number; of a floating-point number those of its exact binary value. */
function exactDecimal(value: number | bigint): Decimal {
  const isNegative = value < 0;
  if (typeof value === 'bigint' || Number.isInteger(value)) {
    const written = BigInt(value).toString().replace('-', '');
    return trimmed(isNegative, written, written.length);
  }
  let mantissa = Math.abs(value);
  let halvings = 0;
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2;
    halvings += 1;
  }
  const written = (BigInt(mantissa) * 5n ** BigInt(halvings)).toString();
  return trimmed(isNegative, written, written.length - halvings);
}

/** The shortest digits that mean the same number, as JavaScript finds them. */
function shortestDecimal(value: number): Decimal {
  const [mantissa = '0', exponent = '0'] = Math.abs(value).toExponential().split('e');
  return trimmed(value < 0, mantissa.replace('.', ''), Number(exponent) + 1);
}

/** Keeps so many digits, half away from zero. */
function rounded(decimal: Decimal, count: number): Decimal {
  const { isNegative, digits, point } = decimal;
  if (count >= digits.length) return decimal;
  if (count < 0) return trimmed(isNegative, '', point);
  const kept = digits.slice(0, count);
  if ((digits[count] ?? '0') < '5') return trimmed(isNegative, kept, point);
  const raised = (BigInt(`0${kept}`) + 1n).toString().padStart(count, '0');
  return trimmed(isNegative, raised, point + raised.length - count);
}

/** Digits before and after the decimal point, with exactly so many after it. */
function fixedParts(decimal: Decimal, decimals: number): { whole: string; fraction: string } {
  const { digits, point } = rounded(decimal, decimal.point + decimals);
  const whole = point <= 0 ? '' : digits.slice(0, point).padEnd(point, '0');
  const fraction = point >= 0 ? digits.slice(point) : '0'.repeat(Math.min(-point, decimals)) + digits;
  return { whole: whole === '' ? '0' : whole, fraction: fraction.padEnd(decimals, '0') };
}

function fixed(decimal: Decimal, decimals: number, isGrouped: boolean): string {
  const { whole, fraction } = fixedParts(decimal, decimals);
  const front = isGrouped ? whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ',') : whole;
  return fraction === '' ? front : `${front}.${fraction}`;
}

function scientific(decimal: Decimal, letter: string, exponentDigits: number, decimals?: number): string {
  const exact = decimals === undefined ? decimal : rounded(decimal, decimals + 1);
  const { digits, point } = exact;
  const exponent = digits === '' ? 0 : point - 1;
  const fraction = digits.slice(1).padEnd(decimals ?? 0, '0');
  const mantissa = `${digits[0] ?? '0'}${fraction === '' ? '' : `.${fraction}`}`;
  return `${mantissa}${letter}${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(exponentDigits, '0')}`;
}

/** .NET's general format: plain while that is short, else scientific. */
function general(decimal: Decimal, significant: number, letter: string): string {
  const { digits, point, isNegative } = rounded(decimal, significant);
  const sign = isNegative ? '-' : '';
  const kept = { isNegative, digits, point };
  if (point > significant || point < -3) return sign + scientific(kept, letter, 2);
  return sign + fixed(kept, Math.max(0, digits.length - point), false);
}

/** A number as .NET writes it without a format: `15`, `1.5`, `1E-05`, `1E+16`. */
export function plainNumber(value: number | bigint): string {
  if (typeof value === 'bigint' || Number.isSafeInteger(value)) return BigInt(value).toString();
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
  const decimal = shortestDecimal(value);
  const { point, isNegative } = decimal;
  const sign = isNegative ? '-' : '';
  if (point > CUSTOM_PRECISION || point < -3) return sign + scientific(decimal, 'E', 2);
  return general(decimal, Math.max(decimal.digits.length, point), 'E');
}

/**
 * A number by a .NET format (the invariant culture's): a standard one such as `N2`, `D5` or `X`, or a custom one such as
 * `#,##0.00;(0)`. `undefined` for one that .NET refuses.
 */
export function formatNumber(value: number | bigint, specifier: string): string | undefined {
  if (specifier === '') return plainNumber(value);
  if (specifier.length > MAXIMUM_SPECIFIER_LENGTH) return undefined;
  const standard = /^([a-zA-Z])(\d{0,2})$/.exec(specifier);
  if (standard === null) return formatCustom(value, specifier);
  const [, letter = '', written = ''] = standard;
  return formatStandard(value, letter, written === '' ? undefined : Number(written));
}

function formatStandard(
  value: number | bigint,
  letter: string,
  precision: number | undefined,
): string | undefined {
  const isWhole = typeof value === 'bigint' || Number.isInteger(value);
  const decimal = exactDecimal(value);
  const sign = decimal.isNegative ? '-' : '';
  switch (letter.toUpperCase()) {
    case 'C': {
      const amount = `¤${fixed(decimal, precision ?? 2, true)}`;
      return decimal.isNegative ? `(${amount})` : amount;
    }
    case 'D':
      return isWhole ? sign + fixed(decimal, 0, false).padStart(precision ?? 0, '0') : undefined;
    case 'E':
      return sign + scientific(decimal, letter, 3, precision ?? 6);
    case 'F':
      return sign + fixed(decimal, precision ?? 2, false);
    case 'G':
      if (precision === undefined || precision === 0) return plainNumber(value);
      return general(decimal, precision, letter === 'G' ? 'E' : 'e');
    case 'N':
      return sign + fixed(decimal, precision ?? 2, true);
    case 'P':
      return `${sign}${fixed({ ...decimal, point: decimal.point + 2 }, precision ?? 2, true)} %`;
    case 'R':
      return isWhole ? undefined : plainNumber(value);
    case 'B':
      return isWhole
        ? bits(value)
            .toString(2)
            .padStart(precision ?? 0, '0')
        : undefined;
    case 'X': {
      if (!isWhole) return undefined;
      const digits = bits(value)
        .toString(16)
        .padStart(precision ?? 0, '0');
      return letter === 'X' ? digits.toUpperCase() : digits;
    }
    default:
      return undefined;
  }
}

/** Two's complement of 64 bits: Newtonsoft, with which Azure's engine works, keeps every integer as one of these. */
function bits(value: number | bigint): bigint {
  return BigInt.asUintN(64, BigInt(value));
}

/** The parts of a custom format between semicolons, which may also stand in quotes. */
function sectionsOf(pattern: string): string[] {
  return pattern.match(/(?:'[^']*'?|"[^"]*"?|\\[^]?|[^;'"\\])+|(?<=;|^)(?=;|$)/g) ?? [''];
}

/** A token of a custom format. */
const CUSTOM_TOKEN = /'([^']*)'?|"([^"]*)"?|\\([^]?)|[eE][+-]?0+|[^]/g;

interface Section {
  tokens: { text: string; literal?: string }[];
  placeholders: number;
  /** How many placeholders stand before the decimal point. */
  before: number;
  /** Least digits before and after the point that are written as zeros. */
  zerosBefore: number;
  zerosAfter: number;
  isScientific: boolean;
  isGrouped: boolean;
  /** By how many places the number is moved: `%` and `‰` enlarge it, commas before the point make it smaller. */
  shift: number;
}

function readSection(text: string): Section {
  const tokens: Section['tokens'] = [];
  let placeholders = 0;
  let before = -1;
  let firstZero = Number.POSITIVE_INFINITY;
  let lastZero = 0;
  let shift = 0;
  let isScientific = false;
  let isGrouped = false;
  let commasAt = -1;
  let commas = 0;
  for (const match of text.matchAll(CUSTOM_TOKEN)) {
    const [token, single, double, escaped] = match;
    const literal = single ?? double ?? escaped;
    if (literal !== undefined) tokens.push({ text: '', literal });
    else {
      tokens.push({ text: token });
      if (token === '#' || token === '0') {
        if (token === '0') {
          firstZero = Math.min(firstZero, placeholders);
          lastZero = placeholders + 1;
        }
        placeholders += 1;
      } else if (token === '.') before = before < 0 ? placeholders : before;
      else if (token === '%') shift += 2;
      else if (token === '‰') shift += 3;
      else if (token === ',' && placeholders > 0 && before < 0) {
        if (commasAt === placeholders) commas += 1;
        else {
          if (commasAt >= 0) isGrouped = true;
          commasAt = placeholders;
          commas = 1;
        }
      } else if (token.length > 1) isScientific = true;
    }
  }
  if (before < 0) before = placeholders;
  if (commasAt === before) shift -= 3 * commas;
  else if (commasAt >= 0) isGrouped = true;
  return {
    tokens,
    placeholders,
    before,
    zerosBefore: firstZero < before ? before - firstZero : 0,
    zerosAfter: lastZero > before ? lastZero - before : 0,
    isScientific,
    isGrouped,
    shift,
  };
}

/** A custom format: digits where `0` and `#` stand, everything else as written. */
function formatCustom(value: number | bigint, pattern: string): string {
  const exact = exactDecimal(value);
  const decimal =
    typeof value === 'number' && !Number.isInteger(value) ? rounded(exact, CUSTOM_PRECISION) : exact;
  const sections = sectionsOf(pattern);
  const [positive = '', negative = '', zero = ''] = sections;
  const ofZero = sections.length > 2 && zero !== '' ? zero : positive;
  if (decimal.digits === '') return writeSection({ ...decimal, isNegative: false }, readSection(ofZero));
  const isOwn = decimal.isNegative && sections.length > 1 && negative !== '';
  const section = readSection(isOwn ? negative : positive);
  const moved = { ...decimal, point: decimal.point + section.shift };
  const count = section.isScientific
    ? section.placeholders
    : moved.point + section.placeholders - section.before;
  const shown = rounded(moved, count);
  if (shown.digits === '') return writeSection({ ...shown, isNegative: false }, readSection(ofZero));
  return writeSection({ ...shown, isNegative: shown.isNegative && !isOwn }, section);
}

function writeSection({ isNegative, digits, point }: Decimal, section: Section): string {
  const { before, zerosBefore, zerosAfter, isScientific, isGrouped } = section;
  let written = isNegative ? '-' : '';
  /** The place of the next digit: 1 for the ones, 0 for the tenths. */
  let place = isScientific ? before : Math.max(point, before);
  /** How many more digits there are before the point than placeholders, or fewer. */
  let surplus = isScientific ? 0 : point - before;
  let next = 0;
  let hasPoint = false;
  const put = (digit: string): void => {
    written += digit;
    if (isGrouped && place > 1 && (place - 1) % 3 === 0) written += ',';
  };
  for (const { text, literal } of section.tokens) {
    if (literal !== undefined) {
      written += literal;
      continue;
    }
    if (text === '#' || text === '0' || text === '.') {
      for (; surplus > 0; surplus -= 1) {
        put(digits[next] ?? '0');
        next += 1;
        place -= 1;
      }
    }
    if (text === '#' || text === '0') {
      if (surplus < 0) {
        surplus += 1;
        if (place <= zerosBefore) put('0');
      } else {
        const digit = digits[next];
        if (digit !== undefined) put(digit);
        else if (place > -zerosAfter) put('0');
        next += 1;
      }
      place -= 1;
    } else if (text === '.') {
      if (!hasPoint && (zerosAfter > 0 || (before < section.placeholders && next < digits.length))) {
        written += '.';
        hasPoint = true;
      }
    } else if (text.length > 1) {
      const exponent = digits === '' ? 0 : point - before;
      const sign = exponent < 0 ? '-' : text.includes('+') ? '+' : '';
      const width = text.replaceAll(/[^0]/g, '').length;
      written += `${text[0] ?? ''}${sign}${String(Math.abs(exponent)).padStart(width, '0')}`;
    } else if (text !== ',') written += text;
  }
  return written;
}
