import type { Cluster } from '@slipway/contract';
import { z } from 'zod';

/** What the list can be sorted by. */
export const clusterColumns = ['name', 'state', 'masters', 'agents', 'region', 'group', 'created'] as const;
export type ClusterColumn = (typeof clusterColumns)[number];

export const columnLabels: Readonly<Record<ClusterColumn, string>> = {
  name: 'Name',
  state: 'State',
  masters: 'Masters',
  agents: 'Agents',
  region: 'Region',
  group: 'Resource group',
  created: 'Created',
};

const sorts = clusterColumns.flatMap((column) => [column, `-${column}`] as const);

/** What the address of the list may say; the router reads `q=443` as a number. */
export const homeSearchSchema = z.object({
  q: z.coerce.string().optional().catch(undefined),
  /** A column; with `-` before it, descending. */
  sort: z.enum(sorts).optional().catch(undefined),
});
export type HomeSearch = z.output<typeof homeSearchSchema>;

/** Which column the list is sorted by, and which way; the newest first where nothing else was chosen. */
export function readSort(sort: HomeSearch['sort']): { column: ClusterColumn; isDescending: boolean } {
  const column = clusterColumns.find((each) => sort === each || sort === `-${each}`);
  return column
    ? { column, isDescending: sort?.startsWith('-') === true }
    : { column: 'created', isDescending: true };
}

/** The clusters that have every word of a search in their name, state, region, resource group or orchestrator, in order. */
export function viewedClusters(
  clusters: readonly Cluster[],
  { q = '', sort }: HomeSearch,
): readonly Cluster[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  const { column, isDescending } = readSort(sort);
  return clusters
    .filter(({ name, state, region, resourceGroup, orchestrator }) => {
      const text = [name, state, region, resourceGroup, orchestrator].join(' ').toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .toSorted((one, other) => compare(one, other, column) * (isDescending ? -1 : 1));
}

function compare(one: Cluster, other: Cluster, column: ClusterColumn): number {
  switch (column) {
    case 'name':
      return compareTexts(one.name, other.name);
    case 'state':
      return compareTexts(one.state, other.state);
    case 'masters':
      return one.masterCount - other.masterCount;
    case 'agents':
      return one.agentCount - other.agentCount;
    case 'region':
      return compareTexts(one.region, other.region);
    case 'group':
      return compareTexts(one.resourceGroup, other.resourceGroup);
    case 'created':
      return (one.createdAt ?? '').localeCompare(other.createdAt ?? '');
  }
}

/** Numbers in names count as numbers: `web2` is before `web10`. */
const compareTexts = (one: string, other: string): number =>
  one.localeCompare(other, undefined, { numeric: true, sensitivity: 'base' });
