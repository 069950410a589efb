import { parserFailure, type QueryPlace } from './query-error.ts';
import type {
  BinaryOperator,
  ComparisonOperator,
  Expression,
  ExpressionNode,
  LiteralType,
  NamedExpression,
  TextOperator,
} from './syntax.ts';
import { deepest, type TokenReader } from './token-reader.ts';
import type { Token } from './tokens.ts';

const comparisons: ReadonlySet<string> = new Set<ComparisonOperator>([
  '==',
  '!=',
  '=~',
  '!~',
  '<',
  '<=',
  '>',
  '>=',
]);

/** String operators of Kusto that are not known here; those that are known are in `textOperators`. */
const unknownOperators: ReadonlySet<string> = new Set(
  ['hasprefix', 'hassuffix', 'hasprefix_cs', 'hassuffix_cs', 'has_any', 'has_all', 'between'].flatMap(
    (operator) => [operator, `!${operator}`],
  ),
);

/** By their names in a query, for example `!contains_cs`. */
const textOperators: ReadonlyMap<string, TextOperator> = new Map(
  (['has', 'contains', 'startswith', 'endswith'] as const).flatMap((search) =>
    [false, true].flatMap((negated) =>
      [false, true].map((ignoresCase): [string, TextOperator] => [
        `${negated ? '!' : ''}${search}${ignoresCase ? '' : '_cs'}`,
        { search, negated, ignoresCase },
      ]),
    ),
  ),
);

const literalTypes: Readonly<Record<string, LiteralType>> = {
  datetime: 'datetime',
  date: 'datetime',
  timespan: 'timespan',
  time: 'timespan',
  guid: 'string',
  bool: 'bool',
  boolean: 'bool',
  int: 'int',
  long: 'int',
  real: 'real',
  double: 'real',
  dynamic: 'dynamic',
};

/** Reads an expression: in order of how loosely they bind `or`, `and`, comparisons, `+ -`, `* / %`, signs, paths. */
export function readExpression(reader: TokenReader): Expression {
  return reader.nested(() => readChain(reader, 'or'));
}

/** Reads an expression, or `name = expression`. */
export function readNamedExpression(reader: TokenReader): NamedExpression {
  const isQuoted = reader.at('[');
  const isNamed = isQuoted
    ? reader.peek(1).kind === 'text' && reader.peek(2).text === ']' && reader.peek(3).text === '='
    : reader.peek().kind === 'name' && reader.peek(1).text === '=';
  if (!isNamed) return { name: undefined, expression: readExpression(reader) };
  const name = reader.expectName().value;
  reader.expect('=');
  return { name, expression: readExpression(reader) };
}

function readChain(reader: TokenReader, kind: 'and' | 'or'): Expression {
  const place = reader.peek();
  const operands = reader.list(
    () => (kind === 'or' ? readChain(reader, 'and') : readComparison(reader)),
    kind,
  );
  const [only] = operands;
  return only !== undefined && operands.length === 1 ? only : made({ kind, operands }, place, operands);
}

function readComparison(reader: TokenReader): Expression {
  const place = reader.peek();
  const left = readSum(reader);
  const operator = readComparisonOperator(reader);
  if (operator === undefined) return left;
  if (typeof operator === 'object' && 'isIn' in operator) {
    const { negated, ignoresCase } = operator;
    reader.expect('(');
    const elements = reader.list(() => readExpression(reader));
    reader.expect(')');
    return made({ kind: 'in', negated, ignoresCase, left, elements }, place, [left, ...elements]);
  }
  const right = readSum(reader);
  return made({ kind: 'binary', operator, left, right }, place, [left, right]);
}

type Membership = { isIn: true; negated: boolean; ignoresCase: boolean };

function readComparisonOperator(reader: TokenReader): BinaryOperator | Membership | undefined {
  const first = reader.peek();
  if (first.kind === 'symbol' && isComparison(first.text)) {
    reader.next();
    return first.text;
  }
  const negated = first.text === '!' && isAdjacent(first, reader.peek(1));
  const word = negated ? reader.peek(1) : first;
  if (word.kind !== 'name') return undefined;
  const operator = `${negated ? '!' : ''}${word.text}`;
  if (unknownOperators.has(operator))
    throw parserFailure(first.text === '!' ? { ...first, text: operator } : first, unknownOperator(operator));
  const known = textOperators.get(operator);
  if (!known && word.text !== 'in' && operator !== 'matches') return undefined;
  if (negated) reader.next();
  reader.next();
  if (known) return known;
  if (operator === 'matches') {
    reader.expect('regex');
    return { search: 'matches regex', negated: false, ignoresCase: false };
  }
  const ignoresCase = isAdjacent(word, reader.peek()) && reader.skip('~');
  return { isIn: true, negated, ignoresCase };
}

const isComparison = (text: string): text is ComparisonOperator => comparisons.has(text);
const isAdjacent = (one: Token, next: Token): boolean => one.end === next.start;

const unknownOperator = (operator: string): string =>
  `The operator ${operator} is not supported by this cloud's Resource Graph. It knows ${[...comparisons].join(' ')}, in, has, contains, startswith, endswith (also with !, ~ or _cs) and matches regex.`;

function readSum(reader: TokenReader): Expression {
  return readLeftToRight(reader, ['+', '-'], () =>
    readLeftToRight(reader, ['*', '/', '%'], () => readSigned(reader)),
  );
}

function readLeftToRight(
  reader: TokenReader,
  operators: readonly ('+' | '-' | '*' | '/' | '%')[],
  readOperand: () => Expression,
): Expression {
  const place = reader.peek();
  let left = readOperand();
  for (;;) {
    const operator = operators.find((symbol) => reader.at(symbol));
    if (operator === undefined) return left;
    reader.next();
    const right = readOperand();
    left = made({ kind: 'binary', operator, left, right }, place, [left, right]);
  }
}

function readSigned(reader: TokenReader): Expression {
  const place = reader.peek();
  if (reader.skip('+')) return reader.nested(() => readSigned(reader));
  if (!reader.skip('-')) return readPath(reader);
  const operand = reader.nested(() => readSigned(reader));
  return made({ kind: 'negative', operand }, place, [operand]);
}

function readPath(reader: TokenReader): Expression {
  let path = readPrimary(reader);
  for (;;) {
    const place = reader.peek();
    if (reader.skip('.')) {
      const name = reader.expectName('the name of a property').value;
      path = made({ kind: 'member', target: path, name }, place, [path]);
    } else if (reader.skip('[')) {
      const index = readExpression(reader);
      reader.expect(']');
      path =
        index.kind === 'literal' && index.type === 'string'
          ? made({ kind: 'member', target: path, name: index.text }, place, [path])
          : made({ kind: 'element', target: path, index }, place, [path, index]);
    } else return path;
  }
}

function readPrimary(reader: TokenReader): Expression {
  const token = reader.peek();
  switch (token.kind) {
    case 'text':
      return readText(reader);
    case 'number':
    case 'timespan':
      reader.next();
      return made({ kind: 'literal', type: token.kind, text: token.value }, token);
    case 'typed': {
      reader.next();
      const type = literalTypes[token.typeName ?? ''];
      if (type === undefined)
        throw new Error(`The lexer knows a type that the grammar does not: ${token.text}`);
      return made({ kind: 'literal', type, text: token.value }, token);
    }
    case 'name':
      return readNameOrCall(reader);
    case 'symbol':
    case 'end':
      return readBracketed(reader);
  }
}

/** Texts that stand side by side are one. */
function readText(reader: TokenReader): Expression {
  const place = reader.next();
  let text = place.value;
  while (reader.peek().kind === 'text') text += reader.next().value;
  return made({ kind: 'literal', type: 'string', text }, place);
}

function readNameOrCall(reader: TokenReader): Expression {
  const token = reader.next();
  if ((token.text === 'true' || token.text === 'false') && !reader.at('('))
    return made({ kind: 'literal', type: 'bool', text: token.text }, token);
  if (!reader.skip('(')) return made({ kind: 'name', name: token.value }, token);
  const args = reader.at(')') ? [] : reader.list(() => readExpression(reader));
  reader.expect(')');
  return made({ kind: 'call', name: token.value, args }, token, args);
}

function readBracketed(reader: TokenReader): Expression {
  const place = reader.peek();
  if (reader.skip('(')) {
    const inner = readExpression(reader);
    reader.expect(')');
    return inner;
  }
  if (!reader.at('[')) reader.fail('an expression');
  return made({ kind: 'name', name: reader.expectName().value }, place);
}

/** An expression with its depth, which must stay within bounds: evaluating goes as deep as it nests. */
function made(
  node: ExpressionNode,
  { line, character, text }: QueryPlace,
  parts: readonly Expression[] = [],
): Expression {
  const depth = 1 + Math.max(0, ...parts.map((part) => part.depth));
  if (depth > 2 * deepest)
    throw parserFailure(
      { line, character, text },
      `An expression may nest ${2 * deepest} levels deep, and this one nests deeper.`,
    );
  return { ...node, place: { line, character, text }, depth };
}
