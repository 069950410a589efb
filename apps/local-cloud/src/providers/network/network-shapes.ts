import { reference, type ObjectShape } from '../body-shape.ts';

const sku = { name: 'text', tier: 'text' } as const;

const subnet = {
  addressPrefix: 'text',
  addressPrefixes: ['text'],
  networkSecurityGroup: reference,
  routeTable: reference,
  natGateway: reference,
  defaultOutboundAccess: 'boolean',
  privateEndpointNetworkPolicies: 'text',
  privateLinkServiceNetworkPolicies: 'text',
} as const;

const securityRule = {
  description: 'text',
  priority: 'number',
  direction: 'text',
  access: 'text',
  protocol: 'text',
  sourceAddressPrefix: 'text',
  sourceAddressPrefixes: ['text'],
  sourcePortRange: 'text',
  sourcePortRanges: ['text'],
  destinationAddressPrefix: 'text',
  destinationAddressPrefixes: ['text'],
  destinationPortRange: 'text',
  destinationPortRanges: ['text'],
} as const;

const natRule = {
  protocol: 'text',
  frontendPort: 'number',
  frontendPortRangeStart: 'number',
  frontendPortRangeEnd: 'number',
  backendPort: 'number',
  frontendIPConfiguration: reference,
  backendAddressPool: reference,
  idleTimeoutInMinutes: 'number',
  enableTcpReset: 'boolean',
  enableFloatingIP: 'boolean',
} as const;

const loadBalancer = {
  frontendIPConfigurations: [
    {
      name: 'text',
      zones: ['text'],
      properties: {
        subnet: reference,
        publicIPAddress: reference,
        privateIPAddress: 'text',
        privateIPAllocationMethod: 'text',
        privateIPAddressVersion: 'text',
      },
    },
  ],
  backendAddressPools: [{ name: 'text', properties: 'object' }],
  probes: [
    {
      name: 'text',
      properties: {
        protocol: 'text',
        port: 'number',
        requestPath: 'text',
        intervalInSeconds: 'number',
        numberOfProbes: 'number',
        probeThreshold: 'number',
      },
    },
  ],
  loadBalancingRules: [
    {
      name: 'text',
      properties: {
        protocol: 'text',
        frontendPort: 'number',
        backendPort: 'number',
        frontendIPConfiguration: reference,
        backendAddressPool: reference,
        backendAddressPools: [reference],
        probe: reference,
        loadDistribution: 'text',
        idleTimeoutInMinutes: 'number',
        enableFloatingIP: 'boolean',
        enableTcpReset: 'boolean',
        disableOutboundSnat: 'boolean',
      },
    },
  ],
  inboundNatRules: [{ name: 'text', properties: natRule }],
  inboundNatPools: [{ name: 'text', properties: 'object' }],
  outboundRules: [
    {
      name: 'text',
      properties: {
        protocol: 'text',
        frontendIPConfigurations: [reference],
        backendAddressPool: reference,
        allocatedOutboundPorts: 'number',
        idleTimeoutInMinutes: 'number',
        enableTcpReset: 'boolean',
      },
    },
  ],
} as const;

/** The bodies of `Microsoft.Network`, by type. */
export const networkShapes: Readonly<Record<string, ObjectShape>> = {
  'Microsoft.Network/virtualNetworks': {
    properties: {
      addressSpace: { addressPrefixes: ['text'] },
      dhcpOptions: { dnsServers: ['text'] },
      subnets: [{ name: 'text', properties: subnet }],
    },
  },
  'Microsoft.Network/virtualNetworks/subnets': { properties: subnet },
  'Microsoft.Network/networkSecurityGroups': {
    properties: { securityRules: [{ name: 'text', properties: securityRule }] },
  },
  'Microsoft.Network/networkSecurityGroups/securityRules': { properties: securityRule },
  'Microsoft.Network/publicIPAddresses': {
    sku,
    zones: ['text'],
    properties: {
      publicIPAllocationMethod: 'text',
      publicIPAddressVersion: 'text',
      idleTimeoutInMinutes: 'number',
      dnsSettings: { domainNameLabel: 'text', reverseFqdn: 'text' },
    },
  },
  'Microsoft.Network/loadBalancers': { sku, properties: loadBalancer },
  'Microsoft.Network/loadBalancers/inboundNatRules': { properties: natRule },
  'Microsoft.Network/loadBalancers/backendAddressPools': { properties: 'object' },
  'Microsoft.Network/networkInterfaces': {
    properties: {
      enableIPForwarding: 'boolean',
      enableAcceleratedNetworking: 'boolean',
      networkSecurityGroup: reference,
      dnsSettings: { dnsServers: ['text'] },
      ipConfigurations: [
        {
          name: 'text',
          properties: {
            primary: 'boolean',
            subnet: reference,
            publicIPAddress: reference,
            privateIPAddress: 'text',
            privateIPAllocationMethod: 'text',
            privateIPAddressVersion: 'text',
            loadBalancerBackendAddressPools: [reference],
            loadBalancerInboundNatRules: [reference],
          },
        },
      ],
    },
  },
  'Microsoft.Network/routeTables': { properties: { routes: [{ name: 'text', properties: 'object' }] } },
  'Microsoft.Network/natGateways': {
    sku,
    zones: ['text'],
    properties: { publicIpAddresses: [reference], idleTimeoutInMinutes: 'number' },
  },
};
