import type { JsonObject } from '@slipway/arm-template';
import type { PropertyChange } from './property-changes.ts';

/** What a deployment does to a resource, in ARM's words ([SDK] ChangeType). */
export type ChangeType = 'Create' | 'Delete' | 'Ignore' | 'Deploy' | 'NoChange' | 'Modify' | 'Unsupported';

/** What a deployment does to one resource ([SDK] WhatIfChange). */
export interface WhatIfChange {
  resourceId: string;
  /** The deployment that it belongs to: the one asked about, or one nested in it. */
  deploymentId?: string;
  symbolicName?: string;
  changeType: ChangeType;
  unsupportedReason?: string;
  before?: JsonObject;
  after?: JsonObject;
  delta?: PropertyChange[];
}

/** Something that whoever asked should know of the answer ([SDK] DeploymentDiagnosticsDefinition). */
export interface WhatIfDiagnostic {
  level: 'Warning' | 'Info' | 'Error';
  code: string;
  message: string;
  target?: string;
}
