export type * from './expansion.ts';
export type * from './json.ts';
export type { EvaluationScope, ResourceLookup, UserFunction } from './expression/scope.ts';
export { evaluateExpression } from './evaluate-expression.ts';
export { expandTemplate } from './expand/expand-template.ts';
export { templateHash } from './template-hash.ts';
export { masking } from './expand/secrets.ts';
export { parseTolerantJson } from './tolerant-json.ts';
export * from './template-error.ts';
