import type { JsonObject, JsonValue } from '@slipway/arm-template';
import type { FacetRequest } from './graph-request.ts';
import { readColumnList, readLoneExpression } from './grammar.ts';
import { sort, take, where, type QueryContext } from './operators.ts';
import { QueryError, shortened } from './query-error.ts';
import type { AnswerWriter } from './result-format.ts';
import { resultName } from './result-names.ts';
import { summarize } from './summarize.ts';
import type { Table } from './scalar-types.ts';
import type { Expression, ExpressionNode, NamedExpression } from './syntax.ts';

const place = { line: 1, character: 0, text: '' };
const countColumn = 'count';

/**
 * How often each value of a column is there in a query's result. A facet that does not work fails alone. Source: the facet
 * example of Azure's REST specification.
 */
export function computeFacet(
  table: Table,
  request: FacetRequest,
  writer: AnswerWriter,
  context: QueryContext,
): JsonObject {
  const { expression } = request;
  try {
    return { expression, resultType: 'FacetResult', ...facetResult(table, request, writer, context) };
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    return { expression, resultType: 'FacetError', errors: [...error.details] };
  }
}

function facetResult(
  table: Table,
  { expression, options }: FacetRequest,
  writer: AnswerWriter,
  context: QueryContext,
): { totalRecords: number; count: number; data: JsonValue } {
  const filtered = options?.filter ? where(table, readLoneExpression(options.filter), context) : table;
  const by = readColumnList(expression).map((column) => facetColumn(column, table));
  const counted = summarize(
    filtered,
    { aggregates: [{ name: countColumn, expression: made({ kind: 'call', name: 'count', args: [] }) }], by },
    context,
  );
  const sorted = sort(
    counted,
    [
      {
        expression: options?.sortBy ? readLoneExpression(options.sortBy) : column(countColumn),
        descending: options?.sortOrder !== 'asc',
        nullsFirst: false,
      },
    ],
    context,
  );
  const top = take(sorted, options?.$top ?? sorted.rows.length);
  return {
    totalRecords: sorted.rows.length,
    count: top.rows.length,
    data: writer.rows(top.columns, top.rows),
  };
}

/** A facet names a column of the result, also by the path that it was made of; `dynamic` ones are counted as texts. */
function facetColumn({ name, expression }: NamedExpression, { columns }: Table): NamedExpression {
  const wanted = resultName(expression);
  const known = columns.find((existing) => existing.name === wanted);
  if (known === undefined && expression.kind === 'name') throw noColumn(expression.name);
  const counted = known === undefined ? expression : column(known.name);
  const isDynamic = known === undefined || known.type === 'dynamic';
  return {
    name: name ?? wanted,
    expression: isDynamic ? made({ kind: 'call', name: 'tostring', args: [counted] }) : counted,
  };
}

const noColumn = (name: string): QueryError =>
  new QueryError([
    { code: 'NoValidColumns', message: 'No valid columns in facet expression.' },
    { code: 'InvalidColumnNames', message: `Invalid column names: [${shortened(name)}].` },
  ]);

const column = (name: string): Expression => made({ kind: 'name', name });
const made = (node: ExpressionNode): Expression => ({ ...node, place, depth: 2 });
