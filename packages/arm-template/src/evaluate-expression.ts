import { bounded } from './expression/bounds.ts';
import { Deferred } from './expression/deferred.ts';
import type { EvaluationScope } from './expression/scope.ts';
import { evaluateText } from './expression/template-tree.ts';
import type { JsonValue } from './json.ts';
import { TemplateError } from './template-error.ts';

/**
 * Evaluates one template string, for example `[concat('a', 'b')]`; a text that is no expression yields itself.
 * What the scope does not have is refused: without `deployment` there is no `subscription()`, and so on.
 *
 * @throws TemplateError with Azure's text and the offset inside the expression.
 */
export function evaluateExpression(text: string, scope: EvaluationScope = {}): JsonValue {
  try {
    return bounded(() => evaluateText(text, scope));
  } catch (error) {
    if (error instanceof Deferred) {
      throw new TemplateError(
        'InvalidTemplate',
        'The expression needs the running deployment, which is not there.',
        {
          expression: text,
        },
      );
    }
    throw error;
  }
}
