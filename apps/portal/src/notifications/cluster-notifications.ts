import type { Cluster, ClusterPath, ClusterState } from '@slipway/contract';
import { changeTitle } from '../cluster/change/change-title.ts';
import type { Notification, NotificationContent } from './notification-store.ts';

/** The address of a cluster's page, or of a page below it. */
export function clusterAddress(path: ClusterPath, page: '' | 'deployment' | 'machines' = ''): string {
  const segments = [path.subscriptionId, path.resourceGroup, path.name].map(encodeURIComponent).join('/');
  return `/clusters/${segments}${page && `/${page}`}`;
}

const clusterKey = (path: ClusterPath): string =>
  `${path.subscriptionId}/${path.resourceGroup}/${path.name}`.toLowerCase();

/** The one notification of a cluster's deployment: whoever notifies of it uses this id, so that it stays one. */
export const deploymentNotificationId = (path: ClusterPath): string => `deployment:${clusterKey(path)}`;

/** The one notification of a cluster's deletion. */
export const deletionNotificationId = (path: ClusterPath): string => `deletion:${clusterKey(path)}`;

/** Whether a notification tells of what every page follows: clusters, resource groups and resources that are being deleted. */
export const isFollowed = (id: string): boolean => /^(?:deployment|(?:group-|resource-)?deletion):/.test(id);

/** What was known of the clusters when they were last read, by the cluster's key. */
export type KnownStates = ReadonlyMap<string, { state: ClusterState; path: ClusterPath }>;

/** Keeps what the next reading is compared with. */
export function knownStates(clusters: readonly Cluster[]): KnownStates {
  return new Map(clusters.map((cluster) => [clusterKey(cluster), { state: cluster.state, path: cluster }]));
}

/** What notifications tell to be in progress, as it was known in an earlier visit. */
export function rememberedStates(open: readonly Pick<Notification, 'id' | 'link'>[]): KnownStates {
  return new Map(
    open.flatMap(({ id, link }) => {
      const path = isFollowed(id) ? pathOfLink(link?.href) : undefined;
      if (!path) return [];
      const state: ClusterState = id === deletionNotificationId(path) ? 'deleting' : 'deploying';
      return [[clusterKey(path), { state, path }]];
    }),
  );
}

/** The cluster whose page an address of the portal leads to, if it does. */
export function pathOfLink(address = ''): ClusterPath | undefined {
  const [subscriptionId, resourceGroup, name] =
    /^\/clusters\/([^/]+)\/([^/]+)\/([^/?]+)/.exec(address)?.slice(1).map(decodeURIComponent) ?? [];
  return subscriptionId && resourceGroup && name ? { subscriptionId, resourceGroup, name } : undefined;
}

/** A notification, and whether it goes into the panel only. */
export interface ClusterNotification {
  content: NotificationContent;
  quiet: boolean;
}

/**
 * What to tell when clusters were read anew: work that has begun, work that has ended, clusters that are gone.
 * At the first reading (`known` undefined) only what is in progress is told, and quietly, and how that ended which was in
 * progress in an earlier visit (`remembered`). `open` has the ids of the notifications that are in progress: work may
 * begin and end between two readings.
 */
export function clusterNotifications(
  known: KnownStates | undefined,
  clusters: readonly Cluster[],
  open: ReadonlySet<string>,
  remembered: KnownStates = new Map(),
): ClusterNotification[] {
  const changed = clusters.flatMap((cluster) => {
    const before = workOf(cluster, known?.get(clusterKey(cluster))?.state, open);
    if (before === cluster.state) return [];
    const content = stateNotification(cluster, before);
    return content ? [{ content, quiet: known === undefined && before === undefined }] : [];
  });
  const present = new Set(clusters.map(clusterKey));
  const gone = [...(known ?? remembered)].flatMap(([key, { state, path }]) => {
    if (present.has(key)) return [];
    const content = goneNotification(path, workOf(path, state, open));
    return content ? [{ content, quiet: false }] : [];
  });
  return [...changed, ...gone];
}

/** What a cluster was doing when it was last heard of: what is told to be in progress counts as well as what was read. */
function workOf(
  path: ClusterPath,
  before: ClusterState | undefined,
  open: ReadonlySet<string>,
): ClusterState | undefined {
  if (open.has(deletionNotificationId(path))) return 'deleting';
  return open.has(deploymentNotificationId(path)) ? 'deploying' : before;
}

function goneNotification(
  path: ClusterPath,
  before: ClusterState | undefined,
): NotificationContent | undefined {
  if (before === 'deleting') return deleted(path);
  if (before !== 'deploying') return undefined;
  return {
    id: deploymentNotificationId(path),
    state: 'warning',
    title: `${path.name} is gone`,
    detail: 'It was deleted while it was being deployed.',
    link: { href: '/', label: 'Go to container services' },
  };
}

function deleted(path: ClusterPath): NotificationContent {
  return {
    id: deletionNotificationId(path),
    state: 'success',
    title: `${path.name} was deleted`,
    link: { href: '/', label: 'Go to container services' },
  };
}

function stateNotification(
  cluster: Cluster,
  before: ClusterState | undefined,
): NotificationContent | undefined {
  const id = deploymentNotificationId(cluster);
  const progress = { href: clusterAddress(cluster, 'deployment'), label: 'See the deployment' };
  switch (cluster.state) {
    case 'deploying':
      return { id, state: 'progress', title: changeTitle(cluster.name, cluster.change), link: progress };
    case 'deleting':
      return {
        id: deletionNotificationId(cluster),
        state: 'progress',
        title: `${cluster.name} is being deleted`,
        link: { href: clusterAddress(cluster, 'deployment'), label: 'See how far it is' },
      };
    case 'succeeded':
      if (before !== 'deploying') return undefined;
      return {
        id,
        state: 'success',
        title: `${cluster.name} is ready`,
        link: { href: clusterAddress(cluster), label: 'Go to the container service' },
      };
    case 'canceled':
      if (before !== 'deploying') return undefined;
      return {
        id,
        state: 'warning',
        title: `The deployment of ${cluster.name} was canceled`,
        link: progress,
      };
    case 'failed':
      if (before === 'deleting') return failure(cluster, deletionNotificationId(cluster), 'deletion');
      return before === 'deploying' ? failure(cluster, id, 'deployment') : undefined;
  }
}

function failure(cluster: Cluster, id: string, work: 'deployment' | 'deletion'): NotificationContent {
  const { error } = cluster;
  return {
    id,
    state: 'error',
    title: `The ${work} of ${cluster.name} failed`,
    detail: error?.message,
    copyText: error && `${error.code}: ${error.message}\n${JSON.stringify(error, undefined, 2)}`,
    link: {
      href: clusterAddress(cluster, 'deployment'),
      label: work === 'deployment' ? 'See what failed, and try again' : 'See what is left, and try again',
    },
  };
}
