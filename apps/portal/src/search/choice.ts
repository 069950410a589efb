import type { ClusterPath, ClusterState } from '@slipway/contract';

/** One thing that can be chosen in the search. */
export interface Choice {
  /** Unique among all choices. */
  id: string;
  kind: 'command' | 'cluster' | 'group' | 'resource' | 'deployment';
  label: string;
  /** What it is and where it lies. */
  detail?: string | undefined;
  /** ARM's type, of a resource. */
  type?: string | undefined;
  /** Of a cluster that the list knows. */
  state?: ClusterState | undefined;
  /** Further words that lead to it. */
  words?: string | undefined;
  /** The shortcut that does the same. */
  keys?: string | undefined;
  target: ChoiceTarget;
}

/** An address of the portal, or something that is done at once. */
export type ChoiceTarget = { href: string } | { act: () => void };

/** Choices under one heading. */
export interface ChoiceGroup {
  label: string;
  choices: readonly Choice[];
}

/** The address of a resource group's page. */
export const groupAddress = (subscriptionId: string, resourceGroup: string): string =>
  `/resource-groups/${encodeURIComponent(subscriptionId)}/${encodeURIComponent(resourceGroup)}`;

/** Two ids of the same cluster are the same, in whatever case ARM writes them. */
export const clusterChoiceId = ({ subscriptionId, resourceGroup, name }: ClusterPath): string =>
  `cluster:${subscriptionId}/${resourceGroup}/${name}`.toLowerCase();
