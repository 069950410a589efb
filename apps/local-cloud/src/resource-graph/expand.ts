import type { JsonValue } from '@slipway/arm-template';
import { isJsonObject } from '../json-text.ts';
import { typeMismatch } from './bound-expression.ts';
import { evaluator } from './expressions.ts';
import { bindColumns, checkColumns, scopeOf, type QueryContext } from './operators.ts';
import { queryError, shortened } from './query-error.ts';
import { ResultNames } from './result-names.ts';
import { nullOf, typeByName, type Cell, type ScalarType, type Table, type Value } from './scalar-types.ts';
import type { Operator } from './syntax.ts';

/**
 * A row for each element of an array, or each property of a bag; several are gone through side by side. Of a value that
 * is neither one row comes, of an empty array or bag none. Source: Kusto's documentation, "mv-expand operator".
 */
export function expand(
  table: Table,
  operator: Operator & { kind: 'mv-expand' },
  context: QueryContext,
): Table {
  const { budget } = context;
  const { expansions, bagsAsPairs, indexName, limit } = operator;
  const names = new ResultNames(table.columns);
  const columns = [...table.columns];
  const expanded = bindColumns(expansions, scopeOf(table, context)).map(({ name, expression }, index) => {
    const { place } = expansions[index]?.expression ?? operator;
    if (expression.type !== 'dynamic')
      throw typeMismatch(
        `mv-expand works on arrays and property bags, and this is of type ${expression.type}.`,
        place,
      );
    const type = elementType(expansions[index]?.type, operator);
    const existing = columns.findIndex((column) => column.name === name);
    const at = existing >= 0 ? existing : columns.length;
    columns[at] = { name: existing >= 0 ? (name ?? '') : names.give(name), type };
    return { at, type, evaluate: evaluator(expression, budget) };
  });
  const indexAt = indexName === undefined ? undefined : columns.length;
  if (indexName !== undefined) columns.push({ name: names.give(indexName), type: 'long' });
  checkColumns(columns.length);

  const rows: Cell[][] = [];
  for (const row of table.rows) {
    const lists = expanded.map(({ evaluate }) => elementsOf(evaluate(row), bagsAsPairs));
    const length = Math.min(limit, Math.max(...lists.map((list) => list.length)));
    budget.checkRows(rows.length + length);
    budget.spend(length * columns.length);
    for (let index = 0; index < length; index += 1) {
      const made = [...row];
      for (const [which, { at, type }] of expanded.entries())
        made[at] = asType(lists[which]?.[index] ?? null, type);
      if (indexAt !== undefined) made[indexAt] = index;
      rows.push(made);
    }
  }
  return { columns, rows };
}

function elementType(name: string | undefined, { place }: Operator): ScalarType {
  if (name === undefined) return 'dynamic';
  const type = typeByName(name);
  if (type !== undefined) return type;
  throw queryError('InvalidQuery', `There is no type ${shortened(name)}.`, place);
}

function elementsOf(value: JsonValue, bagsAsPairs: boolean): readonly JsonValue[] {
  if (Array.isArray(value)) return value;
  if (!isJsonObject(value)) return [value];
  return Object.entries(value).map(([name, member]) => (bagsAsPairs ? [name, member] : { [name]: member }));
}

/** An element that is declared to be of a type; what is not of it becomes null, and nothing is converted. */
function asType(element: JsonValue, type: ScalarType): Value {
  const isOfType =
    type === 'dynamic' ||
    (type === 'string' && typeof element === 'string') ||
    (type === 'bool' && typeof element === 'boolean') ||
    (type === 'real' && typeof element === 'number') ||
    (type === 'long' && Number.isInteger(element));
  return isOfType ? element : nullOf(type);
}
