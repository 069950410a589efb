import { parserFailure, shortened } from './query-error.ts';
import type { Token } from './tokens.ts';

/** How deeply a query may nest. */
export const deepest = 100;

/** Goes through the words of a query. */
export class TokenReader {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  /** `tokens` ends with the query's end. */
  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  /** The next word, or one `ahead` of it. */
  peek(ahead = 0): Token {
    const token = this.#tokens[this.#at + ahead] ?? this.#tokens.at(-1);
    if (token === undefined) throw new Error('A query has at least its end.');
    return token;
  }

  next(): Token {
    const token = this.peek();
    if (token.kind !== 'end') this.#at += 1;
    return token;
  }

  /** Whether the next word is this symbol or keyword. */
  at(text: string): boolean {
    const { kind, text: written } = this.peek();
    return (kind === 'symbol' || kind === 'name') && written === text;
  }

  /** Passes over this symbol or keyword, if it is next. */
  skip(text: string): boolean {
    if (!this.at(text)) return false;
    this.next();
    return true;
  }

  expect(text: string): Token {
    if (!this.at(text)) this.fail(text);
    return this.next();
  }

  /** A name, as it is or as `['name']`. */
  expectName(what = 'name'): Token {
    if (this.peek().kind === 'name') return this.next();
    if (!this.at('[') || this.peek(1).kind !== 'text') this.fail(what);
    this.next();
    const quoted = this.next();
    this.expect(']');
    return quoted;
  }

  /** A whole number that is written as one. */
  expectCount(): number {
    const token = this.peek();
    if (token.kind !== 'number' || !/^\d{1,9}$/.test(token.value)) this.fail('number');
    this.next();
    return Number(token.value);
  }

  /** What `read` reads between separators. */
  list<Item>(read: () => Item, separator = ','): Item[] {
    const items = [read()];
    while (this.skip(separator)) items.push(read());
    return items;
  }

  /** Runs `read` one level deeper. */
  nested<Result>(read: () => Result): Result {
    if (this.#depth >= deepest)
      throw parserFailure(this.peek(), `A query may nest ${deepest} levels deep, and this one nests deeper.`);
    this.#depth += 1;
    const result = read();
    this.#depth -= 1;
    return result;
  }

  fail(expected: string): never {
    const token = this.peek();
    const found = token.kind === 'end' ? 'The query ends' : `There is ${shortened(token.text)}`;
    throw parserFailure(token, `${found} where ${expected} is expected.`, expected);
  }
}
