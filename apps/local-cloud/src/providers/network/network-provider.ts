import type { ResourceProvider } from '../provider.ts';
import { backendAddressPools, inboundNatRules, loadBalancers } from './load-balancers.ts';
import { networkInterfaces } from './network-interfaces.ts';
import { networkSecurityGroups, securityRules } from './network-security-groups.ts';
import { privateEndpoints } from './private-endpoints.ts';
import { checkDnsNameAvailability, publicIpAddresses } from './public-ip-addresses.ts';
import { networkShapes } from './network-shapes.ts';
import { natGateways, routeTables } from './route-tables.ts';
import { subnets, virtualNetworks } from './virtual-networks.ts';

/** `Microsoft.Network`. */
export const networkProvider: ResourceProvider = {
  namespace: 'Microsoft.Network',
  types: [
    virtualNetworks,
    subnets,
    networkSecurityGroups,
    securityRules,
    publicIpAddresses,
    loadBalancers,
    inboundNatRules,
    backendAddressPools,
    networkInterfaces,
    privateEndpoints,
    routeTables,
    natGateways,
  ],
  shapes: networkShapes,
  subscriptionRoutes: {
    'locations/{location}/checkdnsnameavailability': checkDnsNameAvailability,
  },
};
