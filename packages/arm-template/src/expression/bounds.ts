import type { JsonValue } from '../json.ts';
import { TemplateError } from '../template-error.ts';

/** How many steps (calls and visited values) one template string may take. */
const MAXIMUM_STEPS = 1_000_000;

/** How many steps the expansion of a whole template may take. */
export const MAXIMUM_EXPANSION_STEPS = 2_000_000;

/** How deeply evaluations may nest through variables, user functions and lambdas. */
const MAXIMUM_DEPTH = 600;

let stepsAllowed = 0;
let stepsLeft = 0;
let depth = 0;

function charge(amount: number): void {
  stepsLeft -= amount;
  if (stepsLeft < 0) {
    throw new TemplateError(
      'InvalidTemplate',
      `The template needs more evaluation steps than its limit of '${String(stepsAllowed)}'.`,
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
  if (depth === 0) {
    stepsAllowed = maximumSteps;
    stepsLeft = maximumSteps;
  }
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

/** How large a text or the JSON of a result may become: a whole template's limit (AZURE-FACTS, "Limits"). */
export const MAXIMUM_TEXT_LENGTH = 4 * 1024 * 1024;

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

/**
 * Runs work whose recursion a template drives.
 * @throws TemplateError where the stack would overflow, or a value would become larger than JavaScript can hold.
 */
export function withoutOverflow<T>(work: () => T, path = ''): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw /call stack/i.test(error.message) ? tooDeep(path) : tooLarge(path);
  }
}

function tooDeep(path: string): TemplateError {
  return new TemplateError('InvalidTemplate', 'A value of the template nests too deep.', { path });
}

function tooLarge(path: string): TemplateError {
  return new TemplateError(
    'InvalidTemplate',
    `A value of the template exceeds the limit of '${String(MAXIMUM_TEXT_LENGTH)}' characters.`,
    { path },
  );
}

/** Charges for a text in proportion to its length. */
export function spendOnText(text: string): void {
  spend(1 + (text.length >> 7));
}

/**
 * Refuses a text that grows beyond what a whole template may be, before it is built: `length` is what it has so far.
 * @throws TemplateError naming the limit.
 */
export function refuseLongText(length: number): void {
  if (length > MAXIMUM_TEXT_LENGTH) throw tooLarge('');
}

function checkSize(value: JsonValue, path: string): void {
  let size = 0;
  const walk = (item: JsonValue, level: number): void => {
    if (level > MAXIMUM_RESULT_DEPTH) {
      throw new TemplateError(
        'InvalidTemplate',
        `A value of the template nests more than '${String(MAXIMUM_RESULT_DEPTH)}' levels deep.`,
        { path },
      );
    }
    spend(1);
    size += typeof item === 'string' ? item.length + 2 : 5;
    if (size > MAXIMUM_TEXT_LENGTH) {
      throw tooLarge(path);
    }
    if (typeof item !== 'object' || item === null) return;
    for (const [key, child] of Object.entries(item)) {
      if (!Array.isArray(item)) size += key.length + 3;
      walk(child, level + 1);
    }
  };
  walk(value, 0);
}
