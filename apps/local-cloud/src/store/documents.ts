import type { JsonObject, JsonValue } from '@slipway/arm-template';
import type { Cause } from '../activity/cause.ts';
import type { ErrorBody } from '../error-body.ts';
import type { PowerAction } from '../machines/machine-driver.ts';

/** What the store keeps beside resources. Ids are ARM ids; keys are the same in lower case. */

/** What was set on a subscription; there is none of one on which nothing was. */
export interface Subscription {
  subscriptionId: string;
  tags?: Record<string, string>;
  /** Namespaces that were registered (true) or unregistered by request, by lower-case name. */
  registrations?: Record<string, boolean>;
  /** Features that were registered, as `Namespace/name` in lower case, with the spelling of the request. */
  features?: Record<string, string>;
  /** Names of tags that are there without a thing that has them, each with its values. */
  tagNames?: Record<string, string[]>;
}

/** What keeps a scope, and everything under it, from being deleted or changed. */
export interface Lock {
  id: string;
  name: string;
  /** Id of the subscription, group or resource that it is put on. */
  scopeId: string;
  level: 'CanNotDelete' | 'ReadOnly';
  notes?: string;
  owners?: { applicationId: string }[];
}

export interface ResourceGroup {
  id: string;
  subscriptionId: string;
  name: string;
  location: string;
  tags?: Record<string, string>;
  managedBy?: string;
  provisioningState: 'Succeeded' | 'Deleting';
  createdAt: string;
  changedAt: string;
}

/** A piece of work on one resource that takes time. */
export interface Work {
  id: string;
  kind: 'put' | 'delete' | 'action';
  /** What an `action` does to a machine. */
  action?: PowerAction;
  resourceId: string;
  /** Whether the resource came into being with it. */
  isNew: boolean;
  /** Whether it is a PUT that changes nothing: the resource stays as it is. */
  isUnchanged?: true;
  startedAt: string;
  dueAt: string;
  state: 'Running' | 'Succeeded' | 'Failed' | 'Canceled';
  error?: ErrorBody;
  /** Absent where nobody asked for it by itself. */
  cause?: Cause;
  /** What a mood makes of it: an end as this error, or no end. */
  mood?: { fails: ErrorBody } | 'never-ends';
}

export type DeploymentState = 'Accepted' | 'Running' | 'Succeeded' | 'Failed' | 'Canceled';

export interface EchoedValue extends JsonObject {
  type: string;
}

/** What ARM has to say about a deployment that it accepts. */
export interface Diagnostic {
  level: 'Warning' | 'Info';
  code: string;
  message: string;
  /** Id of what it is about. */
  target: string;
}

export interface Deployment {
  id: string;
  name: string;
  /** Empty above subscriptions. */
  subscriptionId: string;
  resourceGroup?: string;
  /** Name of the management group that it is for. */
  managementGroup?: string;
  location?: string;
  tags?: Record<string, string>;
  mode: 'Incremental' | 'Complete';
  correlationId: string;
  /** Who asked for it; absent where it was made before that was kept. */
  caller?: string;
  state: DeploymentState;
  timestamp: string;
  startedAt: string;
  /** Its place in the history: of no two deployments the same. Absent where it was made before that was kept. */
  acceptedAt?: string;
  finishedAt?: string;
  /** When its template was expanded, and what its new GUIDs are made of: with both, every expansion is the same. */
  seed: string;
  templateHash: string;
  parameters: Record<string, EchoedValue>;
  outputs?: Record<string, EchoedValue>;
  providers: JsonValue[];
  dependencies: JsonValue[];
  validatedResources: { id: string }[];
  outputResources?: { id: string }[];
  error?: ErrorBody;
  debugSetting?: JsonObject;
  operationStatusId: string;
  diagnostics?: Diagnostic[];
  /** How far it was asked to be validated. */
  validationLevel?: string;
  /** What is deployed again when it fails; `provisioningState` is how far that is, once it was begun or could not be. */
  onError?: {
    type: 'LastSuccessful' | 'SpecificDeployment';
    deploymentName: string;
    provisioningState?: DeploymentState;
  };
  /** Id of the failed deployment that this one was deployed again for. */
  fallsBackFrom?: string;
  /** The deletion of what its group has beside the template, of a deployment in complete mode. */
  deletionId?: string;
  /** The deployment that this one is nested in. */
  parentId?: string;
  /** The stack that it was made for. */
  stackId?: string;
}

/** The encrypted part of a deployment or a stack. */
export interface DeploymentRequest extends JsonObject {
  template: JsonValue;
  parameters: JsonObject;
}

export interface DeploymentOperation {
  deploymentId: string;
  operationId: string;
  kind: 'Create' | 'Delete' | 'Read' | 'Action' | 'EvaluateDeploymentOutput';
  state: 'Running' | 'Succeeded' | 'Failed' | 'Canceled';
  timestamp: string;
  startedAt: string;
  finishedAt?: string;
  statusCode?: string;
  error?: ErrorBody;
  target?: {
    id: string;
    resourceType: string;
    resourceName: string;
    apiVersion?: string;
    symbolicName?: string;
  };
  /** The work that it waits for. */
  workId?: string;
  trackingId: string;
  serviceRequestId: string;
}

export type StackState =
  | 'creating'
  | 'validating'
  | 'deploying'
  | 'deletingResources'
  | 'deleting'
  | 'succeeded'
  | 'failed'
  | 'canceled';

export interface Stack {
  id: string;
  name: string;
  /** Empty above subscriptions. */
  subscriptionId: string;
  resourceGroup?: string;
  /** Name of the management group that it is in. */
  managementGroup?: string;
  /** Id of the scope that its template is deployed to, where that is not its own. */
  deploymentScope?: string;
  location?: string;
  tags?: Record<string, string>;
  state: StackState;
  description?: string;
  actionOnUnmanage: Record<'resources' | 'resourceGroups' | 'managementGroups', 'delete' | 'detach'>;
  denySettings: JsonObject;
  correlationId: string;
  /** Who asked last for it; absent where that was before it was kept. */
  caller?: string;
  deploymentId?: string;
  parameters: Record<string, EchoedValue>;
  outputs?: Record<string, EchoedValue>;
  /** Ids of what it manages. */
  resources: string[];
  detachedResources: string[];
  deletedResources: string[];
  failedResources: { id: string; error: ErrorBody }[];
  error?: ErrorBody;
  operationId: string;
  startedAt: string;
  finishedAt?: string;
  createdAt: string;
  changedAt: string;
}

/** What a stack forbids about something that it manages. */
export interface DenyAssignment {
  id: string;
  /** A GUID. */
  name: string;
  /** Id of what it is put on. */
  scopeId: string;
  stackId: string;
  mode: 'denyDelete' | 'denyWriteAndDelete';
  /** Patterns of actions that are allowed all the same: `Microsoft.Compute/virtualMachines/*`. */
  excludedActions: string[];
  excludedPrincipals: string[];
  /** Whether it holds for what is under its scope as well. */
  appliesToChildScopes: boolean;
}

/** Resources that are deleted together, in the order that their dependencies allow. */
export interface Deletion {
  id: string;
  /**
   * What ends with it: a whole group, a stack, what a stack no longer has, a deployment's history entry, or what a template
   * in complete mode does not have.
   */
  purpose: 'resourceGroup' | 'stack' | 'stackUpdate' | 'deployment' | 'completeMode';
  ownerId: string;
  subscriptionId: string;
  resourceIds: string[];
  cause?: Cause;
  /** What each work of it deletes, while it runs. */
  state: 'Running' | 'Succeeded' | 'Failed';
  failures: { id: string; error: ErrorBody }[];
  /** Resources whose work failed, with how many were left then: they are tried again when fewer are left. */
  failedWorks?: { id: string; error: ErrorBody; left: number }[];
  /** Whether it ended because what was left did not go in time. */
  gaveUp?: true;
  error?: ErrorBody;
  startedAt: string;
  finishedAt?: string;
}

/** Something that was asked for through ARM, or what became of it. */
export interface ActivityEvent extends Cause {
  id: string;
  time: string;
  /** For example `Microsoft.Network/virtualNetworks/write`. */
  operationName: string;
  resourceId: string;
  resourceType: string;
  resourceGroup?: string;
  status: 'Accepted' | 'Succeeded' | 'Failed';
  level: 'Informational' | 'Error';
  /** Of the answer to a request; absent at the end of work that a request began. */
  httpStatus?: number;
  httpRequest?: { method: string; clientIpAddress: string; clientRequestId?: string };
  error?: { code: string; message: string };
}
