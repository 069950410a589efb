import { createHash } from 'node:crypto';
import { ArmError } from '../arm-error.ts';
import { subscriptionId as knownSubscription } from '../resources/places.ts';
import { managementGroupOf, scopeOfPlace, type DeploymentPlace } from './deployment-place.ts';

/** Which stack is meant: its scope and its name. */
export type StackPlace = Omit<DeploymentPlace, 'location'>;

const longestDeploymentName = 64;

/** The ARM id of the stack at a place. */
export function stackId(place: StackPlace): string {
  return `${scopeOfPlace(place)}/providers/Microsoft.Resources/deploymentStacks/${place.name}`;
}

/**
 * Where the deployment of a stack runs: at the stack's own scope, or at the one under it that `deploymentScope` names.
 * Throws InvalidDeploymentScope.
 */
export function deploymentPlaceOf(
  { name: _name, ...own }: StackPlace,
  deploymentName: string,
  deploymentScope: string | undefined,
): DeploymentPlace {
  if (deploymentScope === undefined) return { ...own, name: deploymentName };
  const [, subscriptionId, resourceGroup] =
    /^\/subscriptions\/([^/]+)(?:\/resourceGroups\/([^/]+))?$/i.exec(deploymentScope) ?? [];
  const managementGroup = managementGroupOf(deploymentScope);
  const isUnderOwn =
    own.managementGroup !== undefined
      ? managementGroup === undefined || isSame(scopeOfPlace(own), deploymentScope)
      : `${deploymentScope}/`.toLowerCase().startsWith(`${scopeOfPlace(own)}/`.toLowerCase());
  if (managementGroup !== undefined && isUnderOwn) return { ...own, name: deploymentName };
  if (subscriptionId?.toLowerCase() !== knownSubscription || !isUnderOwn)
    throw new ArmError(
      400,
      'InvalidDeploymentScope',
      `The deployment scope '${deploymentScope.slice(0, 200)}' is not valid: it must be '${scopeOfPlace(own)}', or a subscription or resource group in it.`,
      { target: 'properties.deploymentScope' },
    );
  return {
    subscriptionId: knownSubscription,
    ...(resourceGroup === undefined ? {} : { resourceGroup }),
    name: deploymentName,
  };
}

const isSame = (first: string, second: string): boolean => first.toLowerCase() === second.toLowerCase();

/** Each update of a stack gets a deployment of its own. */
export function deploymentNameFor(stackName: string, operationId: string): string {
  const suffix = `-${createHash('sha256').update(operationId).digest('hex').slice(0, 12)}`;
  return `${stackName.slice(0, longestDeploymentName - suffix.length)}${suffix}`;
}
