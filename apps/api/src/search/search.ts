import { CLUSTER_TAG } from '@slipway/cluster';
import type {
  ClusterPath,
  FoundDeployment,
  FoundGroup,
  FoundResource,
  SearchAnswer,
  SearchRequest,
} from '@slipway/contract';
import { z } from 'zod';
import type { Arm } from '../arm/arm.ts';
import { namedResource } from '../arm/deployments.ts';
import { groupIn } from '../arm/group-in-id.ts';
import { kustoText, queryGraph } from '../arm/resource-graph.ts';
import { SharedReads } from '../concurrency.ts';
import { type GroupDeployments, readGroupDeployments } from '../deployments/group-deployments.ts';
import { kustoRank, nameRank } from './name-rank.ts';

/** No query finds deployments: they are read group by group, of so many groups. */
const mostDeploymentGroups = 30;

/** While a person types, several searches look at the same deployments. */
const deploymentsKeptForMs = 15_000;

/** How many groups are asked for: some are wanted for their own name, some for their cluster's. */
const mostGroupRows = 100;

const groupType = 'microsoft.resources/subscriptions/resourcegroups';
const clusterTag = `tostring(tags[${kustoText(CLUSTER_TAG)}])`;

const placeSchema = z.object({ id: z.string(), subscriptionId: z.string() });
const groupSchema = placeSchema.extend({
  name: z.string(),
  location: z.string(),
  clusterName: z.string(),
  groupRank: z.number(),
  clusterRank: z.number(),
});
const resourceSchema = placeSchema.extend({ location: z.string(), clusterName: z.string() });
const clusterSchema = placeSchema.extend({ clusterName: z.string(), clusterRank: z.number() });
const namedGroupSchema = z.object({ name: z.string(), subscriptionId: z.string() });

/** The groups that were looked at, how many there are, and what is in them. */
type SearchedDeployments = GroupDeployments & { searched: number; all: number };

/**
 * Finds clusters, groups, resources and deployments by their names. All but deployments comes from Resource Graph, whether
 * Azure's or the local cloud's; clusters are known there by the tag that their resources and groups carry.
 */
export class Search {
  readonly #arm: Arm;
  readonly #deployments = new SharedReads<SearchedDeployments>(deploymentsKeptForMs);

  constructor(arm: Arm) {
    this.#arm = arm;
  }

  async find(request: SearchRequest): Promise<SearchAnswer> {
    const { text, limit } = request;
    const [groups, resources, clusters, deployments] = await Promise.all([
      this.#groups(text),
      this.#resources(request),
      this.#clusters(request),
      this.#deployments.read('', () => this.#readDeployments()),
    ]);
    return {
      clusters: uniqueClusters([...clusters, ...groups.clusters]).slice(0, limit),
      groups: groups.groups.slice(0, limit),
      resources,
      deployments: bestDeployments(deployments, text).slice(0, limit),
      deploymentGroups: { searched: deployments.searched, all: deployments.all },
      unread: deployments.unread,
    };
  }

  /** Groups by their names, and the clusters that groups are marked with: a new cluster has no resources yet. */
  async #groups(text: string): Promise<{ groups: FoundGroup[]; clusters: RankedCluster[] }> {
    const { rows } = await queryGraph(
      this.#arm,
      [
        'ResourceContainers',
        `where type == ${kustoText(groupType)}`,
        `extend clusterName = ${clusterTag}`,
        `extend groupRank = ${kustoRank('name', text)}, clusterRank = ${kustoRank('clusterName', text)}`,
        'where groupRank < 3 or clusterRank < 3',
        'order by groupRank asc, clusterRank asc, name asc, id asc',
        `take ${mostGroupRows}`,
        'project id, subscriptionId, name, location, clusterName, groupRank, clusterRank',
      ].join(' | '),
      groupSchema,
    );
    return {
      groups: rows
        .filter(({ groupRank }) => groupRank < 3)
        .map(({ id, subscriptionId, name, location }) => ({ id, subscriptionId, name, location })),
      clusters: rows
        .filter(({ clusterRank }) => clusterRank < 3)
        .map(({ subscriptionId, name, clusterName, clusterRank }) => ({
          path: { subscriptionId, resourceGroup: name, name: clusterName },
          rank: clusterRank,
        })),
    };
  }

  async #resources({ text, limit }: SearchRequest): Promise<FoundResource[]> {
    const { rows } = await queryGraph(
      this.#arm,
      [
        'Resources',
        `where name contains ${kustoText(text)}`,
        `extend nameRank = ${kustoRank('name', text)}, clusterName = ${clusterTag}`,
        'order by nameRank asc, name asc, id asc',
        `take ${limit}`,
        'project id, subscriptionId, location, clusterName',
      ].join(' | '),
      resourceSchema,
    );
    return rows.map(({ id, subscriptionId, location, clusterName }) => {
      const { type, name } = namedResource(id);
      return {
        id,
        subscriptionId,
        resourceGroup: groupIn(id),
        name,
        type,
        location,
        ...(clusterName === '' ? {} : { cluster: clusterName }),
      };
    });
  }

  async #clusters({ text, limit }: SearchRequest): Promise<RankedCluster[]> {
    const { rows } = await queryGraph(
      this.#arm,
      [
        'Resources',
        `extend clusterName = ${clusterTag}`,
        `where clusterName contains ${kustoText(text)}`,
        'summarize id = take_any(id) by clusterName, subscriptionId, resourceGroup',
        `extend clusterRank = ${kustoRank('clusterName', text)}`,
        'order by clusterRank asc, clusterName asc, id asc',
        `take ${limit}`,
      ].join(' | '),
      clusterSchema,
    );
    return rows.map(({ id, subscriptionId, clusterName, clusterRank }) => ({
      path: { subscriptionId, resourceGroup: groupIn(id), name: clusterName },
      rank: clusterRank,
    }));
  }

  async #readDeployments(): Promise<SearchedDeployments> {
    const { rows, total } = await queryGraph(
      this.#arm,
      [
        'ResourceContainers',
        `where type == ${kustoText(groupType)}`,
        `extend hasCluster = isnotempty(${clusterTag})`,
        'project id, name, subscriptionId, turn = iff(hasCluster, 0, 1)',
        'order by turn asc, name asc, id asc',
      ].join(' | '),
      namedGroupSchema,
    );
    const groups = rows.slice(0, mostDeploymentGroups);
    return { searched: groups.length, all: total, ...(await readGroupDeployments(this.#arm, groups)) };
  }
}

interface RankedCluster {
  path: ClusterPath;
  rank: number;
}

/** Each cluster once, the best first. */
function uniqueClusters(ranked: readonly RankedCluster[]): ClusterPath[] {
  const paths = new Map<string, ClusterPath>();
  for (const { path } of ranked.toSorted(
    (one, other) => one.rank - other.rank || compareNames(one.path, other.path),
  )) {
    const key = `${path.subscriptionId}/${path.resourceGroup}/${path.name}`.toLowerCase();
    if (!paths.has(key)) paths.set(key, path);
  }
  return [...paths.values()];
}

/** The best first; of those that fit alike the newest. */
function bestDeployments({ found }: GroupDeployments, text: string): FoundDeployment[] {
  return found
    .flatMap(({ group, deployment }) => {
      const { id, name, state, changedAt } = deployment;
      const rank = nameRank(name, text);
      if (rank === undefined) return [];
      const { subscriptionId, name: resourceGroup } = group;
      const shown = { id, subscriptionId, resourceGroup, name, state, ...(changedAt ? { changedAt } : {}) };
      return [{ rank, shown }];
    })
    .toSorted(
      (one, other) =>
        one.rank - other.rank ||
        (other.shown.changedAt ?? '').localeCompare(one.shown.changedAt ?? '') ||
        compareNames(one.shown, other.shown),
    )
    .map(({ shown }) => shown);
}

const compareNames = (one: { name: string }, other: { name: string }): number =>
  one.name.localeCompare(other.name, 'en');
