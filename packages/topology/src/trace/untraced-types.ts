/** What is said of a type of resource that passes connections on, or takes them, in ways that are not evaluated here. */
export interface UntracedType {
  /** What it is called before its name, within a sentence. */
  readonly noun: string;
  /** Why it is not followed further, as a sentence without its end. */
  readonly why: string;
  /** What tells more, as the object of «check». */
  readonly check: string;
  /** What it may bring from the internet to machines of its virtual network: their connections, or sessions of people. */
  readonly leadsIn?: 'connections' | 'sessions';
}

const virtualWan: Omit<UntracedType, 'noun'> = {
  why: 'what is joined to its hub, and the routes that the hub learns, are not evaluated here',
  check: 'the connections and effective routes of its hub',
};

const frontDoor: UntracedType = {
  noun: 'Front Door',
  why: 'it reads web requests and sends each on to one of its origins, by its own rules',
  check: 'its routes, origins and firewall policy',
};

const gateways: readonly (readonly [string, UntracedType])[] = [
  [
    'Microsoft.Network/virtualNetworkGateways',
    {
      noun: 'virtual network gateway',
      why: 'what lies beyond it, and the routes that it learns there, are known to Azure alone',
      check:
        'its connections, the routes that it has learned, and the effective routes of the network interface',
    },
  ],
  [
    'Microsoft.Network/applicationGateways',
    {
      noun: 'application gateway',
      why: 'it reads web requests and passes each on, or not, by its own rules',
      check: 'its listeners, routing rules, firewall policy and backend health',
      leadsIn: 'connections',
    },
  ],
  [
    'Microsoft.Network/azureFirewalls',
    {
      noun: 'firewall',
      why: 'its policy decides what goes on, and where to',
      check: 'the rules of its policy, and its log',
      leadsIn: 'connections',
    },
  ],
  [
    'Microsoft.Network/bastionHosts',
    {
      noun: 'Bastion host',
      why: 'it opens sessions on machines for people who are signed in to Azure',
      check: 'who may sign in through it, and what the security groups admit from its subnet',
      leadsIn: 'sessions',
    },
  ],
  ['Microsoft.Network/frontDoors', frontDoor],
  ['Microsoft.Cdn/profiles', frontDoor],
  ['Microsoft.Network/vpnGateways', { noun: 'VPN gateway', ...virtualWan }],
  ['Microsoft.Network/p2sVpnGateways', { noun: 'user VPN gateway', ...virtualWan }],
  ['Microsoft.Network/expressRouteGateways', { noun: 'ExpressRoute gateway', ...virtualWan }],
  [
    'Microsoft.Network/virtualHubs',
    {
      noun: 'virtual hub',
      why: 'the routes that it learns and hands on are known to Azure alone',
      check: 'its peers and its effective routes',
    },
  ],
  [
    'Microsoft.Network/networkVirtualAppliances',
    {
      noun: 'network virtual appliance',
      why: 'the software that runs on it decides what goes on, and where to',
      check: 'its own rules and routes',
      leadsIn: 'connections',
    },
  ],
  [
    'Microsoft.Network/privateEndpoints',
    {
      noun: 'private endpoint',
      why: 'the service behind it decides what it answers',
      check: 'whether its connection is approved, and the network rules of the service behind it',
    },
  ],
  [
    'Microsoft.Network/privateLinkServices',
    {
      noun: 'private link service',
      why: 'it carries connections of other networks to a load balancer',
      check: 'its connections and its load balancer',
    },
  ],
];

const types = new Map(gateways.map(([type, untraced]) => [type.toLowerCase(), untraced]));

/** What is said of a type that is not evaluated here; nothing for types that are, and for those that carry nothing. */
export const untracedType = (type: string | undefined): UntracedType | undefined =>
  types.get(type?.toLowerCase() ?? '');
