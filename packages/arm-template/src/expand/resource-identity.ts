import type { DeploymentScope } from '../expansion.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { equalsIgnoreCase, getOwn } from '../json-values.ts';
import type { EvaluationScope } from '../expression/scope.ts';
import { evaluateText } from '../expression/template-tree.ts';
import { isResourceId, scopePath, withoutTrailingSlashes } from '../resource-id.ts';
import { TemplateError } from '../template-error.ts';
import { positionText } from '../text-position.ts';

export const DEPLOYMENT_TYPE = 'Microsoft.Resources/deployments';
/** A scope that is the same wherever it is written: management groups are in no other scope. */
const MANAGEMENT_GROUP = /^Microsoft\.Management\/managementGroups\/[^/]+$/i;
const RESOURCE_GROUP_TYPE = 'Microsoft.Resources/resourceGroups';

/** Where a resource is deployed. */
export interface ResourcePlace {
  /** The id of the group, subscription, management group or resource that it is in or extends; empty for the tenant. */
  scopeId: string;
  subscriptionId: string;
  resourceGroup?: string;
}

/** A property of a resource that must be a string once it is evaluated; `undefined` where it is absent or null. */
export function evaluateTextProperty(
  source: JsonObject,
  name: string,
  scope: EvaluationScope,
  path: string,
): string | undefined {
  const written: JsonValue = getOwn(source, name) ?? null;
  const value = typeof written === 'string' ? evaluateText(written, scope, `${path}.${name}`) : written;
  if (value === null) return undefined;
  if (typeof value === 'string') return value;
  throw new TemplateError(
    'InvalidTemplate',
    `The property '${name}' of a template resource must be a string.`,
    {
      path: `${path}.${name}`,
    },
  );
}

/** Refuses a name that has not one segment for each segment of the type after the namespace. */
export function checkSegments(source: JsonObject, type: string, name: string, path: string): void {
  const types = type.split('/');
  const names = name.split('/');
  if (types.length >= 2 && !types.includes('') && types.length - 1 === names.length && !names.includes(''))
    return;
  throw new TemplateError(
    'InvalidTemplate',
    `The template resource '${name}' for type '${type}'${positionText(source)} has incorrect segment lengths. A nested resource type must have identical number of segments as its resource name. A root resource type must have segment length one greater than its resource name. Please see https://aka.ms/arm-template/#resources for usage details.`,
    { path },
  );
}

/** Where a resource is deployed: by its type, `scope`, `subscriptionId` and `resourceGroup`. */
export function placeOf(
  source: JsonObject,
  type: string,
  deployment: DeploymentScope,
  scope: EvaluationScope,
  path: string,
): ResourcePlace {
  const ownSubscription = deployment.subscription?.subscriptionId;
  const within = (subscriptionId: string | undefined, resourceGroup: string | undefined): ResourcePlace => ({
    scopeId:
      subscriptionId === undefined
        ? (deployment.managementGroup?.id ?? '')
        : scopePath(subscriptionId, resourceGroup),
    subscriptionId: subscriptionId ?? '',
    ...(resourceGroup === undefined ? {} : { resourceGroup }),
  });

  const explicitScope = evaluateTextProperty(source, 'scope', scope, path);
  if (explicitScope !== undefined) {
    const scopeId = isResourceId(explicitScope)
      ? withoutTrailingSlashes(explicitScope)
      : MANAGEMENT_GROUP.test(explicitScope)
        ? `/providers/${explicitScope}`
        : `${scopePath(ownSubscription, deployment.resourceGroup?.name)}/providers/${explicitScope}`;
    const found = /^\/subscriptions\/([^/]+)(?:\/resourceGroups\/([^/]+))?/i.exec(scopeId);
    const resourceGroup = found?.[2];
    return {
      scopeId,
      subscriptionId: found?.[1] ?? '',
      ...(resourceGroup === undefined ? {} : { resourceGroup }),
    };
  }
  if (equalsIgnoreCase(type, RESOURCE_GROUP_TYPE)) return within(ownSubscription, undefined);
  if (!equalsIgnoreCase(type, DEPLOYMENT_TYPE) && getOwn(source, 'existing') !== true)
    return within(ownSubscription, deployment.resourceGroup?.name);
  const subscriptionId = evaluateTextProperty(source, 'subscriptionId', scope, path);
  const resourceGroup = evaluateTextProperty(source, 'resourceGroup', scope, path);
  // What names another subscription and no group is at subscription level.
  const inherited = subscriptionId === undefined ? deployment.resourceGroup?.name : undefined;
  return within(subscriptionId ?? ownSubscription, resourceGroup ?? inherited);
}
