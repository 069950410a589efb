import { z } from 'zod';
import { armCall } from './arm-failure.ts';
import type { Arm } from './arm.ts';
import { readItems } from './loose-reading.ts';
import { PageSteps } from './paging.ts';

/** What a query found: its first page, and how many rows there are in all. */
export interface GraphRows<Row> {
  rows: Row[];
  total: number;
}

/** A page of what a query found, and the token that leads to the next. */
export interface GraphPage<Row> extends GraphRows<Row> {
  next: string | undefined;
}

const answerSchema = z.object({
  data: z.array(z.unknown()),
  totalRecords: z.number(),
  skipToken: z.string().optional(),
});

/**
 * The first page of a query of Azure Resource Graph, over all that the credential sees. It may be behind by seconds and
 * more, and takes about 15 queries in 5 seconds: for search and overviews only.
 */
export async function queryGraph<Schema extends z.ZodType>(
  arm: Arm,
  query: string,
  schema: Schema,
): Promise<GraphRows<z.output<Schema>>> {
  return queryGraphPage(arm, query, schema, undefined);
}

/**
 * One page of a query, of at most 1,000 rows. Only a query whose rows have an `id` and a fixed order has more than one page.
 *
 * @param from the token that the page before has; `undefined` for the first page
 */
export async function queryGraphPage<Schema extends z.ZodType>(
  arm: Arm,
  query: string,
  schema: Schema,
  from: string | undefined,
): Promise<GraphPage<z.output<Schema>>> {
  return armCall(async () => {
    const graph = await arm.graph();
    const options = {
      resultFormat: 'objectArray' as const,
      ...(from === undefined ? {} : { skipToken: from }),
    };
    const { data, totalRecords, skipToken } = answerSchema.parse(await graph.resources({ query, options }));
    return { rows: readItems(schema, data), total: totalRecords, next: skipToken };
  });
}

/** All rows of a query whose rows have an `id` and a fixed order, page by page. */
export async function queryWholeGraph<Schema extends z.ZodType>(
  arm: Arm,
  query: string,
  schema: Schema,
): Promise<z.output<Schema>[]> {
  const found: z.output<Schema>[] = [];
  const steps = new PageSteps();
  let from: string | undefined;
  do {
    const page: GraphPage<z.output<Schema>> = await queryGraphPage(arm, query, schema, from);
    found.push(...page.rows);
    steps.goOnTo(page.next);
    from = page.next;
  } while (from !== undefined);
  return found;
}

/**
 * Any text without control characters as an expression of Kusto's language that says exactly this text. Braces that stand
 * side by side are kept apart, because Resource Graph replaces `{{…}}` by the query that it names.
 */
export function kustoText(text: string): string {
  const parts = text.split(/(?<=\{)(?=\{)|(?<=\})(?=\})/);
  const literals = parts.map((part) => `'${part.replaceAll(/[\\']/g, String.raw`\$&`)}'`);
  return literals.length === 1 ? (literals[0] ?? "''") : `strcat(${literals.join(', ')})`;
}
