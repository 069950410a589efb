import type { JsonValue } from '../json.ts';
import { getOwn, isObject } from '../json-values.ts';
import { TemplateError, type TemplatePosition } from '../template-error.ts';
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

/** Messages about an expression that is none, whatever it was found in. */
const NO_EXPRESSION = /^(?:Unable to parse language expression|The language expression ')/;

/** Messages that Azure gives without naming what they were found in. */
const STANDS_ALONE =
  /^(?:The template (?:resource|reference) '|The resource '|The template 'copy' definition|The template variable '.*' is not valid: )/s;

/** Runs `work` and puts a template error inside the words that `wrap` gives, unless it stands alone. Other errors pass. */
export function describeErrors<T>(
  work: () => T,
  wrap: (message: string) => string,
  position: TemplatePosition = {},
): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof TemplateError) || error.code !== 'InvalidTemplate') throw error;
    const { message } = error;
    const isWhole = NO_EXPRESSION.test(message) || STANDS_ALONE.test(message);
    throw new TemplateError(error.code, isWhole ? message : wrap(message), {
      ...position,
      ...error.position,
    });
  }
}

/** Runs `work` and puts a template error inside Azure's words for what is found before anything is deployed. */
export function refuseDeployment<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof TemplateError) || error.code !== 'InvalidTemplate') throw error;
    const { code, message, position } = error;
    throw new TemplateError(
      code,
      NO_EXPRESSION.test(message)
        ? `Deployment template language expression evaluation failed: '${message}'. Please see https://aka.ms/arm-template-expressions for usage details.`
        : `Deployment template validation failed: '${message}'.`,
      position,
    );
  }
}
