import type { CloudFacts, DeploymentScope, ExpansionSources, TemplateRuntime } from '../expansion.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import type { TemplateError } from '../template-error.ts';
import type { Lambda } from './lambda.ts';

/** A turn of a copy loop. */
export interface LoopTurn {
  name: string;
  index: number;
  /** Whether it repeats a whole resource: the loop that `copyIndex()` without a name means. */
  ofResource: boolean;
}

/** Finds the resources that `reference` and `list*` name. */
export interface ResourceLookup {
  /**
   * The id (and API version, when the template says it) of a resource given by id, name, `Type/name` or symbolic name.
   * @throws TemplateError when the template has no such resource.
   */
  resolve: (nameOrId: string) => { id: string; apiVersion?: string };
  /** The resources of a copy loop with that symbolic name that are deployed, in the loop's order. */
  collection?: (symbolicName: string) => { id: string; apiVersion?: string }[];
  /** For templates nested with outer scope: a resource of the outer template that is given by name. */
  qualify?: (nameOrId: string) => { id: string; apiVersion?: string } | undefined;
}

/** A function that the template itself declares under `functions`. */
export interface UserFunction {
  parameterCount: number;
  /** @throws what `fail` makes of the reason, where an argument or the result is not of its type. */
  invoke: (values: readonly JsonValue[], fail: (reason: string) => TemplateError) => JsonValue;
}

/** Everything an expression can see. What is absent is not allowed where the expression stands. */
export interface EvaluationScope {
  deployment?: DeploymentScope;
  cloud?: CloudFacts;
  /** How often a copy loop may turn; Azure's limit where it is absent. */
  copyLimit?: number;
  /** Only in parameters that are given as an expression: `{ name: { value } }`. */
  externalInputs?: JsonObject;
  /** The management group for `managementGroup()` and `managementGroupResourceId`. */
  managementGroup?: JsonObject & { name: string };
  /** What `deployment()` answers under `properties`. */
  deploymentProperties?: () => JsonObject;
  parameter?: (name: string) => JsonValue;
  variable?: (name: string) => JsonValue;
  /** Copy loops around the expression, the outermost first. */
  loops?: readonly LoopTurn[];
  /** Only in parameter defaults. */
  sources?: ExpansionSources;
  /** Only in resource bodies and outputs: what `reference` and `list*` may name. */
  resources?: ResourceLookup;
  /** Absent before the deployment runs: then `reference` and `list*` stay as they are. */
  runtime?: TemplateRuntime;
  userFunction?: (namespace: string, name: string) => UserFunction | undefined;
  /** Names of lambda arguments, the innermost last. */
  lambdaVariables?: readonly (readonly [string, JsonValue])[];
  /** While a lambda is reduced without being called: its variables are not known yet. */
  unboundLambdas?: boolean;
  /** Told of each `reference` and `list*` call whose resource is known, while expressions are reduced. */
  onRuntimeCall?: (functionName: string, nameOrId: string, hasApiVersion: boolean) => void;
  /** Names of loops of a nested template, whose `copyIndex` is not ours to answer; an empty name stands for `copyIndex()`. */
  foreignLoops?: ReadonlySet<string>;
}

/** What expressions yield on the way: JSON, or a lambda on its way into `map`, `filter` and the like. */
export type Value = JsonValue | Lambda;
