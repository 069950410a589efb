import { parserFailure, type QueryPlace } from './query-error.ts';

/** `typed` is a literal with its type before it, such as `datetime(2026-01-02)`. */
export type TokenKind = 'name' | 'text' | 'number' | 'timespan' | 'typed' | 'symbol' | 'end';

/** A word of a query. */
export interface Token extends QueryPlace {
  kind: TokenKind;
  /** What a text says without its quotes, what a typed literal has between its parentheses; else as it is written. */
  value: string;
  /** The type before a typed literal. */
  typeName?: string;
  /** Where it begins and ends in the query. */
  start: number;
  end: number;
}

const space = /(?:\s|\/\/[^\n]*)+/y;
const name = /[\p{L}_$][\p{L}\p{N}_]*/uy;
const number = /0[xX][\da-fA-F]+|(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?/y;
/** Units of timespan literals. Source: Kusto's documentation, "The timespan data type". */
const timespanUnit =
  /(?:days?|d|hours?|hrs?|hr|h|minutes?|min|m|seconds?|sec|s|milliseconds?|millis|ms|microseconds?|micros?|ticks?)(?![\p{L}\p{N}_])/uy;
const symbol = /==|!=|=~|!~|<=|>=|<>|\.\.|[|,()[\]{}.;:=<>+\-*/%!?~]/y;
const verbatimText = /[hH]?@(?:"((?:[^"\r\n]|"")*)"|'((?:[^'\r\n]|'')*)')/y;
const plainText = /[hH]?(?:"([^"\\\r\n]*(?:\\.[^"\\\r\n]*)*)"|'([^'\\\r\n]*(?:\\.[^'\\\r\n]*)*)')/y;
const longText = /[hH]?```([\s\S]*?)```/y;
const typedLiteral =
  /(datetime|date|timespan|time|guid|bool|boolean|int|long|real|double)\s*\(([^()'"\n]{0,100})\)/y;
const dynamicLiteral = /dynamic\s*\(/y;

/** The words of a query, the last one being its end. Throws `QueryError` for what is no word of the language. */
export function readTokens(query: string): Token[] {
  const lexer = new Lexer(query);
  const tokens: Token[] = [];
  for (;;) {
    const token = lexer.next();
    tokens.push(token);
    if (token.kind === 'end') return tokens;
  }
}

class Lexer {
  readonly #query: string;
  #at = 0;
  #line = 1;
  #lineStart = 0;

  constructor(query: string) {
    this.#query = query;
  }

  next(): Token {
    this.#take(space);
    if (this.#at >= this.#query.length) return this.#token('end', this.#at, '', '<EOF>');
    return this.#text() ?? this.#typed() ?? this.#dynamic() ?? this.#word() ?? this.#refuse();
  }

  #text(): Token | undefined {
    const start = this.#at;
    const verbatim = this.#take(verbatimText);
    if (verbatim)
      return this.#token(
        'text',
        start,
        verbatim[1]?.replaceAll('""', '"') ?? verbatim[2]?.replaceAll("''", "'") ?? '',
      );
    const long = this.#take(longText);
    if (long) return this.#token('text', start, long[1] ?? '');
    const plain = this.#take(plainText);
    return plain && this.#token('text', start, withoutEscapes(plain[1] ?? plain[2] ?? ''));
  }

  #typed(): Token | undefined {
    const start = this.#at;
    const match = this.#take(typedLiteral);
    return match && { ...this.#token('typed', start, (match[2] ?? '').trim()), typeName: match[1] ?? '' };
  }

  /** What stands between the parentheses of `dynamic(…)` is JSON, in which quotes hide parentheses. */
  #dynamic(): Token | undefined {
    const start = this.#at;
    if (!this.#take(dynamicLiteral)) return undefined;
    const from = this.#at;
    let depth = 1;
    while (depth > 0) {
      if (this.#take(plainText)) continue;
      const character = this.#query[this.#at];
      if (character === undefined || character === '"' || character === "'") this.#refuse();
      this.#at += 1;
      if (character === '(') depth += 1;
      if (character === ')') depth -= 1;
    }
    const json = this.#query.slice(from, this.#at - 1).trim();
    return { ...this.#token('typed', start, json), typeName: 'dynamic' };
  }

  #word(): Token | undefined {
    const start = this.#at;
    if (this.#take(name)) return this.#token('name', start);
    if (this.#take(number)) return this.#token(this.#take(timespanUnit) ? 'timespan' : 'number', start);
    return this.#take(symbol) ? this.#token('symbol', start) : undefined;
  }

  #refuse(): never {
    const character = String.fromCodePoint(this.#query.codePointAt(this.#at) ?? 0);
    const place = { line: this.#line, character: this.#at - this.#lineStart, text: character };
    if (this.#at >= this.#query.length)
      throw parserFailure({ ...place, text: '<EOF>' }, 'The query ends within a literal.', ')');
    throw character === '"' || character === "'"
      ? parserFailure(place, 'A text in quotes does not end on its line.', character)
      : parserFailure(place, `The character ${character} has no meaning here.`);
  }

  #take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#query);
    if (!match) return undefined;
    this.#at = pattern.lastIndex;
    if (pattern === space) this.#countLines(match[0], match.index);
    return match;
  }

  #token(kind: TokenKind, start: number, value?: string, text?: string): Token {
    const written = this.#query.slice(start, this.#at);
    const token = {
      kind,
      value: value ?? written,
      text: text ?? written,
      line: this.#line,
      character: start - this.#lineStart,
      start,
      end: this.#at,
    };
    this.#countLines(written, start);
    return token;
  }

  #countLines(written: string, start: number): void {
    for (let at = written.indexOf('\n'); at >= 0; at = written.indexOf('\n', at + 1)) {
      this.#line += 1;
      this.#lineStart = start + at + 1;
    }
  }
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

function withoutEscapes(text: string): string {
  return text.replaceAll(/\\(?:u([\da-fA-F]{4})|(.))/g, (_, code: string | undefined, character: string) =>
    code === undefined ? (escapes[character] ?? character) : String.fromCharCode(Number.parseInt(code, 16)),
  );
}
