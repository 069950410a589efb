/** A point in time as .NET keeps it: in ticks of 100 ns, counted from 1970 in UTC. */
export type Ticks = bigint;

const TICKS_PER_MS = 10_000n;
const TICKS_PER_SECOND = 10_000_000n;
const TICKS_PER_DAY = 86_400n * TICKS_PER_SECOND;

/** What .NET's dates can be: the years 1 to 9999. */
const EARLIEST: Ticks = -719_162n * TICKS_PER_DAY;
const LATEST: Ticks = 2_932_897n * TICKS_PER_DAY - 1n;

/** Whether .NET has such a date. */
export function isDate(ticks: Ticks): boolean {
  return ticks >= EARLIEST && ticks <= LATEST;
}

export function ticksOfSeconds(seconds: bigint): Ticks {
  return seconds * TICKS_PER_SECOND;
}

export function ticksOfDate(date: Date): Ticks {
  return BigInt(date.getTime()) * TICKS_PER_MS;
}

/** Whole seconds since 1970; of a time between two seconds the earlier one. */
export function secondsOfTicks(ticks: Ticks): number {
  return Number((ticks - remainder(ticks, TICKS_PER_SECOND)) / TICKS_PER_SECOND);
}

function remainder(ticks: Ticks, unit: bigint): bigint {
  return ((ticks % unit) + unit) % unit;
}

export interface ParsedDate {
  ticks: Ticks;
  /** Whether the text was ISO 8601 with a `T` between date and time. */
  isIso: boolean;
}

const EXTENDED =
  /^(\d{4})-(\d{2})-(\d{2})(?:([T ])(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?\s?(Z|[+-]\d{2}(?::?\d{2})?)?$/i;
/** As `dateTimeAdd` itself writes dates that were not ISO 8601. */
const CULTURE = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?: (\d{1,2}):(\d{2})(?::(\d{2}))?(?: ([AP]M))?)?$/i;
const BASIC = /^(\d{4})(\d{2})(\d{2})(T)(\d{2})(\d{2})(\d{2})()(Z)$/i;

/** A date of the invariant culture in ISO 8601, with a space; any other text as it is. */
function isoForm(value: string): string {
  const found = CULTURE.exec(value);
  if (found === null) return value;
  const [, month = '', day = '', year = '', hour = '0', minute = '00', second = '00', half = ''] = found;
  const isNoonBased = half !== '' && Number(hour) >= 1 && Number(hour) <= 12;
  if (half !== '' && !isNoonBased) return value;
  const hours = isNoonBased ? (Number(hour) % 12) + (half.toUpperCase() === 'PM' ? 12 : 0) : Number(hour);
  return `${year}-${pad(Number(month), 2)}-${pad(Number(day), 2)} ${pad(hours, 2)}:${minute}:${second}`;
}

/** Reads an ISO 8601 date, the `u` form with a space, or the basic form that `utcNow()` writes; no offset means UTC. */
export function parseDate(value: string): ParsedDate | undefined {
  const trimmed = isoForm(value.trim());
  const extended = EXTENDED.exec(trimmed);
  const found = extended ?? BASIC.exec(trimmed);
  if (found === null) return undefined;
  const [, year, month, day, separator, hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] =
    found;
  const local = new Date(0);
  // Years below 100 are years below 100 here, other than in Date.UTC.
  local.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  local.setUTCHours(Number(hour), Number(minute), Number(second));
  const isReal =
    local.getUTCMonth() === Number(month) - 1 &&
    local.getUTCDate() === Number(day) &&
    Number(hour) < 24 &&
    Number(minute) < 60 &&
    Number(second) < 60;
  if (!isReal) return undefined;
  const offset = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone);
  const offsetMinutes =
    offset === null ? 0 : (Number(offset[2]) * 60 + Number(offset[3] ?? 0)) * (offset[1] === '-' ? -1 : 1);
  const ticks =
    ticksOfDate(local) +
    BigInt(fraction.padEnd(7, '0').slice(0, 7)) -
    ticksOfSeconds(BigInt(offsetMinutes * 60));
  if (!isDate(ticks)) return undefined;
  return { ticks, isIso: extended !== null && separator?.toUpperCase() === 'T' };
}

const DURATION =
  /^(-)?P(?=\d|T\d)(?:(\d{1,7})Y)?(?:(\d{1,7})M)?(?:(\d{1,7})D)?(?:T(?=\d)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:\.(\d{1,7}))?S)?)?$/;

/** An ISO 8601 duration in ticks, a year being 365 days and a month 30, as in .NET's XmlConvert. */
export function parseDuration(value: string): Ticks | undefined {
  const found = DURATION.exec(value.trim());
  if (found === null) return undefined;
  const [years = 0n, months = 0n, days = 0n, hours = 0n, minutes = 0n, seconds = 0n] = found
    .slice(2, 8)
    .map((part: string | undefined) => BigInt(part ?? 0));
  const ticks =
    (years * 365n + months * 30n + days) * TICKS_PER_DAY +
    ticksOfSeconds((hours * 60n + minutes) * 60n + seconds) +
    BigInt((found[8] ?? '').padEnd(7, '0'));
  return found[1] === '-' ? -ticks : ticks;
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** .NET's standard formats, of the invariant culture and in UTC. */
const STANDARD: Readonly<Record<string, string>> = {
  d: 'MM/dd/yyyy',
  D: 'dddd, dd MMMM yyyy',
  f: 'dddd, dd MMMM yyyy HH:mm',
  F: 'dddd, dd MMMM yyyy HH:mm:ss',
  g: 'MM/dd/yyyy HH:mm',
  G: 'MM/dd/yyyy HH:mm:ss',
  M: 'MMMM dd',
  m: 'MMMM dd',
  O: 'yyyy-MM-ddTHH:mm:ss.fffffffK',
  o: 'yyyy-MM-ddTHH:mm:ss.fffffffK',
  R: "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
  r: "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
  s: 'yyyy-MM-ddTHH:mm:ss',
  t: 'HH:mm',
  T: 'HH:mm:ss',
  u: "yyyy-MM-dd HH:mm:ss'Z'",
  U: 'dddd, dd MMMM yyyy HH:mm:ss',
  Y: 'yyyy MMMM',
  y: 'yyyy MMMM',
};

/** The parts of a custom format: texts in quotes, a character after `\`, one specifier after `%`, and specifiers by length. */
const TOKEN =
  /'((?:[^'\\]|\\[^])*)'|"((?:[^"\\]|\\[^])*)"|\\([^])|%([^%])|d+|f+|F+|g+|h+|H+|K|m+|M+|s+|t+|y+|z+|[^]/g;

/** What is no format where it stands alone, without the rest of the part that it begins. */
const UNFINISHED = new Set(["'", '"', '\\', '%']);

const MOST_FRACTION_DIGITS = 7;

/** Writes a date in UTC by a .NET date format; `undefined` for one that .NET refuses. */
export function formatDate(ticks: Ticks, pattern: string): string | undefined {
  if (pattern.length > 200) return undefined;
  const name = pattern === '' ? 'G' : pattern;
  const custom = name.length === 1 ? (Object.hasOwn(STANDARD, name) ? STANDARD[name] : undefined) : name;
  if (custom === undefined) return undefined;
  let written = '';
  for (const [token, single, double, escaped, specifier = token] of custom.matchAll(TOKEN)) {
    const quoted = single ?? double;
    const literal = quoted === undefined ? escaped : quoted.replaceAll(/\\([^])/g, '$1');
    if (literal !== undefined) {
      written += literal;
      continue;
    }
    const isFraction = specifier.startsWith('f') || specifier.startsWith('F');
    if (UNFINISHED.has(specifier) || (isFraction && specifier.length > MOST_FRACTION_DIGITS))
      return undefined;
    const part = writeToken(ticks, specifier);
    // A fraction that is not written takes its point with it.
    written = part === '' && specifier.startsWith('F') ? written.replace(/\.$/, '') : written + part;
  }
  return written;
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

function writeToken(ticks: Ticks, token: string): string {
  const date = new Date(Number((ticks - remainder(ticks, TICKS_PER_MS)) / TICKS_PER_MS));
  const numeric = (value: number): string => (token.length === 1 ? String(value) : pad(value, 2));
  const hour = date.getUTCHours();
  const fraction = pad(Number(remainder(ticks, TICKS_PER_SECOND)), MOST_FRACTION_DIGITS).slice(
    0,
    token.length,
  );
  switch (token.charAt(0)) {
    case 'd': {
      const name = DAYS[date.getUTCDay()] ?? '';
      return token.length <= 2 ? numeric(date.getUTCDate()) : token.length === 3 ? name.slice(0, 3) : name;
    }
    case 'M': {
      const name = MONTHS[date.getUTCMonth()] ?? '';
      return token.length <= 2
        ? numeric(date.getUTCMonth() + 1)
        : token.length === 3
          ? name.slice(0, 3)
          : name;
    }
    case 'y': {
      const year = date.getUTCFullYear();
      return token.length <= 2 ? pad(year % 100, token.length) : pad(year, token.length);
    }
    case 'h':
      return numeric(hour % 12 === 0 ? 12 : hour % 12);
    case 'H':
      return numeric(hour);
    case 'm':
      return numeric(date.getUTCMinutes());
    case 's':
      return numeric(date.getUTCSeconds());
    case 'f':
      return fraction;
    case 'F':
      return fraction.replace(/0+$/, '');
    case 't':
      return (hour < 12 ? 'AM' : 'PM').slice(0, token.length);
    case 'z':
      return token.length === 1 ? '+0' : token.length === 2 ? '+00' : '+00:00';
    case 'K':
      return 'Z';
    case 'g':
      return 'A.D.';
    default:
      return token;
  }
}
