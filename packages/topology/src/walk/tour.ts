import type { NodeKind, TopologyGraph, TopologyNode } from '../graph.ts';
import { nameOnCard } from '../piece-words.ts';
import { plainText, shortened } from '../plain-text.ts';
import { listInWords, numberInWords } from '../words.ts';

/** A graph as the walk asks for it. */
export interface Tour {
  nodes: readonly TopologyNode[];
  /** The pieces of a kind, in the order of the graph. */
  of: (kind: NodeKind) => readonly TopologyNode[];
  byId: ReadonlyMap<string, TopologyNode>;
  masters: readonly TopologyNode[];
  agents: TopologyNode | undefined;
  /** The number of agents; undefined where the answer does not say. */
  agentCount: number | undefined;
  /** What many of the names have in common, so that it can be explained once. */
  common: { prefix: string | undefined; number: string | undefined };
}

export function tourOf(graph: TopologyGraph): Tour {
  const byKind = Map.groupBy(graph.nodes, ({ kind }) => kind);
  const of = (kind: NodeKind): readonly TopologyNode[] => byKind.get(kind) ?? [];
  const agents = of('scaleSet').find(({ role }) => role === 'agent');
  return {
    nodes: graph.nodes,
    of,
    byId: new Map(graph.nodes.map((node) => [node.id, node])),
    masters: of('virtualMachine').filter(({ role }) => role === 'master'),
    agents,
    agentCount: agents?.count,
    common: commonParts(graph.nodes),
  };
}

/** The first part of the names, and the number in them, that at least half of the resources and three of them share. */
function commonParts(nodes: readonly TopologyNode[]): Tour['common'] {
  const names = nodes
    .filter(
      ({ kind, isPart }) =>
        !isPart && kind !== 'internet' && kind !== 'containerService' && kind !== 'outside',
    )
    .map(({ name }) => name.split(/[-_]/));
  const most = (found: readonly (string | undefined)[]): string | undefined => {
    const counts = new Map<string, number>();
    for (const part of found) if (part !== undefined) counts.set(part, (counts.get(part) ?? 0) + 1);
    const [first] = [...counts].toSorted(([, a], [, b]) => b - a);
    return first && first[1] >= Math.max(3, names.length * 0.4) ? first[0] : undefined;
  };
  return {
    prefix: most(names.map(([first, second]) => (second === undefined ? undefined : first))),
    number: most(names.map((parts) => parts.find((part) => /^\d{6,}$/.test(part)))),
  };
}

/** The value of one of a piece's facts. */
export function factOf(node: TopologyNode | undefined, label: string): string | undefined {
  const value = node?.facts.find((fact) => fact.label === label)?.value;
  return value === undefined ? undefined : shortened(plainText(value), 120);
}

/** A name in a sentence. */
export const quoted = (name: string): string => `“${shortened(plainText(nameOnCard(name)), 80)}”`;

/** For example `one master`, `three masters`. */
export const countOf = (count: number, one: string, many: string): string =>
  `${numberInWords(count)} ${count === 1 ? one : many}`;

/** A sentence begins with a capital letter. */
export const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Sentences, those that there are, one after the other. */
export const sentences = (...texts: readonly (string | false | undefined)[]): string =>
  texts.filter((text) => typeof text === 'string' && text !== '').join(' ');

/** Some things in words; what is too many for a sentence is counted. */
export function someInWords(items: readonly string[], most = 6): string {
  const left = items.length - most;
  return listInWords(left > 0 ? [...items.slice(0, most), `${left} more`] : items);
}
