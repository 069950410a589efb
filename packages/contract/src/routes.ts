import type { ActivityQuery } from './activity.ts';
import type { ClusterPath } from './clusters.ts';
import type { DeploymentPath } from './deployment-history.ts';

const segment = encodeURIComponent;
const cluster = (path: ClusterPath): string =>
  `/api/clusters/${segment(path.subscriptionId)}/${segment(path.resourceGroup)}/${segment(path.name)}`;
const subscription = (subscriptionId: string): string => `/api/subscriptions/${segment(subscriptionId)}`;
const deployments = (subscriptionId: string, group: string): string =>
  `${subscription(subscriptionId)}/resource-groups/${segment(group)}/deployments`;
const deployment = (path: DeploymentPath): string =>
  `${deployments(path.subscriptionId, path.resourceGroup)}/${segment(path.deployment)}`;

const queryOf = (values: Readonly<Record<string, string | undefined>>): string =>
  Object.entries(values)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${segment(value)}`]))
    .join('&');

/** The address of every route of the API; the one place that portal, API tests and end-to-end tests take them from. */
export const routes = {
  openapi: () => '/api/openapi.json',
  health: () => '/api/health',
  session: () => '/api/session',
  signIn: () => '/api/session/sign-in',
  signOut: () => '/api/session/sign-out',
  search: (text: string, limit?: number) =>
    `/api/search?text=${segment(text)}${limit === undefined ? '' : `&limit=${limit}`}`,
  recentDeployments: () => '/api/deployments/recent',
  subscriptions: () => '/api/subscriptions',
  regions: (subscriptionId: string) => `${subscription(subscriptionId)}/regions`,
  groupContents: () => '/api/resource-groups/contents',
  resources: (next?: string) => `/api/resources${next === undefined ? '' : `?next=${segment(next)}`}`,
  resourceGroups: (subscriptionId: string) => `${subscription(subscriptionId)}/resource-groups`,
  resourceGroup: (subscriptionId: string, group: string) =>
    `${subscription(subscriptionId)}/resource-groups/${segment(group)}`,
  groupResources: (subscriptionId: string, group: string) =>
    `${subscription(subscriptionId)}/resource-groups/${segment(group)}/resources`,
  groupTopology: (subscriptionId: string, group: string) =>
    `${subscription(subscriptionId)}/resource-groups/${segment(group)}/topology`,
  groupDeployments: (
    subscriptionId: string,
    group: string,
    { state, limit }: { state?: string | undefined; limit?: number | undefined } = {},
  ) => {
    const query = [
      ...(state === undefined ? [] : [`state=${segment(state)}`]),
      ...(limit === undefined ? [] : [`limit=${limit}`]),
    ];
    return `${deployments(subscriptionId, group)}${query.length === 0 ? '' : `?${query.join('&')}`}`;
  },
  groupDeployment: deployment,
  groupDeploymentTemplate: (path: DeploymentPath) => `${deployment(path)}/template`,
  cancelGroupDeployment: (path: DeploymentPath) => `${deployment(path)}/cancel`,
  exportGroup: (subscriptionId: string, group: string) =>
    `${subscription(subscriptionId)}/resource-groups/${segment(group)}/export`,
  machineSizes: (subscriptionId: string, region: string) =>
    `${subscription(subscriptionId)}/regions/${segment(region)}/machine-sizes`,
  machinePrices: (subscriptionId: string, region: string) =>
    `${subscription(subscriptionId)}/regions/${segment(region)}/prices`,
  dnsAvailability: (subscriptionId: string, region: string, prefix: string) =>
    `${subscription(subscriptionId)}/regions/${segment(region)}/dns-availability?prefix=${segment(prefix)}`,
  resource: (id: string) => `/api/resource?id=${segment(id)}`,
  deleteResource: () => '/api/resource',
  stopResourceDeletion: () => '/api/resource/deletion/stop',
  resourceRelations: (id: string) => `/api/resource/relations?id=${segment(id)}`,
  machine: (id: string) => `/api/resource/machine?id=${segment(id)}`,
  actOnMachine: () => '/api/resource/machine/action',
  bootLog: (id: string) => `/api/resource/machine/boot-log?id=${segment(id)}`,
  tags: () => '/api/tags',
  scopeTags: (scope: string) => `/api/tags?scope=${segment(scope)}`,
  locks: () => '/api/locks',
  scopeLocks: (scope: string) => `/api/locks?scope=${segment(scope)}`,
  activity: (query: ActivityQuery) => `/api/activity?${queryOf(query)}`,
  validateCluster: () => '/api/clusters/validate',
  clusterTemplate: () => '/api/clusters/template',
  whatIfSpec: () => '/api/clusters/what-if',
  clusters: () => '/api/clusters',
  cluster,
  clusterResources: (path: ClusterPath) => `${cluster(path)}/resources`,
  clusterPlan: (path: ClusterPath) => `${cluster(path)}/plan`,
  exportCluster: (path: ClusterPath) => `${cluster(path)}/export`,
  whatIfCluster: (path: ClusterPath) => `${cluster(path)}/what-if`,
  clusterTopology: (path: ClusterPath) => `${cluster(path)}/topology`,
  clusterConnect: (path: ClusterPath) => `${cluster(path)}/connect`,
  checkEntrance: (path: ClusterPath) => `${cluster(path)}/connect/check`,
  clusterMachines: (path: ClusterPath) => `${cluster(path)}/machines`,
  machineAction: (path: ClusterPath) => `${cluster(path)}/machines/action`,
  machineBootLog: (path: ClusterPath, id: string) => `${cluster(path)}/machines/boot-log?id=${segment(id)}`,
  clusterDeployment: (path: ClusterPath) => `${cluster(path)}/deployment`,
  clusterDeploymentEvents: (path: ClusterPath) => `${cluster(path)}/deployment/events`,
  redeployCluster: (path: ClusterPath) => `${cluster(path)}/deployment/redeploy`,
  cancelDeployment: (path: ClusterPath) => `${cluster(path)}/deployment/cancel`,
} as const;
