import type { JsonValue } from '../json.ts';
import { isNumber } from '../json-values.ts';
import type { TemplateError } from '../template-error.ts';
import {
  any,
  declareLazy,
  refusing,
  text,
  type FunctionCall,
  type FunctionDeclaration,
} from './declaration.ts';
import { formatNumber } from './number-format.ts';
import { bounded, displayText } from './text-format.ts';

/** A part of .NET's composite format: a doubled brace, `{index,alignment:specifier}`, or a brace that is out of place. */
const PLACEHOLDER = /\{\{|\}\}|\{(\d{1,6}) *(?:, *(-?\d{1,6}) *)?(?::([^{}]*))?\}|[{}]/g;

function format(call: FunctionCall, pattern: string, values: readonly JsonValue[]): string {
  const invalid = (reason: string): TemplateError =>
    call.error(
      `Unable to evaluate language function 'format': the format is invalid: '${reason}'. Please see https://aka.ms/arm-function-format for usage details.`,
    );
  let length = 0;
  return pattern.replaceAll(PLACEHOLDER, (whole, index?: string, alignment?: string, specifier?: string) => {
    if (whole === '{{') return '{';
    if (whole === '}}') return '}';
    if (index === undefined) throw invalid('Input string was not in a correct format.');
    const value = values[Number(index)];
    if (value === undefined) {
      throw invalid(
        'Index (zero based) must be greater than or equal to zero and less than the size of the argument list.',
      );
    }
    const written = isNumber(value) ? formatNumber(value, specifier ?? '') : displayText(value);
    if (written === undefined) throw invalid('Format specifier was invalid.');
    const width = Number(alignment ?? 0);
    length += Math.max(written.length, Math.abs(width));
    bounded(call, length);
    return width < 0 ? written.padEnd(-width) : written.padStart(width);
  });
}

const formatText = refusing(
  text,
  () =>
    "Unable to evaluate language function 'format': the first argument must be a string literal, and the type of other arguments must be one of 'Array, Boolean, Date, Float, Guid, Integer, Null, Object, String, TimeSpan, Undefined, Uri'. Please see https://aka.ms/arm-resource-functions/#format for usage details.",
);

/** `format`, with .NET's composite format. */
export const formatFunction: FunctionDeclaration = {
  ...declareLazy('format', 1, Number.POSITIVE_INFINITY, (call, [pattern, ...values]) => {
    const written = pattern === undefined ? '' : formatText.read(pattern.value(), call);
    return format(
      call,
      written,
      values.map((argument) => any.read(argument.value(), call)),
    );
  }),
  wrongCount: () =>
    "Unable to evaluate template language function 'format'. At least one parameter should be provided. Please see https://aka.ms/arm-functions for usage details.",
};
