import type { NodeKind, TopologyNode } from '../graph.ts';
import { plainText, shortened } from '../plain-text.ts';
import { quoted, sentences, someInWords, type Tour } from './tour.ts';
import type { WalkStep } from './walk-step.ts';

/** More kinds of things than this make no walk any more: what is left is one step. */
const mostSteps = 6;

const kinds: readonly NodeKind[] = ['gateway', 'routeTable', 'other', 'outside'];

/** The steps through what is no part of our own clusters, one for each type, the more frequent ones first. */
export function otherSteps(tour: Tour): WalkStep[] {
  const groups = kinds.flatMap((kind) => [...Map.groupBy(tour.of(kind), ({ type }) => type ?? '').values()]);
  const shown = groups.slice(0, groups.length > mostSteps ? mostSteps - 1 : mostSteps);
  const left = groups.slice(shown.length).flat();
  return [...shown.map((nodes) => groupStep(nodes, tour)), ...(left.length === 0 ? [] : [restStep(left)])];
}

function groupStep(nodes: readonly TopologyNode[], tour: Tour): WalkStep {
  const [first] = nodes;
  const parts = tour.of('route').filter(({ parent }) => nodes.some(({ id }) => id === parent));
  const isOutside = first?.kind === 'outside';
  const noun = first?.title ?? '';
  return {
    pieces: [...nodes, ...parts].map(({ id }) => id),
    title:
      nodes.length === 1 || isOutside
        ? shortened(plainText(noun), 80)
        : `${plainText(noun)} (${nodes.length})`,
    what: sentences(
      isOutside
        ? 'Something that is not in this group, but that pieces in it refer to.'
        : `${nodes.length === 1 ? 'It is' : 'They are'} called ${someInWords(
            nodes.map(({ name }) => quoted(name)),
            5,
          )}.`,
      first?.type !== undefined && `Azure’s name for the type is ${plainText(first.type)}.`,
      parts.length > 0 &&
        `What it says: ${someInWords(
          parts.map(({ title }) => plainText(title)),
          5,
        )}.`,
    ),
    why: first?.purpose ?? '',
    without: isOutside
      ? 'Without it the pieces that refer to it might not do what they should.'
      : 'What would break is told by the lines that lead to it: the pieces at their other ends use it.',
  };
}

function restStep(nodes: readonly TopologyNode[]): WalkStep {
  return {
    pieces: nodes.map(({ id }) => id),
    title: 'All the rest',
    what: `${nodes.length} more pieces of other types: ${someInWords([...new Set(nodes.map(({ title }) => shortened(plainText(title), 60)))], 6)}.`,
    why: 'They stand furthest from the internet, or nothing tells where they belong. The lines show what they refer to.',
    without: 'What would break is told by the lines that lead to them.',
  };
}
