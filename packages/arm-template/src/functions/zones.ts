import type { ZoneMapping } from '../expansion.ts';

/** Azure's regions with availability zones; each has three. */
const REGIONS = new Set(
  `australiaeast austriaeast belgiumcentral brazilsouth canadacentral centralindia centralus chilecentral chinanorth3
  denmarkeast eastasia eastus eastus2 francecentral germanywestcentral indonesiacentral israelcentral italynorth japaneast
  japanwest koreacentral malaysiawest mexicocentral newzealandnorth northeurope norwayeast polandcentral qatarcentral
  southafricanorth southcentralus southeastasia spaincentral swedencentral switzerlandnorth uaenorth uksouth usgovvirginia
  westeurope westus2 westus3`.split(/\s+/),
);

/** Types whose resources are put into one zone, with `zones` in their bodies. */
const ZONAL_TYPES = new Set(
  `microsoft.apimanagement/service microsoft.avs/privateclouds microsoft.cache/redis
  microsoft.compute/capacityreservationgroups microsoft.compute/capacityreservationgroups/capacityreservations
  microsoft.compute/disks microsoft.compute/hostgroups microsoft.compute/hostgroups/hosts
  microsoft.compute/virtualmachines microsoft.compute/virtualmachinescalesets
  microsoft.containerinstance/containergroups microsoft.containerservice/managedclusters
  microsoft.containerservice/managedclusters/agentpools microsoft.dbformysql/flexibleservers
  microsoft.dbforpostgresql/flexibleservers microsoft.elasticsan/elasticsans microsoft.hdinsight/clusters
  microsoft.kusto/clusters microsoft.netapp/netappaccounts/capacitypools/volumes microsoft.network/applicationgateways
  microsoft.network/azurefirewalls microsoft.network/bastionhosts microsoft.network/loadbalancers
  microsoft.network/natgateways microsoft.network/publicipaddresses microsoft.network/publicipprefixes
  microsoft.network/virtualnetworkgateways microsoft.storage/storageaccounts`.split(/\s+/),
);

/** A region's name as ARM keeps it: `West US 2` is `westus2`. */
export const regionName = (location: string): string => location.replaceAll(' ', '').toLowerCase();

/** The logical zones in which resources of a type can be in a region; none where type or region has no zones. */
export function zonesOf(type: string, location: string): readonly string[] {
  return ZONAL_TYPES.has(type.toLowerCase()) && REGIONS.has(regionName(location)) ? ['1', '2', '3'] : [];
}

/**
 * The zones of a region where the cloud does not say which physical zones a subscription sees as which logical ones:
 * those of the same number.
 */
export function plainZones(location: string): readonly ZoneMapping[] {
  const region = regionName(location);
  if (!REGIONS.has(region)) return [];
  return ['1', '2', '3'].map((zone) => ({ logicalZone: zone, physicalZone: `${region}-az${zone}` }));
}
