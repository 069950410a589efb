/** Tag on every resource of a cluster and on its stack; the value is the service name. */
export const CLUSTER_TAG = 'slipway-cluster';

/** Tag on the stack: the id of the submission that created it, so that a repeated submit finds its cluster. */
export const REQUEST_ID_TAG = 'slipway-request-id';

/** Tag on the stack: the id of the update (a redeployment, say) that was submitted last, for the same purpose. */
export const UPDATE_ID_TAG = 'slipway-update-id';

/** Tag on the stack: what its last submission changed of a cluster that was there before, for everybody who looks at it. */
export const CHANGE_TAG = 'slipway-change';

/** Tag on a resource group that Slipway created for a cluster; the value is the service name. */
export const RESOURCE_GROUP_TAG = 'slipway-created-for';

/** The DNS label of the masters' public address: `<prefix>mgmt`. */
export const masterDnsLabel = (dnsPrefix: string): string => `${dnsPrefix}mgmt`;

/** The DNS label of the agents' public address: `<prefix>agents`. */
export const agentDnsLabel = (dnsPrefix: string): string => `${dnsPrefix}agents`;

/** Both labels that must be free in the region before a cluster is created. */
export const dnsLabels = (dnsPrefix: string): [masters: string, agents: string] => [
  masterDnsLabel(dnsPrefix),
  agentDnsLabel(dnsPrefix),
];

/**
 * The name that a public address with this label gets. The suffix is the cloud's own property
 * (`cloudapp.azure.com` on Azure's public cloud).
 */
export const expectedFqdn = (label: string, region: string, dnsSuffix: string): string =>
  `${label}.${region}.${dnsSuffix}`;
