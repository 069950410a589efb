import { createHash } from 'node:crypto';

/** Which stack is meant. */
export interface StackPlace {
  subscriptionId: string;
  resourceGroup: string;
  name: string;
}

const longestDeploymentName = 64;

/** The ARM id of the stack at a place. */
export function stackId(place: StackPlace): string {
  return `/subscriptions/${place.subscriptionId}/resourceGroups/${place.resourceGroup}/providers/Microsoft.Resources/deploymentStacks/${place.name}`;
}

/** Each update of a stack gets a deployment of its own. */
export function deploymentNameFor(stackName: string, operationId: string): string {
  const suffix = `-${createHash('sha256').update(operationId).digest('hex').slice(0, 12)}`;
  return `${stackName.slice(0, longestDeploymentName - suffix.length)}${suffix}`;
}
