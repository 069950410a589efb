import type { JsonValue } from '../json.ts';
import { TemplateError } from '../template-error.ts';

/** How many steps (calls and visited values) one template string may take. */
const MAXIMUM_STEPS = 1_000_000;

/** How many steps the expansion of a whole template may take. */
export const MAXIMUM_EXPANSION_STEPS = 5_000_000;

/** How deeply evaluations may nest through variables, user functions and lambdas. */
const MAXIMUM_DEPTH = 600;

let stepsLeft = 0;
let depth = 0;

function charge(amount: number): void {
  stepsLeft -= amount;
  if (stepsLeft < 0) {
    throw new TemplateError(
      'InvalidTemplate',
      'The template needs more evaluation steps than its limit allows.',
    );
  }
}

/** Charges the running evaluation for work in proportion to a value's size; outside of one it is free. */
export function spend(amount: number): void {
  if (depth > 0) charge(amount);
}

/**
 * Runs one evaluation inside the budget. The counter starts anew with each outermost evaluation, so a template
 * cannot keep the process busy for ever, nor overflow its stack.
 */
export function withinBudget<T>(evaluate: () => T, maximumSteps = MAXIMUM_STEPS): T {
  if (depth === 0) stepsLeft = maximumSteps;
  charge(1);
  if (depth >= MAXIMUM_DEPTH) {
    throw new TemplateError(
      'InvalidTemplate',
      `The evaluation nests more than '${String(MAXIMUM_DEPTH)}' levels deep.`,
    );
  }
  depth += 1;
  try {
    return evaluate();
  } finally {
    depth -= 1;
  }
}

/** How large a result may become, in characters of JSON: a whole template's limit (AZURE-FACTS, "Limits"). */
const MAXIMUM_RESULT_SIZE = 4 * 1024 * 1024;

/** How deeply a result may nest. */
const MAXIMUM_RESULT_DEPTH = 500;

/**
 * Runs work that a template drives, and checks that its result can be handled: expressions can build values that
 * share parts and become enormous once they are written out, or that nest too deep to be walked.
 *
 * @throws TemplateError naming the limit; also where the stack would overflow.
 */
export function bounded<T extends JsonValue>(work: () => T, path = ''): T {
  return withoutOverflow(() => {
    const result = work();
    checkSize(result, path);
    return result;
  }, path);
}

/** Runs work whose recursion a template drives. @throws TemplateError where the stack would overflow. */
export function withoutOverflow<T>(work: () => T, path = ''): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep(path);
    throw error;
  }
}

function tooDeep(path: string): TemplateError {
  return new TemplateError('InvalidTemplate', 'A value of the template nests too deep.', { path });
}

function checkSize(value: JsonValue, path: string): void {
  let size = 0;
  const walk = (item: JsonValue, level: number): void => {
    if (level > MAXIMUM_RESULT_DEPTH) throw tooDeep(path);
    size += typeof item === 'string' ? item.length + 2 : 5;
    if (size > MAXIMUM_RESULT_SIZE) {
      throw new TemplateError(
        'InvalidTemplate',
        `A value of the template exceeds the limit of '${String(MAXIMUM_RESULT_SIZE)}' characters.`,
        { path },
      );
    }
    if (typeof item !== 'object' || item === null) return;
    for (const [key, child] of Object.entries(item)) {
      if (!Array.isArray(item)) size += key.length + 3;
      walk(child, level + 1);
    }
  };
  walk(value, 0);
}
