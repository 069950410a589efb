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
  ['westus', 'West US', 'United States', 'US', 'California', '37.783', '-122.417', 'eastus'],
  [
    'southcentralus',
    'South Central US',
    'United States',
    'US',
    'Texas',
    '29.4167',
    '-98.5',
    'northcentralus',
  ],
  [
    'northcentralus',
    'North Central US',
    'United States',
    'US',
    'Illinois',
    '41.8819',
    '-87.6278',
    'southcentralus',
  ],
  ['westcentralus', 'West Central US', 'United States', 'US', 'Wyoming', '40.89', '-110.234', 'westus2'],
  ['canadaeast', 'Canada East', 'Canada', 'Canada', 'Quebec', '46.817', '-71.217', 'canadacentral'],
  ['mexicocentral', 'Mexico Central', 'Mexico', 'Mexico', 'Querétaro State', '20.588818', '-100.389888', ''],
  ['ukwest', 'UK West', 'United Kingdom', 'UK', 'Cardiff', '53.427', '-3.084', 'uksouth'],
  ['francesouth', 'France South', 'France', 'Europe', 'Marseille', '43.8345', '2.1972', 'francecentral'],
  [
    'germanynorth',
    'Germany North',
    'Germany',
    'Europe',
    'Berlin',
    '53.073635',
    '8.806422',
    'germanywestcentral',
  ],
  ['swedensouth', 'Sweden South', 'Sweden', 'Europe', 'Sweden', '55.6059', '13.0007', 'swedencentral'],
  ['norwayeast', 'Norway East', 'Norway', 'Europe', 'Norway', '59.913868', '10.752245', 'norwaywest'],
  ['norwaywest', 'Norway West', 'Norway', 'Europe', 'Norway', '58.969975', '5.733107', 'norwayeast'],
  [
    'switzerlandnorth',
    'Switzerland North',
    'Switzerland',
    'Europe',
    'Zurich',
    '47.451542',
    '8.564572',
    'switzerlandwest',
  ],
  [
    'switzerlandwest',
    'Switzerland West',
    'Switzerland',
    'Europe',
    'Geneva',
    '46.204391',
    '6.143158',
    'switzerlandnorth',
  ],
  ['polandcentral', 'Poland Central', 'Poland', 'Europe', 'Warsaw', '52.23334', '21.01666', ''],
  ['italynorth', 'Italy North', 'Italy', 'Europe', 'Milan', '45.46888', '9.18109', ''],
  ['spaincentral', 'Spain Central', 'Spain', 'Europe', 'Madrid', '40.4259', '-3.4209', ''],
  [
    'eastasia',
    'East Asia',
    'Asia Pacific',
    'Asia Pacific',
    'Hong Kong',
    '22.267',
    '114.188',
    'southeastasia',
  ],
  ['japanwest', 'Japan West', 'Japan', 'Asia Pacific', 'Osaka', '34.6939', '135.5022', 'japaneast'],
  ['koreacentral', 'Korea Central', 'Korea', 'Asia Pacific', 'Seoul', '37.5665', '126.978', 'koreasouth'],
  ['koreasouth', 'Korea South', 'Korea', 'Asia Pacific', 'Busan', '35.1796', '129.0756', 'koreacentral'],
  ['centralindia', 'Central India', 'India', 'Asia Pacific', 'Pune', '18.5822', '73.9197', 'southindia'],
  ['southindia', 'South India', 'India', 'Asia Pacific', 'Chennai', '12.9822', '80.1636', 'centralindia'],
  ['westindia', 'West India', 'India', 'Asia Pacific', 'Mumbai', '19.088', '72.868', 'southindia'],
  [
    'australiasoutheast',
    'Australia Southeast',
    'Australia',
    'Asia Pacific',
    'Victoria',
    '-37.8136',
    '144.9631',
    'australiaeast',
  ],
  [
    'australiacentral',
    'Australia Central',
    'Australia',
    'Asia Pacific',
    'Canberra',
    '-35.3075',
    '149.1244',
    'australiacentral2',
  ],
  [
    'australiacentral2',
    'Australia Central 2',
    'Australia',
    'Asia Pacific',
    'Canberra',
    '-35.3075',
    '149.1244',
    'australiacentral',
  ],
  [
    'brazilsoutheast',
    'Brazil Southeast',
    'Brazil',
    'South America',
    'Rio',
    '-22.90278',
    '-43.2075',
    'brazilsouth',
  ],
  [
    'southafricanorth',
    'South Africa North',
    'South Africa',
    'Africa',
    'Johannesburg',
    '-25.73134',
    '28.21837',
    'southafricawest',
  ],
  [
    'southafricawest',
    'South Africa West',
    'South Africa',
    'Africa',
    'Cape Town',
    '-34.075691',
    '18.843266',
    'southafricanorth',
  ],
  ['uaenorth', 'UAE North', 'UAE', 'Middle East', 'Dubai', '25.266666', '55.316666', 'uaecentral'],
  ['uaecentral', 'UAE Central', 'UAE', 'Middle East', 'Abu Dhabi', '24.466667', '54.366669', 'uaenorth'],
  ['qatarcentral', 'Qatar Central', 'Qatar', 'Middle East', 'Doha', '25.551462', '51.439327', ''],
  ['israelcentral', 'Israel Central', 'Israel', 'Middle East', 'Israel', '31.2655698', '33.4506633', ''],
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
    ...(pair === '' ? {} : { pairedWith: pair }),
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

/** The local cloud's only tenant. */
export const tenant = { displayName: 'Local tenant', countryCode: 'US' };

export function describeTenant(): JsonObject {
  return {
    id: `/tenants/${tenantId}`,
    tenantId,
    displayName: tenant.displayName,
    tenantCategory: 'Home',
    countryCode: tenant.countryCode,
    domains: ['slipway.internal'],
    defaultDomain: 'slipway.internal',
    tenantType: 'AAD',
  };
}
