import type { JsonObject } from '@slipway/arm-template';
import { dnsSuffix, tenantId } from './places.ts';

const suffixes = {
  azureDatalakeAnalyticsCatalogAndJob: 'azuredatalakeanalytics.slipway.internal',
  azureFrontDoorEndpointSuffix: 'azurefd.slipway.internal',
  azureDatalakeStoreFileSystem: 'azuredatalakestore.slipway.internal',
  acrLoginServer: '.azurecr.slipway.internal',
  sqlServerHostname: '.database.slipway.internal',
  keyVaultDns: '.vault.slipway.internal',
  storage: 'core.slipway.internal',
};

/**
 * What the template function `environment()` answers: the shape of Azure's, with this cloud's own addresses. Its name is that of
 * the public cloud: templates choose by it from tables that know Azure's clouds only.
 */
export function templateEnvironment(armEndpoint: string): JsonObject {
  return {
    name: 'AzureCloud',
    gallery: `${armEndpoint}/`,
    graph: `${armEndpoint}/`,
    portal: `${armEndpoint}/`,
    graphAudience: `${armEndpoint}/`,
    activeDirectoryDataLake: `${armEndpoint}/`,
    batch: `${armEndpoint}/`,
    media: `${armEndpoint}/`,
    sqlManagement: `${armEndpoint}/`,
    vmImageAliasDoc: `${armEndpoint}/`,
    resourceManager: `${armEndpoint}/`,
    authentication: authenticationOf(armEndpoint),
    suffixes,
  };
}

/**
 * What `GET /metadata/endpoints` answers: how a client finds the token endpoint and its audience. The member `slipway`
 * tells Slipway's own backend what kind of cloud this is.
 */
export function describeEndpoints(
  armEndpoint: string,
  pace: string,
  { kind, preparation }: { kind: string; preparation: string | undefined },
): JsonObject {
  return {
    name: 'SlipwayLocal',
    galleryEndpoint: `${armEndpoint}/`,
    graphEndpoint: `${armEndpoint}/`,
    portalEndpoint: `${armEndpoint}/`,
    resourceManager: `${armEndpoint}/`,
    authentication: authenticationOf(armEndpoint),
    suffixes,
    slipway: {
      dnsSuffix,
      machines: kind,
      pace,
      ...(preparation === undefined ? {} : { preparation }),
    },
  };
}

/** Where and for whom clients of this cloud get their tokens. */
function authenticationOf(armEndpoint: string): JsonObject {
  return {
    loginEndpoint: `${armEndpoint}/adfs`,
    audiences: [`${armEndpoint}/`],
    tenant: tenantId,
    identityProvider: 'ADFS',
  };
}
