import type { JsonObject } from '@slipway/arm-template';

/** One of the `details` of an answer that refuses a query; members beyond these two say where in the query it is. */
export type QueryErrorDetail = JsonObject & { code: string; message: string };

/** Where something stands in a query: lines from 1, characters from 0, as Resource Graph counts them. */
export interface QueryPlace {
  line: number;
  character: number;
  /** What stands there; `<EOF>` behind the end. */
  text: string;
}

/** How much of a query's text an error repeats. */
const longestToken = 100;

/**
 * A query, or a request with one, that cannot be answered. The codes `InvalidQuery`, `ParserFailure`, `UnknownFunction`,
 * `UnsupportedJoinFlavor`, `DisallowedLogicalTableName` and `InvalidColumnNames` are Azure's, and so are the members of
 * a `ParserFailure`; Azure leaves its message at `ParserFailure`, here it says what is wrong. Sources: the public issue
 * trackers of Azure/azure-powershell (9850, 13762), grafana/grafana (35225) and MicrosoftDocs/azure-docs (45495), and
 * the facet example of Azure's REST specification.
 */
export class QueryError extends Error {
  override readonly name = 'QueryError';
  readonly details: readonly QueryErrorDetail[];

  constructor(details: readonly QueryErrorDetail[]) {
    super(details.map(({ message }) => message).join(' '));
    this.details = details;
  }
}

const invalidQuery: QueryErrorDetail = {
  code: 'InvalidQuery',
  message:
    'Query is invalid. Please refer to the documentation for the Azure Resource Graph service and fix the error before retrying.',
};

/** An error in a query. `place` is left out where no single place of the query is at fault. */
export function queryError(
  code: string,
  message: string,
  place?: QueryPlace,
  expectedToken?: string,
): QueryError {
  return new QueryError([
    invalidQuery,
    {
      code,
      message: message.toWellFormed(),
      ...(place === undefined ? {} : placeMembers(place)),
      ...(expectedToken === undefined ? {} : { expectedToken }),
    },
  ]);
}

/** A query whose text does not fit the language, or not the part of it that is known here. */
export function parserFailure(place: QueryPlace, message: string, expectedToken?: string): QueryError {
  return queryError('ParserFailure', message, place, expectedToken);
}

/** A query that asks for more than one query may take. */
export function tooMuch(message: string): QueryError {
  return queryError('QueryTooLarge', message);
}

/** A text of a query as an error repeats it: not more of it than helps. */
export function shortened(text: string): string {
  return text.length > longestToken ? `${text.slice(0, longestToken).toWellFormed()}…` : text;
}

function placeMembers({ line, character, text }: QueryPlace): JsonObject {
  return { line, characterPositionInLine: character, token: shortened(text).toWellFormed() };
}
