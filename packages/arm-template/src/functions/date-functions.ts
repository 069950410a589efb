import {
  declare,
  integer,
  notHere,
  optional,
  text,
  type FunctionCall,
  type FunctionDeclaration,
} from './declaration.ts';
import {
  formatDate,
  isDate,
  parseDate,
  parseDuration,
  secondsOfTicks,
  ticksOfDate,
  ticksOfSeconds,
  type ParsedDate,
  type Ticks,
} from './date-text.ts';

function readDate(call: FunctionCall, value: string): ParsedDate {
  const parsed = parseDate(value);
  if (parsed === undefined) {
    throw call.error(
      `The template function '${call.name}' has an invalid parameter. The first parameter '${value.slice(0, 80)}' is not a valid ISO8601 date time string. Please see https://aka.ms/arm-syntax-functions .`,
    );
  }
  return parsed;
}

function write(call: FunctionCall, ticks: Ticks, pattern: string): string {
  if (!isDate(ticks)) {
    throw call.error(`The result of the template function '${call.name}' is outside the years 1 to 9999.`);
  }
  const written = formatDate(ticks, pattern);
  if (written === undefined) {
    throw call.error(
      `The template function '${call.name}' has an invalid parameter. The date time format '${pattern.slice(0, 80)}' is not supported. Please see https://aka.ms/arm-syntax-functions .`,
    );
  }
  return written;
}

const ISO = 'yyyy-MM-ddTHH:mm:ssZ';

export const dateFunctions: readonly FunctionDeclaration[] = [
  declare('utcNow', [optional(text)], (call, pattern) => {
    if (call.scope.sources === undefined) throw notHere(call);
    return write(call, ticksOfDate(call.scope.sources.now), pattern ?? 'yyyyMMddTHHmmssZ');
  }),
  declare('dateTimeAdd', [text, text, optional(text)], (call, base, duration, pattern) => {
    const parsed = readDate(call, base);
    const ticks = parseDuration(duration);
    if (ticks === undefined) {
      throw call.error(
        `The template function 'dateTimeAdd' has an invalid parameter. The second parameter '${duration.slice(0, 80)}' is not a valid ISO8601 Duration string. Please see https://aka.ms/arm-syntax-functions .`,
      );
    }
    // A round-trip date stays one; any other text was parsed by culture and is written that way (AZURE-FACTS 11).
    return write(call, parsed.ticks + ticks, pattern ?? (parsed.isIso ? ISO : 'M/d/yyyy h:mm:ss tt'));
  }),
  declare('dateTimeFromEpoch', [integer], (call, seconds) => write(call, ticksOfSeconds(seconds), ISO)),
  declare('dateTimeToEpoch', [text], (call, value) => secondsOfTicks(readDate(call, value).ticks)),
];
