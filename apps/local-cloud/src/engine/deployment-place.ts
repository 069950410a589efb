import { containerId } from '../resource-id.ts';

/** Where a deployment is to run. */
export interface DeploymentPlace {
  /** Empty above subscriptions. */
  subscriptionId: string;
  resourceGroup?: string;
  /** Name of the management group that it is for. */
  managementGroup?: string;
  name: string;
  /** Of a deployment that is in no group. */
  location?: string | undefined;
}

/** Id of what a deployment is for: a group, a subscription, a management group; empty for the tenant. */
export function scopeOfPlace(place: Omit<DeploymentPlace, 'name'>): string {
  return place.managementGroup === undefined
    ? containerId(place.subscriptionId, place.resourceGroup)
    : managementGroupId(place.managementGroup);
}

/** The id of a management group. */
export const managementGroupId = (name: string): string =>
  `/providers/Microsoft.Management/managementGroups/${name}`;

/** The name of the management group that a scope is; `undefined` for other scopes. */
export const managementGroupOf = (scope: string): string | undefined =>
  /^\/providers\/Microsoft\.Management\/managementGroups\/([^/]+)$/i.exec(scope)?.[1];

/** The ARM id of the deployment at a place. */
export function deploymentId(place: DeploymentPlace): string {
  return `${scopeOfPlace(place)}/providers/Microsoft.Resources/deployments/${place.name}`;
}
