import { spend } from './expression/bounds.ts';
import type { JsonObject, JsonValue } from './json.ts';
import { normalInteger, setOwn } from './json-values.ts';
import { TemplateError } from './template-error.ts';
import { rememberPosition } from './text-position.ts';

/** How deeply objects and arrays may nest. */
const MAXIMUM_DEPTH = 200;

/** Of how many objects and arrays of a text the place is remembered: the garbage collector pays dearly for each. */
const MAXIMUM_POSITIONS = 20_000;

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  t: '\t',
  n: '\n',
  f: '\f',
  r: '\r',
  '"': '"',
  "'": "'",
  '\\': '\\',
  '/': '/',
};

const WORDS = new Map<string, JsonValue>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

const NUMBER = /-?(?:0[xX][0-9a-fA-F]+|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)/y;
const BARE_NAME = /[\p{L}\p{N}_$]+/uy;
const IN_DOUBLE_QUOTES = /[^"\\]+/y;
const IN_SINGLE_QUOTES = /[^'\\]+/y;
const SPACE = /[\s\ufeff]+/y;

class Reader {
  readonly #text: string;
  #at = 0;
  #depth = 0;
  readonly #path: (string | number)[] = [];

  #positionsLeft: number;

  constructor(text: string, positions: number) {
    this.#text = text;
    this.#positionsLeft = positions;
  }

  document(): JsonValue {
    const value = this.first();
    this.#skip();
    const extra = this.#text[this.#at];
    if (extra !== undefined) {
      this.#fail(`Additional text encountered after finished reading JSON content: ${extra}.`);
    }
    return value;
  }

  first(): JsonValue {
    if (this.#text.startsWith('\ufeff')) this.#at = 1;
    this.#skip();
    return this.#value();
  }

  #value(): JsonValue {
    spend(4);
    const start = this.#text[this.#at];
    if (start === undefined) this.#fail('Unexpected end when reading JSON.');
    if (start === '{') return this.#nested(() => this.#object());
    if (start === '[') return this.#nested(() => this.#array());
    if (start === '"' || start === "'") return this.#string(start);
    const number = this.#match(NUMBER);
    if (number !== undefined) return this.#number(number);
    const word = this.#match(BARE_NAME);
    const value = word === undefined ? undefined : WORDS.get(word);
    if (value !== undefined) return value;
    return this.#fail(
      word === undefined
        ? `Unexpected character encountered while parsing value: ${start}.`
        : `Unexpected word encountered while parsing value: ${word.slice(0, 40)}.`,
    );
  }

  #nested<T>(read: () => T): T {
    this.#depth += 1;
    if (this.#depth > MAXIMUM_DEPTH) {
      this.#fail(`The reader's MaxDepth of ${String(MAXIMUM_DEPTH)} has been exceeded.`);
    }
    const value = read();
    this.#depth -= 1;
    return value;
  }

  #object(): JsonObject {
    const object: JsonObject = {};
    this.#remember(object);
    this.#at += 1;
    for (;;) {
      this.#skip();
      const start = this.#text[this.#at];
      if (start === '}') break;
      if (start === undefined) this.#fail('Unexpected end when reading an object.');
      const key = start === '"' || start === "'" ? this.#string(start) : this.#match(BARE_NAME);
      if (key === undefined) this.#fail(`Invalid property identifier character: ${start}.`);
      this.#path.push(key);
      this.#skip();
      const colon = this.#text[this.#at];
      if (colon !== ':') {
        this.#fail(
          `Invalid character after parsing property name. Expected ':' but got: ${colon ?? 'end of text'}.`,
        );
      }
      this.#at += 1;
      this.#skip();
      setOwn(object, key, this.#value());
      this.#skip();
      if (!this.#separator('}', 'a property')) break;
      this.#path.pop();
    }
    this.#at += 1;
    return object;
  }

  #array(): JsonValue[] {
    const array: JsonValue[] = [];
    this.#remember(array);
    this.#at += 1;
    for (;;) {
      this.#skip();
      if (this.#text[this.#at] === ']') break;
      this.#path.push(array.length);
      array.push(this.#value());
      this.#skip();
      if (!this.#separator(']', 'an array item')) break;
      this.#path.pop();
    }
    this.#at += 1;
    return array;
  }

  /** Reads a comma; false at the closing bracket (which is left for the caller). */
  #separator(close: string, after: string): boolean {
    const found = this.#text[this.#at];
    if (found === ',') {
      this.#at += 1;
      return true;
    }
    if (found === close) {
      this.#path.pop();
      return false;
    }
    return this.#fail(
      found === undefined
        ? `Unexpected end when reading ${after}.`
        : `After parsing a value an unexpected character was encountered: ${found}.`,
    );
  }

  #string(quote: string): string {
    this.#at += 1;
    let value = '';
    for (;;) {
      value += this.#match(quote === '"' ? IN_DOUBLE_QUOTES : IN_SINGLE_QUOTES) ?? '';
      const found = this.#text[this.#at];
      if (found === undefined) this.#fail(`Unterminated string. Expected delimiter: ${quote}.`);
      this.#at += 1;
      if (found === quote) return value;
      value += this.#escape();
    }
  }

  #escape(): string {
    const code = this.#text[this.#at];
    this.#at += 1;
    if (code === 'u') {
      const digits = this.#text.slice(this.#at, this.#at + 4);
      if (!/^[0-9a-fA-F]{4}$/.test(digits)) this.#fail(`Invalid Unicode escape sequence: \\u${digits}.`);
      this.#at += 4;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    const plain =
      code === undefined || !Object.hasOwn(SIMPLE_ESCAPES, code) ? undefined : SIMPLE_ESCAPES[code];
    if (plain === undefined) this.#fail(`Bad JSON escape sequence: \\${code ?? ''}.`);
    return plain;
  }

  #number(text: string): number | bigint {
    const negative = text.startsWith('-');
    const digits = negative ? text.slice(1) : text;
    if (/^(?:\d+|0[xX][0-9a-fA-F]+)$/.test(digits)) {
      if (digits.length > 400) this.#fail('The number is too long.');
      const isOctal = /^0\d/.test(text);
      if (isOctal && /[89]/.test(text))
        this.#fail(`Input string '${text.slice(0, 40)}' is not a valid number.`);
      const magnitude = BigInt(isOctal ? `0o${digits}` : digits);
      return normalInteger(negative ? -magnitude : magnitude);
    }
    const value = Number(text);
    if (!Number.isFinite(value)) this.#fail(`Input string '${text.slice(0, 40)}' is not a valid number.`);
    return value;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #skip(): void {
    for (;;) {
      this.#match(SPACE);
      if (this.#text.startsWith('//', this.#at)) {
        const end = this.#text.indexOf('\n', this.#at);
        this.#at = end < 0 ? this.#text.length : end + 1;
      } else if (this.#text.startsWith('/*', this.#at)) {
        const end = this.#text.indexOf('*/', this.#at + 2);
        if (end < 0) this.#fail('Unexpected end while parsing comment.');
        this.#at = end + 2;
      } else {
        return;
      }
    }
  }

  #remember(value: JsonObject | JsonValue[]): void {
    if (this.#positionsLeft === 0) return;
    this.#positionsLeft -= 1;
    rememberPosition(value, this.#position());
  }

  #position(): { line: number; column: number } {
    const line = this.#lineAt(this.#at);
    return { line: line.number, column: this.#at - line.start + 1 };
  }

  /**
   * Line of the furthest offset asked for so far, and where it ends (below zero where that is not looked up yet): asked in
   * ascending order, and each end looked up once, so that reading stays linear.
   */
  readonly #line = { number: 1, start: 0, end: -1 };

  #lineAt(offset: number): { number: number; start: number } {
    const line = this.#line;
    for (;;) {
      if (line.end < 0) {
        const end = this.#text.indexOf('\n', line.start);
        line.end = end < 0 ? this.#text.length : end;
      }
      if (line.end >= offset || line.end >= this.#text.length) return line;
      line.number += 1;
      line.start = line.end + 1;
      line.end = -1;
    }
  }

  #fail(reason: string): never {
    const { line, column } = this.#position();
    const path = this.#path.reduce<string>(
      (text, part) =>
        text + (typeof part === 'number' ? `[${String(part)}]` : text === '' ? part : `.${part}`),
      '',
    );
    throw new TemplateError(
      'InvalidRequestContent',
      `The request content was invalid and could not be deserialized: '${reason} Path '${path}', line ${String(line)}, position ${String(column)}.'.`,
      { path, line, column },
    );
  }
}

/**
 * Reads JSON the way Azure Resource Manager does (Newtonsoft's reader): comments, keys without quotes, single quotes,
 * strings over several lines, a byte order mark and trailing commas are accepted; integers that begin with `0` are octal
 * and with `0x` hexadecimal, those beyond 2^53 become `bigint`; of two equal keys the last wins. Objects and arrays nest at most 200 levels deep.
 *
 * @throws TemplateError `InvalidRequestContent` with line, column and JSON path.
 */
export function parseTolerantJson(text: string): JsonValue {
  return new Reader(text, MAXIMUM_POSITIONS).document();
}

/** Like `parseTolerantJson`, but whatever follows the first value is ignored, as the template function `json` does. */
export function parseFirstJsonValue(text: string): JsonValue {
  return new Reader(text, 0).first();
}
