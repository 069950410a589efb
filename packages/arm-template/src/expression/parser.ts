import { TemplateError } from '../template-error.ts';
import { integerValue, parseFailure, tokenize, type Token, type TokenKind } from './lexer.ts';
import type { Expression } from './syntax.ts';

/** How many characters an expression may have (AZURE-FACTS, "Limits"). */
const MAXIMUM_EXPRESSION_LENGTH = 24_576;

/** How deeply calls and indexers may nest: a bound of our own, far above what templates use. */
const MAXIMUM_DEPTH = 200;

class Parser {
  readonly #text: string;
  readonly #tokens: Token[];
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = tokenize(text);
  }

  parse(): Expression {
    const expression = this.#expression();
    this.#take('EndOfData');
    return expression;
  }

  #expression(): Expression {
    this.#depth += 1;
    if (this.#depth > MAXIMUM_DEPTH) {
      throw parseFailure(
        this.#text,
        this.#peek().offset,
        `it nests more than '${String(MAXIMUM_DEPTH)}' levels deep`,
      );
    }
    let expression = this.#primary();
    let accesses = 0;
    for (;;) {
      const { kind, offset } = this.#peek();
      if (kind === 'Dot') {
        this.#at += 1;
        const name = this.#take('Identifier');
        expression = {
          kind: 'member',
          target: expression,
          property: { kind: 'value', value: name.text, offset: name.offset },
          offset,
        };
      } else if (kind === 'LeftSquareBracket') {
        this.#at += 1;
        const property = this.#expression();
        this.#take('RightSquareBracket');
        expression = { kind: 'member', target: expression, property, offset };
      } else {
        break;
      }
      accesses += 1;
      if (accesses > MAXIMUM_DEPTH) {
        throw parseFailure(
          this.#text,
          offset,
          `it accesses more than '${String(MAXIMUM_DEPTH)}' properties in a row`,
        );
      }
    }
    this.#depth -= 1;
    return expression;
  }

  #primary(): Expression {
    const token = this.#peek();
    if (token.kind === 'StringLiteral') {
      this.#at += 1;
      return { kind: 'value', value: token.text, offset: token.offset };
    }
    if (token.kind === 'Integer') {
      this.#at += 1;
      return { kind: 'value', value: integerValue(token, this.#text), offset: token.offset };
    }
    const first = this.#take('Identifier');
    if (this.#peek().kind === 'Dot') {
      this.#at += 1;
      const member = this.#take('Identifier');
      return {
        kind: 'call',
        namespace: first.text,
        name: member.text,
        arguments: this.#arguments(),
        offset: first.offset,
      };
    }
    return { kind: 'call', name: first.text, arguments: this.#arguments(), offset: first.offset };
  }

  #arguments(): Expression[] {
    this.#take('LeftParenthesis');
    const list: Expression[] = [];
    if (this.#peek().kind === 'RightParenthesis') {
      this.#at += 1;
      return list;
    }
    for (;;) {
      list.push(this.#expression());
      if (this.#peek().kind !== 'Comma') break;
      this.#at += 1;
    }
    this.#take('RightParenthesis');
    return list;
  }

  #peek(): Token {
    return this.#tokens[this.#at] ?? { kind: 'EndOfData', text: '', offset: this.#text.length };
  }

  #take(kind: TokenKind): Token {
    const token = this.#peek();
    if (token.kind !== kind) {
      throw parseFailure(this.#text, token.offset, `expected token '${kind}' and actual '${token.kind}'`);
    }
    this.#at += 1;
    return token;
  }
}

/** Whether a template string is an expression: in brackets, and not escaped with `[[`. */
export function isExpression(text: string): boolean {
  return text.startsWith('[') && !text.startsWith('[[') && text.endsWith(']');
}

/** A template string that is no expression, with `[[` unescaped. */
export function literalText(text: string): string {
  return text.startsWith('[[') && text.endsWith(']') ? text.slice(1) : text;
}

/** Escapes a text so that a template which contains it reads it as a literal. */
export function escapeLiteral(text: string): string {
  return text.startsWith('[') && text.endsWith(']') ? `[${text}` : text;
}

/**
 * Parses an expression, given without its outer brackets.
 *
 * @throws TemplateError with the offset inside the expression; also when it is longer or deeper than the limits.
 */
export function parseExpression(text: string): Expression {
  if (text.length > MAXIMUM_EXPRESSION_LENGTH) {
    throw new TemplateError(
      'InvalidTemplate',
      `The language expression length limit exceeded. Limit: '${String(MAXIMUM_EXPRESSION_LENGTH)}' and actual: '${String(text.length)}'.`,
      { expression: `${text.slice(0, 400)}…`, offset: MAXIMUM_EXPRESSION_LENGTH },
    );
  }
  return new Parser(text).parse();
}
