import { asCondition, asKey, type BoundExpression } from './bound-expression.ts';
import { bindExpression, columnAt, columnIndex, evaluator, type Scope } from './expressions.ts';
import { queryError, type QueryPlace } from './query-error.ts';
import { ResultNames, resultName } from './result-names.ts';
import { keyOfAll } from './row-keys.ts';
import { valuesOf, type Table, type Value } from './scalar-types.ts';
import type { Expression, NamedExpression, SortKey } from './syntax.ts';
import type { WorkBudget } from './work-budget.ts';

/** What operators share over the whole of a query. */
export type QueryContext = Pick<Scope, 'budget' | 'nowMs'>;

/** Columns that are more than this few are refused: nobody reads them. */
const mostColumns = 500;

/** What expressions over a table's rows may refer to. */
export const scopeOf = ({ columns }: Table, { budget, nowMs }: QueryContext): Scope => ({
  columns,
  budget,
  nowMs,
});

/** The rows for which a condition is true. */
export function where(table: Table, predicate: Expression, context: QueryContext): Table {
  const condition = asCondition(bindExpression(predicate, scopeOf(table, context)), predicate.place);
  const holds = evaluator(condition, context.budget);
  return { columns: table.columns, rows: table.rows.filter((row) => holds(row) === true) };
}

/** Exactly these columns. */
export function project(table: Table, columns: readonly NamedExpression[], context: QueryContext): Table {
  const names = new ResultNames();
  const bound = bindColumns(columns, scopeOf(table, context));
  return mapped(
    table,
    bound.map(({ name, expression }) => ({ name: names.give(name), expression })),
    context.budget,
  );
}

/** These columns beside those that there are; a column of the same name is replaced where it stands. */
export function extend(table: Table, columns: readonly NamedExpression[], context: QueryContext): Table {
  const names = new ResultNames(table.columns);
  const scope = scopeOf(table, context);
  const extended = new Map(table.columns.map((column, index) => [column.name, columnAt(index, column.type)]));
  for (const { name, expression } of bindColumns(columns, scope))
    extended.set(name ?? names.give(undefined), expression);
  return mapped(
    table,
    [...extended].map(([name, expression]) => ({ name, expression })),
    context.budget,
  );
}

interface BoundColumn {
  name: string;
  expression: BoundExpression;
}

/** Expressions with the names that they are given, or give themselves. */
export function bindColumns(
  columns: readonly NamedExpression[],
  scope: Scope,
): { name: string | undefined; expression: BoundExpression }[] {
  return columns.map(({ name, expression }) => ({
    name: name ?? resultName(expression),
    expression: bindExpression(expression, scope),
  }));
}

function mapped(table: Table, columns: readonly BoundColumn[], budget: WorkBudget): Table {
  checkColumns(columns.length);
  const cells = columns.map(({ expression }) => expression.cell ?? expression.evaluate);
  const weight = columns.reduce((sum, { expression }) => sum + expression.weight, 0);
  const rows = table.rows.map((row) => {
    budget.spend(weight);
    return cells.map((cell) => cell(row));
  });
  return { columns: columns.map(({ name, expression: { type } }) => ({ name, type })), rows };
}

/** Throws `QueryError` for more columns than a table may have. */
export function checkColumns(columnCount: number): void {
  if (columnCount > mostColumns)
    throw queryError('QueryTooLarge', `A table may have ${mostColumns} columns; this query makes more.`);
}

/** All columns but those with these names, in which `*` stands for anything. */
export function projectAway(
  table: Table,
  patterns: readonly { text: string; place: QueryPlace }[],
  { budget }: QueryContext,
): Table {
  const tests = patterns.map(({ text, place }) => {
    if (!text.includes('*')) columnIndex(text, table.columns, place);
    return patternTest(text);
  });
  const kept = table.columns
    .map((column, index) => ({ column, index }))
    .filter(({ column }) => !tests.some((test) => test(column.name)));
  budget.spend(table.rows.length * kept.length);
  return {
    columns: kept.map(({ column }) => column),
    rows: table.rows.map((row) => kept.map(({ index }) => row[index] ?? null)),
  };
}

/** A test for names by parts that must be there in order, the first and the last at the ends. */
function patternTest(pattern: string): (name: string) => boolean {
  const parts = pattern.split('*');
  const [first = '', ...others] = parts;
  const last = others.pop();
  if (last === undefined) return (name) => name === pattern;
  return (name) => {
    if (!name.startsWith(first)) return false;
    let at = first.length;
    for (const part of others) {
      const found = name.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return name.length - last.length >= at && name.endsWith(last);
  };
}

/** The rows in order. */
export function sort(table: Table, keys: readonly SortKey[], context: QueryContext): Table {
  const { budget } = context;
  const bound = keys.map((key) => ({
    ...key,
    evaluate: evaluator(
      asKey(
        bindExpression(key.expression, scopeOf(table, context)),
        key.expression.place,
        'expression that rows are sorted by',
      ),
      budget,
    ),
  }));
  const decorated = table.rows.map((row) => ({ row, values: bound.map(({ evaluate }) => evaluate(row)) }));
  const rows = decorated.toSorted((left, right) => {
    budget.spend(1);
    for (const [index, key] of bound.entries()) {
      const order = compareForSort(left.values[index] ?? null, right.values[index] ?? null, key);
      if (order !== 0) return order;
    }
    return 0;
  });
  return { columns: table.columns, rows: rows.map(({ row }) => row) };
}

function compareForSort(left: Value, right: Value, { descending, nullsFirst }: SortKey): number {
  if (left === null || right === null) {
    if (left === right) return 0;
    return (left === null) === nullsFirst ? -1 : 1;
  }
  // Values of one type that is not dynamic: of the same kind, and comparable.
  const order = left < right ? -1 : left > right ? 1 : 0;
  return descending ? -order : order;
}

/** No more than so many rows. */
export function take(table: Table, rows: number): Table {
  return { columns: table.columns, rows: table.rows.slice(0, rows) };
}

/** The number of rows. Source of the column's name: Kusto's documentation, "count operator". */
export function count(table: Table): Table {
  return { columns: [{ name: 'Count', type: 'long' }], rows: [[table.rows.length]] };
}

/** Each row once. */
export function distinct(
  table: Table,
  columns: readonly NamedExpression[] | 'all',
  context: QueryContext,
): Table {
  const chosen = columns === 'all' ? table : project(table, columns, context);
  const types = chosen.columns.map(({ type }) => type);
  const seen = new Set<string>();
  const rows = chosen.rows.filter((row) => {
    const key = keyOfAll(valuesOf(row), types, context.budget);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  return { columns: chosen.columns, rows };
}
