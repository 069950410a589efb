import type { QueryPlace } from './query-error.ts';

export type LiteralType = 'string' | 'number' | 'bool' | 'timespan' | 'datetime' | 'int' | 'real' | 'dynamic';

/** An expression over the columns of a row. */
export type Expression = ExpressionNode & {
  place: QueryPlace;
  /** How deeply it nests: 1 for what has no parts. */
  depth: number;
};

export type ExpressionNode =
  /** `text` is what a typed literal has between its parentheses, or a literal as it is written. */
  | { kind: 'literal'; type: LiteralType; text: string }
  | { kind: 'name'; name: string }
  /** `target.name`, `target['name']`. */
  | { kind: 'member'; target: Expression; name: string }
  /** `target[index]` */
  | { kind: 'element'; target: Expression; index: Expression }
  | { kind: 'call'; name: string; args: readonly Expression[] }
  | { kind: 'negative'; operand: Expression }
  /** A chain of one of the two, however long. */
  | { kind: 'and' | 'or'; operands: readonly Expression[] }
  | { kind: 'binary'; operator: BinaryOperator; left: Expression; right: Expression }
  | { kind: 'in'; negated: boolean; ignoresCase: boolean; left: Expression; elements: readonly Expression[] };

export type ComparisonOperator = '==' | '!=' | '=~' | '!~' | '<' | '<=' | '>' | '>=';
export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%';

/** What a string operator looks for. */
export type TextSearch = 'has' | 'contains' | 'startswith' | 'endswith' | 'matches regex';

export interface TextOperator {
  search: TextSearch;
  negated: boolean;
  ignoresCase: boolean;
}

export type BinaryOperator = ComparisonOperator | ArithmeticOperator | TextOperator;

/** An expression that becomes a column; without `name` the expression names it. */
export interface NamedExpression {
  name: string | undefined;
  expression: Expression;
}

export interface SortKey {
  expression: Expression;
  descending: boolean;
  /** Where nulls go; last when descending, unless the query says otherwise. */
  nullsFirst: boolean;
}

export type JoinKind = 'innerunique' | 'inner' | 'leftouter';

/** A pair of columns, of the left and of the right side, that must be equal. */
export interface JoinCondition {
  left: string;
  right: string;
  place: QueryPlace;
}

export interface Expansion extends NamedExpression {
  /** The type that the elements are taken for. */
  type: string | undefined;
}

/** A step of a query. */
export type Operator = { place: QueryPlace } & (
  | { kind: 'where'; predicate: Expression }
  | { kind: 'project' | 'extend'; columns: readonly NamedExpression[] }
  | { kind: 'project-away'; patterns: readonly { text: string; place: QueryPlace }[] }
  | { kind: 'summarize'; aggregates: readonly NamedExpression[]; by: readonly NamedExpression[] }
  | { kind: 'count' }
  | { kind: 'sort'; keys: readonly SortKey[] }
  | { kind: 'take'; rows: number }
  | { kind: 'top'; rows: number; key: SortKey }
  | { kind: 'distinct'; columns: readonly NamedExpression[] | 'all' }
  | {
      kind: 'mv-expand';
      expansions: readonly Expansion[];
      bagsAsPairs: boolean;
      indexName: string | undefined;
      limit: number;
    }
  | { kind: 'join'; joinKind: JoinKind; right: Query; conditions: readonly JoinCondition[] }
);

/** A table and the steps that its rows go through. */
export interface Query {
  /** As it is written; `undefined` where the query begins with a step. */
  table: { name: string; place: QueryPlace } | undefined;
  operators: readonly Operator[];
}
