import type { JsonValue } from '../json.ts';
import { TemplateError } from '../template-error.ts';
import { positionOf } from '../text-position.ts';

/** ` at line '3' and column '5'` for a value that was read from text, else nothing. */
export function positionText(value: JsonValue): string {
  const position = positionOf(value);
  return position === undefined
    ? ''
    : ` at line '${String(position.line)}' and column '${String(position.column)}'`;
}

/** Runs `work` and puts a template error inside the words that `wrap` gives. Other errors pass. */
export function describeErrors<T>(
  work: () => T,
  wrap: (message: string) => string,
  subject: JsonValue = null,
): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof TemplateError && error.code === 'InvalidTemplate') {
      throw new TemplateError(error.code, wrap(error.message), { ...positionOf(subject), ...error.position });
    }
    throw error;
  }
}
