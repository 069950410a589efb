import { asKey, typeMismatch } from './bound-expression.ts';
import { columnAt, columnIndex } from './expressions.ts';
import { checkColumns, type QueryContext } from './operators.ts';
import { ResultNames } from './result-names.ts';
import { keyOfAll } from './row-keys.ts';
import { nullOf, type Cell, type Row, type ScalarType, type Table, type Value } from './scalar-types.ts';
import type { JoinCondition, JoinKind } from './syntax.ts';

/**
 * The rows of two tables beside each other where their keys are equal: all columns of both, those of the right side with a
 * number where the left has the name, too. `innerunique` takes one row of the left side per key, `leftouter` keeps rows of
 * the left side without a match. Source: Kusto's documentation, "join operator".
 */
export function join(
  left: Table,
  right: Table,
  { joinKind, conditions }: { joinKind: JoinKind; conditions: readonly JoinCondition[] },
  { budget }: QueryContext,
): Table {
  const names = new ResultNames(left.columns);
  const columns = [
    ...left.columns,
    ...right.columns.map(({ name, type }) => ({ name: names.give(name), type })),
  ];
  checkColumns(columns.length);
  const keys = conditions.map((condition) => bindCondition(condition, left, right));
  const types = keys.map(({ type }) => type);
  const keyOf = (values: readonly Value[]): string | undefined =>
    // A null equals nothing.
    values.includes(null) ? undefined : keyOfAll(values, types, budget);
  const leftKey = (row: Row) => keyOf(keys.map((key) => key.left(row)));
  const rightKey = (row: Row) => keyOf(keys.map((key) => key.right(row)));

  const matches = new Map<string, Row[]>();
  for (const row of right.rows) {
    const key = rightKey(row);
    if (key === undefined) continue;
    const same = matches.get(key);
    if (same) same.push(row);
    else matches.set(key, [row]);
  }
  const unmatched: Row[] = joinKind === 'leftouter' ? [right.columns.map(({ type }) => nullOf(type))] : [];
  const seen = new Set<string>();
  const rows: Cell[][] = [];
  for (const row of left.rows) {
    const key = leftKey(row);
    if (joinKind === 'innerunique' && key !== undefined) {
      if (seen.has(key)) continue;
      seen.add(key);
    }
    const others = (key === undefined ? undefined : matches.get(key)) ?? unmatched;
    budget.checkRows(rows.length + others.length);
    budget.spend(others.length * columns.length);
    for (const other of others) rows.push([...row, ...other]);
  }
  return { columns, rows };
}

function bindCondition(
  { left, right, place }: JoinCondition,
  leftTable: Table,
  rightTable: Table,
): { type: ScalarType; left: (row: Row) => Value; right: (row: Row) => Value } {
  const bind = (name: string, { columns }: Table) => {
    const index = columnIndex(name, columns, place);
    return asKey(
      columnAt(index, columns[index]?.type ?? 'dynamic'),
      place,
      'column that tables are joined on',
    );
  };
  const leftKey = bind(left, leftTable);
  const rightKey = bind(right, rightTable);
  if (leftKey.type === rightKey.type)
    return { type: leftKey.type, left: leftKey.evaluate, right: rightKey.evaluate };
  throw typeMismatch(
    `Tables are joined on columns of one type, and these are of types ${leftKey.type} and ${rightKey.type}.`,
    place,
  );
}
