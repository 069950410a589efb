import { z } from 'zod';
import { armCall } from './arm-failure.ts';
import type { Arm } from './arm.ts';
import { readItems } from './loose-reading.ts';

/** What a query found: its first page, and how many rows there are in all. */
export interface GraphRows<Row> {
  rows: Row[];
  total: number;
}

const answerSchema = z.object({ data: z.array(z.unknown()), totalRecords: z.number() });

/**
 * The first page of a query of Azure Resource Graph, over all that the credential sees. It may be behind by seconds and
 * more, and takes about 15 queries in 5 seconds: for search and overviews only.
 */
export async function queryGraph<Schema extends z.ZodType>(
  arm: Arm,
  query: string,
  schema: Schema,
): Promise<GraphRows<z.output<Schema>>> {
  return armCall(async () => {
    const graph = await arm.graph();
    const { data, totalRecords } = answerSchema.parse(
      await graph.resources({ query, options: { resultFormat: 'objectArray' } }),
    );
    return { rows: readItems(schema, data), total: totalRecords };
  });
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
