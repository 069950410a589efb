import type { JsonObject, JsonValue } from './json.ts';

/** Where a deployment runs: what `subscription()`, `resourceGroup()`, `deployment()` and `environment()` answer. */
export interface DeploymentScope {
  kind: 'resourceGroup' | 'subscription' | 'managementGroup' | 'tenant';
  tenantId: string;
  /** What `tenant()` tells of the tenant besides its ids. */
  tenant?: { countryCode?: string; displayName?: string };
  /** Who deploys, for `deployer()`. */
  deployer?: { objectId: string; tenantId: string; userPrincipalName?: string };
  /** Absent above subscriptions: in management groups and the tenant. */
  subscription?: { id: string; subscriptionId: string; tenantId: string; displayName: string };
  /** Present when `kind` is `managementGroup`. */
  managementGroup?: JsonObject & { id: string; name: string };
  /** Present when `kind` is `resourceGroup`; the whole group object as ARM returns it. */
  resourceGroup?: JsonObject & { id: string; name: string; location: string };
  /** `location` is the location of a subscription-level deployment. */
  deployment: { name: string; location?: string };
  /** What `environment()` answers. */
  environment: JsonObject;
}

/** Sources of what is not in the template; passed in so that an expansion can be repeated exactly. */
export interface ExpansionSources {
  /** For `utcNow()` in parameter defaults. */
  now: Date;
  /** For `newGuid()` in parameter defaults. */
  newGuid: () => string;
}

/** What the cloud tells of itself; for `providers()`, `pickZones()`, `roleDefinitions()` and the functions of physical zones. */
export interface CloudFacts {
  /**
   * A resource provider as ARM returns it: `{ namespace, resourceTypes: [{ resourceType, locations, apiVersions }] }`;
   * `undefined` for one that there is not.
   */
  provider?: (namespace: string) => JsonObject | undefined;
  /** Which physical zones stand behind the logical zones of a region, for one subscription. */
  zones?: (subscriptionId: string, location: string) => readonly ZoneMapping[];
  /** The GUID of a role with that name; `undefined` where there is none. */
  roleDefinition?: (roleName: string) => string | undefined;
}

/** For example `{ logicalZone: '1', physicalZone: 'westus2-az3' }`. */
export interface ZoneMapping {
  logicalZone: string;
  physicalZone: string;
}

/** How much a template may ask for. Azure's limits are the default (AZURE-FACTS, "Limits"). */
export interface TemplateLimits {
  parameters: number;
  variables: number;
  outputs: number;
  /** With all that copy loops make. */
  resources: number;
  /** How often one copy loop may turn. */
  copyCount: number;
  /** How many steps an expansion, and each body or output made after it, may take: a bound of this package's own. */
  steps: number;
}

/** A parameter's value that is kept in a vault. */
export interface SecretReference {
  /** The id of the vault. */
  vaultId: string;
  secretName: string;
  secretVersion?: string;
}

export interface ExpandInput {
  /** The template as parsed JSON (see `parseTolerantJson`). */
  template: JsonValue;
  /** The `parameters` object of the deployment: `{ name: { value } }`. */
  parameters: JsonObject;
  scope: DeploymentScope;
  sources: ExpansionSources;
  /** What the cloud tells of itself; without it `providers()` and `roleDefinitions()` are refused, and zones are Azure's. */
  cloud?: CloudFacts;
  /** Limits other than Azure's. */
  limits?: Partial<TemplateLimits>;
  /** Reads what a parameter refers to in a vault; without it such parameters are refused. */
  secret?: (reference: SecretReference) => string;
  /** Values that clients found out for parameters given as an expression: `{ name: { value } }`. */
  externalInputs?: JsonObject;
  /**
   * Resources of other providers than ARM's (`imports`, `extensions`): refused, or left out as if they were not there.
   * Refused unless it says otherwise.
   */
  extensions?: 'refuse' | 'leave out';
  /**
   * What stands in for the values of secure parameters, once these were checked: for an expansion that is compared with the
   * real one, to see what of it depends on a secret.
   */
  standIn?: (value: JsonValue) => JsonValue;
}

/** What only the running control plane can answer; called while a resource's body is evaluated. */
export interface TemplateRuntime {
  /** The resource's `properties`, or with `full` the whole resource. Throws TemplateError when there is none. */
  reference: (resourceId: string, apiVersion: string | undefined, full: boolean) => JsonValue;
  /** A `list*` action's answer, for example `list('listKeys', id, '2025-06-01')`. */
  list: (action: string, resourceId: string, apiVersion: string, body?: JsonValue) => JsonValue;
}

/** What can be answered of a running control plane beforehand; `undefined` for what cannot be known yet. */
export interface KnownRuntime {
  reference: (resourceId: string, apiVersion: string | undefined, full: boolean) => JsonValue | undefined;
  list: (action: string, resourceId: string, apiVersion: string, body?: JsonValue) => JsonValue | undefined;
}

/** A parameter after defaults were applied. `value` is present also for secure types: never echo those. */
export interface ResolvedParameter {
  /** Pascal case as ARM returns it: `String`, `SecureString`, `Int`, `Bool`, `Object`, `SecureObject`, `Array`. */
  type: string;
  value: JsonValue;
  secure: boolean;
}

/** An output. A secure one has no value when it is returned. */
export interface EvaluatedOutput {
  type: string;
  value: JsonValue;
  secure: boolean;
}

/** One resource of an expanded template: names and conditions known, run-time functions not yet evaluated. */
export interface PlannedResource {
  /** Fully qualified ARM id with canonical casing. */
  id: string;
  /** Full type, for example `Microsoft.Network/loadBalancers/inboundNatRules`. */
  type: string;
  /** Full name, segments joined with `/`. */
  name: string;
  apiVersion: string;
  /** The target subscription; empty above subscriptions. */
  subscriptionId: string;
  /** The target resource group; absent for resources at subscription level. */
  resourceGroup?: string;
  symbolicName?: string;
  /** False when the template's `condition` is false: then nothing is deployed. */
  condition: boolean;
  /** Left as it is where it is there already (Bicep's `@onlyIfNotExists()`). */
  onlyIfNotExists: boolean;
  /**
   * Ids of the planned resources (with a true condition) that must be finished first: by `dependsOn` and `reference`, also
   * those that an existing resource waits for.
   */
  dependsOn: string[];
  /** The resource's body as it is PUT (location, tags, sku, zones, properties, …; no name, type, apiVersion). */
  evaluate: (runtime: TemplateRuntime) => JsonObject;
  /**
   * The body for preflight. Strings that need the running control plane stay expression text (`[reference(…)]`),
   * everything else is evaluated. For `Microsoft.Resources/deployments` with outer expression scope the parent's
   * parameters and variables are already put into `properties.template`.
   *
   * @param known answers what is known already; without it nothing is
   * @throws TemplateError where an expression makes no sense of such an answer
   */
  preview: (known?: KnownRuntime) => JsonObject;
}

export interface Expansion {
  parameters: Record<string, ResolvedParameter>;
  resources: PlannedResource[];
  /** Evaluates the outputs once all resources are deployed. */
  evaluateOutputs: (runtime: TemplateRuntime) => Record<string, EvaluatedOutput>;
}
