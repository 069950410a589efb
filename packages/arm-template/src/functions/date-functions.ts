import {
  declare,
  integer,
  optional,
  text,
  type FunctionCall,
  type FunctionDeclaration,
} from './declaration.ts';
import { formatDate, parseDate, parseDurationMs, type ParsedDate } from './date-text.ts';
import { notHere } from './string-functions.ts';

const EARLIEST_MS = Date.UTC(2000, 0, 1) - 1_999 * 366 * 86_400_000;
const LATEST_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

function readDate(call: FunctionCall, value: string): ParsedDate {
  const parsed = parseDate(value);
  if (parsed === undefined) {
    throw call.error(
      `The template function '${call.name}' has an invalid parameter. The first parameter '${value.slice(0, 80)}' is not a valid ISO8601 date time string. Please see https://aka.ms/arm-syntax-functions .`,
    );
  }
  return parsed;
}

function write(call: FunctionCall, date: Date, pattern: string, ticks = 0): string {
  const written = formatDate(date, pattern, ticks);
  if (written === undefined) {
    throw call.error(
      `The template function '${call.name}' has an invalid parameter. The date time format '${pattern.slice(0, 80)}' is not supported. Please see https://aka.ms/arm-syntax-functions .`,
    );
  }
  return written;
}

export const dateFunctions: readonly FunctionDeclaration[] = [
  declare('utcNow', [optional(text)], (call, pattern) => {
    if (call.scope.sources === undefined) throw notHere(call);
    return write(call, call.scope.sources.now, pattern ?? 'yyyyMMddTHHmmssZ');
  }),
  declare('dateTimeAdd', [text, text, optional(text)], (call, base, duration, pattern) => {
    const parsed = readDate(call, base);
    const durationMs = parseDurationMs(duration);
    if (durationMs === undefined) {
      throw call.error(
        `The template function 'dateTimeAdd' has an invalid parameter. The second parameter '${duration.slice(0, 80)}' is not a valid ISO8601 Duration string. Please see https://aka.ms/arm-syntax-functions .`,
      );
    }
    const sum = parsed.date.getTime() + durationMs;
    if (!(sum >= EARLIEST_MS && sum <= LATEST_MS)) {
      throw call.error(`The result of the template function 'dateTimeAdd' is outside the years 1 to 9999.`);
    }
    // A round-trip date stays one; any other text was parsed by culture and is written that way (AZURE-FACTS 11).
    return write(
      call,
      new Date(sum),
      pattern ?? (parsed.isIso ? 'yyyy-MM-ddTHH:mm:ssZ' : 'M/d/yyyy h:mm:ss tt'),
      parsed.ticks,
    );
  }),
  declare('dateTimeFromEpoch', [integer], (call, seconds) => {
    const milliseconds = Number(seconds) * 1_000;
    if (!(milliseconds >= EARLIEST_MS && milliseconds <= LATEST_MS)) {
      throw call.error(
        `The result of the template function 'dateTimeFromEpoch' is outside the years 1 to 9999.`,
      );
    }
    return write(call, new Date(milliseconds), 'yyyy-MM-ddTHH:mm:ssZ');
  }),
  declare('dateTimeToEpoch', [text], (call, value) =>
    Math.floor(readDate(call, value).date.getTime() / 1_000),
  ),
];
