import type { EvaluationScope } from './scope.ts';
import type { Expression } from './syntax.ts';

/** `lambda('x', …)`: a body to be evaluated for each item, with the scope it was written in. */
export class Lambda {
  readonly parameters: readonly string[];
  readonly body: Expression;
  readonly scope: EvaluationScope;

  constructor(parameters: readonly string[], body: Expression, scope: EvaluationScope) {
    this.parameters = parameters;
    this.body = body;
    this.scope = scope;
  }
}
