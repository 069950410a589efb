export interface ParsedDate {
  date: Date;
  /** What .NET keeps beyond milliseconds, in ticks of 100 ns: 0 to 9999. */
  ticks: number;
  /** Whether the text was ISO 8601 with a `T` between date and time. */
  isIso: boolean;
}

const EXTENDED =
  /^(\d{4})-(\d{2})-(\d{2})(?:([T ])(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?\s?(Z|[+-]\d{2}:?\d{2})?$/i;
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
  const milliseconds = Number(`0.${fraction}0`) * 1_000;
  const local = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    Math.trunc(milliseconds),
  );
  const check = new Date(local);
  const isReal =
    check.getUTCMonth() === Number(month) - 1 &&
    check.getUTCDate() === Number(day) &&
    Number(hour) < 24 &&
    Number(minute) < 60 &&
    Number(second) < 60;
  if (!isReal) return undefined;
  const offset = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  const offsetMinutes =
    offset === null ? 0 : (Number(offset[2]) * 60 + Number(offset[3])) * (offset[1] === '-' ? -1 : 1);
  return {
    date: new Date(local - offsetMinutes * 60_000),
    ticks: Number(fraction.padEnd(7, '0').slice(3, 7)),
    isIso: extended !== null && separator?.toUpperCase() === 'T',
  };
}

const DURATION =
  /^(-)?P(?=\d|T\d)(?:(\d{1,7})Y)?(?:(\d{1,7})M)?(?:(\d{1,7})D)?(?:T(?=\d)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:\.\d{1,7})?)S)?)?$/;

const DAY_MS = 86_400_000;

/** An ISO 8601 duration in milliseconds, a year being 365 days and a month 30, as in .NET's XmlConvert. */
export function parseDurationMs(value: string): number | undefined {
  const found = DURATION.exec(value.trim());
  if (found === null) return undefined;
  const [years = 0, months = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = found
    .slice(2)
    .map((part: string | undefined) => Number(part ?? 0));
  const milliseconds =
    (years * 365 + months * 30 + days) * DAY_MS +
    hours * 3_600_000 +
    minutes * 60_000 +
    Math.round(seconds * 1_000);
  return found[1] === '-' ? -milliseconds : milliseconds;
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

const TOKEN = /'([^']*)'|"([^"]*)"|\\(.)|%(?=.)|d{1,}|f{1,7}|F{1,7}|g+|h+|H+|K|m+|M+|s+|t+|y+|z+|[^]/g;

/** Writes a date in UTC by a .NET date format, with so many ticks beyond its milliseconds; `undefined` for one that is not known. */
export function formatDate(date: Date, pattern: string, ticks = 0): string | undefined {
  if (pattern.length === 0 || pattern.length > 200) return undefined;
  const standard =
    pattern.length === 1 ? (Object.hasOwn(STANDARD, pattern) ? STANDARD[pattern] : undefined) : pattern;
  if (standard === undefined) return undefined;
  return standard.replaceAll(TOKEN, (token, single?: string, double?: string, escaped?: string) => {
    const literal = single ?? double ?? escaped;
    return literal ?? writeToken(date, token, ticks);
  });
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

function writeToken(date: Date, token: string, ticks: number): string {
  const numeric = (value: number): string => (token.length === 1 ? String(value) : pad(value, 2));
  const hour = date.getUTCHours();
  const fraction = `${pad(date.getUTCMilliseconds(), 3)}${pad(ticks, 4)}`.slice(0, token.length);
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
    case '%':
      return '';
    default:
      return token;
  }
}
