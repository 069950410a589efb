import type { JsonObject, JsonValue } from '@slipway/arm-template';
import { isJsonObject } from '../json-text.ts';
import type { ResourceId } from '../resource-id.ts';
import type { ExportOption } from './export-request.ts';

/** A text of the template language. */
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** How exported resources are called in their template: by parameters, or by their very names. */
export class TemplateNames {
  readonly parameters: JsonObject = {};
  readonly #options: ReadonlySet<ExportOption>;
  readonly #exported: ReadonlyMap<string, ResourceId>;
  readonly #known = new Map<string, string>();

  /** `exported` by id in lower case. */
  constructor(options: ReadonlySet<ExportOption>, exported: ReadonlyMap<string, ResourceId>) {
    this.#options = options;
    this.#exported = exported;
  }

  /** What stands as `name` of a resource: of a child, with the names of what it belongs to. */
  nameOf(id: ResourceId): string {
    const names = this.#namesOf(id);
    if (this.#isLiteral()) return literal(id.names.join('/'));
    return names.length === 1 ? `[${names[0]}]` : `[concat(${names.join(", '/', ")})]`;
  }

  /** The expression for a resource's id. */
  idOf(id: ResourceId): string {
    return `[${this.#resourceId(id)}]`;
  }

  /**
   * A value with every id in it as an expression. `used` learns which exported resources it names, by id in lower case.
   */
  rewrite(value: JsonValue, used: Set<string>): JsonValue {
    if (typeof value === 'string') return this.#rewriteText(value, used);
    if (Array.isArray(value)) return value.map((item) => this.rewrite(item, used));
    return isJsonObject(value) ? this.rewriteMembers(value, used) : value;
  }

  /** Like `rewrite`, for an object. */
  rewriteMembers(value: JsonObject, used: Set<string>): JsonObject {
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [name, this.rewrite(member, used)]),
    );
  }

  #rewriteText(text: string, used: Set<string>): string {
    if (!/^\/subscriptions\//i.test(text)) return literal(text);
    const exported = this.#ownerOf(text);
    if (exported === undefined) return this.#external(text);
    used.add(exported.text.toLowerCase());
    const rest = text.slice(exported.text.length);
    const owner = this.#resourceId(exported);
    return rest === '' ? `[${owner}]` : `[concat(${owner}, ${quoted(rest)})]`;
  }

  /** The exported resource that an id is of, or of a part of; the innermost. */
  #ownerOf(text: string): ResourceId | undefined {
    for (let at = text.toLowerCase(); at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
      const owner = this.#exported.get(at);
      if (owner) return owner;
    }
    return undefined;
  }

  #external(text: string): string {
    if (this.#options.has('SkipAllParameterization')) return text;
    const [type = '', name = ''] = text.split('/').slice(-2);
    return `[${this.#parameter(text.toLowerCase(), `${type}_${name}_externalid`, text)}]`;
  }

  #isLiteral(): boolean {
    return (
      this.#options.has('SkipResourceNameParameterization') || this.#options.has('SkipAllParameterization')
    );
  }

  #resourceId(id: ResourceId): string {
    return `resourceId(${[quoted(id.type), ...this.#namesOf(id)].join(', ')})`;
  }

  /** Each name of an id as an expression; only what stands at the top has a parameter. */
  #namesOf({ type, names }: ResourceId): string[] {
    const [top = '', ...inner] = names;
    const rest = inner.map(quoted);
    if (this.#isLiteral()) return [quoted(top), ...rest];
    const [, topType = ''] = type.split('/');
    return [this.#parameter(`${topType}/${top}`.toLowerCase(), `${topType}_${top}_name`, top), ...rest];
  }

  #parameter(key: string, wanted: string, value: string): string {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const base = wanted.replaceAll(/\W/g, '_');
    const taken = new Set(Object.keys(this.parameters).map((name) => name.toLowerCase()));
    let name = base;
    for (let count = 1; taken.has(name.toLowerCase()); count += 1) name = `${base}_${count}`;
    this.parameters[name] = {
      ...(this.#options.has('IncludeParameterDefaultValue') ? { defaultValue: literal(value) } : {}),
      type: 'String',
    };
    const expression = `parameters(${quoted(name)})`;
    this.#known.set(key, expression);
    return expression;
  }
}

/** A text that begins with a bracket would be read as an expression. */
const literal = (text: string): string => (text.startsWith('[') ? `[${text}` : text);
