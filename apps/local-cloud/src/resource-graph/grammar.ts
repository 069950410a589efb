import { readExpression, readNamedExpression } from './expression-grammar.ts';
import { parserFailure, queryError, tooMuch, type QueryPlace } from './query-error.ts';
import type { Expansion, JoinCondition, JoinKind, Operator, Query, SortKey } from './syntax.ts';
import { TokenReader } from './token-reader.ts';
import { readTokens } from './tokens.ts';

/** Longer queries are refused before they are read: room for a list of a thousand resource ids. */
const longestQuery = 256 * 1024;

/** How often a query may join and expand. Source: Azure's "Understanding the Azure Resource Graph query language". */
const mostJoins = 3;
const mostExpansions = 3;

/** How many rows `mv-expand` makes of one at most, and unless a query says otherwise. Source: as above. */
const rowLimit = { most: 400, usual: 128 };

/** Operators of Kusto that begin with a name of their own, and are not known here. */
const unknownOperators: ReadonlySet<string> = new Set([
  'as',
  'consume',
  'evaluate',
  'facet',
  'filter',
  'find',
  'fork',
  'getschema',
  'invoke',
  'lookup',
  'make-graph',
  'make-series',
  'mv-apply',
  'parse',
  'parse-kv',
  'parse-where',
  'partition',
  'print',
  'project-keep',
  'project-rename',
  'project-reorder',
  'range',
  'reduce',
  'render',
  'sample',
  'sample-distinct',
  'scan',
  'search',
  'serialize',
  'top-hitters',
  'top-nested',
  'union',
]);

/** Steps by the words that they begin with. */
const operatorReaders: Readonly<Record<string, (grammar: Grammar, place: QueryPlace) => Operator>> = {
  where: ({ reader }, place) => ({ kind: 'where', predicate: readExpression(reader), place }),
  project: ({ reader }, place) => ({ kind: 'project', columns: readColumns(reader), place }),
  extend: ({ reader }, place) => ({ kind: 'extend', columns: readColumns(reader), place }),
  'project-away': ({ reader }, place) => ({
    kind: 'project-away',
    patterns: reader.list(() => readNamePattern(reader)),
    place,
  }),
  summarize: readSummarize,
  count: (_, place) => ({ kind: 'count', place }),
  sort: readSort,
  order: readSort,
  take: readTake,
  limit: readTake,
  top: ({ reader }, place) => {
    const rows = reader.expectCount();
    reader.expect('by');
    return { kind: 'top', rows, key: readSortKey(reader), place };
  },
  distinct: ({ reader }, place) => ({
    kind: 'distinct',
    columns: reader.skip('*') ? 'all' : readColumns(reader),
    place,
  }),
  'mv-expand': readExpand,
  mvexpand: readExpand,
  join: readJoin,
};

/** Reads a query. Throws `QueryError` for one that is not in the part of the language that is known here. */
export function readQuery(text: string): Query {
  checkLength(text);
  return new Grammar(new TokenReader(readTokens(text))).whole();
}

/** Reads what a facet asks for: expressions, separated by commas. */
export function readColumnList(text: string): ReturnType<typeof readColumns> {
  return readPart(text, readColumns);
}

/** Reads a condition or another expression that stands alone. */
export function readLoneExpression(text: string): ReturnType<typeof readExpression> {
  return readPart(text, readExpression);
}

function readPart<Part>(text: string, read: (reader: TokenReader) => Part): Part {
  checkLength(text);
  const reader = new TokenReader(readTokens(text));
  const part = read(reader);
  if (reader.peek().kind !== 'end') reader.fail('the end');
  return part;
}

function checkLength(text: string): void {
  if (text.length > longestQuery)
    throw tooMuch(`A query may have ${longestQuery} characters; this one has ${text.length}.`);
}

const readColumns = (reader: TokenReader) => reader.list(() => readNamedExpression(reader));

class Grammar {
  readonly reader: TokenReader;
  #joins = 0;
  #expansions = 0;

  constructor(reader: TokenReader) {
    this.reader = reader;
  }

  whole(): Query {
    const query = this.query();
    while (this.reader.skip(';'));
    if (this.reader.peek().kind !== 'end') this.reader.fail('|');
    return query;
  }

  /** A table and steps, or steps alone. */
  query(): Query {
    const { reader } = this;
    const first = reader.peek();
    if (first.kind === 'end') reader.fail('a table');
    if (first.text === 'let' || first.text === 'set' || first.text === 'declare')
      throw parserFailure(first, `Statements are not supported here: a query begins with a table.`);
    const beginsWithStep = first.kind === 'name' && this.#operatorName() !== undefined;
    const operators: Operator[] = [];
    let table: Query['table'];
    if (beginsWithStep) operators.push(this.#operator());
    else table = { name: reader.expectName('a table').value, place: first };
    while (reader.skip('|')) operators.push(this.#operator());
    return { table, operators };
  }

  countJoin(): void {
    this.#joins += 1;
    if (this.#joins > mostJoins)
      throw tooMuch(`A query may have ${mostJoins} join operators; this one has more.`);
  }

  countExpansion(): void {
    this.#expansions += 1;
    if (this.#expansions > mostExpansions)
      throw tooMuch(`A query may have ${mostExpansions} mv-expand operators; this one has more.`);
  }

  #operator(): Operator {
    const { reader } = this;
    const place = reader.peek();
    if (place.kind !== 'name') reader.fail('an operator');
    const name = this.#operatorName() ?? this.#hyphenated(3);
    const read = operatorReaders[name];
    if (read === undefined || !Object.hasOwn(operatorReaders, name))
      throw parserFailure(
        { ...place, text: name },
        `The operator ${name} is not supported by this cloud's Resource Graph. It knows ${Object.keys(operatorReaders).join(', ')}.`,
      );
    reader.next();
    for (let parts = name.split('-').length; parts > 1; parts -= 1) {
      reader.expect('-');
      reader.next();
    }
    return reader.nested(() => read(this, place));
  }

  /** The name of a step at this point, known or not; `undefined` where it is no step's. */
  #operatorName(): string | undefined {
    for (let parts = 3; parts > 0; parts -= 1) {
      const name = this.#hyphenated(parts);
      if (Object.hasOwn(operatorReaders, name) || unknownOperators.has(name)) return name;
    }
    return undefined;
  }

  /** Words with hyphens between them that touch, as many as there are but no more than `parts`. */
  #hyphenated(parts: number): string {
    const words = [this.reader.peek().text];
    for (let ahead = 0; words.length < parts; ahead += 2) {
      const [before, hyphen, word] = [0, 1, 2].map((step) => this.reader.peek(ahead + step));
      const isJoined =
        hyphen?.text === '-' &&
        word?.kind === 'name' &&
        before?.end === hyphen.start &&
        hyphen.end === word.start;
      if (!isJoined) break;
      words.push(word.text);
    }
    return words.join('-');
  }
}

function readNamePattern(reader: TokenReader): { text: string; place: QueryPlace } {
  const place = reader.peek();
  let text = '';
  let end = place.start;
  for (;;) {
    const token = reader.peek();
    const isPart = token.text === '*' || token.kind === 'name' || (text === '' && token.text === '[');
    if (!isPart || (text !== '' && token.start !== end)) break;
    text += token.text === '*' ? reader.next().text : reader.expectName().value;
    end = token.end;
  }
  if (text === '') reader.fail('the name of a column');
  return { text, place };
}

function readSummarize({ reader }: Grammar, place: QueryPlace): Operator {
  const aggregates = reader.at('by') ? [] : readColumns(reader);
  const by = reader.skip('by') ? readColumns(reader) : [];
  return { kind: 'summarize', aggregates, by, place };
}

function readSort({ reader }: Grammar, place: QueryPlace): Operator {
  reader.expect('by');
  return { kind: 'sort', keys: reader.list(() => readSortKey(reader)), place };
}

function readSortKey(reader: TokenReader): SortKey {
  const expression = readExpression(reader);
  const ascending = reader.skip('asc');
  if (!ascending) reader.skip('desc');
  if (!reader.skip('nulls')) return { expression, descending: !ascending, nullsFirst: ascending };
  if (!reader.at('first')) reader.expect('last');
  return { expression, descending: !ascending, nullsFirst: reader.skip('first') };
}

function readTake({ reader }: Grammar, place: QueryPlace): Operator {
  return { kind: 'take', rows: reader.expectCount(), place };
}

function readExpand(grammar: Grammar, place: QueryPlace): Operator {
  grammar.countExpansion();
  const { reader } = grammar;
  let bagsAsPairs = false;
  let indexName: string | undefined;
  for (;;) {
    const setting = reader.peek();
    const isSetting =
      reader.peek(1).text === '=' && ['kind', 'bagexpansion', 'with_itemindex'].includes(setting.text);
    // A column may be called so, too: `mv-expand kind = properties.kinds`.
    const value = reader.peek(2).text;
    if (!isSetting || (setting.text !== 'with_itemindex' && value !== 'bag' && value !== 'array')) break;
    reader.next();
    reader.next();
    if (setting.text === 'with_itemindex') indexName = reader.expectName().value;
    else bagsAsPairs = reader.next().text === 'array';
  }
  const expansions = reader.list(() => readExpansion(reader));
  const limit = reader.skip('limit') ? readRowLimit(reader) : rowLimit.usual;
  return { kind: 'mv-expand', expansions, bagsAsPairs, indexName, limit, place };
}

function readExpansion(reader: TokenReader): Expansion {
  const column = readNamedExpression(reader);
  if (!reader.skip('to')) return { ...column, type: undefined };
  reader.expect('typeof');
  reader.expect('(');
  const type = reader.expectName('a type').value;
  reader.expect(')');
  return { ...column, type };
}

function readRowLimit(reader: TokenReader): number {
  const place = reader.peek();
  const limit = reader.expectCount();
  if (limit > rowLimit.most)
    throw queryError('InvalidQuery', `The limit of mv-expand can be ${rowLimit.most} at most.`, place);
  return limit;
}

const joinKinds: readonly JoinKind[] = ['innerunique', 'inner', 'leftouter'];

function readJoin(grammar: Grammar, place: QueryPlace): Operator {
  grammar.countJoin();
  const { reader } = grammar;
  let joinKind: JoinKind = 'innerunique';
  if (reader.skip('kind')) {
    reader.expect('=');
    joinKind = readJoinKind(reader);
  }
  if (reader.peek().text === 'hint')
    throw parserFailure(reader.peek(), 'Hints on how to join are not supported by Resource Graph.');
  const right = reader.skip('(') ? readSubquery(grammar) : tableAlone(reader);
  reader.expect('on');
  const conditions = reader.list(() => reader.list(() => readJoinCondition(reader), 'and')).flat();
  return { kind: 'join', joinKind, right, conditions, place };
}

/** Source of code and message: MicrosoftDocs/azure-docs, issue 45495. */
function readJoinKind(reader: TokenReader): JoinKind {
  const token = reader.next();
  const kind = joinKinds.find((known) => known === token.text);
  if (kind !== undefined) return kind;
  throw queryError(
    'UnsupportedJoinFlavor',
    `The join kind "${token.text}" is not supported or not allowed. It can be ${joinKinds.join(', ')}.`,
    token,
  );
}

function readSubquery(grammar: Grammar): Query {
  const query = grammar.reader.nested(() => grammar.query());
  grammar.reader.expect(')');
  return query;
}

function tableAlone(reader: TokenReader): Query {
  const place = reader.peek();
  return { table: { name: reader.expectName('a table').value, place }, operators: [] };
}

function readJoinCondition(reader: TokenReader): JoinCondition {
  const place = reader.peek();
  const one = readSidedName(reader);
  if (one.side === undefined) return { left: one.name, right: one.name, place };
  reader.expect('==');
  const other = readSidedName(reader);
  if (other.side === undefined || other.side === one.side)
    throw parserFailure(place, 'A condition of join compares a column of $left with one of $right.');
  const [left, right] = one.side === '$left' ? [one, other] : [other, one];
  return { left: left.name, right: right.name, place };
}

function readSidedName(reader: TokenReader): { side: '$left' | '$right' | undefined; name: string } {
  const { text } = reader.peek();
  if (text !== '$left' && text !== '$right') return { side: undefined, name: reader.expectName().value };
  reader.next();
  if (!reader.at('[')) reader.expect('.');
  return { side: text, name: reader.expectName().value };
}
