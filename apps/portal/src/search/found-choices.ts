import type { Cluster, ClusterPath, SearchAnswer } from '@slipway/contract';
import { displayNameOfType } from '@slipway/topology';
import { clusterAddress } from '../notifications/cluster-notifications.ts';
import { resourceAddress } from '../components/resource-address.ts';
import { type Choice, type ChoiceGroup, clusterChoiceId, groupAddress } from './choice.ts';

/** So many of each kind are shown. */
const mostOfAKind = 5;

/** The choices for which every word of a text begins a word of their label or of their further words; none for an empty text. */
export function matchingChoices(choices: readonly Choice[], text: string): Choice[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return choices.filter((choice) => {
    const has = ` ${choice.label} ${choice.words ?? ''}`.toLowerCase();
    return words.every((word) => has.includes(` ${word}`));
  });
}

/**
 * What a text finds: first what this page knows by itself, so that nothing moves when the answer comes.
 * `answer` is undefined while there is none; of an answer to fewer letters what has all of them is shown already.
 */
export function foundChoices(
  text: string,
  known: { commands: readonly Choice[]; clusters: readonly Cluster[] },
  answer: SearchAnswer | undefined,
): ChoiceGroup[] {
  const groups: ChoiceGroup[] = [
    { label: 'Commands', choices: matchingChoices(known.commands, text).slice(0, mostOfAKind) },
    { label: 'Container services', choices: foundClusters(text, known.clusters, answer?.clusters ?? []) },
    { label: 'Resource groups', choices: (answer?.groups ?? []).map(groupChoice).filter(isNamed(text)) },
    { label: 'Resources', choices: (answer?.resources ?? []).map(resourceChoice).filter(isNamed(text)) },
    {
      label: 'Deployments',
      choices: (answer?.deployments ?? []).map(deploymentChoice).filter(isNamed(text)),
    },
  ];
  return groups.filter(({ choices }) => choices.length > 0);
}

/** The list of clusters knows their states and is there at once; the answer may know of some that it could not read. */
function foundClusters(text: string, known: readonly Cluster[], answered: readonly ClusterPath[]): Choice[] {
  const choices = new Map<string, Choice>();
  for (const path of [...known, ...answered]) {
    const choice = clusterChoice(path);
    if (!choices.has(choice.id)) choices.set(choice.id, choice);
  }
  return [...choices.values()]
    .filter(isNamed(text))
    .toSorted((one, other) => rankOf(one.label, text) - rankOf(other.label, text))
    .slice(0, mostOfAKind);
}

const isNamed =
  (text: string) =>
  ({ label }: Choice): boolean =>
    label.toLowerCase().includes(text.toLowerCase());

/** The very name first, then names that begin with it. */
function rankOf(name: string, text: string): number {
  const [own, wanted] = [name.toLowerCase(), text.toLowerCase()];
  if (own === wanted) return 0;
  return own.startsWith(wanted) ? 1 : 2;
}

function clusterChoice(path: ClusterPath & Partial<Pick<Cluster, 'state'>>): Choice {
  return {
    id: clusterChoiceId(path),
    kind: 'cluster',
    label: path.name,
    detail: `Container service in ${path.resourceGroup}`,
    state: path.state,
    target: { href: clusterAddress(path) },
  };
}

function groupChoice({ id, subscriptionId, name }: SearchAnswer['groups'][number]): Choice {
  return {
    id: `group:${id.toLowerCase()}`,
    kind: 'group',
    label: name,
    detail: 'Resource group',
    target: { href: groupAddress(subscriptionId, name) },
  };
}

function resourceChoice({ id, name, type, resourceGroup }: SearchAnswer['resources'][number]): Choice {
  return {
    id: `resource:${id.toLowerCase()}`,
    kind: 'resource',
    label: name,
    detail: `${displayNameOfType(type)} in ${resourceGroup}`,
    type,
    target: { href: resourceAddress(id) },
  };
}

function deploymentChoice({
  id,
  subscriptionId,
  resourceGroup,
  name,
  state,
}: SearchAnswer['deployments'][number]): Choice {
  return {
    id: `deployment:${id.toLowerCase()}`,
    kind: 'deployment',
    label: name,
    detail: `Deployment in ${resourceGroup}, ${state.toLowerCase()}`,
    target: {
      href: `${groupAddress(subscriptionId, resourceGroup)}/deployments/${encodeURIComponent(name)}`,
    },
  };
}
