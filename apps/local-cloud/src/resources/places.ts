import type { JsonObject } from '@slipway/arm-template';

/** The one tenant and the one subscription of a local cloud. */
export const tenantId = '22222222-2222-2222-2222-222222222222';
export const subscriptionId = '11111111-1111-1111-1111-111111111111';
export const subscriptionName = 'Local subscription';

/** What follows `<label>.<region>.` in names of public addresses; `.internal` is reserved for private use (ICANN, 2024). */
export const dnsSuffix = 'cloudapp.slipway.internal';

interface Region {
  name: string;
  displayName: string;
  geography: string;
  geographyGroup: string;
  physicalLocation: string;
  latitude: string;
  longitude: string;
  pairedWith?: string;
}

/** Regions of Azure, with what `GET /subscriptions/{id}/locations` says of them. */
const regions: readonly Region[] = [
  ['eastus', 'East US', 'United States', 'US', 'Virginia', '37.3719', '-79.8164', 'westus'],
  ['eastus2', 'East US 2', 'United States', 'US', 'Virginia', '36.6681', '-78.3889', 'centralus'],
  ['centralus', 'Central US', 'United States', 'US', 'Iowa', '41.5908', '-93.6208', 'eastus2'],
  ['westus2', 'West US 2', 'United States', 'US', 'Washington', '47.233', '-119.852', 'westcentralus'],
  ['westus3', 'West US 3', 'United States', 'US', 'Phoenix', '33.448376', '-112.074036', 'eastus'],
  ['canadacentral', 'Canada Central', 'Canada', 'Canada', 'Toronto', '43.653', '-79.383', 'canadaeast'],
  [
    'brazilsouth',
    'Brazil South',
    'Brazil',
    'South America',
    'Sao Paulo State',
    '-23.55',
    '-46.633',
    'southcentralus',
  ],
  ['northeurope', 'North Europe', 'Europe', 'Europe', 'Ireland', '53.3478', '-6.2597', 'westeurope'],
  ['westeurope', 'West Europe', 'Europe', 'Europe', 'Netherlands', '52.3667', '4.9', 'northeurope'],
  ['uksouth', 'UK South', 'United Kingdom', 'UK', 'London', '50.941', '-0.799', 'ukwest'],
  ['francecentral', 'France Central', 'France', 'Europe', 'Paris', '46.3772', '2.373', 'francesouth'],
  [
    'germanywestcentral',
    'Germany West Central',
    'Germany',
    'Europe',
    'Frankfurt',
    '50.110924',
    '8.682127',
    'germanynorth',
  ],
  ['swedencentral', 'Sweden Central', 'Sweden', 'Europe', 'Gävle', '60.67488', '17.14127', 'swedensouth'],
  [
    'southeastasia',
    'Southeast Asia',
    'Asia Pacific',
    'Asia Pacific',
    'Singapore',
    '1.283',
    '103.833',
    'eastasia',
  ],
  ['japaneast', 'Japan East', 'Japan', 'Asia Pacific', 'Tokyo, Saitama', '35.68', '139.77', 'japanwest'],
  [
    'australiaeast',
    'Australia East',
    'Australia',
    'Asia Pacific',
    'New South Wales',
    '-33.86',
    '151.2094',
    'australiasoutheast',
  ],
].map(
  ([
    name = '',
    displayName = '',
    geography = '',
    geographyGroup = '',
    place = '',
    latitude = '',
    longitude = '',
    pair = '',
  ]) => ({
    name,
    displayName,
    geography,
    geographyGroup,
    physicalLocation: place,
    latitude,
    longitude,
    pairedWith: pair,
  }),
);

const regionByName = new Map(regions.map((region) => [region.name, region]));

/** `East US` and `eastus` are the same region. */
export function normalizeLocation(location: string): string {
  return location.replaceAll(' ', '').toLowerCase();
}

export function isRegion(location: string): boolean {
  return regionByName.has(normalizeLocation(location));
}

export function regionNames(): string[] {
  return regions.map((region) => region.name);
}

export function regionDisplayNames(): string[] {
  return regions.map((region) => region.displayName);
}

/** The regions as ARM lists them. */
export function listLocations(subscription: string): JsonObject[] {
  return regions.map((region) => ({
    id: `/subscriptions/${subscription}/locations/${region.name}`,
    name: region.name,
    type: 'Region',
    displayName: region.displayName,
    regionalDisplayName: `(${region.geographyGroup}) ${region.displayName}`,
    metadata: {
      regionType: 'Physical',
      regionCategory: 'Recommended',
      geography: region.geography,
      geographyGroup: region.geographyGroup,
      longitude: region.longitude,
      latitude: region.latitude,
      physicalLocation: region.physicalLocation,
      pairedRegion:
        region.pairedWith === undefined
          ? []
          : [
              {
                name: region.pairedWith,
                id: `/subscriptions/${subscription}/locations/${region.pairedWith}`,
              },
            ],
    },
  }));
}

/** The subscription as ARM returns it, with the tags that were put on it. */
export function describeSubscription(tags: Record<string, string> | undefined): JsonObject {
  return {
    id: `/subscriptions/${subscriptionId}`,
    authorizationSource: 'RoleBased',
    managedByTenants: [],
    subscriptionId,
    tenantId,
    displayName: subscriptionName,
    state: 'Enabled',
    subscriptionPolicies: {
      locationPlacementId: 'Public_2014-09-01',
      quotaId: 'PayAsYouGo_2014-09-01',
      spendingLimit: 'Off',
    },
    ...(tags === undefined ? {} : { tags }),
  };
}

export function describeTenant(): JsonObject {
  return {
    id: `/tenants/${tenantId}`,
    tenantId,
    displayName: 'Local tenant',
    tenantCategory: 'Home',
    countryCode: 'US',
    domains: ['slipway.internal'],
    defaultDomain: 'slipway.internal',
    tenantType: 'AAD',
  };
}
