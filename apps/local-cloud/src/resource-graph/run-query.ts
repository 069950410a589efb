import { expand } from './expand.ts';
import { join } from './join.ts';
import {
  count,
  distinct,
  extend,
  project,
  projectAway,
  sort,
  take,
  where,
  type QueryContext,
} from './operators.ts';
import type { QueryPlace } from './query-error.ts';
import type { Table } from './scalar-types.ts';
import { summarize } from './summarize.ts';
import type { Operator, Query } from './syntax.ts';

/** Where a query's rows come from. */
export interface QuerySource extends QueryContext {
  /** A table by its name, or the one that a query without a table is about. Throws `QueryError` where there is none. */
  openTable: (table: { name: string; place: QueryPlace } | undefined) => Table;
}

/** The table that a query makes. Throws `QueryError` for what its columns do not allow, and for too much work. */
export function runQuery(query: Query, source: QuerySource): Table {
  const opened = source.openTable(query.table);
  return query.operators.reduce((table, operator) => {
    const result = apply(operator, table, source);
    source.budget.spend(result.rows.length);
    source.budget.checkRows(result.rows.length);
    return result;
  }, opened);
}

function apply(operator: Operator, table: Table, source: QuerySource): Table {
  switch (operator.kind) {
    case 'where':
      return where(table, operator.predicate, source);
    case 'project':
      return project(table, operator.columns, source);
    case 'extend':
      return extend(table, operator.columns, source);
    case 'project-away':
      return projectAway(table, operator.patterns, source);
    case 'summarize':
      return summarize(table, operator, source);
    case 'count':
      return count(table);
    case 'sort':
      return sort(table, operator.keys, source);
    case 'take':
      return take(table, operator.rows);
    case 'top':
      return take(sort(table, [operator.key], source), operator.rows);
    case 'distinct':
      return distinct(table, operator.columns, source);
    case 'mv-expand':
      return expand(table, operator, source);
    case 'join':
      return join(table, runQuery(operator.right, source), operator, source);
  }
}
