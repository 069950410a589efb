import type { Connection, TopologyResource } from '../index.ts';

const group = '/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/Small/providers';

/** The id of a resource of the small groups in these tests, in the spelling of Azure. */
export const idOf = (type: string, name: string): string => `${group}/${type}/${name}`;
export const nodeOf = (type: string, name: string): string => idOf(type, name).toLowerCase();
export const ref = (type: string, name: string): { id: string } => ({ id: idOf(type, name) });

export function resource(
  type: string,
  name: string,
  properties: Record<string, unknown>,
  more: Record<string, unknown> = {},
): TopologyResource {
  return { id: idOf(type, name), name, type, properties, ...more };
}

const network = 'Microsoft.Network';
export const types = {
  network: `${network}/virtualNetworks`,
  nic: `${network}/networkInterfaces`,
  group: `${network}/networkSecurityGroups`,
  publicIp: `${network}/publicIPAddresses`,
  balancer: `${network}/loadBalancers`,
  routes: `${network}/routeTables`,
  natGateway: `${network}/natGateways`,
  gateway: `${network}/virtualNetworkGateways`,
  applicationGateway: `${network}/applicationGateways`,
  firewall: `${network}/azureFirewalls`,
  bastion: `${network}/bastionHosts`,
  privateEndpoint: `${network}/privateEndpoints`,
  frontDoor: 'Microsoft.Cdn/profiles',
  applicationGroup: `${network}/applicationSecurityGroups`,
  machine: 'Microsoft.Compute/virtualMachines',
  scaleSet: 'Microsoft.Compute/virtualMachineScaleSets',
};

/** A virtual network with subnets by name: a prefix, or a prefix with more properties. */
export function vnet(
  name: string,
  prefixes: string[],
  subnets: Record<string, string | Record<string, unknown>>,
  more: Record<string, unknown> = {},
): TopologyResource {
  return resource(types.network, name, {
    addressSpace: { addressPrefixes: prefixes },
    subnets: Object.entries(subnets).map(([subnet, value]) => ({
      id: `${idOf(types.network, name)}/subnets/${subnet}`,
      name: subnet,
      properties: typeof value === 'string' ? { addressPrefix: value } : value,
    })),
    ...more,
  });
}

export const subnetRef = (vnetName: string, subnet: string): { id: string } => ({
  id: `${idOf(types.network, vnetName)}/subnets/${subnet}`,
});

/** A machine with one interface; `nic` and `configuration` add properties to those. */
export function machine(
  name: string,
  address: string | undefined,
  subnet: { id: string },
  {
    nic = {},
    configuration = {},
    power,
  }: { nic?: Record<string, unknown>; configuration?: Record<string, unknown>; power?: string } = {},
): TopologyResource[] {
  return [
    resource(types.nic, `${name}-nic`, {
      ipConfigurations: [
        {
          id: `${idOf(types.nic, `${name}-nic`)}/ipConfigurations/main`,
          name: 'main',
          properties: { privateIPAddress: address, subnet, ...configuration },
        },
      ],
      virtualMachine: ref(types.machine, name),
      ...nic,
    }),
    resource(types.machine, name, {
      networkProfile: { networkInterfaces: [ref(types.nic, `${name}-nic`)] },
      ...(power === undefined ? {} : { instanceView: { statuses: [{ code: `PowerState/${power}` }] } }),
    }),
  ];
}

export interface RuleText {
  name: string;
  priority: number;
  access?: 'Allow' | 'Deny';
  direction?: 'Inbound' | 'Outbound';
  [property: string]: unknown;
}

/** A security group; rules allow TCP in from anywhere to every port unless they say otherwise. */
export function securityGroup(name: string, rules: RuleText[]): TopologyResource {
  return resource(types.group, name, {
    securityRules: rules.map(({ name: rule, ...properties }) => ({
      id: `${idOf(types.group, name)}/securityRules/${rule}`,
      name: rule,
      properties: {
        access: 'Allow',
        direction: 'Inbound',
        protocol: 'Tcp',
        ...('sourceAddressPrefixes' in properties || 'sourceApplicationSecurityGroups' in properties
          ? {}
          : { sourceAddressPrefix: '*' }),
        ...('destinationAddressPrefixes' in properties || 'destinationApplicationSecurityGroups' in properties
          ? {}
          : { destinationAddressPrefix: '*' }),
        sourcePortRange: '*',
        ...('destinationPortRanges' in properties ? {} : { destinationPortRange: '*' }),
        ...properties,
      },
    })),
  });
}

export const publicIp = (name: string, address?: string, sku = 'Standard'): TopologyResource =>
  resource(
    types.publicIp,
    name,
    { ipAddress: address, dnsSettings: { fqdn: `${name}.region.example` } },
    { sku: { name: sku } },
  );

/** A load balancer with one frontend and one pool; what is given of the rules is added to that. */
export function balancer(
  name: string,
  frontend: Record<string, unknown>,
  collections: Record<string, Record<string, Record<string, unknown>>>,
  { sku = 'Standard', pool = {} }: { sku?: string; pool?: Record<string, unknown> } = {},
): TopologyResource {
  const id = idOf(types.balancer, name);
  const parts = Object.entries(collections).map(([collection, rules]): [string, unknown] => [
    collection,
    Object.entries(rules).map(([rule, properties]) => ({
      id: `${id}/${collection}/${rule}`,
      name: rule,
      properties: { frontendIPConfiguration: { id: `${id}/frontendIPConfigurations/front` }, ...properties },
    })),
  ]);
  return resource(
    types.balancer,
    name,
    {
      frontendIPConfigurations: [
        { id: `${id}/frontendIPConfigurations/front`, name: 'front', properties: frontend },
      ],
      backendAddressPools: [{ id: `${id}/backendAddressPools/pool`, name: 'pool', properties: pool }],
      ...Object.fromEntries(parts),
    },
    { sku: { name: sku } },
  );
}

export const poolRef = (name: string): { id: string } => ({
  id: `${idOf(types.balancer, name)}/backendAddressPools/pool`,
});
export const frontendRef = (name: string): { id: string } => ({
  id: `${idOf(types.balancer, name)}/frontendIPConfigurations/front`,
});

const end = (text: string): Connection['from'] => {
  if (text === 'internet') return { kind: 'internet' };
  if (/^[\d.]+$|^[\da-f]*:/.test(text)) return { kind: 'address', address: text };
  return { kind: 'piece', piece: text.startsWith('/') ? text.toLowerCase() : nodeOf(types.machine, text) };
};

/** A connection between machines by name, nodes by id, addresses, and `internet`. */
export function connection(
  from: string,
  to: string,
  port: number,
  protocol: Connection['protocol'] = 'Tcp',
): Connection {
  return { from: end(from), to: end(to), protocol, port };
}
