import { deploymentScope } from '../conformance.test-support.ts';
import { evaluateExpression, TemplateError, type EvaluationScope, type JsonValue } from '../index.ts';

/** What an expression (without its brackets) comes to in a deployment into a resource group. */
export const valueOf = (expression: string, scope: EvaluationScope = {}): JsonValue =>
  evaluateExpression(`[${expression}]`, { deployment: deploymentScope(), ...scope });

/** The message with which an expression is refused. */
export function refusalOf(expression: string, scope: EvaluationScope = {}): string {
  try {
    valueOf(expression, scope);
  } catch (error) {
    if (error instanceof TemplateError) return error.message;
    throw error;
  }
  throw new Error('The expression was accepted.');
}
