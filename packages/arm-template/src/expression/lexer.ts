import { fitsInt64, normalInteger } from '../json-values.ts';
import { TemplateError } from '../template-error.ts';

/** Token kinds under the names that Azure's error texts use. */
export type TokenKind =
  | 'Identifier'
  | 'StringLiteral'
  | 'Integer'
  | 'LeftParenthesis'
  | 'RightParenthesis'
  | 'LeftSquareBracket'
  | 'RightSquareBracket'
  | 'Dot'
  | 'Comma'
  | 'EndOfData';

export interface Token {
  kind: TokenKind;
  /** A string's content, an identifier's name, an integer's digits. */
  text: string;
  offset: number;
}

const PUNCTUATION = new Map<string, TokenKind>([
  ['(', 'LeftParenthesis'],
  [')', 'RightParenthesis'],
  ['[', 'LeftSquareBracket'],
  [']', 'RightSquareBracket'],
  ['.', 'Dot'],
  [',', 'Comma'],
]);

const SPACE = /\s+/y;
const IDENTIFIER = /[\p{L}_$][\p{L}\p{N}_$]*/uy;
const INTEGER = /-?\d+/y;
const STRING = /'([^']*(?:''[^']*)*)'/y;

/** Splits an expression's text (without its outer brackets) into tokens; the last one is `EndOfData`. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(text);
  };
  for (;;) {
    at += match(SPACE)?.[0].length ?? 0;
    const character = text[at];
    if (character === undefined) {
      tokens.push({ kind: 'EndOfData', text: '', offset: at });
      return tokens;
    }
    const punctuation = PUNCTUATION.get(character);
    if (punctuation !== undefined) {
      tokens.push({ kind: punctuation, text: character, offset: at });
      at += 1;
      continue;
    }
    if (character === "'") {
      const found = match(STRING);
      if (found === null) {
        throw invalidExpression(
          text,
          at,
          `the string constant at position '${String(at)}' is not terminated. String constants must be enclosed within a pair of single quotes`,
        );
      }
      tokens.push({ kind: 'StringLiteral', text: (found[1] ?? '').replaceAll("''", "'"), offset: at });
      at += found[0].length;
      continue;
    }
    const integer = match(INTEGER);
    const word = integer ?? match(IDENTIFIER);
    if (word === null) {
      throw invalidExpression(
        text,
        at,
        `the string character '${character}' at position '${String(at)}' is not expected`,
      );
    }
    tokens.push({ kind: integer === null ? 'Identifier' : 'Integer', text: word[0], offset: at });
    at += word[0].length;
  }
}

/** The value of an integer token. @throws TemplateError when it does not fit into 64 bits. */
export function integerValue(token: Token, text: string): number | bigint {
  const value = token.text.length > 20 ? undefined : BigInt(token.text);
  if (value === undefined || !fitsInt64(value)) {
    throw parseFailure(
      text,
      token.offset,
      `the integer at position '${String(token.offset)}' does not fit into 64 bits`,
    );
  }
  return normalInteger(value);
}

/** The error for an expression whose tokens stand in no order that means something, in Azure's wording. */
export function parseFailure(text: string, offset: number, reason: string): TemplateError {
  return new TemplateError(
    'InvalidTemplate',
    `Unable to parse language expression '${shorten(text)}': ${reason}.`,
    { expression: text, offset },
  );
}

/** The error for characters that are no tokens, in Azure's wording. */
function invalidExpression(text: string, offset: number, reason: string): TemplateError {
  return new TemplateError(
    'InvalidTemplate',
    `The language expression '${shorten(text)}' is not valid: ${reason}.`,
    { expression: text, offset },
  );
}

function shorten(text: string): string {
  return text.length > 400 ? `${text.slice(0, 400)}…` : text;
}
