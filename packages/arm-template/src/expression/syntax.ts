import type { JsonValue } from '../json.ts';

/** A parsed template expression. `offset` is the 0-based place in the expression's text. */
export type Expression = ValueExpression | CallExpression | MemberExpression;

export interface ValueExpression {
  kind: 'value';
  value: JsonValue;
  offset: number;
}

export interface CallExpression {
  kind: 'call';
  /** As written; function names ignore case. */
  name: string;
  /** The namespace of a user function: `contoso` in `contoso.uniqueName(…)`. */
  namespace?: string;
  arguments: Expression[];
  offset: number;
}

export interface MemberExpression {
  kind: 'member';
  target: Expression;
  /** The name or index; for `.name` a string value. */
  property: Expression;
  offset: number;
}
