import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { sameText } from '../identity/access-tokens.ts';
import { toText } from './conversions.ts';
import { usualPage, type GraphRequest } from './graph-request.ts';
import { QueryError } from './query-error.ts';
import { valueOf, type Row, type Table } from './scalar-types.ts';

/** Where a page of a result goes on, and how large pages are. */
const positionSchema = z.object({
  /** How many rows there were before. */
  offset: z.number().int().min(0),
  top: z.number().int().min(1),
  /** The id in the last row before, and how many rows up to it had the same. */
  lastId: z.string(),
  occurrence: z.number().int().min(1),
});
type Position = z.infer<typeof positionSchema>;

/** A part of a result. */
export interface Page {
  rows: readonly Row[];
  /** Leads to the next page, with the same query. */
  skipToken: string | undefined;
  /** Whether more rows follow to which no token leads. */
  isTruncated: boolean;
}

/**
 * Divides results into pages. A page goes on behind the last row of the one before, which its id tells: what came and went
 * meanwhile makes no row come twice or not at all. Where there are no ids, there is no next page, as in Azure.
 */
export class Pages {
  readonly #key: Buffer;

  /** `key` signs the tokens: one that was made for another query, or by somebody else, is refused. */
  constructor(key: Buffer) {
    this.#key = key;
  }

  /**
   * The page that a request asks for. Throws `QueryError` for a token that is none.
   *
   * @param maySkip whether `$skip` counts; Azure ignores it for queries that take a number of rows
   */
  page(table: Table, request: GraphRequest, maySkip: boolean): Page {
    const position = request.skipToken ? this.#read(request.skipToken, request) : undefined;
    const ids = idsOf(table);
    const top = request.top ?? position?.top ?? usualPage;
    const skipped = maySkip ? request.skip : undefined;
    const start = skipped ?? (position === undefined ? 0 : startBehind(position, ids ?? []));
    const rows = table.rows.slice(start, start + top);
    const end = start + rows.length;
    const lastId = ids?.[end - 1];
    if (end >= table.rows.length) return { rows, skipToken: undefined, isTruncated: false };
    if (ids === undefined || lastId === undefined) return { rows, skipToken: undefined, isTruncated: true };
    const occurrence = ids.slice(0, end).filter((id) => id === lastId).length;
    return {
      rows,
      skipToken: this.#write({ offset: end, top, lastId, occurrence }, request),
      isTruncated: false,
    };
  }

  #write(position: Position, request: GraphRequest): string {
    const payload = JSON.stringify(position);
    return Buffer.from(JSON.stringify([payload, this.#sign(payload, request)])).toString('base64');
  }

  #read(token: string, request: GraphRequest): Position {
    const parts = z
      .tuple([z.string(), z.string()])
      .safeParse(jsonOf(Buffer.from(token, 'base64').toString()));
    const [payload, signature] = parts.data ?? ['', ''];
    if (sameText(signature, this.#sign(payload, request))) return positionSchema.parse(jsonOf(payload));
    throw new QueryError([
      {
        code: 'InvalidSkipToken',
        message:
          'The $skipToken is damaged, or of another query: it goes with the query and the scope of the answer that it comes from. Ask for the first page again.',
      },
    ]);
  }

  #sign(payload: string, { query, scope }: GraphRequest): string {
    return createHmac('sha256', this.#key)
      .update(JSON.stringify([payload, query, scope]))
      .digest('base64url');
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function idsOf({ columns, rows }: Table): string[] | undefined {
  const index = columns.findIndex(({ name, type }) => name === 'id' && type === 'string');
  return index < 0 ? undefined : rows.map((row) => toText(valueOf(row[index]), 'string'));
}

/** Where the row is gone that a page would go on behind, a row may come twice rather than not at all. */
function startBehind({ offset, lastId, occurrence }: Position, ids: readonly string[]): number {
  let seen = 0;
  for (const [index, id] of ids.entries()) {
    if (id === lastId) seen += 1;
    if (seen === occurrence) return index + 1;
  }
  return Math.max(0, offset - 1);
}
