/** Any JSON value. Integers beyond 2^53 are kept as `bigint` by the tolerant reader. */
export type JsonValue = string | number | bigint | boolean | null | JsonValue[] | JsonObject;

export interface JsonObject {
  [key: string]: JsonValue;
}
