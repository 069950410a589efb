import type { JsonObject } from '@slipway/arm-template';
import { ArmError } from '../arm-error.ts';
import type { Clock } from '../clock.ts';
import type { ArmAnswer, ArmCall, ArmRoute } from '../front/arm-call.ts';
import { bodyObject } from '../resources/call-reading.ts';
import { computeFacet } from './facets.ts';
import { graphApiVersions, graphNamespace } from './graph-api.ts';
import { readQuery } from './grammar.ts';
import { readGraphRequest, type GraphRequest } from './graph-request.ts';
import { momentText } from './kusto-time.ts';
import { Pages } from './pages.ts';
import { QueryError } from './query-error.ts';
import { AnswerWriter } from './result-format.ts';
import { runQuery } from './run-query.ts';
import type { Table } from './scalar-types.ts';
import { GraphTables, type TableParts } from './tables.ts';
import { UserQuota } from './user-quota.ts';
import { WorkBudget } from './work-budget.ts';

/** Azure Resource Graph: queries over everything that there is. `key` signs the tokens of next pages. */
export function graphRoutes(parts: TableParts & { clock: Clock; key: Buffer }): ArmRoute[] {
  const api = new GraphApi(parts);
  return [{ path: `/providers/${graphNamespace}/resources`, methods: { POST: (call) => api.query(call) } }];
}

class GraphApi {
  readonly #clock: Clock;
  readonly #tables: GraphTables;
  readonly #pages: Pages;
  readonly #quota = new UserQuota();

  constructor({ clock, key, ...parts }: TableParts & { clock: Clock; key: Buffer }) {
    this.#clock = clock;
    this.#tables = new GraphTables(parts);
    this.#pages = new Pages(key);
  }

  query(call: ArmCall): ArmAnswer {
    checkVersion(call);
    const startedAtMs = performance.now();
    const headers = this.#quota.spend(this.#clock.now());
    const { status, body } = this.#answer(call);
    const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(7).padStart(10, '0');
    return {
      status,
      body,
      headers: { ...headers, 'x-ms-resource-graph-request-duration': `0:00:00:${seconds}` },
    };
  }

  #answer(call: ArmCall): { status: number; body: JsonObject } {
    try {
      return { status: 200, body: this.#run(readGraphRequest(bodyObject(call))) };
    } catch (error) {
      if (!(error instanceof QueryError)) throw error;
      return { status: 400, body: this.#describe(error, call) };
    }
  }

  #run(request: GraphRequest): JsonObject {
    const query = readQuery(request.query);
    const context = { budget: new WorkBudget(), nowMs: this.#clock.now().getTime() };
    const opened = new Map<string, Table>();
    const result = runQuery(query, {
      ...context,
      openTable: (table) => {
        const key = table?.name.toLowerCase() ?? '';
        const known = opened.get(key) ?? this.#tables.open(table);
        opened.set(key, known);
        return known;
      },
    });
    const takesRows = query.operators.some(({ kind }) => kind === 'take');
    const page = this.#pages.page(result, request, !takesRows);
    const writer = new AnswerWriter(request.resultFormat);
    return {
      totalRecords: result.rows.length,
      count: page.rows.length,
      data: writer.rows(result.columns, page.rows),
      facets: request.facets.map((facet) => computeFacet(result, facet, writer, context)),
      resultTruncated: String(page.isTruncated),
      ...(page.skipToken === undefined ? {} : { $skipToken: page.skipToken }),
    };
  }

  /** A refusal as Resource Graph words it: what is wrong is in the details. */
  #describe({ details }: QueryError, { correlationId }: ArmCall): JsonObject {
    const timestamp = momentText(this.#clock.now().getTime());
    return {
      error: {
        code: 'BadRequest',
        message: `Please provide below info when asking for support: timestamp = ${timestamp}, correlationId = ${correlationId}.`,
        details: [...details],
      },
    };
  }
}

function checkVersion({ apiVersion }: ArmCall): void {
  if (graphApiVersions.includes(apiVersion)) return;
  throw new ArmError(
    404,
    'InvalidResourceType',
    `The resource type 'resources' could not be found in the namespace '${graphNamespace}' for api version '${apiVersion}'. The supported api-versions are '${graphApiVersions.join(',')}'.`,
  );
}
