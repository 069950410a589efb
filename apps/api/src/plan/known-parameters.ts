import type { JsonObject, JsonValue } from '@slipway/arm-template';
import { isObject, isUnresolved } from './unknown-values.ts';

/** A template with the values of its parameters, as they can be expanded beforehand. */
export interface Deployable {
  template: JsonObject;
  parameters: JsonObject;
}

/**
 * The same template with a stand-in for each value that is secret or not known yet. A secure parameter gets one whatever
 * value or default there is for it, and loses its constraints, which a stand-in need not fulfil.
 *
 * @param standIn see `standIns`
 */
export function withStandIns({ template, parameters }: Deployable, standIn: string): Deployable {
  const key = keyOf(template, 'parameters') ?? 'parameters';
  const declarations = template[key];
  if (!isObject(declarations)) return { template, parameters: {} };
  const definitions = template[keyOf(template, 'definitions') ?? 'definitions'];
  const declared: JsonObject = {};
  const values: JsonObject = {};
  for (const [name, declaration] of Object.entries(declarations)) {
    declared[name] = declaration;
    const type = typeOf(declaration, definitions);
    const given = valueOf(parameters[keyOf(parameters, name) ?? name]);
    if (given !== undefined && !type.startsWith('secure') && !isUnresolved(given)) {
      values[name] = { value: given };
      continue;
    }
    const hasDefault = isObject(declaration) && keyOf(declaration, 'defaultValue') !== undefined;
    if (given === undefined && hasDefault && !type.startsWith('secure')) continue;
    const standing = standingFor(type, standIn);
    if (standing === undefined) continue;
    declared[name] = { type };
    values[name] = { value: standing };
  }
  return { template: { ...template, [key]: declared }, parameters: values };
}

/** A list or a number has no stand-in: how many resources there are often depends on it. */
function standingFor(type: string, standIn: string): JsonValue | undefined {
  if (type.endsWith('string')) return standIn;
  return type.endsWith('object') ? { [standIn]: standIn } : undefined;
}

/** The type that a declaration names, itself or by the definition that it refers to; in lower case. */
function typeOf(declaration: JsonValue | undefined, definitions: JsonValue | undefined, hops = 0): string {
  if (!isObject(declaration)) return '';
  const type = declaration[keyOf(declaration, 'type') ?? 'type'];
  if (typeof type === 'string') return type.toLowerCase();
  const reference = declaration['$ref'];
  const name = typeof reference === 'string' ? /^#\/definitions\/([^/]+)$/.exec(reference)?.[1] : undefined;
  if (name === undefined || !isObject(definitions) || hops > 30) return '';
  return typeOf(definitions[name], definitions, hops + 1);
}

/** A deployment's parameter is `{ value }`; one that is taken from a key vault has no value that could be known. */
const valueOf = (entry: JsonValue | undefined): JsonValue | undefined =>
  isObject(entry) ? entry['value'] : undefined;

/** The name of a member as an object writes it: ARM's names have no case. */
function keyOf(object: JsonObject, name: string): string | undefined {
  return Object.keys(object).find((key) => key.toLowerCase() === name.toLowerCase());
}
