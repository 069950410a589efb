import type { DeploymentScope } from '@slipway/arm-template';

/** Where the cluster is deployed. */
export interface PlanPlace {
  subscriptionId: string;
  resourceGroup: { id: string; name: string; location: string; tags: Readonly<Record<string, string>> };
  deploymentName: string;
}

/** Where one of the deployments of a plan runs: the cluster's own, or one nested in it. */
export interface PlanStage {
  depth: number;
  deploymentName: string;
  /** Absent at subscription level; `location` is absent of a group that is not the cluster's own. */
  group: { id: string; name: string; location?: string; tags?: Record<string, string> } | undefined;
  /** Of a deployment at subscription level. */
  location: string | undefined;
}

/** What the template's functions of scope answer; a stand-in where that is not known. */
export function scopeOf({ subscriptionId }: PlanPlace, stage: PlanStage, standIn: string): DeploymentScope {
  const { group, location, deploymentName } = stage;
  return {
    kind: group === undefined ? 'subscription' : 'resourceGroup',
    tenantId: standIn,
    subscription: {
      id: `/subscriptions/${subscriptionId}`,
      subscriptionId,
      tenantId: standIn,
      displayName: standIn,
    },
    ...(group === undefined
      ? {}
      : {
          resourceGroup: {
            ...group,
            type: 'Microsoft.Resources/resourceGroups',
            location: group.location ?? standIn,
            tags: group.tags ?? { [standIn]: standIn },
          },
        }),
    deployment: { name: deploymentName, ...(location === undefined ? {} : { location }) },
    environment: environmentOf(standIn),
  };
}

/**
 * What `environment()` answers: the members that Azure documents for the function (template-functions-deployment), all
 * of them unknown, because a cloud's suffixes are its own.
 */
const environmentOf = (standIn: string): DeploymentScope['environment'] => ({
  ...Object.fromEntries(
    [
      'name',
      'gallery',
      'graph',
      'portal',
      'graphAudience',
      'activeDirectoryDataLake',
      'batch',
      'media',
      'sqlManagement',
      'vmImageAliasDoc',
      'resourceManager',
    ].map((name) => [name, standIn]),
  ),
  authentication: {
    loginEndpoint: standIn,
    audiences: [standIn, standIn],
    tenant: standIn,
    identityProvider: standIn,
  },
  suffixes: Object.fromEntries(
    [
      'acrLoginServer',
      'azureDatalakeAnalyticsCatalogAndJob',
      'azureDatalakeStoreFileSystem',
      'azureFrontDoorEndpointSuffix',
      'keyvaultDns',
      'sqlServerHostname',
      'storage',
    ].map((name) => [name, standIn]),
  ),
});
