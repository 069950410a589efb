import { isResourceId, providerPath, withoutTrailingSlashes } from '../resource-id.ts';
import { TemplateError } from '../template-error.ts';
import type { Drafts } from './resource-drafts.ts';
import type { ResourceDraft } from './resource-draft.ts';

/** Finds the resources of a template under every name that `dependsOn`, `reference` and `list*` may use. */
export class ResourceIndex {
  readonly #byKey = new Map<string, ResourceDraft[]>();
  /** By symbolic name, which unlike all other names has a case. */
  readonly #bySymbol = new Map<string, ResourceDraft[]>();
  readonly #isSymbolic: boolean;
  readonly #loopNames: Set<string>;
  readonly #collections: Set<string>;
  readonly #leftOut: Set<string>;

  constructor(drafts: Drafts) {
    this.#isSymbolic = drafts.isSymbolic;
    this.#loopNames = drafts.loopNames;
    this.#collections = drafts.collections;
    this.#leftOut = drafts.leftOut;
    for (const draft of drafts.resources) {
      if (draft.failure === undefined) this.#addNames(draft);
      if (draft.loop !== undefined) this.#add(`loop:${draft.loop.name}`, draft);
      if (draft.symbolicName === undefined) continue;
      add(this.#bySymbol, draft.symbolicName, draft);
      if (draft.loop !== undefined) add(this.#bySymbol, draft.symbolicName.replace(/\[\d+\]$/, ''), draft);
    }
  }

  #addNames(draft: ResourceDraft): void {
    this.#add(draft.id, draft);
    // "Type/name": with types and names in turn, as in the id, and with the whole type before the whole name.
    this.#add(providerPath(draft.id), draft);
    this.#add(`${draft.type}/${draft.name}`, draft);
    this.#add(`name:${draft.name}`, draft);
    this.#add(`leaf:${draft.name.slice(draft.name.lastIndexOf('/') + 1)}`, draft);
  }

  #add(key: string, draft: ResourceDraft): void {
    add(this.#byKey, key.toLowerCase(), draft);
  }

  #get(key: string): ResourceDraft[] {
    return this.#byKey.get(key.toLowerCase()) ?? [];
  }

  /** The resources that an item of `dependsOn` means. @throws TemplateError when it means none. */
  dependencies(item: string): ResourceDraft[] {
    const trimmed = withoutTrailingSlashes(item);
    const symbolic = this.#bySymbol.get(trimmed) ?? [];
    if (symbolic.length > 0) return symbolic;
    // A loop that turns no time, or a resource that is left out: nothing to wait for.
    if (this.#collections.has(trimmed) || this.#leftOut.has(trimmed)) return [];
    const named = this.#single(trimmed);
    if (named.length > 0) return named;
    if (this.#loopNames.has(trimmed.toLowerCase())) return this.#get(`loop:${trimmed}`);
    // Azure also takes a child's own name without its parent's, as long as only one resource has it.
    const leaf = this.#unambiguous(trimmed, this.#get(`leaf:${trimmed}`));
    if (leaf.length > 0) return leaf;
    throw new TemplateError(
      'InvalidTemplate',
      `The resource '${isResourceId(trimmed) ? providerPath(trimmed) : trimmed}' is not defined in the template. Please see https://aka.ms/arm-template for usage details.`,
    );
  }

  /** The resource that `reference` or `list*` names; by id it need not be in the template. */
  referenced(nameOrId: string): { id: string; apiVersion?: string } {
    if (isResourceId(nameOrId)) {
      const [known] = this.#preferred(this.#get(nameOrId));
      return known === undefined ? { id: nameOrId } : { id: known.id, apiVersion: known.apiVersion };
    }
    const found = this.find(nameOrId);
    if (found?.failure !== undefined) throw found.failure;
    if (found !== undefined) return { id: found.id, apiVersion: found.apiVersion };
    throw new TemplateError(
      'InvalidTemplate',
      `The template reference '${nameOrId}' is not valid: could not find template resource or resource copy with this name. Please see https://aka.ms/arm-function-reference for usage details.`,
    );
  }

  /** The deployed resources of the copy loop with that symbolic name, in its order. @throws TemplateError without one. */
  collection(symbolicName: string): ResourceDraft[] {
    if (this.#collections.has(symbolicName))
      return (this.#bySymbol.get(symbolicName) ?? []).filter((draft) => draft.condition);
    throw new TemplateError(
      'InvalidTemplate',
      `The template reference '${symbolicName}' is not valid: could not find a template resource collection with this symbolic name. Please see https://aka.ms/arm-function-references for usage details.`,
    );
  }

  /** The resource of that id or symbolic name, or of that name where resources have no symbolic names; if there is one. */
  find(name: string): ResourceDraft | undefined {
    if (this.#isSymbolic && !isResourceId(name)) return this.#bySymbol.get(name)?.[0];
    return this.#single(name)[0];
  }

  /** The one resource with this id or name; of several with one id, the one that is deployed. */
  #single(key: string): ResourceDraft[] {
    const direct = this.#get(key);
    return this.#unambiguous(key, direct.length > 0 ? direct : this.#get(`name:${key}`));
  }

  #unambiguous(key: string, candidates: readonly ResourceDraft[]): ResourceDraft[] {
    const found = this.#preferred(candidates);
    const ids = new Set(found.map((draft) => draft.id.toLowerCase()));
    if (ids.size > 1) {
      throw new TemplateError(
        'InvalidTemplate',
        `The resource name '${key}' is ambiguous: it fits ${found.map((draft) => `'${draft.type}/${draft.name}'`).join(', ')}. Please use the resource identifier.`,
      );
    }
    return found.slice(0, 1);
  }

  #preferred(drafts: readonly ResourceDraft[]): ResourceDraft[] {
    const deployed = drafts.filter((draft) => draft.condition);
    return deployed.length > 0 ? deployed : [...drafts];
  }
}

function add(index: Map<string, ResourceDraft[]>, key: string, draft: ResourceDraft): void {
  const list = index.get(key);
  if (list === undefined) index.set(key, [draft]);
  // All keys of a resource are added before those of the next.
  else if (list.at(-1) !== draft) list.push(draft);
}
