import type { JsonValue } from '../json.ts';
import { getOwn, isObject } from '../json-values.ts';
import { TemplateError } from '../template-error.ts';
import { positionOf, type TextPosition } from '../text-position.ts';

/** The place of the innermost object or array on a JSON path of a value that was read from text. */
function placeOf(value: JsonValue, path: string): TextPosition | undefined {
  let current: JsonValue | undefined = value;
  let found = positionOf(value);
  for (const step of path.match(/[^.[\]]+/g) ?? []) {
    current = Array.isArray(current)
      ? current[Number(step)]
      : isObject(current)
        ? getOwn(current, step)
        : undefined;
    if (current === undefined) break;
    found = positionOf(current) ?? found;
  }
  return found;
}

/** Tells line and column of the place in a template that an error's path leads to. */
export function withPlaces<T>(template: JsonValue, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof TemplateError) || error.position.path === undefined) throw error;
    const place = placeOf(template, error.position.path);
    throw place === undefined
      ? error
      : new TemplateError(error.code, error.message, { ...error.position, ...place });
  }
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
