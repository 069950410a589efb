import type { JsonObject } from '../json.ts';
import type { EvaluationScope } from '../expression/scope.ts';
import type { TemplateError } from '../template-error.ts';
import type { ResourcePlace } from './resource-identity.ts';

/** A resource whose copy loop, name, type and condition are known, and whose body is not evaluated yet. */
export interface ResourceDraft {
  /** As written in the template. */
  source: JsonObject;
  path: string;
  place: ResourcePlace;
  id: string;
  type: string;
  name: string;
  apiVersion: string;
  symbolicName?: string;
  /** Declared only to be referred to (language version 2.0). */
  isExisting: boolean;
  /**
   * Why an existing resource cannot be identified: an error only where something refers to it. Then id, name and API
   * version are empty.
   */
  failure?: TemplateError;
  condition: boolean;
  /** Whether it is written in language version 2.0. */
  isLanguageTwo: boolean;
  /** What its expressions see, without `reference` and `list*`. */
  scope: EvaluationScope;
  /** The copy loop that made it, and which batch of a serial loop it belongs to. */
  loop?: { name: string; batch?: number };
}
