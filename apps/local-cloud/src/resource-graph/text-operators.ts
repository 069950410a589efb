import { RE2JS, RE2JSException } from 're2js';
import {
  textOf,
  typeMismatch,
  weightOf,
  type BindingContext,
  type BoundExpression,
} from './bound-expression.ts';
import { queryError, shortened, tooMuch, type QueryPlace } from './query-error.ts';
import type { TextOperator } from './syntax.ts';

type Test = (text: string, wanted: string) => boolean;

const tests: Readonly<Record<Exclude<TextOperator['search'], 'matches regex'>, Test>> = {
  has: hasTerm,
  contains: (text, wanted) => text.includes(wanted),
  startswith: (text, wanted) => text.startsWith(wanted),
  endswith: (text, wanted) => text.endsWith(wanted),
};

/** `left contains right` and its like. */
export function bindTextOperator(
  operator: TextOperator,
  left: BoundExpression,
  right: BoundExpression,
  context: BindingContext,
): BoundExpression {
  const { place, budget } = context;
  for (const { type } of [left, right])
    if (type !== 'string' && type !== 'dynamic')
      throw typeMismatch(
        `The operator ${operator.search} works on texts, and this is of type ${type}. Convert it with tostring().`,
        place,
      );
  if (operator.search === 'matches regex') return bindRegex(left, right, context);
  const text = textOf(left, budget);
  const test = tests[operator.search];
  const { negated, ignoresCase } = operator;
  const fold = (value: string): string => (ignoresCase ? value.toLowerCase() : value);
  const wantedText = textOf(right, budget);
  return {
    type: 'bool',
    weight: weightOf(left, right),
    evaluate: (row) => {
      const searched = text(row);
      const wanted = searchable(wantedText(row));
      budget.spendOnText(searched.length);
      return test(fold(searched), fold(wanted)) !== negated;
    },
  };
}

/**
 * How long a text may be that is looked for in others: looking for one may take as long as the one text times the other.
 */
const longestSearch = 1_000;

/** A text that is looked for in others. Throws `QueryError` when it is too long for that. */
export function searchable(text: string): string {
  if (text.length <= longestSearch) return text;
  throw tooMuch(
    `A text that is looked for may have ${longestSearch} characters; this one has ${text.length}.`,
  );
}

/** Of which letters and digits words are made, to `has`. Source: Kusto's documentation, "String operators". */
const ofWord = /[A-Za-z\d]/;

const isWordAt = (text: string, at: number): boolean => ofWord.test(text.charAt(at));

/** Whether a text has another as a whole word, or as several: nothing of a word is cut off at either end. */
function hasTerm(text: string, wanted: string): boolean {
  let at = text.indexOf(wanted);
  while (at >= 0) {
    const cutsBefore = isWordAt(wanted, 0) && isWordAt(text, at - 1);
    const cutsBehind = isWordAt(wanted, wanted.length - 1) && isWordAt(text, at + wanted.length);
    if (!cutsBefore && !cutsBehind) return true;
    // Within a word there is no other beginning of one.
    let next = at + 1;
    if (cutsBefore) while (isWordAt(text, next)) next += 1;
    at = text.indexOf(wanted, next);
  }
  return false;
}

/** How large a regular expression may be once it is compiled. */
const largestProgram = 5_000;

/**
 * RE2, which Kusto uses, takes no longer than the length of the text times the size of the expression, whatever either of
 * them is; JavaScript's own regular expressions may take for ever.
 */
function bindRegex(
  left: BoundExpression,
  right: BoundExpression,
  { place, budget }: BindingContext,
): BoundExpression {
  if (typeof right.literal !== 'string')
    throw typeMismatch('The regular expression of matches regex must be a text in quotes.', place);
  const pattern = compile(right.literal, place);
  const size = pattern.programSize();
  const text = textOf(left, budget);
  return {
    type: 'bool',
    weight: weightOf(left),
    evaluate: (row) => {
      const searched = text(row);
      budget.spend(10 + searched.length * size);
      return pattern.matcher(searched).find();
    },
  };
}

function compile(pattern: string, place: QueryPlace): RE2JS {
  const compiled = parse(pattern, place);
  if (compiled.programSize() <= largestProgram) return compiled;
  throw queryError('InvalidQuery', 'The regular expression is too large.', place);
}

function parse(pattern: string, place: QueryPlace): RE2JS {
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    throw queryError(
      'InvalidQuery',
      `The regular expression is not valid in RE2: ${shortened(error.message)}.`,
      place,
    );
  }
}
