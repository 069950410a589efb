import { spend } from '../expression/bounds.ts';
import { isObject, kindOf } from '../json-values.ts';
import type { TemplateError } from '../template-error.ts';
import {
  any,
  array,
  declare,
  declareVariadic,
  integer,
  optional,
  readTexts,
  refusing,
  text,
  textOrArray,
  textOrInteger,
  type FunctionCall,
  type FunctionDeclaration,
} from './declaration.ts';
import { formatFunction } from './composite-format.ts';
import { bounded, displayText } from './text-format.ts';
import { foldCase, lowerCase, upperCase, withoutSpace } from './text-order.ts';

/** Literal replacement of every occurrence, without patterns. */
function replaceAll(call: FunctionCall, original: string, old: string, replacement: string): string {
  if (old === '')
    throw call.usageError(
      "The template language function 'replace' expects a string to search for that is not empty.",
    );
  const parts = original.split(old);
  bounded(call, original.length + (parts.length - 1) * Math.max(0, replacement.length - old.length));
  return parts.join(replacement);
}

/** `startsWith` and `endsWith`: without regard to case. */
function searchable(name: 'startsWith' | 'endsWith'): FunctionDeclaration {
  return declare(name, [any, any], (call, left, right) => {
    const [value, part] = readTexts(call, left, right);
    const end = name === 'startsWith' ? value.slice(0, part.length) : value.slice(value.length - part.length);
    return value.length >= part.length && foldCase(end) === foldCase(part);
  });
}

const delimiterWords = (kind: string): string =>
  `The template language function 'split' expects its second parameter to be of type 'String or Array of Strings'. The provided value is of type '${kind}'. Please see https://aka.ms/arm-functions for usage details.`;
const delimiterRule = refusing(textOrArray, delimiterWords);
const delimiterItem = refusing(text, delimiterWords);

const padSyntax = (reason: string): string =>
  `Unable to evaluate template language function 'padLeft': ${reason}. The syntax is padLeft(string, totalWidth [, paddingChar]). Please see https://aka.ms/arm-resource-functions/#padleft for usage details.`;

export const stringFunctions: readonly FunctionDeclaration[] = [
  formatFunction,
  {
    ...declareVariadic('concat', 1, any, (call, list) => {
      if (list.every((item) => Array.isArray(item))) return list.flat();
      if (list.some((item) => Array.isArray(item))) {
        throw call.error(
          "The provided parameters for language function 'concat' are invalid. Either all or none of the parameters must be an array. Please see https://aka.ms/arm-resource-functions/#concat for usage details.",
        );
      }
      const parts = list.map((item) => {
        if (isObject(item)) {
          throw call.error(
            `The provided parameters for language function 'concat' are invalid: a parameter of type '${kindOf(item)}' cannot be joined. Please see https://aka.ms/arm-resource-functions/#concat for usage details.`,
          );
        }
        return displayText(item);
      });
      bounded(
        call,
        parts.reduce((length, part) => length + part.length, 0),
      );
      return parts.join('');
    }),
    wrongCount: () =>
      "Unable to evaluate template language function 'concat'. At least one parameter should be provided. Please see https://aka.ms/arm-functions for usage details.",
  },
  searchable('startsWith'),
  searchable('endsWith'),
  declare('join', [array, text], (call, items, delimiter) => {
    const parts = items.map(displayText);
    bounded(
      call,
      parts.reduce((length, part) => length + part.length + delimiter.length, 0),
    );
    return parts.join(delimiter);
  }),
  {
    ...declare(
      'padLeft',
      [
        refusing(textOrInteger, (kind) =>
          padSyntax(
            `the first parameter is invalid. The source string must be a String or integer type, while '${kind}' was provided`,
          ),
        ),
        integer,
        optional(
          refusing(text, (kind) =>
            padSyntax(
              `the third parameter is invalid. The padding character must be a string type, while '${kind}' was provided`,
            ),
          ),
        ),
      ],
      (call, value, width, padding) => {
        if (padding !== undefined && padding.length !== 1) {
          throw call.error(
            padSyntax(
              `the third parameter is invalid. The padding character must be a single character, while '${padding.slice(0, 80)}' was provided`,
            ),
          );
        }
        if (width < 0n) {
          throw call.error(
            padSyntax(
              `the second parameter is invalid. Total width must be a positive integer value, while '${width.toString()}' was provided`,
            ),
          );
        }
        bounded(call, Number(width));
        return displayText(value).padStart(Number(width), padding ?? ' ');
      },
    ),
    wrongCount: (count) =>
      padSyntax(
        `function requires minimum two and maximum three arguments while '${String(count)}' was provided`,
      ),
  },
  {
    ...declare('replace', [text, text, text], replaceAll),
    wrongCount: () =>
      "The template language function 'replace' expects exactly '3' parameters. Please see https://aka.ms/arm-functions for usage details.",
  },
  {
    ...declare('split', [text, delimiterRule], (call, value, delimiters) => {
      const list = (Array.isArray(delimiters) ? delimiters : [delimiters])
        .map((item) => delimiterItem.read(item, call))
        .filter((item) => item !== '');
      spend(Math.ceil((value.length * list.length) / 64));
      const parts: string[] = [];
      let start = 0;
      for (let at = 0; at < value.length;) {
        const found = list.find((each) => value.startsWith(each, at));
        if (found === undefined) {
          at += 1;
          continue;
        }
        parts.push(value.slice(start, at));
        at += found.length;
        start = at;
      }
      parts.push(value.slice(start));
      return parts;
    }),
    wrongCount: () =>
      "The template language function 'split' expects exactly '2' parameters. Please see https://aka.ms/arm-functions for usage details.",
  },
  {
    ...declare('substring', [text, integer, optional(integer)], (call, value, start, length) => {
      const whole = BigInt(value.length);
      const outside = (reason: string): TemplateError =>
        call.usageError(`Unable to evaluate the template language function 'substring'. ${reason}`);
      const lengthOfText = `the length of the string parameter: '${whole.toString()}'.`;
      if (start < 0n) {
        throw outside(`The index parameter cannot be less than zero. The index: '${start.toString()}'.`);
      }
      if (start > whole) {
        throw outside(
          `The index parameter cannot be larger than the length of the string. The index parameter: '${start.toString()}', ${lengthOfText}`,
        );
      }
      const count = length ?? whole - start;
      if (count < 0n) {
        throw outside(
          `The length parameter cannot be less than zero. The length parameter: '${count.toString()}'.`,
        );
      }
      if (start + count > whole) {
        throw outside(
          `The index and length parameters must refer to a location within the string. The index parameter: '${start.toString()}', the length parameter: '${count.toString()}', ${lengthOfText}`,
        );
      }
      return value.slice(Number(start), Number(start + count));
    }),
    wrongCount: () =>
      "The template language function 'substring' expects at least two parameters and up to three parameters: a string, a start index and optionally a length. Please see https://aka.ms/arm-resource-functions/#substring for usage details.",
  },
  declare('toLower', [text], (_call, value) => lowerCase(value)),
  declare('toUpper', [text], (_call, value) => upperCase(value)),
  declare('trim', [text], (_call, value) => withoutSpace(value)),
];
